"""The opening of a release: which paragraphs are headline and subheadline, and where the dateline stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pressx.dateline import Dateline, DatelineReader
from pressx.paragraphs import Paragraph
from pressx.rules import RuleSet

# Measured on 427 annotated releases: the longest headline has 38 words and 239 characters, those that end with a full
# stop have at most 22 words; of the five texts that open with their body four begin with a sentence of 40 or more.
LONGEST_HEADLINE = 450
WORDS_OF_HEADLINE = 60
WORDS_OF_SENTENCE = 29
LONGEST_LINE = 120
LONGEST_SUBHEADLINE = 320
LETTERHEAD = 5  # paragraphs from a day on: agency, division, subheadline and body may follow it
# The dateline is looked for in this many paragraphs below the headline.
PARAGRAPHS_TO_DATELINE = 8
# Only so many of them are searched for a dateline behind a subheadline that lost its line break.
PARAGRAPHS_GLUED = 2
LONGEST_HEADING = 120
WORDS_OF_HEADING = 16

# Shorter words ("with", "from" aside) stay small in titles; of the rest sentences capitalise a third.
LONG_WORD = 4
CAPITALISED = 0.7

WORD = re.compile(r"[^\W\d_][\w'.-]*")
WIDE_SPACE = re.compile(r"(?<=[^\s.!,;:]) {2,8}(?=[A-Z\"])")
BULLET = re.compile(r"[*-] |[•·▪◦‣➤✓]|\d{1,2}[.)] ")
LAST_WORD = re.compile(r"(\S+)\W*$")


@dataclass
class Opening:
    """Intervals of the headline (None when the text opens with its body), the subheadlines and the datelines."""

    headline: tuple[int, int] | None = None
    subheadlines: list[tuple[int, int]] = field(default_factory=list)
    datelines: list[Dateline] = field(default_factory=list)


class OpeningReader:
    """Reads the opening from the paragraphs that are neither noise nor a section; pure."""

    def __init__(self, rules: RuleSet) -> None:
        self._dateline = DatelineReader(rules)
        self._unfinished = rules.lexicon("unfinished_words")
        self._bylines = [expression for _, expression in rules.expressions("BYLINE")]

    def read(self, folded: str, paragraphs: Sequence[Paragraph]) -> Opening:
        """Return the opening of the text that these paragraphs make."""
        opening = Opening()
        rest = self._read_headline(folded, list(paragraphs[: PARAGRAPHS_TO_DATELINE + 3]), opening)
        below = self._read_dateline(folded, rest, opening)
        self._read_subheadlines(folded, below, bool(opening.datelines), opening)
        return opening

    def _read_headline(self, folded: str, paragraphs: list[Paragraph], opening: Opening) -> list[Paragraph]:
        """Set the headline and return the paragraphs below it, the first perhaps cut."""
        while paragraphs and (day := self._read_lone_day(folded, paragraphs[0])):
            opening.datelines.append(day)
            paragraphs = paragraphs[1:]
        if not paragraphs:
            return []
        first, rest = paragraphs[0], paragraphs[1:]
        if self._dateline.read(folded, first.start, first.end):
            return paragraphs
        if cut := self._find_cut(folded, first):
            opening.headline = (first.start, len(folded[first.start : cut].rstrip()) + first.start)
            return [Paragraph(cut, first.end), *rest]
        if not self._is_headline(folded, first, rest):
            return paragraphs
        end = first.end
        while rest and self._goes_on(folded, first.start, end, rest[0]):
            end, rest = rest[0].end, rest[1:]
        opening.headline = (first.start, end)
        return rest

    def _read_lone_day(self, folded: str, paragraph: Paragraph) -> Dateline | None:
        """Return the dateline when it is a line above the headline that holds no place."""
        found = self._dateline.read(folded, paragraph.start, paragraph.end)
        return found if found and found.end >= paragraph.end and found.place is None else None

    def _find_cut(self, folded: str, paragraph: Paragraph) -> int | None:
        """Return where the body begins in a paragraph that opens with its headline."""
        if found := self._dateline.find(folded, paragraph.start, paragraph.end):
            return found.start
        if paragraph.end - paragraph.start < LONGEST_HEADLINE:
            return None
        gap = WIDE_SPACE.search(folded, paragraph.start, paragraph.start + LONGEST_HEADLINE // 2)
        return gap.end() if gap and is_title(folded[paragraph.start : gap.start()]) else None

    def _is_headline(self, folded: str, first: Paragraph, rest: Sequence[Paragraph]) -> bool:
        line = folded[first.start : min(first.end, first.start + LONGEST_HEADLINE + 1)]
        words = len(line.split())
        if len(line) > LONGEST_HEADLINE or words > WORDS_OF_HEADLINE or BULLET.match(line):
            return False
        if rest and self._dateline.read(folded, rest[0].start, rest[0].end):
            return True
        if not rest:
            return words < WORDS_OF_SENTENCE and not line.endswith((".", '."'))
        return words < WORDS_OF_SENTENCE or not line.endswith((".", '."')) or is_title(line)

    def _goes_on(self, folded: str, start: int, end: int, below: Paragraph) -> bool:
        """Whether the headline goes on below: its last word can't end it, or no blank line parts the two."""
        last = LAST_WORD.search(folded, max(start, end - 30), end)
        short = below.end - below.start + end - start <= LONGEST_HEADLINE
        if not short or not last or folded[end - 1] == ".":
            return False
        directly = folded.count("\n", end, below.start) == 1 and folded.count("\n", below.end, below.end + 4) > 1
        line = directly and folded[below.end - 1] != "." and below.end - below.start <= LONGEST_LINE
        return line or last[1].lower() in self._unfinished

    def _read_dateline(self, folded: str, paragraphs: Sequence[Paragraph], opening: Opening) -> list[Paragraph]:
        """Set the dateline and return what stands above it; without one, the first paragraph."""
        for count, paragraph in enumerate(paragraphs[:PARAGRAPHS_TO_DATELINE]):
            found = self._dateline.read(folded, paragraph.start, paragraph.end)
            if found is None and count < PARAGRAPHS_GLUED:
                found = self._dateline.find(folded, paragraph.start, paragraph.end)
            if found:
                opening.datelines.append(found)
                below = paragraphs[count + 1 : count + (2 if found.place else LETTERHEAD)]
                self._read_second(folded, below, found, opening)
                above = list(paragraphs[:count])
                if found.start > paragraph.start:
                    above.append(Paragraph(paragraph.start, len(folded[: found.start].rstrip())))
                return above
        return list(paragraphs[:1])

    def _read_second(self, folded: str, below: Sequence[Paragraph], first: Dateline, opening: Opening) -> None:
        """Add the dateline of the body where that of the wire, or the day, stood on a line above it."""
        if folded[first.end - 1 : first.end + 1].endswith("\n"):
            seconds = (self._dateline.read(folded, paragraph.start, paragraph.end) for paragraph in below)
            opening.datelines += [second for second in seconds if second and second.place][:1]

    def _read_subheadlines(self, folded: str, above: Sequence[Paragraph], dated: bool, opening: Opening) -> None:
        for paragraph in above:
            line = folded[paragraph.start : paragraph.end]
            if opening.headline is None or len(line) > LONGEST_SUBHEADLINE or line.endswith((".", ":", '."')):
                continue
            if (dated or is_title(line)) and not any(expression.search(line) for expression in self._bylines):
                opening.subheadlines.append((paragraph.start, paragraph.end))


def is_title(line: str) -> bool:
    """Whether most of the longer words of a line are capitalised, as in a headline."""
    words = [word for word in WORD.findall(line) if len(word) >= LONG_WORD]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= CAPITALISED * len(words)


def is_heading(line: str) -> bool:
    """Whether a line of the body is the heading of what follows."""
    if len(line) > LONGEST_HEADING or len(line.split()) > WORDS_OF_HEADING or BULLET.match(line):
        return False
    if line.endswith((".", ",", ";", "!", '"')) or "," in line or "@" in line or "://" in line or "www." in line:
        return False
    return line[0].isupper() and (line.endswith(":") or is_title(line))
