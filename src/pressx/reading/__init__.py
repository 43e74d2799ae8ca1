"""Reading: one input's bytes to its text. This package is the only place that decodes bytes."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pressx.entries import Entry
from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, Limits
from pressx.media import CONTAINERS, DOCX, HTML, MAIL, PDF, PLAIN, UNKNOWN, identify, recognise
from pressx.reading.decoding import decode
from pressx.reading.document import Document
from pressx.unpacking import read_whole, unpack

SHORT_TEXT = 20  # words; the shortest release of the corpus has 120


@dataclass(frozen=True)
class Source:
    """An input that was read.

    text: what all offsets refer to; of a plain text nothing was removed but its byte order mark.
    sha256: of the input's bytes as they came.
    media_type: what it was read as.
    date: ISO day of the release known from outside its text, as from the head of an e-mail.
    """

    name: str
    text: str
    sha256: str
    media_type: str = PLAIN
    warnings: tuple[str, ...] = ()
    date: str | None = None


def read(path: Path, limits: Limits | None = None) -> Source:
    """Return the text of a file that holds one release. Raises ReadingError."""
    kind = identify(path.name)
    if kind.media_type in CONTAINERS:
        raise ReadingError(f"{path}: may hold many inputs: list_entries finds them, read_entry reads each")
    return read_entry(Entry(str(path), path, None, Path(), kind.media_type, kind.packing), limits)


def read_entry(entry: Entry, limits: Limits | None = None) -> Source:
    """Return the text of an input. Raises ReadingError, its message beginning with the name of the entry."""
    limits = limits or Limits()
    try:
        data = entry.data if entry.data is not None else read_file(entry.path, limits)
        content = unpack(data, entry.packing, limits)
        media_type = recognise(content) if entry.media_type == UNKNOWN else entry.media_type
        document = find_reader(media_type)(content, limits)
        check_size(document.text, limits)
    except ReadingError as error:
        raise ReadingError(f"{entry.name}: {error}") from error
    warnings = (*entry.warnings, *document.warnings, *check_length(document.text))
    digest = hashlib.sha256(data).hexdigest()
    return Source(entry.name, document.text, digest, media_type, warnings, entry.date or document.date)


def wrap(text: str, name: str = "-") -> Source:
    """Return a text that is already decoded as a source."""
    return Source(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def read_file(path: Path | None, limits: Limits) -> bytes:
    """Return the bytes of a file. Raises ReadingError."""
    if path is None:
        raise ValueError("an entry has a path or data")
    try:
        with path.open("rb") as stream:
            return read_whole(stream, limits)
    except IsADirectoryError as error:
        raise ReadingError("is a folder, not a file") from error
    except (OSError, ValueError) as error:
        raise ReadingError(getattr(error, "strerror", None) or str(error)) from error


def find_reader(media_type: str) -> Callable[[bytes, Limits], Document]:
    """Return what reads a media type; the modules of formats are imported when the first input needs them."""
    if media_type == HTML:
        from pressx.reading.webpage import read_webpage  # noqa: PLC0415

        return read_webpage
    if media_type == PDF:
        from pressx.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf
    if media_type == DOCX:
        from pressx.reading.docx import read_docx  # noqa: PLC0415

        return read_docx
    if media_type == MAIL:
        from pressx.reading.mail import read_mail  # noqa: PLC0415

        return read_mail
    return read_text


def read_text(data: bytes, limits: Limits) -> Document:
    """Return plain text as it stands. Raises ReadingError."""
    decoded = decode(data)
    return Document(
        decoded.text, warnings=(f"The encoding was guessed as {decoded.guessed}.",) if decoded.guessed else ()
    )


def check_size(text: str, limits: Limits) -> None:
    """Raise ReadingError when a document holds more text than its bytes let expect."""
    if len(text) > limits.size:
        raise ReadingError(f"its text is longer than {limits.size / MEGABYTE:g} million characters")


def check_length(text: str) -> tuple[str, ...]:
    """Return a warning when a text has hardly a word."""
    words = len(text[: 100 * SHORT_TEXT].split())
    if not words:
        return ("The text is empty.",)
    if words < SHORT_TEXT:
        return (f"The text is very short ({words} {'word' if words == 1 else 'words'}).",)
    return ()
