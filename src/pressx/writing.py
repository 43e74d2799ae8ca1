"""Writing: the only place that turns a record into bytes and puts them somewhere."""

import json
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from pressx.errors import PressxError
from pressx.records import Release

FIELDS = tuple(Release.model_fields)


class WritingError(PressxError):
    """An output that can't be written: the message names it and the reason."""


def dump(release: Release, indent: int | None = None, fields: Collection[str] = FIELDS) -> str:
    """Return the JSON of a record, its keys in the order of the schema; `fields` keeps some of them."""
    record = release.model_dump(mode="json", include=set(fields))
    separators = (",", ":") if indent is None else None
    return json.dumps(record, ensure_ascii=False, indent=indent, separators=separators)


def write_stream(text: str) -> None:
    """Write a record and a line end to standard output, as UTF-8 whatever the locale.

    Raises WritingError, but BrokenPipeError when nobody reads on.
    """
    if sys.stdout is None:
        raise WritingError("standard output is closed")
    try:
        sys.stdout.buffer.write(encode(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WritingError(f"standard output: {error.strerror}") from error


def write_file(text: str, path: Path) -> None:
    """Write a record and a line end to `path` whole or not at all; folders are made. Raises WritingError."""
    write_bytes(encode(text), path, path.with_name(f".pressx-{os.getpid()}.part"))


def write_text(text: str, path: Path) -> None:
    """Write the text of an input, the very characters that offsets count, as UTF-8. Raises WritingError."""
    write_bytes(text.encode("utf-8", "surrogatepass"), path, path.with_name(f".pressx-{os.getpid()}.part"))


def write_bytes(data: bytes, path: Path, part: Path) -> None:
    """Write to `part`, which then takes the place of `path`; folders are made. Raises WritingError."""
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def write_all(file: FileIO, data: bytes) -> None:
    """Write to a file without a buffer, which may take a part at a time and keeps nothing that could fail later."""
    while data:
        data = data[file.write(data) :]


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Raise a WritingError that names `path` where the system refuses."""
    try:
        yield
    except OSError as error:
        raise WritingError(f"{path}: {error.strerror or error}") from error


def encode(text: str) -> bytes:
    """Return the line as UTF-8; lone surrogates, which stand in undecodable file names, become JSON escapes."""
    return text.encode("utf-8", "backslashreplace") + b"\n"
