"""What the reader of a format makes of a document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """The plain text of a document; the ISO day of the release that the format states outside of the text."""

    text: str
    date: str | None = None
    warnings: tuple[str, ...] = ()
