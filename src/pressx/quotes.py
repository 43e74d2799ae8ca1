"""Quotation marks: which opens, which closes, and which pairs hold a stretch of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

OPENING = "\u201c\u201f\u00ab\u201e"
CLOSING = "\u201d\u00bb"
STRAIGHT = '"\u2033\uff02'
# British releases quote in single marks: 'We won,' said Ann Poe. An apostrophe looks like one, so that only marks before a
# capital open, and only those behind the stop or comma that speech ends with close.
SINGLE_OPENING = re.compile(r"(?<![^\s(])[\u2018'](?=[A-Z\u201c])")
SINGLE_CLOSING = re.compile(r"(?<=[,.?!\u2026])[\u2019'](?!\w)|\n\n")
LONGEST_SCARE = 24  # characters: 'It is "the best" place,' she said
LONGEST = 4000  # characters between two marks; more means that a closing mark was lost


class Side(Enum):
    """On which side of the quoted words a mark stands."""

    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True)
class Quote:
    """The words between two marks: a half-open interval of characters, the marks left out.

    `unopened` words have lost their opening mark and start where their paragraph does.
    """

    start: int
    end: int
    unopened: bool = False


def pair_quotes(text: str) -> list[Quote]:
    """Return the stretches between marks in text order, nested ones left out; between single marks see `pair_singles`.

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
        elif quote := read_unopened(text, offset, quotes[-1].end + 1 if quotes else 0):
            quotes.append(quote)
    singles = list(pair_singles(text, quotes))
    doubles = [quote for quote in quotes if not any(one.start <= quote.start < one.end for one in singles)]
    return sorted([*doubles, *singles], key=lambda quote: quote.start)


def pair_singles(text: str, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """Yield the stretches between single marks that lie in one paragraph, hold no other opening mark and overlap none of
    `quotes`.
    """
    spoken, nesting = bytearray(len(text)), bytearray(len(text))
    for quote in quotes:
        nesting[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
        if quote.end - quote.start > LONGEST_SCARE:
            spoken[quote.start : quote.end] = b"\1" * (quote.end - quote.start)
    position = 0
    closing = SINGLE_CLOSING.search(text)
    while (opening := SINGLE_OPENING.search(text, position)) is not None:
        position = opening.end()
        if closing is not None and closing.start() < position:
            closing = SINGLE_CLOSING.search(text, position)
        if closing is None:
            return
        end = closing.start()
        alone = closing[0] != "\n\n" and SINGLE_OPENING.search(text, position, end) is None
        if alone and end - position <= LONGEST and not nesting[position] and spoken.find(1, position, end) < 0:
            yield Quote(position, end)
            position = closing.end()


def read_unopened(text: str, offset: int, floor: int) -> Quote | None:
    """Return the words from the start of the paragraph to a closing mark that no other opens, None when they do not end."""
    gap = text.rfind("   ", 0, offset)
    start = max(text.rfind("\n", 0, offset) + 1, gap + 3 if gap >= 0 else 0)
    start += len(text[start:offset]) - len(text[start:offset].lstrip())
    ended = text[offset - 1 : offset] in (",", ".", "!", "?")
    return Quote(start, offset, unopened=True) if ended and floor <= start and offset - start <= LONGEST else None


def read_marks(text: str) -> Iterator[tuple[int, Side]]:
    """Yield each double quotation mark with its side; a straight one opens before a word and closes after one."""
    opened = False
    for offset, character in enumerate(text):
        if character in OPENING:
            # A typist's slip: '... the ecosystem,\u201c said'.
            side = Side.CLOSE if opened and text[offset + 1 : offset + 2].isspace() else Side.OPEN
        elif character in CLOSING:
            side = Side.CLOSE
        elif character in STRAIGHT:
            side = guess_side(text, offset, opened)
        else:
            continue
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
