"""Paragraphs: the lines of a text, or runs of lines where the text was wrapped at a fixed width."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A text counts as wrapped when most lines that another line follows directly are this long: 60 to 90 characters is
# what mail programs and terminals make of a paragraph. Fewer than WRAPPED_LINES such lines prove nothing.
SHORTEST_WRAPPED = 55
LONGEST_WRAPPED = 95
WRAPPED_LINES = 6
WRAPPED_SHARE = 0.6
BULLETS = "*\u2022-\u2013"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A half-open interval of characters without the white space round it."""

    start: int
    end: int


def split_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of `text` that hold more than white space."""
    lines = list(split_lines(text))
    return list(join_wrapped(text, lines)) if is_wrapped(lines) else [line for line in lines if line.end > line.start]


def split_lines(text: str) -> Iterator[Paragraph]:
    """Yield each line, empty ones too, without its white space."""
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        start = position + (len(line) - len(line.lstrip()) if stripped else 0)
        yield Paragraph(start, start + len(stripped))
        position += len(line)


def is_wrapped(lines: Sequence[Paragraph]) -> bool:
    """Whether the lines end at a margin and not at the end of a paragraph."""
    followed = [line.end - line.start for line, after in pairwise(lines) if after.end > after.start]
    followed = [length for length in followed if length]
    full = sum(SHORTEST_WRAPPED <= length <= LONGEST_WRAPPED for length in followed)
    return full >= WRAPPED_LINES and full >= WRAPPED_SHARE * len(followed)


def join_wrapped(text: str, lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a wrapped text: a short line, a blank one or a bullet ends the paragraph before it."""
    start = end = None
    for line in lines:
        empty = line.end == line.start
        if start is not None and end is not None and (empty or text[line.start] in BULLETS):
            yield Paragraph(start, end)
            start = None
        if not empty:
            start, end = line.start if start is None else start, line.end
            if line.end - line.start < SHORTEST_WRAPPED:
                yield Paragraph(start, end)
                start = None
    if start is not None and end is not None:
        yield Paragraph(start, end)
