"""The entity model: people, organizations, titles, places and the words that name agreements.

A small transformer run by onnxruntime; `models/README.md` is its card. Words are the tokens of the doc, which
the model's own tokenizer cuts into pieces. Long docs are read in windows that begin with a sentence. Every window
is run alone and by one thread, since 8-bit arithmetic scales a whole batch alike: a window would be read
differently in other company. Threads read different windows.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from pressx.errors import ModelError
from pressx.resources import find_model
from pressx.spans import Mention, write_group
from pressx.tagging import Floats, decode, measure_support, normalise, share_evidence
from pressx.words import Integers, Pieces, Window, Words, cut_words, plan_windows, read_words

FORMAT = 1  # of the files in `ner/`; another number means that this reader and the files don't fit
FILES = ("config.json", "model.onnx", "tokenizer.json")
# The fused layer takes 3.7 ms of the 40.8 ms of a window, where the sum and the norm apart take 0.7 ms (onnxruntime 1.32).
SLOW_FUSION = "SkipLayerNormFusion"


def read_model(path: Path) -> dict[str, bytes]:
    """Return the model's files by name, each proven by its checksum."""
    try:
        checksums = json.loads((path / "checksums.json").read_text(encoding="utf-8"))
        files = {name: (path / name).read_bytes() for name in FILES}
    except OSError as error:
        raise ModelError(f"entity model: {error.filename}: {error.strerror}; install pressx again") from None
    except ValueError:
        raise ModelError(f"entity model: {path / 'checksums.json'} is damaged; install pressx again") from None
    for name, data in files.items():
        if not isinstance(checksums, dict) or checksums.get(name) != hashlib.sha256(data).hexdigest():
            raise ModelError(f"entity model: {path / name} is damaged; install pressx again")
    if json.loads(files["config.json"]).get("format") != FORMAT:
        raise ModelError(f"entity model: {path} is of another version; install pressx again")
    return files


class Network:
    """Words in, probabilities of tags out; loads what it needs when first asked."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.config = json.loads(files["config.json"])
        self.layers: list[list[str]] = self.config["layers"]

    @cached_property
    def tokenizer(self) -> Any:
        """The `tokenizers` one, imported here since not every command reads a text."""
        from tokenizers import Tokenizer  # noqa: PLC0415  # see above

        return Tokenizer.from_str(self.files["tokenizer.json"].decode("utf-8"))

    @cached_property
    def session(self) -> Any:
        """The `onnxruntime` one, imported here for the same reason."""
        import onnxruntime  # noqa: PLC0415  # see above

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            self.files["model.onnx"], options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can't be sent to another process; it is loaded again there."""
        return {name: value for name, value in self.__dict__.items() if name not in ("tokenizer", "session")}

    def plan(self, words: Words) -> list[tuple[Pieces, Window]]:
        """Return what there is to read of `words`, window by window."""
        if not words.texts:
            return []
        ids, sizes = cut_words(self.tokenizer, words.texts)
        pieces = Pieces(words, ids, sizes, np.concatenate(([0], np.cumsum(sizes))))
        limit = self.config["window"] - len(self.config["frame"])
        return [(pieces, window) for window in plan_windows(sizes.tolist(), words.openings, limit)]

    def read(self, pieces: Pieces, window: Window) -> Floats:
        """Return the tags' probabilities of the window's words, by the mean score of the pieces of each."""
        ends, inside = pieces.ends, slice(window.first, window.last)
        sizes = pieces.sizes[inside]
        inputs = {
            "pieces": frame(pieces.ids[ends[window.first] : ends[window.last]], *self.config["frame"]),
            "shapes": frame(np.repeat(pieces.words.shapes[inside], sizes), 0, 0),
            "gaps": frame(np.repeat(pieces.words.gaps[inside], sizes), 0, 0),
        }
        scores = self.session.run(None, inputs)[0][0, 1:-1]
        means = np.add.reduceat(scores, ends[inside] - ends[window.first], axis=0) / sizes[:, None]
        return normalise(means.astype(np.float32), self.layers)


def frame(values: Integers, begin: int, end: int) -> Integers:
    """Return a batch of one: `values` between the marks that open and close what the network reads."""
    return np.concatenate(([begin], values, [end]))[None, :]


@Language.factory("pressx_ner", assigns=["doc.spans"], default_config={"path": None, "threads": 0})
def create_ner(nlp: Language, name: str, path: str | None, threads: int) -> "EntityModel":
    """Return the component; `path` is a folder like `models/pressx_en/ner`, 0 threads stand for all cores."""
    return EntityModel(Path(path) if path else find_model() / "ner", threads or len(os.sched_getaffinity(0)))


class EntityModel:
    """Finds entities and writes the span group `ner`, whose `probabilities` run parallel to its spans.

    The fact of a mention holds its `support`, see `tagging.measure_support`.
    """

    def __init__(self, path: Path, threads: int) -> None:
        self.network = Network(read_model(path))
        self.threads = threads

    def __call__(self, doc: Doc) -> Doc:
        """Write the entities of one doc."""
        return self.write(doc, *self.find([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Yield each doc with its entities; the windows of a batch are shared out to the threads."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            yield from map(self.write, batch, self.find(batch))

    def find(self, docs: Sequence[Doc]) -> list[list[tuple[Mention, float]]]:
        """Return the mentions in each doc with their probabilities; pure."""
        all_words = [read_words(doc) for doc in docs]
        plans = [self.network.plan(words) for words in all_words]
        tasks = [task for plan in plans for task in plan]
        if tasks:
            _ = self.network.session  # load it before threads race for it
        with ThreadPoolExecutor(self.threads) as pool:
            rows = pool.map(lambda task: self.network.read(*task), tasks)
            read = [[next(rows) for _ in plan] for plan in plans]
        return [
            list(self.locate(doc, words, np.concatenate(parts))) if parts else []
            for doc, words, parts in zip(docs, all_words, read, strict=True)
        ]

    def locate(self, doc: Doc, words: Words, probabilities: Floats) -> Iterator[tuple[Mention, float]]:
        """Yield the entities of each layer as intervals of characters."""
        column = 0
        for labels in self.network.layers:
            size = 1 + 4 * len(labels)
            layer = share_evidence(probabilities[:, column : column + size], words, labels)
            for entity in decode(layer, labels):
                first, last = doc[words.tokens[entity.first]], doc[words.tokens[entity.last - 1]]
                fact = {"support": measure_support(layer, entity, labels)}
                mention = Mention(first.idx, last.idx + len(last), entity.label, self.network.config["name"], fact=fact)
                yield mention, entity.probability
            column += size

    def write(self, doc: Doc, entities: Sequence[tuple[Mention, float]]) -> Doc:
        """Set the span group `ner`."""
        ordered = sorted(entities, key=lambda entity: (entity[0].start, entity[0].end))
        probabilities = [probability for _, probability in ordered]
        name = self.network.config["name"]
        return write_group(doc, "ner", [mention for mention, _ in ordered], probabilities=probabilities, model=name)
