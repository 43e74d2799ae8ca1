"""Segments: a text cut wherever evidence begins or ends, so that overlapping evidence can be shown in one pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pressx.facts import Fact


@dataclass(frozen=True)
class Segment:
    """A half-open interval of characters with the facts that rest on it, the longest evidence first.

    `opening` and `closing` are those of the facts whose evidence begins or ends with this segment.
    """

    start: int
    end: int
    facts: tuple[Fact, ...]
    opening: tuple[Fact, ...]
    closing: tuple[Fact, ...]


def cut(facts: Iterable[Fact], end: int, start: int = 0) -> Iterator[Segment]:
    """Yield segments that tile the characters from `start` to `end`; evidence that reaches beyond is cut off."""
    marks = sorted(
        {
            (max(mention["start"], start), min(mention["end"], end), fact)
            for fact in facts
            for mention in fact.evidence
            if mention["start"] < end and mention["end"] > start
        },
        key=lambda mark: (mark[0], -mark[1], mark[2].id),
    )
    edges = sorted({start, end, *(edge for first, last, _ in marks for edge in (first, last))})
    active: list[tuple[int, int, Fact]] = []
    position = 0
    for first, last in pairwise(edges):
        active = [mark for mark in active if mark[1] > first]
        while position < len(marks) and marks[position][0] == first:
            active.append(marks[position])
            position += 1
        active.sort(key=lambda mark: (mark[0] - mark[1], mark[0], mark[2].id))
        yield Segment(
            first,
            last,
            tuple(fact for _, _, fact in active),
            tuple(fact for begun, _, fact in active if begun == first),
            tuple(fact for _, ended, fact in reversed(active) if ended == last),
        )
