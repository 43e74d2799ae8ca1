"""PDF documents: the lines of their pages, joined to paragraphs by where they stand."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, Limits
from pressx.reading.document import Document

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MISSING = "needs the extra for PDF documents: pip install 'pressx[pdf]'"

# In paragraphs set solid the next line comes at the usual distance; any wider step, however small, is a new paragraph.
WIDER = 1.2
WIDE = 1.8  # sizes of the letters; between lines of a paragraph there are 1.1 to 1.5, and 2 or more when set double
SAME_SIZE = 0.1  # a heading is set larger by more than a tenth
INDENTED = 0.8  # of the size of the letters
SHORT_LINE = 0.7  # of the width of the page's text: a ragged margin is seldom cut deeper, but by the end of a paragraph
HALF_EM = 0.5  # the mean width of a letter, in its size
BULLETS = "*\u2022\u25cf\u25aa\u25e6\u2023\u2043\uf0b7\u00b7\u2013-"
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
CONTROLS = dict.fromkeys([*range(9), *range(11, 32), 127])
PAGE_NUMBER = re.compile(r"[-\u2013(]?\s?(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?\s?[-\u2013)]?", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
# A page's first and last lines are its furniture when they stand on this many pages at least, and on most of them.
FEWEST_PAGES = 3
EDGE = 2  # lines
WORD = re.compile(r"\w+(?:-\w+)*")
LONGEST_WORD = 60
SENTENCE_ENDS = '.:!?"\u201d\u2019)'
HYPHEN = re.compile(rf"(\w{{1,{LONGEST_WORD}}})[-\u2010]$")
FIRST_WORD = re.compile(r"[a-zß-ÿ]\w*")
# A text with that many divided words was divided by its layout program, and so was one that has elsewhere, in one piece,
# a word it divides; any other has only words with a hyphen of their own at the ends of its lines.
DIVIDED_LINES = 0.03
FEWEST_DIVIDED = 3


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, where it begins in points from the lower left corner, the size of its letters."""

    text: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        """About how far the line reaches, in points; fonts may not tell."""
        return self.x + len(self.text) * self.size * HALF_EM


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Return the text of all pages. Raises ReadingError when the document is encrypted, broken, too long or only images."""
    try:
        pages = [list(list_lines(page)) for page in count_text(open_pages(data, limits), limits)]
    except ReadingError:
        raise
    except Exception as error:  # a broken document ends in whatever its bytes are taken for
        raise ReadingError(f"is a broken PDF document: {describe(error)}") from error
    silent = sum(not lines for lines in pages)
    if silent == len(pages):
        raise ReadingError("holds no text: its pages may be images")
    warning = f"{silent} of {len(pages)} pages hold no text; they may be images."
    text = "\n".join(join_paragraphs(list(remove_furniture(pages))))
    return Document(text, warnings=(warning,) if silent else ())


def open_pages(data: bytes, limits: Limits) -> "Sequence[PageObject]":
    """Return the pages. Raises ReadingError, and what else pypdf makes of a broken document."""
    try:
        import pypdf  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReadingError(MISSING) from error
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # else its doubts go to standard error
    reader = pypdf.PdfReader(BytesIO(data))
    if reader.is_encrypted and not is_open(reader):
        raise ReadingError("is encrypted")
    if len(reader.pages) > limits.pages:
        raise ReadingError(f"has {len(reader.pages)} pages, more than {limits.pages}")
    if not reader.pages:
        raise ReadingError("is a broken PDF document: it has no pages")
    return reader.pages


def is_open(reader: "PdfReader") -> bool:
    """Whether everybody may read an encrypted document, as when only printing or copying is restricted."""
    from pypdf.errors import DependencyError  # noqa: PLC0415  # an extra

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def count_text(pages: "Iterable[PageObject]", limits: Limits) -> Iterator[list[tuple[str, float, float, float]]]:
    """Yield the pieces of each page. Raises ReadingError when there is too much of them to be held in memory."""
    left = limits.size
    for page in pages:
        pieces = list_pieces(page)
        left -= sum(len(text) for text, *_ in pieces)
        if left < 0:
            raise ReadingError(f"its text is longer than {limits.size / MEGABYTE:g} million characters")
        yield pieces


def list_pieces(page: "PageObject") -> list[tuple[str, float, float, float]]:
    """Return the pieces of text of a page in its own order: text, x, y, size."""
    pieces: list[tuple[str, float, float, float]] = []

    def visit(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        if text:
            x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
            y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
            scale = abs(matrix[3] * user[3]) or abs(matrix[1] * user[2]) or 1
            pieces.append((text, float(x), float(y), float(size) * scale))

    page.extract_text(visitor_text=visit)
    return pieces


def list_lines(pieces: Iterable[tuple[str, float, float, float]]) -> Iterator[Line]:
    """Yield the lines that pieces make: a line feed in one ends a line."""
    parts: list[str] = []
    place: tuple[float, float, float] | None = None
    for text, *position in [*pieces, ("\n", 0.0, 0.0, 0.0)]:
        for number, part in enumerate(text.split("\n")):
            if number and place:
                yield Line(" ".join("".join(parts).split()), *place)
            if number:
                parts, place = [], None
            parts.append(part.translate(LIGATURES).translate(CONTROLS))
            if place is None and parts[-1].strip():
                place = (position[0], position[1], position[2])


def remove_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Yield the lines of all pages without page numbers and without what stands at the edge of most pages again."""
    edges = Counter(key for lines in pages for key in {describe_place(line) for line in list_edges(lines)})
    for lines in pages:
        for line in lines:
            number = line in list_edges(lines) and PAGE_NUMBER.fullmatch(line.text)
            repeated = edges[describe_place(line)]
            if not number and not (repeated >= FEWEST_PAGES and repeated > len(pages) / 2):
                yield line


def list_edges(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the highest and lowest lines of a page."""
    ordered = sorted(lines, key=lambda line: line.y)
    return [*ordered[:EDGE], *ordered[-EDGE:]]


def describe_place(line: Line) -> tuple[str, int]:
    """Return what the same line of furniture shares on all pages."""
    return DIGITS.sub("0", line.text), round(line.y)


@dataclass(frozen=True)
class Setting:
    """How the lines of a document are set: their usual step, size and right end, and how it divides words."""

    step: float
    size: float
    right: float
    words: Counter[str]
    divides: bool


def measure(lines: Sequence[Line]) -> Setting:
    """Return the setting of a document with at least one line."""
    steps = Counter(round(step, 1) for above, below in pairwise(lines) if (step := measure_step(above, below)) > 0)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    words = Counter(WORD.findall(" ".join(line.text for line in lines).casefold()))
    halves = [
        (end[1], first[0]) for end, first in (divide(a.text, b.text) for a, b in pairwise(lines)) if end and first
    ]
    proven = any(words[f"{end}{first}".casefold()] for end, first in halves)
    return Setting(
        step=steps.most_common(1)[0][0] if steps else 0.0,
        size=sizes.most_common(1)[0][0],
        right=sorted(line.width for line in lines)[len(lines) * 9 // 10],
        words=words,
        divides=proven or len(halves) >= max(FEWEST_DIVIDED, DIVIDED_LINES * len(lines)),
    )


def join_paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield paragraphs, each on one line."""
    if not lines:
        return
    setting = measure(lines)
    paragraph = lines[0].text
    for above, line in pairwise(lines):
        if begins_paragraph(above, line, setting):
            yield paragraph
            paragraph = line.text
        else:
            paragraph = join_lines(paragraph, line.text, setting)
    yield paragraph


def measure_step(above: Line, below: Line) -> float:
    """Return how far a line is below the one above, in sizes of its letters."""
    return (above.y - below.y) / below.size if below.size else 0.0


def begins_paragraph(above: Line, line: Line, setting: Setting) -> bool:
    """Whether a line begins a paragraph and does not go on with the line before it."""
    if line.text[0] in BULLETS or abs(above.size - line.size) > SAME_SIZE * above.size:
        return True
    if above.width < SHORT_LINE * setting.right:
        return True
    step = measure_step(above, line)
    if (step < 0 or step > WIDE) and above.text[-1] in SENTENCE_ENDS and not line.text[0].islower():
        return True  # a page or a column ends here, or no other line comes closer: so a sentence has to tell
    if step < 0:
        return False
    heading = line.size > (1 + SAME_SIZE) * setting.size  # which may be centred
    return step > WIDER * setting.step or (line.x - above.x > INDENTED * line.size and not heading)


def join_lines(paragraph: str, line: str, setting: Setting) -> str:
    """Return a paragraph with a line added; a word that was divided at its end becomes one again.

    What the document has elsewhere decides: "coop-" and "eration" where it has "cooperation"; else how it divides words.
    """
    if paragraph.endswith("\u00ad"):
        return paragraph[:-1] + line
    end, first = divide(paragraph, line)
    if end is None or first is None:
        return f"{paragraph} {line}"
    whole, hyphenated = f"{end[1]}{first[0]}".casefold(), f"{end[1]}-{first[0]}".casefold()
    divided = setting.words[whole] or (setting.divides and not setting.words[hyphenated])
    return paragraph[:-1] + line if divided else paragraph + line


def divide(above: str, line: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Return the word before the hyphen at the end of a line and the one that begins the next."""
    return HYPHEN.search(above[-LONGEST_WORD:]), FIRST_WORD.match(line)


def describe(error: Exception) -> str:
    """Return the message of an error on one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
