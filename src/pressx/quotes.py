"""Quotation marks: which opens, which closes, and which pairs hold a stretch of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

OPENING = "\u201c\u201f\u00ab\u201e"
CLOSING = "\u201d\u00bb"
STRAIGHT = '"\u2033\uff02'
LONGEST = 4000  # characters between two marks; more means that a closing mark was lost


class Side(Enum):
    """On which side of the quoted words a mark stands."""

    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True)
class Quote:
    """The words between two marks: a half-open interval of characters, the marks left out."""

    start: int
    end: int


def pair_quotes(text: str) -> list[Quote]:
    """Return the stretches between marks in text order, nested ones left out.

    A mark that opens while another is open, at the start of a paragraph, ends the earlier one there: speakers of several
    paragraphs close only the last. Anywhere else it means that a closing mark was lost: the earlier quote loses itself.
    """
    quotes: list[Quote] = []
    opened: int | None = None
    for offset, side in read_marks(text):
        if side is Side.OPEN:
            if opened is not None and starts_paragraph(text, offset):
                end = len(text[opened:offset].rstrip()) + opened
                if end - opened <= LONGEST:
                    quotes.append(Quote(opened, end))
            opened = offset + 1
        elif opened is not None:
            if offset > opened and offset - opened <= LONGEST and not crosses_paragraph(text, opened, offset):
                quotes.append(Quote(opened, offset))
            opened = None
    return quotes


def read_marks(text: str) -> Iterator[tuple[int, Side]]:
    """Yield each double quotation mark with its side; a straight one opens before a word and closes after one."""
    opened = False
    for offset, character in enumerate(text):
        if character in OPENING:
            opened = True
            yield offset, Side.OPEN
        elif character in CLOSING:
            opened = False
            yield offset, Side.CLOSE
        elif character in STRAIGHT:
            side = guess_side(text, offset, opened)
            opened = side is Side.OPEN
            yield offset, side


def guess_side(text: str, offset: int, opened: bool) -> Side:
    before = text[offset - 1] if offset else " "
    after = text[offset + 1] if offset + 1 < len(text) else " "
    if before.isspace() or before in "([\u2014\u2013":
        return Side.OPEN if not after.isspace() else (Side.CLOSE if opened else Side.OPEN)
    if after.isspace() or after in ".,;:!?)]\u2014\u2013-":
        return Side.CLOSE
    return Side.CLOSE if opened else Side.OPEN


def starts_paragraph(text: str, offset: int) -> bool:
    """Whether a line break, or the run of blanks that a lost one leaves, stands before `offset`."""
    before = text[max(0, offset - 3) : offset]
    return offset == 0 or "\n" in before or before == "   "


def crosses_paragraph(text: str, start: int, end: int) -> bool:
    return "\n\n" in text[start:end]
