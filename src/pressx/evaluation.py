"""Evaluation: how good records are against gold, with the interval that chance alone would give.

Counts are summed over all releases. The interval comes from drawing as many releases as there are, with
replacement, 400 times, seeded: what 95 % of the draws lie between. It agrees with the project's reference scorer to
the last digit.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from pressx.comparison import Comparison, Counts, Difference, add, compare
from pressx.gold import GoldError, read_gold
from pressx.records import Release

FIELDS = (
    "people", "organizations", "titles", "positions", "dates", "agreements", "parties", "signatories", "quotes",
    "quotations",
)  # fmt: skip
SCORED = ("people", "organizations", "positions", "dates", "agreements", "quotations")
"""The fields whose mean F1 is the score."""
ACCURACIES = (
    "kind", "status", "agreement_date", "release_headline", "release_issuer", "release_place", "release_date",
)  # fmt: skip

DRAWS = 400
SEED = 7
CUT = 10  # draws left out at either end of 400: a fortieth, which leaves 95 %


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of a field, the interval of F1, and how many entries the gold asks for."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int


@dataclass(frozen=True)
class Evaluation:
    """All figures; `missing` names the gold releases for which there was no record."""

    releases: int
    missing: tuple[str, ...]
    fields: dict[str, Score]
    score: float
    low: float
    high: float
    accuracy: dict[str, float | None]
    differences: tuple[Difference, ...]


def list_gold(folder: Path) -> list[Path]:
    """Return the gold files of a folder. Raises GoldError when there are none."""
    if not (paths := sorted(folder.glob("*.json"))):
        raise GoldError(f"no gold files (*.json) in {folder}")
    return paths


def evaluate(pairs: Iterable[tuple[Path, Release | None]]) -> Evaluation:
    """Return the figures for pairs of a gold file and the record of its release, None where there is none."""
    comparisons, missing = [], []
    for path, release in pairs:
        comparisons.append(compare(path.stem, read_gold(path), release))
        if release is None:
            missing.append(path.stem)
    if not comparisons:
        raise GoldError("there is no gold to compare with")
    draws = draw(len(comparisons))
    drawn = {name: [measure(add_field(comparisons, name, places))[2] for places in draws] for name in FIELDS}
    fields = {name: score_field(comparisons, name, drawn[name]) for name in FIELDS}
    low, high = cut([average(drawn[name][number] for name in SCORED) for number in range(DRAWS)])
    return Evaluation(
        releases=len(comparisons),
        missing=tuple(missing),
        fields=fields,
        score=average(fields[name].f1 for name in SCORED),
        low=low,
        high=high,
        accuracy={name: share(comparison.hits[name] for comparison in comparisons) for name in ACCURACIES},
        differences=tuple(chain.from_iterable(comparison.differences for comparison in comparisons)),
    )


def draw(count: int) -> list[list[int]]:
    """Return the releases of each draw by number; the same ones each time."""
    generator = random.Random(SEED)  # noqa: S311  # a resampling wants repeatability, not secrecy
    return [[generator.randrange(count) for _ in range(count)] for _ in range(DRAWS)]


def add_field(comparisons: Sequence[Comparison], name: str, places: Iterable[int]) -> Counts:
    return add(comparisons[place].counts[name] for place in places)


def measure(counts: Counts) -> tuple[float, float, float]:
    """Return precision, recall and F1; finding nothing is precise only where there was nothing to find."""
    found, wanted = counts.right + counts.wrong, counts.right + counts.missed
    precision = counts.right / found if found else float(not counts.missed)
    recall = counts.right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_field(comparisons: Sequence[Comparison], name: str, drawn: Sequence[float]) -> Score:
    counts = add_field(comparisons, name, range(len(comparisons)))
    return Score(*measure(counts), *cut(drawn), counts.right + counts.missed)


def cut(values: Iterable[float]) -> tuple[float, float]:
    """Return the ends of the interval that 95 % of the draws lie between."""
    ordered = sorted(values)
    return ordered[CUT], ordered[-1 - CUT]


def average(values: Iterable[float]) -> float:
    return sum(values) / len(SCORED)


def share(hits: Iterable[tuple[int, int]]) -> float | None:
    """Return how often something was right, None when it was never asked."""
    right, asked = (sum(column) for column in zip(*hits, strict=True))
    return right / asked if asked else None


def export(evaluation: Evaluation) -> dict[str, Any]:
    """Return the figures as JSON values, unrounded."""
    return {
        "releases": evaluation.releases,
        "missing": list(evaluation.missing),
        "fields": {
            name: {
                "p": score.precision,
                "r": score.recall,
                "f1": score.f1,
                "low": score.low,
                "high": score.high,
                "gold": score.gold,
            }
            for name, score in evaluation.fields.items()
        },
        "score": evaluation.score,
        "score_low": evaluation.low,
        "score_high": evaluation.high,
        "accuracy": evaluation.accuracy,
    }
