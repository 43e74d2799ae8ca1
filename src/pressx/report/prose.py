"""Prose: the text of a release as paragraphs, cut into the parts that facts rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pressx.facts import Fact, Record
from pressx.segments import Segment, cut


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text of one kind of block, white space at its ends left out."""

    kind: str
    parts: Sequence[tuple[str, Segment]]


def lay_out(record: Record, text: str, facts: Sequence[Fact]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text that is the record's own."""
    for kind, start, end in join_blocks(record, len(text)):
        words = text[start:end]
        first, last = end - len(words.lstrip()), start + len(words.rstrip())
        if first < last:
            yield Paragraph(kind, [(text[part.start : part.end], part) for part in cut(facts, last, first)])


def join_blocks(record: Record, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield kind and interval of each block, a dateline joined to the block behind it."""
    blocks = record["blocks"] or [{"kind": "body", "start": 0, "end": end}]
    number = 0
    joined = []
    for block in blocks:
        joined.append((number, block))
        number += block["kind"] != "dateline"
    for _, group in groupby(joined, key=lambda pair: pair[0]):
        members = [block for _, block in group]
        yield members[-1]["kind"], members[0]["start"], members[-1]["end"]
