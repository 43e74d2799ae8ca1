"""Media types: what a file's name says about its content, and which content holds several inputs."""

from dataclasses import dataclass
from pathlib import PurePath

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = "message/rfc822"
JSON_LINES = "application/jsonl"
CSV = "text/csv"
ZIP = "application/zip"
TAR = "application/x-tar"
UNKNOWN = "application/octet-stream"  # its first bytes tell what it is

SUFFIXES = {
    ".txt": PLAIN,
    ".md": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
    ".eml": MAIL,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".csv": CSV,
    ".tsv": CSV,
    ".zip": ZIP,
    ".tar": TAR,
}
PACKINGS = frozenset({".gz", ".zst"})
PACKED_TARS = {".tgz": ".gz", ".tzst": ".zst"}
CONTAINERS = frozenset({JSON_LINES, CSV, ZIP, TAR})
KNOWN = f"{', '.join(f'*{suffix}' for suffix in SUFFIXES)}, also with .gz or .zst"


@dataclass(frozen=True)
class Kind:
    """What a name says: the media type, the suffix of its packing ("" for none), and the name without suffixes."""

    media_type: str
    packing: str
    stem: str


def identify(name: str) -> Kind:
    """Return what the suffixes of a file's name say, case aside."""
    path = PurePath(name)
    if path.suffix.lower() in PACKED_TARS:
        return Kind(TAR, PACKED_TARS[path.suffix.lower()], path.stem)
    packing = path.suffix.lower() if path.suffix.lower() in PACKINGS else ""
    inner = PurePath(path.stem) if packing else path
    return Kind(SUFFIXES.get(inner.suffix.lower(), UNKNOWN), packing, inner.stem)


def is_known(name: str) -> bool:
    """Whether a folder stands for files of this name too."""
    return identify(name).media_type != UNKNOWN


def is_document(name: str) -> bool:
    """Whether a file of this name holds one text, attachments aside."""
    return is_known(name) and identify(name).media_type not in CONTAINERS


def recognise(data: bytes) -> str:
    """Return the media type that the first bytes of data show, that of plain text when they show none."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return PDF
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in data[:4096].lower():
        return HTML
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return DOCX
    return PLAIN
