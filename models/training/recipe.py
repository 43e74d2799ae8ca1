"""The recipe: teachers learn the annotated releases; a student learns these and what they read elsewhere.

Unlike a mean of teachers, the student costs as much at run time as one of them, and it has seen names and
wordings of ten times as many releases.
"""

import logging
import math
import multiprocessing
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from pressx.tagging import share_evidence
from pressx.words import make_words
from training.augmentation import NamePool
from training.examples import IGNORED, SIZES, Example, make_example, make_nlp
from training.fitting import Schedule, fit, predict
from training.network import Tagger, load_encoder
from training.projection import LAYERS
from training.releases import Release

ALL_BUT_SURE = 0.95  # a teacher's probability; a wrong name in the pool does little harm
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """How much of everything; the figures of the shipped model."""

    teachers: int = 2
    readings: int = 1_800  # of releases that a teacher gets at least, in more epochs when few are annotated
    teacher: Schedule = field(default_factory=lambda: Schedule(epochs=5))
    # The student starts from the first teacher, so that it needs fewer and smaller steps.
    student: Schedule = field(default_factory=lambda: Schedule(epochs=3, rate=1e-4, fresh_rate=2e-4))
    # One epoch at half these rates changed nothing; three at these brought organizations of institutions 0.789 to 0.841 and
    # took 0.002 from eval/dev.
    refinement: Schedule = field(default_factory=lambda: Schedule(epochs=3, rate=1e-4, fresh_rate=2e-4))
    unlabelled: int = 900
    rehearsed: int = 300  # unlabelled releases that a model that goes on reads, to keep what it knows
    seed: int = 1


@dataclass(frozen=True)
class Encoder:
    """The published encoder: a folder with `model.safetensors` and `tokenizer.json`."""

    folder: Path

    def load_tokenizer(self) -> Tokenizer:
        """Return its tokenizer, which neither cuts nor fills up."""
        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def make_network(self, seed: int) -> Tagger:
        """Return a network that knows English but none of our labels."""
        torch.manual_seed(seed)
        network = Tagger(sum(SIZES))
        load_encoder(network, self.folder / "model.safetensors")
        return network


def train(
    annotated: Sequence[Release], unlabelled: Sequence[Release], encoder: Encoder, plan: Plan, work: Path
) -> Tagger:
    """Return the finished network; without unlabelled releases it is the first teacher.

    Teachers are kept in the folder `work` and taken from there when training is begun again.
    """
    nlp, tokenizer = make_nlp(), encoder.load_tokenizer()
    examples = [make_example(nlp, release) for release in annotated]
    seeds = range(plan.seed, plan.seed + (plan.teachers if unlabelled else 1))
    log.info("%d teachers: %d annotated releases", len(seeds), len(examples))
    missing = [seed for seed in seeds if not (work / f"teacher-{seed}.safetensors").exists()]
    with ProcessPoolExecutor(max(1, len(missing)), multiprocessing.get_context("spawn")) as pool:
        epochs = max(plan.teacher.epochs, math.ceil(plan.readings / len(examples)))
        schedule = replace(plan.teacher, epochs=epochs)
        task = partial(fit_teacher, examples=examples, encoder=encoder, schedule=schedule, work=work)
        list(pool.map(task, missing))
    teachers = [encoder.make_network(seed).eval() for seed in seeds]
    for seed, teacher in zip(seeds, teachers, strict=True):
        teacher.load_state_dict(load_file(work / f"teacher-{seed}.safetensors"))
    if not unlabelled:
        return teachers[0]
    chosen = random.Random(plan.seed).sample(list(unlabelled), min(plan.unlabelled, len(unlabelled)))
    log.info("teachers read %d releases", len(chosen))
    read = [read_release(teachers, make_example(nlp, release), tokenizer) for release in chosen]
    log.info("student: %d annotated releases, %d read by the teachers", len(examples), len(read))
    names = NamePool([*examples, *map(believe, read)])
    student = deepcopy(teachers[0])
    return fit(student, examples, names, tokenizer, plan.student, seed=plan.seed + plan.teachers, read=read)


def refine(
    network: Tagger, annotated: Sequence[Release], unlabelled: Sequence[Release], tokenizer: Tokenizer, plan: Plan
) -> Tagger:
    """Return the network after it has gone on to learn the annotated releases.

    So that it keeps what it knows, it learns what it read itself in the unlabelled releases along with them.
    """
    nlp = make_nlp()
    examples = [make_example(nlp, release) for release in annotated]
    chosen = random.Random(plan.seed).sample(list(unlabelled), min(plan.rehearsed, len(unlabelled)))
    log.info("the model reads %d releases", len(chosen))
    read = [read_release([network.eval()], make_example(nlp, release), tokenizer) for release in chosen]
    log.info("it goes on: %d annotated releases, %d that it read", len(examples), len(read))
    names = NamePool([*examples, *map(believe, read)])
    return fit(deepcopy(network), examples, names, tokenizer, plan.refinement, seed=plan.seed, read=read)


def fit_teacher(seed: int, examples: Sequence[Example], encoder: Encoder, schedule: Schedule, work: Path) -> None:
    """Fit one teacher and keep it; in a process and by a thread of its own, so that none waits for another."""
    logging.basicConfig(level=logging.INFO, format=f"%(asctime)s teacher {seed}: %(message)s")
    torch.set_num_threads(1)
    network = encoder.make_network(seed)
    teacher = fit(network, examples, NamePool(examples), encoder.load_tokenizer(), schedule, seed=seed)
    save_file(teacher.state_dict(), work / f"teacher-{seed}.safetensors")


def read_release(teachers: Sequence[Tagger], example: Example, tokenizer: Tokenizer) -> Example:
    """Return the example with the teachers' mean probabilities, agreed on throughout the release."""
    words = make_words([], example.texts, example.gaps)
    soft = predict(teachers, example, tokenizer)
    soft[:, : SIZES[0]] = share_evidence(soft[:, : SIZES[0]], words, LAYERS[0])
    return replace(example, soft=soft)


def believe(example: Example) -> Example:
    """Return the example with tags where its teachers are all but sure, to take names from."""
    assert example.soft is not None
    names = example.soft[:, : SIZES[0]]
    tags = np.where(names.max(axis=1) > ALL_BUT_SURE, names.argmax(axis=1), IGNORED).tolist()
    return replace(example, tags=[tags, *example.tags[1:]], soft=None)
