"""Word documents: paragraphs and tables in their order, without headers, footers and notes."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, Limits
from pressx.reading.document import Document

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, PARAGRAPH, ROW, CELL = (f"{WORD}{name}" for name in ("t", "p", "tr", "tc"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands before it
SKIPPED = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}rPr", f"{WORD}pPr", FALLBACK})
BREAKS = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "\u2011"}
ENCRYPTED = b"\xd0\xcf\x11\xe0"  # a compound file: how Word keeps an encrypted document, and any before 2007
MISSING = "needs the extra for Word documents: pip install 'pressx[docx]'"
PICTURES = 4  # a document may unpack to this many times the size of an input, pictures and all, which stay in memory


def read_docx(data: bytes, limits: Limits) -> Document:
    """Return the text of the body. Raises ReadingError when there is none."""
    if data.startswith(ENCRYPTED):
        raise ReadingError("is encrypted, or an old Word document (.doc), which pressx can't read")
    check_package(data, limits)
    text = "\n".join(list_lines(open_body(data)))
    if not text:
        raise ReadingError("holds no text")
    return Document(text)


def check_package(data: bytes, limits: Limits) -> None:
    """Raise ReadingError when unpacking the document would take too much memory; what it says of itself is not believed."""
    texts = pictures = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            for info in package.infolist():
                with package.open(info) as stream:
                    while part := stream.read(MEGABYTE):
                        texts += len(part) if info.filename.lower().endswith((".xml", ".rels")) else 0
                        pictures += len(part)
                        if texts > limits.size or pictures > PICTURES * limits.size:
                            raise ReadingError(f"unpacks to more than {limits.size // MEGABYTE} MB")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ReadingError(f"is a broken Word document: {' '.join(str(error).split())}") from error


def open_body(data: bytes) -> Any:
    """Return the element that holds the text. Raises ReadingError."""
    try:
        import docx  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReadingError(MISSING) from error
    try:
        return docx.Document(BytesIO(data)).element.body
    except Exception as error:  # whatever is missing in the package ends in some KeyError or other
        raise ReadingError(f"is a broken Word document: {' '.join(str(error).split())}") from error


def list_lines(body: Any) -> list[str]:
    """Return each paragraph and each row of a table, their white space as one space.

    python-docx would give them too, but without what stands in content controls, in text boxes or as an insertion that
    nobody has accepted yet.
    """
    lines = "".join(list_pieces(body)).split("\n")
    return [line for line in (" ".join(line.split()).strip("| ") for line in lines) if line]


def list_pieces(element: Any, *, in_cell: bool = False) -> Iterator[str]:
    """Yield the pieces of the text; libxml2 refuses a document whose elements are nested in more than 256 others."""
    for child in element:
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag == PARAGRAPH:
            edge = " " if in_cell else "\n"
            yield edge  # a text box stands within a paragraph
            yield from list_pieces(child, in_cell=in_cell)
            yield edge
        elif child.tag == CELL:
            yield from list_pieces(child, in_cell=True)
            yield " | "
        elif child.tag == ROW:
            yield from list_pieces(child, in_cell=in_cell)
            yield " " if in_cell else "\n"
        elif child.tag not in SKIPPED:
            yield from list_pieces(child, in_cell=in_cell)
