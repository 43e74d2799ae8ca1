"""Mention by mention figures: exact spans against the marks of the gold; optional ones count neither way."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pressx.ner import EntityModel
from pressx.resources import find_model
from pressx.words import read_words
from training.examples import IGNORED, Example, find_entities, make_example, make_nlp
from training.projection import LAYERS
from training.releases import read_folder

Found = tuple[int, int, str]
Figures = dict[str, tuple[float, float, float, int]]


def count_hits(example: Example, found: Iterable[Found]) -> Counter[tuple[str, str]]:
    """Return how many entities of each label are "right", "wrong" and "missed"; spans are in words."""
    hits: Counter[tuple[str, str]] = Counter()
    for tags, labels in zip(example.tags, LAYERS, strict=True):
        gold = set(find_entities(tags, labels))
        said = {entity for entity in found if entity[2] in labels}
        hits.update((entity[2], "right") for entity in gold & said)
        hits.update((entity[2], "missed") for entity in gold - said)
        hits.update((entity[2], "wrong") for entity in said - gold if IGNORED not in tags[entity[0] : entity[1]])
    return hits


def compute_figures(hits: Counter[tuple[str, str]]) -> Figures:
    """Return precision, recall, F1 and the number of gold mentions of each label."""
    figures = {}
    for labels in LAYERS:
        for label in labels:
            right, wrong, missed = (hits[label, kind] for kind in ("right", "wrong", "missed"))
            precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
            f1 = 2 * right / max(1, 2 * right + wrong + missed)
            figures[label] = (precision, recall, f1, right + missed)
    return figures


def print_figures(figures: Figures) -> None:
    """Print a table of the figures."""
    print(f"{'label':10} {'gold':>5} {'P':>6} {'R':>6} {'F1':>6}")
    for label, (precision, recall, f1, count) in figures.items():
        print(f"{label:10} {count:5} {precision:6.3f} {recall:6.3f} {f1:6.3f}")


def measure(model: EntityModel, texts: Path, gold: Path) -> Figures:
    """Return the figures of a shipped model on annotated releases."""
    nlp = make_nlp()
    hits: Counter[tuple[str, str]] = Counter()
    for release in read_folder(texts, gold):
        doc = model(nlp.tokenizer(release.text))
        places = {token: at for at, token in enumerate(read_words(doc).tokens)}
        found = [(places[span.start], places[span.end - 1] + 1, span.label_) for span in doc.spans["ner"]]
        hits += count_hits(make_example(nlp, release), found)
    return compute_figures(hits)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of a model."""
    parser = argparse.ArgumentParser(prog="python -m training.measurement", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=find_model() / "ner")
    options = parser.parse_args(arguments)
    print_figures(measure(EntityModel(options.model, threads=2), options.texts, options.gold))


if __name__ == "__main__":
    main()
