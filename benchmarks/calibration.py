"""Calibration: of the values given 0.9, nine in ten should be right.

usage: python benchmarks/calibration.py GOLD_DIR TEXT_DIR

For each kind of fact: the expected calibration error (Naeini et al., 2015), which is the mean distance between
confidence and the share of right values over ten bins of equal width, weighted by how many values each holds.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language

from pressx.comparison import compare
from pressx.evaluation import list_gold
from pressx.extraction import extract
from pressx.gold import read_gold
from pressx.pipeline import load
from pressx.reading import read
from pressx.records import Release

BINS = 10
Judged = tuple[str, float, bool]


def judge(nlp: Language, gold: Path, texts: Path) -> Iterator[Judged]:
    """Yield kind, confidence and verdict of each value; what is optional in the gold counts neither way."""
    for path in list_gold(gold):
        release = extract(nlp, read(texts / f"{path.stem}.txt"))
        verdicts = compare(path.stem, read_gold(path), release).verdicts
        for kind, values in list_confidences(release).items():
            for confidence, verdict in zip(values, verdicts[kind], strict=True):
                if verdict is not None:
                    yield kind, confidence, verdict


def list_confidences(release: Release) -> dict[str, list[float]]:
    """Return the confidences of a record by kind, in the order of the record."""
    kinds = ("people", "organizations", "dates", "agreements", "quotations")
    listed = {kind: [value.confidence for value in getattr(release, kind)] for kind in kinds}
    return listed | {"positions": [role.confidence for person in release.people for role in person.positions]}


def fill_bins(judged: Iterable[Judged]) -> dict[int, list[tuple[float, bool]]]:
    """Return confidence and verdict of the values of each bin."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for _, confidence, verdict in judged:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, verdict))
    return bins


def measure_error(judged: Iterable[Judged]) -> float:
    """Return the expected calibration error. Raises ZeroDivisionError when nothing was judged."""
    bins = fill_bins(judged).values()
    distances = (abs(sum(given for given, _ in held) - sum(right for _, right in held)) for held in bins)
    return sum(distances) / sum(len(held) for held in bins)


def main() -> None:
    """Print the error of each kind and the bins of all kinds."""
    judged = list(judge(load(), *map(Path, sys.argv[1:3])))
    print(f"{'':14} values   error")
    for kind in dict.fromkeys(kind for kind, *_ in judged):
        own = [found for found in judged if found[0] == kind]
        print(f"{kind:14} {len(own):6}   {measure_error(own):.3f}")
    print(f"{'all':14} {len(judged):6}   {measure_error(judged):.3f}\n")
    print("confidence     values   given   right")
    for number, held in sorted(fill_bins(judged).items()):
        given, right = (sum(column) / len(held) for column in zip(*held, strict=True))
        print(f"{number / BINS:.1f} - {(number + 1) / BINS:.1f}      {len(held):6}   {given:.3f}   {right:.3f}")


if __name__ == "__main__":
    main()
