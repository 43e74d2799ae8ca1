"""Entries: the inputs that files stand for, found one after the other; containers are opened here, texts are not."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from pressx.containers.member import Loss, Member
from pressx.errors import PressxError, ReadingError
from pressx.files import File, Refusal, find_files
from pressx.intake import Intake, Limits
from pressx.media import CONTAINERS, CSV, MAIL, TAR, UNKNOWN, ZIP, identify
from pressx.record_names import STDIN, RecordNames, name_file, name_member
from pressx.unpacking import Budget, open_stream, read_whole

__all__ = ["Entry", "Fault", "Intake", "Limits", "list_entries"]


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
        return
    record = Path() if kind.media_type in CONTAINERS else names.claim(file.records)
    entry = Entry(str(file.path), file.path, None, record, kind.media_type, kind.packing)
    yield from Opener(intake, names, find_size(file.path)).open(entry, file.folder)


def read_standard_input(record: Path, limits: Limits) -> Entry | Fault:
    if sys.stdin is None:
        return Fault("-", "standard input is closed")
    try:
        return Entry("-", None, read_whole(sys.stdin.buffer, limits), record, UNKNOWN)
    except ReadingError as error:
        return Fault("-", str(error))


def find_size(path: Path) -> int:
    """Return the bytes of a file, 0 for what has no size or can't be asked."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


class Opener:
    """Opens what one file holds; all of it together may unpack to one budget."""

    def __init__(self, intake: Intake, names: RecordNames, size: int) -> None:
        self._intake = intake
        self._names = names
        self._budget = Budget(size, intake.limits)

    def open(self, entry: Entry, folder: PurePath, depth: int = 0) -> Iterator[Entry | Fault]:
        """Yield an entry, or what the container holds that it is; records of that go into the folder."""
        if entry.media_type not in (*CONTAINERS, MAIL):
            yield entry
            return
        if entry.media_type == MAIL:
            yield entry
        elif depth >= self._intake.limits.depth:
            yield Fault(entry.name, f"lies deeper than {depth} archives, tables or messages inside each other")
        if depth >= self._intake.limits.depth:
            return
        folder, some = self._names.claim_folder(folder), entry.media_type == MAIL
        try:
            with self._open_stream(entry) as stream:
                for item in self._read_members(entry.media_type, stream):
                    some = True
                    if isinstance(item, Loss):
                        yield Fault(f"{entry.name}/{item.name}", item.reason)
                    else:
                        yield from self._open_member(entry, item, folder, depth)
        except ReadingError as error:
            some = True
            if entry.media_type != MAIL:  # reading the message will say the same
                yield Fault(entry.name, str(error))
        if not some:
            yield Fault(entry.name, "holds no input")

    def _open_member(self, container: Entry, member: Member, folder: PurePath, depth: int) -> Iterator[Entry | Fault]:
        place, last = name_member(folder, member.name)
        kind = member.kind
        record = Path() if kind.media_type in CONTAINERS else self._names.claim(name_file(place, last))
        entry = Entry(
            f"{container.name}/{member.name}",
            None,
            member.data,
            record,
            kind.media_type,
            kind.packing,
            member.date or container.date,
            member.warnings,
        )
        yield from self.open(entry, place / last, depth + 1)

    @contextmanager
    def _open_stream(self, entry: Entry) -> Iterator[BinaryIO]:
        """Give the bytes of a container without their packing. Raises ReadingError."""
        try:
            packed = entry.path.open("rb") if entry.path else BytesIO(entry.data or b"")
        except (OSError, ValueError) as error:
            raise ReadingError(getattr(error, "strerror", None) or str(error)) from error
        with packed, open_stream(packed, entry.packing, self._budget) as stream:
            yield stream

    def _read_members(self, media_type: str, stream: BinaryIO) -> Iterator[Member | Loss]:
        limits = self._intake.limits
        if media_type == ZIP:
            from pressx.containers.archives import read_zip  # noqa: PLC0415

            return read_zip(stream if stream.seekable() else BytesIO(read_whole(stream, limits)), limits, self._budget)
        if media_type == TAR:
            from pressx.containers.archives import read_tar  # noqa: PLC0415

            return read_tar(stream, limits)
        if media_type == MAIL:
            from pressx.containers.attachments import read_attachments  # noqa: PLC0415

            return read_attachments(read_whole(stream, limits))
        from pressx.containers.rows import read_csv, read_json_lines  # noqa: PLC0415

        return read_csv(stream, self._intake) if media_type == CSV else read_json_lines(stream, self._intake)
