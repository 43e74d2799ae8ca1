"""Recorded releases: what pressx wrote, read back and validated, beside texts that are still to be extracted."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError
from spacy.language import Language

from pressx.errors import ReadingError
from pressx.extraction import extract
from pressx.media import is_document
from pressx.pipeline import load
from pressx.reading import read
from pressx.records import Release

RECORD_SUFFIXES = frozenset({".json", ".jsonl"})


@dataclass(frozen=True)
class Recorded:
    """A record, the file it came from and, where it was made just now, the text it was made from."""

    release: Release
    path: Path
    text: str | None = None

    def find_text(self) -> str:
        """Return the text the record was made from. Raises ReadingError when it is not there, or is another one.

        The name of the source is looked up as it stands and beside the record.
        """
        if self.text is not None:
            return self.text
        source = self.release.source
        found = [path for path in (Path(source.name), self.path.parent / source.name) if path.is_file()]
        for path in found:
            read_again = read(path)
            if (read_again.sha256, len(read_again.text)) == (source.sha256, source.characters):
                return read_again.text
        if found:
            raise ReadingError(f"{self.path}: {found[0]} is no longer the text it was made from")
        raise ReadingError(f"{self.path}: {source.name}, the text it was made from, is not there")


@dataclass
class Reader:
    """Reads records as they are, and texts through the pipeline, which is loaded when the first text comes."""

    rules: str | None = None
    date: str | None = None

    @cached_property
    def nlp(self) -> Language:
        return load(self.rules)

    def read(self, path: Path) -> Iterator[Recorded]:
        """Yield what one file holds: each record of JSON Lines. Raises ReadingError."""
        if is_record(path):
            for release in read_records(path):
                yield Recorded(release, path)
            return
        source = read(path)
        yield Recorded(extract(self.nlp, source, self.date), path, source.text)

    def read_one(self, path: Path) -> Recorded:
        """Return the only release of a file. Raises ReadingError when it holds none or more."""
        found = list(self.read(path))
        if len(found) != 1:
            raise ReadingError(f"{path}: holds {len(found)} records, not one")
        return found[0]


def is_record(path: Path) -> bool:
    return path.suffix.lower() in RECORD_SUFFIXES


def find_files(path: Path) -> Iterator[Path]:
    """Yield a file as it is, and of a folder all texts and records below it, sorted."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            if is_record(Path(name)) or is_document(name):
                yield Path(folder, name)


def read_records(path: Path) -> Iterator[Release]:
    """Yield the records of a JSON or JSON Lines file. Raises ReadingError naming the line."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            if path.suffix.lower() == ".json":
                yield parse_record(lines.read(), str(path))
                return
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield parse_record(line, f"{path}:{number}")
    except OSError as error:
        raise ReadingError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReadingError(f"{path}: is not UTF-8: {error.reason}") from error


def parse_record(text: str, where: str) -> Release:
    """Return the record that `text` is. Raises ReadingError."""
    try:
        return Release.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        reason = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        raise ReadingError(f"{where}: is not a record of pressx: {reason}") from error
