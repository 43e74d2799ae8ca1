"""Reading: the only place that decodes bytes."""

import codecs
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

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
SUFFIXES = {".txt": "text/plain", ".md": "text/markdown"}

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
SHORT_TEXT = 20  # words; the shortest release of the corpus has 120


@dataclass(frozen=True)
class Source:
    """A decoded input: its name, its text as decoded (nothing removed), the SHA-256 of its bytes."""

    name: str
    text: str
    sha256: str
    media_type: str = "text/plain"
    warnings: tuple[str, ...] = ()


def find_inputs(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read, sorted, each once: a folder stands for all *.txt and *.md below it.

    Symbolic links are followed, each folder once. A path that does not exist is kept, so that reading it fails.
    """
    found: set[Path] = set()
    for path in paths:
        found.update(walk(path) if path.is_dir() else [path])
    return sorted(found)


def walk(folder: Path) -> Iterator[Path]:
    """Yield the text files below a folder."""
    seen = set()
    for top, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(top)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        yield from (Path(top, name) for name in names if Path(name).suffix.lower() in SUFFIXES)


def read(path: Path) -> Source:
    """Return the text of a file. Raises ReadingError."""
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ReadingError(f"{path}: is a folder, not a file") from error
    except (OSError, ValueError) as error:
        raise ReadingError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    return decode(data, str(path))


def decode(data: bytes, name: str) -> Source:
    """Return the text of `data` as it stands, without its byte order mark. Raises ReadingError when it is not text."""
    for magic, kind in FORMATS:
        if data.startswith(magic):
            raise ReadingError(f"{name}: is {kind}, not plain text")
    text, encoding = decode_marked(data, name) or decode_unmarked(data, name)
    check_characters(text, name)
    warnings = [f"The encoding was guessed as {encoding}."] if encoding else []
    words = len(text[: 100 * SHORT_TEXT].split())
    if not words:
        warnings.append("The text is empty.")
    elif words < SHORT_TEXT:
        warnings.append(f"The text is very short ({words} {'word' if words == 1 else 'words'}).")
    media_type = SUFFIXES.get(Path(name).suffix.lower(), "text/plain")
    return Source(name, text, hashlib.sha256(data).hexdigest(), media_type, tuple(warnings))


def wrap(text: str, name: str = "-") -> Source:
    """Return a text that is already decoded as a source."""
    return Source(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def decode_marked(data: bytes, name: str) -> tuple[str, str] | None:
    """Return the text of data that begins with a byte order mark; no encoding is named since none was guessed."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ""
            except UnicodeDecodeError as error:
                raise ReadingError(f"{name}: is damaged {encoding.upper()} text: {error.reason}") from error
    return None


def decode_unmarked(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and, unless it is plain UTF-8, the encoding that was guessed."""
    if encoding := guess_wide(data):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            raise ReadingError(f"{name}: is damaged {encoding.upper()} text: {error.reason}") from error
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        check_damage(data, name, error)
    for encoding in (guess_encoding(data), "cp1252"):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    raise ReadingError(f"{name}: is not text in any encoding known to pressx")


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


def check_damage(data: bytes, name: str, error: UnicodeDecodeError) -> None:
    """Raise ReadingError when the data is UTF-8 but for some bytes: reading it otherwise would garble the rest."""
    text = data.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    valid = len(text) - faults - sum(text.count(chr(code)) for code in range(128))
    if valid >= VALID_PER_FAULT * faults:
        raise ReadingError(f"{name}: is damaged UTF-8 text: {error.reason} at byte {error.start}") from error


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


def check_characters(text: str, name: str) -> None:
    """Raise ReadingError when the characters are not those of a text."""
    if "\0" in text:
        raise ReadingError(f"{name}: is binary, not text: it holds NUL characters")
    controls = sum(1 for _ in CONTROL.finditer(text))
    if controls > MOST_CONTROLS * len(text):
        raise ReadingError(f"{name}: is binary, not text: it holds {controls} control characters")
