"""What the reader of a format makes of a document."""

from dataclasses import dataclass

from pressx.folding import fold

TOP = 1000  # characters at whose lines a headline is looked for
LEAST = 15  # characters; a shorter line says little about whether it is the headline


@dataclass(frozen=True)
class Document:
    """The plain text of a document; the ISO day of the release that the format states outside of the text."""

    text: str
    date: str | None = None
    warnings: tuple[str, ...] = ()


def add_headline(headline: str, text: str) -> str:
    """Return a text with its headline on the first line, unless one of its first lines is the headline already.

    The title of a web page often goes on after the headline with the name of the site.
    """
    wanted = squash(headline)
    lines = [squash(line) for line in text[:TOP].splitlines()]
    if not wanted or any(line == wanted or (len(line) >= LEAST and wanted.startswith(line)) for line in lines):
        return text
    if squash(text[:TOP]).startswith(wanted):
        return text
    return f"{headline}\n\n{text}"


def squash(text: str) -> str:
    """Return a text as it compares with another: without case, typography and white space."""
    return " ".join(fold(text).casefold().split())
