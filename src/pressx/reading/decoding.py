"""Decoding: bytes of unknown encoding to characters."""

import codecs
import re
from dataclasses import dataclass

from pressx.errors import ReadingError

# A mark is longer before it is shorter: the one of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
# Which of four bytes of English text are zero. Curly quotation marks and dashes make the share of such bytes smaller.
WIDE = {"utf-32-le": (0, 1, 1, 1), "utf-32-be": (1, 1, 1, 0), "utf-16-le": (0, 1, 0, 1), "utf-16-be": (1, 0, 1, 0)}
MANY, FEW = 0.6, 0.1

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What stands beyond ASCII in Western European text: typography, and letters where a word may have them.
WESTERN = re.compile(
    r"[\u00a0\u00a3\u00a5\u00a7\u00a9\u00ab\u00ad-\u00b1\u00b4\u00b7\u00bb-\u00be\u2013-\u203a\u20ac\u2122]"
    r"|(?<=[A-Za-z])[ß-ÿœšžƒ]|[ß-ÿœšž](?=[a-z])|(?<![a-z])[À-ÞŒŠŽŸ](?=[A-Za-z])|(?<=[A-Z])[À-ÞŒŠŽŸ]"
)
MOST_CONTROLS = 0.01  # of the characters; the corpus has none, random bytes 10 %
SAMPLE = 65536  # bytes a guess looks at, so that the time does not grow with the input
PLAUSIBLE = 0.9  # of the characters beyond ASCII; Cyrillic read as cp1252 has none such, Mac Roman 0.4, Shift-JIS 0.4
VALID_PER_FAULT = 3  # a text with this many good UTF-8 characters for each bad byte is damaged UTF-8, nothing else


@dataclass(frozen=True)
class Decoded:
    """A text as it stands, without its byte order mark; `guessed` names the encoding when no mark or UTF-8 told it."""

    text: str
    guessed: str | None


def decode(data: bytes) -> Decoded:
    """Return the text of `data`. Raises ReadingError when it is not text."""
    for magic, kind in FORMATS:
        if data.startswith(magic):
            raise ReadingError(f"is {kind}, not plain text")
    text, encoding = decode_marked(data) or decode_unmarked(data)
    check_characters(text)
    return Decoded(text, encoding or None)


def decode_marked(data: bytes) -> tuple[str, str] | None:
    """Return the text of data that begins with a byte order mark; no encoding is named since none was guessed."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ""
            except UnicodeDecodeError as error:
                raise ReadingError(f"is damaged {encoding.upper()} text: {error.reason}") from error
    return None


def decode_unmarked(data: bytes) -> tuple[str, str]:
    """Return the text and, unless it is plain UTF-8, the encoding that was guessed."""
    if encoding := guess_wide(data):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            raise ReadingError(f"is damaged {encoding.upper()} text: {error.reason}") from error
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        check_damage(data, error)
    for encoding in (guess_encoding(data), "cp1252"):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    raise ReadingError("is not text in any encoding known to pressx")


def guess_wide(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 that the zero bytes of Western text betray, None when there are few."""
    sample = data[:SAMPLE]
    if len(sample) < len("text") or sample.count(0) < len(sample) // 4:
        return None
    zeros = [sample[offset::4].count(0) * 4 / len(sample) for offset in range(4)]
    for encoding, pattern in WIDE.items():
        if all(share > MANY if zero else share < FEW for share, zero in zip(zeros, pattern, strict=True)):
            return encoding
    return None


def check_damage(data: bytes, error: UnicodeDecodeError) -> None:
    """Raise ReadingError when the data is UTF-8 but for some bytes: reading it otherwise would garble the rest."""
    text = data.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    valid = len(text) - faults - sum(text.count(chr(code)) for code in range(128))
    if valid >= VALID_PER_FAULT * faults:
        raise ReadingError(f"is damaged UTF-8 text: {error.reason} at byte {error.start}") from error


def guess_encoding(data: bytes) -> str:
    """Return the likeliest encoding of data that is not UTF-8.

    cp1252 is tried first: charset-normalizer takes short Western European texts for Central European or Baltic ones.
    """
    sample = data[:SAMPLE]
    western = sample.decode("cp1252", errors="replace")
    beyond = sum(character > "\x7f" for character in western)
    if sum(1 for _ in WESTERN.finditer(western)) >= PLAUSIBLE * beyond:
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 40 ms that only few inputs need

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def check_characters(text: str) -> None:
    """Raise ReadingError when the characters are not those of a text."""
    if "\0" in text:
        raise ReadingError("is binary, not text: it holds NUL characters")
    controls = sum(1 for _ in CONTROL.finditer(text))
    if controls > MOST_CONTROLS * len(text):
        raise ReadingError(f"is binary, not text: it holds {controls} control characters")
