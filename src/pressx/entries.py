"""Entries: the inputs that files stand for, found one after the other; containers are opened here, texts are not."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressx.errors import PressxError, ReadingError
from pressx.files import File, Refusal, find_files
from pressx.limits import Limits
from pressx.media import CONTAINERS, UNKNOWN, identify
from pressx.record_names import STDIN, RecordNames
from pressx.unpacking import read_whole


@dataclass(frozen=True)
class Entry:
    """One input: a file, a member of an archive, a row of a table, an attachment.

    name: what records and messages call it: "in/a.txt", "in/b.zip/c.txt", "in/rows.jsonl/ID".
    path, data: the file to read, or the bytes when they are at hand; one of the two is None.
    record: path of its record below the output folder; no other entry of the run has it.
    media_type: what it is read as; UNKNOWN leaves that to its first bytes.
    packing: ".gz" or ".zst" when the bytes are packed, else "".
    date: ISO day of the release known from outside its text.
    """

    name: str
    path: Path | None
    data: bytes | None
    record: Path
    media_type: str
    packing: str = ""
    date: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What should have been an input and can't be one, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Intake:
    """How inputs are found: the fields of tables that are read, and the limits."""

    text_field: str = "text"
    id_field: str | None = None
    date_field: str | None = None
    limits: Limits = field(default_factory=Limits)


def list_entries(paths: Sequence[Path], intake: Intake | None = None) -> Iterator[Entry | Fault]:
    """Yield every input that the paths stand for, in the order of their paths, each file once.

    One folder's names and one input's bytes are in memory at a time. Raises PressxError at the end when all there was
    are folders without inputs.
    """
    intake = intake or Intake()
    some = False
    with RecordNames() as names:
        for found in find_files(paths):
            if isinstance(found, Refusal):
                some = some or not found.empty
                yield Fault(str(found.path), found.reason)
            else:
                some = True
                yield from open_file(found, intake, names)
    if not some:
        raise PressxError("there is nothing to extract")


def open_file(file: File, intake: Intake, names: RecordNames) -> Iterator[Entry | Fault]:
    """Yield the input that a file is, or those that it holds."""
    kind = identify(file.path.name)
    if file.path == STDIN:
        yield read_standard_input(names.claim(file.records), intake.limits)
    elif kind.media_type in CONTAINERS:
        yield Fault(str(file.path), "can't be opened yet")
    else:
        yield Entry(str(file.path), file.path, None, names.claim(file.records), kind.media_type, kind.packing)


def read_standard_input(record: Path, limits: Limits) -> Entry | Fault:
    if sys.stdin is None:
        return Fault("-", "standard input is closed")
    try:
        return Entry("-", None, read_whole(sys.stdin.buffer, limits), record, UNKNOWN)
    except ReadingError as error:
        return Fault("-", str(error))
