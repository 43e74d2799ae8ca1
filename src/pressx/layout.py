"""The layout of a release: blocks that tile its text."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile

from pressx.folding import fold
from pressx.opening import Opening, OpeningReader, is_heading
from pressx.paragraphs import Paragraph, split_paragraphs
from pressx.rules import RuleSet, load_rules
from pressx.sections import Section, SectionReader, skip_spaces

LONGEST_CAPTION = 300
# A paragraph this long below a contact heading is text again, unless it holds an address or a number.
SHORTEST_PROSE = 200
CONTACT_DATA = re.compile(r"@|www\.|https?:|\d{3}[-. ]\d{3,4}")
# A line of addresses that no heading announces: an e-mail address and a number or a web page, hardly a word more.
CONTACT_LINE = re.compile(r"(?=.{0,240}\w@\w)(?=.{0,240}(?:\d{3}\)?[-. ]{1,2}\d{3,4}|www\.|https?:))")
LONGEST_LINE = 240
WORDS_OF_LINE = 24


class BlockKind(StrEnum):
    """What a stretch of a release is for."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    DATELINE = "dateline"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    ABOUT = "about"
    CONTACT = "contact"
    BOILERPLATE = "boilerplate"
    NOISE = "noise"


KINDS = {
    "SECTION_ABOUT": BlockKind.ABOUT,
    "SECTION_CONTACT": BlockKind.CONTACT,
    "SECTION_BOILERPLATE": BlockKind.BOILERPLATE,
    "NOISE": BlockKind.NOISE,
}
# Kinds of which one block holds all paragraphs.
JOINED = frozenset({BlockKind.ABOUT, BlockKind.CONTACT, BlockKind.BOILERPLATE, BlockKind.NOISE})


# Kinds that tell the news; who presents itself below them may be no more than the wire.
STORY = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEADLINE, BlockKind.DATELINE, BlockKind.BODY, BlockKind.CAPTION})


@dataclass(frozen=True)
class Block:
    """A half-open interval of characters of one kind; white space after a block belongs to it."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True)
class Layout:
    """The blocks of a text in order: each starts where the one before ends, the last ends with the text."""

    blocks: tuple[Block, ...]

    def select(self, *kinds: BlockKind) -> Iterator[Block]:
        """Yield the blocks of these kinds in text order."""
        return (block for block in self.blocks if block.kind in kinds)


def segment(text: str) -> Layout:
    """Return the blocks of `text`; an empty text has none."""
    return get_segmenter().segment(text)


@lru_cache(maxsize=1)
def get_segmenter() -> "Segmenter":
    """Return the segmenter with the shipped rules, compiled once."""
    return Segmenter(load_rules())


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a part of one; `kind` is None where only the opening or its own words can tell."""

    paragraph: Paragraph
    kind: BlockKind | None


class Segmenter:
    """Cuts a text into blocks: its opening, then sections and paragraphs."""

    def __init__(self, rules: RuleSet) -> None:
        self._sections = SectionReader(rules)
        self._opening = OpeningReader(rules)
        self._captions = [expression for _, expression in rules.expressions("CAPTION")]

    def segment(self, text: str) -> Layout:
        """Return the blocks of `text`; pure."""
        folded = fold(text)
        paragraphs = split_paragraphs(text)
        if not paragraphs:
            return Layout((Block(BlockKind.BODY, 0, len(text)),) if text else ())
        pieces = list(cut_paragraphs(folded, paragraphs, self._sections.find(folded)))
        plain = takewhile(lambda piece: piece.kind in (None, BlockKind.NOISE, BlockKind.CONTACT), pieces)
        opening = self._opening.read(folded, [piece.paragraph for piece in plain if piece.kind is None])
        return Layout(tuple(tile(self._mark(folded, pieces, opening), len(text))))

    def _mark(self, folded: str, pieces: Iterable[Piece], opening: Opening) -> Iterator[tuple[int, BlockKind]]:
        """Yield where each block starts and what it is."""
        tops = {start: BlockKind.SUBHEADLINE for start, _ in opening.subheadlines}
        if opening.headline:
            tops[opening.headline[0]] = BlockKind.HEADLINE
        top = opening.headline or (0, 0)
        for piece in pieces:
            start, end = piece.paragraph.start, piece.paragraph.end
            if not (top[0] < start < top[1]):
                kind = BlockKind.CONTACT if is_contact_line(folded, piece.paragraph) else piece.kind
                yield start, tops.get(start) or kind or self._classify(folded[start:end])
            if start <= top[0] < top[1] < end:
                below = skip_spaces(folded, top[1])
                yield below, tops.get(below, BlockKind.BODY)
            for dateline in opening.datelines:
                if start <= dateline.start < end:
                    yield dateline.start, BlockKind.DATELINE
                    yield skip_spaces(folded, dateline.end), BlockKind.BODY

    def _classify(self, line: str) -> BlockKind:
        if len(line) <= LONGEST_CAPTION and any(expression.search(line) for expression in self._captions):
            return BlockKind.CAPTION
        return BlockKind.HEADING if is_heading(line) else BlockKind.BODY


def cut_paragraphs(folded: str, paragraphs: Iterable[Paragraph], sections: Iterable[Section]) -> Iterator[Piece]:
    """Yield the paragraphs cut where a section begins, with the kind of the section they are in."""
    queue = deque(sections)
    lasting: BlockKind | None = None
    for paragraph in paragraphs:
        if lasting is BlockKind.CONTACT and not (queue and queue[0].start == paragraph.start):
            lasting = None if is_prose(folded, paragraph) else lasting
        start, kind = paragraph.start, lasting
        while queue and queue[0].start < paragraph.end:
            section = queue.popleft()
            if section.start < start:
                continue
            if section.start > start:
                yield Piece(Paragraph(start, section.start), kind)
            start, kind = section.start, KINDS[section.label]
            if section.lasting:
                lasting = kind
            if section.label == "NOISE":
                end = min(section.end, paragraph.end)
                yield Piece(Paragraph(start, end), kind)
                start, kind = skip_spaces(folded, end), lasting
        if start < paragraph.end:
            yield Piece(Paragraph(start, paragraph.end), kind)


def is_contact_line(folded: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph holds addresses and numbers and hardly a word more."""
    if paragraph.end - paragraph.start > LONGEST_LINE or "@" not in folded[paragraph.start : paragraph.end]:
        return False
    few = len(folded[paragraph.start : paragraph.end].split()) <= WORDS_OF_LINE
    return few and CONTACT_LINE.match(folded, paragraph.start, paragraph.end) is not None


def is_prose(folded: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph below a contact heading is too long to be one, and holds no address or number."""
    if paragraph.end - paragraph.start < SHORTEST_PROSE:
        return False
    return not CONTACT_DATA.search(folded, paragraph.start, min(paragraph.end, paragraph.start + LONGEST_CAPTION))


def tile(marks: Iterable[tuple[int, BlockKind]], length: int) -> Iterator[Block]:
    """Yield blocks that tile a text of `length` characters; neighbours of one lasting kind become one block."""
    starts = dict(marks)
    ordered = [(start, starts[start]) for start in sorted(starts) if start < length]
    joined: list[tuple[int, BlockKind]] = []
    for start, kind in ordered:
        if not joined or joined[-1][1] is not kind or kind not in JOINED:
            joined.append((start if joined else 0, kind))
    ends = [start for start, _ in joined[1:]] + [length]
    for (start, kind), end in zip(joined, ends, strict=True):
        yield Block(kind, start, end)
