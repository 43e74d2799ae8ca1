"""Fitting a network to examples, and reading examples with fitted networks."""

import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from pressx.tagging import Floats, normalise
from pressx.words import cut_words, make_words, plan_windows
from training.augmentation import NamePool, augment
from training.examples import IGNORED, SIZES, Example
from training.network import Tagger
from training.projection import LAYERS

BEGIN, END = 101, 102  # the encoder's own marks for where a text begins and ends
LIMIT = 318  # pieces of the longest window that is taught
# Pieces of a window at run time. Windows of 126 to 318 pieces that share none or up to 96 with the next are read equally
# well, as far as chance allows to tell (means of F1 0.908 to 0.916 on 72 releases, 0.884 to 0.892 on 160); this is faster
# than most.
SPAN = 254
LONGEST = 510  # pieces that the encoder can tell the places of, without its own marks
LAYER_WEIGHTS = (1.0, 0.3)  # an agreement is marked where it is named best, not everywhere: a weak teacher
# Where the processor has no instructions for bfloat16, a step takes thirteen times as long with it as with floats of 32 bits.
HALVES = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: int
    rate: float = 2e-4
    fresh_rate: float = 1e-3
    decay: float = 0.85
    batch: int = 8
    warmup: float = 0.1
    memory: float = 0.99  # share of the running mean of weights that a step keeps


@dataclass(frozen=True)
class Batch:
    """Windows padded to one length; `owners` numbers the word of each piece, -1 where there is none."""

    pieces: Tensor
    shapes: Tensor
    gaps: Tensor
    mask: Tensor
    owners: Tensor
    words: int
    tags: list[Tensor]
    soft: Tensor | None


def cut_windows(example: Example, tokenizer: Tokenizer, rng: random.Random) -> Iterator[Example]:
    """Yield stretches that fit into a window, cut elsewhere each time, where a line or sentence opens."""
    if not example.texts:
        return
    sizes = cut_words(tokenizer, example.texts)[1].tolist()
    openings = make_words([], example.texts, example.gaps).openings
    first, room = 0, rng.randint(LIMIT // 3, LIMIT)
    while first < len(sizes):
        last, taken = first, 0
        while last < len(sizes) and taken + sizes[last] <= room:
            taken += sizes[last]
            last += 1
        if last < len(sizes):
            last = next((at for at in range(last, (first + last) // 2, -1) if openings[at]), last)
        yield example.cut(first, last)
        first, room = last, LIMIT


def make_batch(windows: Sequence[Example], tokenizer: Tokenizer) -> Batch:
    """Return the windows as tensors; of one that noise made too long, the last words are dropped."""
    rows: list[tuple[list[int], list[int], list[int], list[int]]] = []
    tags: list[list[int]] = [[] for _ in LAYERS]
    soft = []
    words = 0
    for window in windows:
        sizes = cut_words(tokenizer, window.texts)[1]
        fitting = int(np.searchsorted(np.cumsum(sizes), LONGEST, side="right"))
        fitted = window.cut(0, fitting)
        pieces, sizes = cut_words(tokenizer, fitted.texts)
        shapes = make_words([], fitted.texts, fitted.gaps).shapes
        owners = np.repeat(np.arange(words, words + fitting), sizes).tolist()
        rows.append(
            (
                [BEGIN, *pieces.tolist(), END],
                [0, *np.repeat(shapes, sizes).tolist(), 0],
                [0, *np.repeat(np.array(fitted.gaps), sizes).tolist(), 0],
                [-1, *owners, -1],
            )
        )
        for all_tags, own in zip(tags, fitted.tags, strict=True):
            all_tags.extend(own)
        if fitted.soft is not None:
            soft.append(fitted.soft)
        words += fitting
    length = max(len(row[0]) for row in rows)

    def pad(part: int, value: int) -> Tensor:
        return torch.tensor([row[part] + [value] * (length - len(row[part])) for row in rows])

    pieces_tensor = pad(0, 0)
    mask = torch.tensor([[at < len(row[0]) for at in range(length)] for row in rows])[:, None, None, :]
    soft_tensor = torch.tensor(np.concatenate(soft), dtype=torch.float32) if soft else None
    return Batch(
        pieces_tensor,
        pad(1, 0),
        pad(2, 0),
        mask,
        pad(3, -1),
        words,
        [torch.tensor(own) for own in tags],
        soft_tensor,
    )


def score_words(network: Tagger, batch: Batch) -> Tensor:
    """Return (words, tags): the mean score of the pieces of each word."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
        scores = network(batch.pieces, batch.shapes, batch.gaps, batch.mask)
    owners = batch.owners.flatten()
    held = owners >= 0
    sums = torch.zeros(batch.words, scores.shape[-1])
    sums = sums.index_add(0, owners[held], scores.float().flatten(0, 1)[held])
    return sums / torch.bincount(owners[held], minlength=batch.words)[:, None]


def measure_loss(scores: Tensor, batch: Batch) -> Tensor:
    """Return the mean loss over the words, against the teacher's probabilities or else the tags."""
    loss = torch.zeros(())
    first = 0
    for size, weight, tags in zip(SIZES, LAYER_WEIGHTS, batch.tags, strict=True):
        part = scores[:, first : first + size]
        if batch.soft is not None:
            target = batch.soft[:, first : first + size]
            loss = loss - weight * (target * functional.log_softmax(part, dim=1)).sum(dim=1).mean()
        elif (tags != IGNORED).any():
            loss = loss + weight * functional.cross_entropy(part, tags, ignore_index=IGNORED)
        first += size
    return loss


def fit(
    network: Tagger,
    examples: Sequence[Example],
    pool: NamePool,
    tokenizer: Tokenizer,
    schedule: Schedule,
    *,
    seed: int,
    read: Sequence[Example] = (),
) -> Tagger:
    """Return the running mean of `network` as it learns `examples`; the network itself is changed.

    Of `read`, the examples that teachers read, each epoch takes another part.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(network.groups(schedule.rate, schedule.decay, schedule.fresh_rate), weight_decay=0.01)
    mean = deepcopy(network).eval()
    plans = [
        plan_batches([*examples, *read[epoch :: schedule.epochs]], tokenizer, schedule.batch, rng)
        for epoch in range(schedule.epochs)
    ]
    total = sum(len(plan) for plan in plans)
    ramp = max(1, int(total * schedule.warmup))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / ramp, max(0.02, (total - step) / max(1, total - ramp)))
    )
    began = time.monotonic()
    step = 0
    for epoch, plan in enumerate(plans, 1):
        network.train()
        losses = []
        for windows in plan:
            batch = make_batch([augment(window, pool, rng) for window in windows], tokenizer)
            loss = measure_loss(score_words(network, batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            step += 1
            follow(mean, network, min(schedule.memory, 1 - 1 / (step + 1)))
            losses.append(loss.item())
        log.info(
            "epoch %d of %d: loss %.4f, %d steps, %.0f s",
            epoch, schedule.epochs, math.fsum(losses) / len(losses), step, time.monotonic() - began,
        )  # fmt: skip
    return mean


def plan_batches(
    examples: Sequence[Example], tokenizer: Tokenizer, size: int, rng: random.Random
) -> list[list[Example]]:
    """Return the windows of all examples in batches of like kind and length, in any order."""
    windows = [window for example in examples for window in cut_windows(example, tokenizer, rng)]
    rng.shuffle(windows)
    windows.sort(key=lambda window: (window.soft is not None, len(window.texts) // 40))
    batches = [windows[at : at + size] for at in range(0, len(windows), size)]
    batches = [batch for batch in batches if len({window.soft is not None for window in batch}) == 1]
    rng.shuffle(batches)
    return batches


@torch.no_grad()
def follow(mean: Tagger, network: Tagger, share: float) -> None:
    """Move the running mean towards the network's weights."""
    for kept, new in zip(mean.parameters(), network.parameters(), strict=True):
        kept.lerp_(new, 1 - share)


@torch.no_grad()
def predict(networks: Sequence[Tagger], example: Example, tokenizer: Tokenizer) -> Floats:
    """Return the networks' mean probabilities of the tags, read in windows as at run time."""
    if not example.texts:
        return np.zeros((0, sum(SIZES)), np.float32)
    words = make_words([], example.texts, example.gaps)
    sizes = cut_words(tokenizer, example.texts)[1].tolist()
    windows = plan_windows(sizes, words.openings, SPAN)
    batch = make_batch([example.cut(window.first, window.last) for window in windows], tokenizer)
    read = [normalise(score_words(network, batch).numpy(), LAYERS) for network in networks]
    return np.mean(read, axis=0, dtype=np.float32)
