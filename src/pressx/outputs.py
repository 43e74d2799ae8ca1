"""Outputs: where the records of a run go. Each is a context manager; a block that ends with an error is unfinished.

Those with a journal can say what an earlier run has done. A record is there whole or not at all, whenever a run ends.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from pressx.entries import Entry
from pressx.exports.tables import TableWriter
from pressx.journal import Done, Journal
from pressx.outcomes import Outcome
from pressx.writing import encode, naming, write_all, write_bytes, write_stream


class Output(Protocol):
    """What a run writes to. Raises WritingError."""

    def is_done(self, entry: Entry) -> bool:
        """Whether the record of an entry is there and would come out the same."""

    def write(self, outcome: Outcome) -> None:
        """Put a record in its place; called with every outcome, in the order of the inputs."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Unrecorded:
    """What outputs without a journal have in common."""

    def is_done(self, entry: Entry) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class StreamOutput(Unrecorded):
    """Standard output."""

    def write(self, outcome: Outcome) -> None:
        if outcome.text is not None:
            write_stream(outcome.text)


class TablesOutput(Unrecorded):
    """A folder of CSV files."""

    def __init__(self, folder: Path) -> None:
        self.tables = TableWriter(folder)

    def write(self, outcome: Outcome) -> None:
        if outcome.text is not None:
            self.tables.add(json.loads(outcome.text))

    def __enter__(self) -> Self:
        self.tables.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.tables.__exit__(kind, error, trace)


class FolderOutput:
    """A folder with one file for each record; the journal lies in it."""

    def __init__(self, folder: Path, suffix: str, settings: str, *, resume: bool) -> None:
        self.folder = folder
        self.suffix = suffix
        self.resume = resume
        self.journal = Journal(folder / ".pressx-done", settings)

    def locate(self, record: Path) -> Path:
        return self.folder / record.with_suffix(self.suffix)

    def is_done(self, entry: Entry) -> bool:
        done = self.journal.find(entry) if self.resume else None
        if done is None:
            return False
        try:
            with self.locate(entry.record).open("rb") as file:
                return hashlib.file_digest(file, "sha256").digest() == done.sha256
        except OSError:
            return False

    def write(self, outcome: Outcome) -> None:
        """Write the record of an outcome; one that an earlier run made of an input that fails now is removed."""
        if outcome.record is None:
            return
        path = self.locate(outcome.record)
        if outcome.text is not None:
            data = encode(outcome.text)
            # A fixed name, since no other run writes here: what a killed run leaves, the next one takes.
            write_bytes(data, path, path.with_name(".pressx.part"))
            self.journal.put(outcome, outcome.record, Done(hashlib.sha256(data).digest(), 0, len(data)))
        elif outcome.failure and self.journal.get(outcome.record):
            with naming(path):
                path.unlink(missing_ok=True)
            self.journal.remove(outcome.record)
        if self.journal.is_due:
            self.journal.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.journal.close()


class LinesOutput:
    """One file of JSON Lines. Records are added to a part beside it, which takes its name when the run is finished.

    A record that is made again is added to the end, and the old one stays where it is. A part that does not hold just
    the records of the run, in their order, is copied in that order in the end.
    """

    def __init__(self, path: Path, settings: str, *, resume: bool) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.part")
        self.resume = resume
        self.position = 0  # in the order of the inputs, of the next record
        self.in_order = True  # whether the part begins with the records of this run so far, which end at `end`
        self.end = 0
        self.journal = Journal(path.with_name(f".{path.name}.done"), settings)
        with ExitStack() as stack:
            stack.callback(self.journal.close)
            self.file = self.open_part()
            stack.pop_all()

    def open_part(self) -> FileIO:
        """Return the part as an earlier run left it, without what it had not noted yet; else an empty one."""
        with naming(self.part):
            if self.resume and not self.part.exists() and self.path.exists():
                with replacing(self.part) as copy:
                    shutil.copyfile(self.path, copy)
            if not self.resume or not self.part.exists():
                self.journal.clear()
                self.part.write_bytes(b"")
            file = FileIO(self.part, "r+")
            file.truncate(self.journal.measure())
            return file

    def is_done(self, entry: Entry) -> bool:
        done = self.journal.find(entry) if self.resume else None
        return done is not None and hashlib.sha256(self.read(done)).digest() == done.sha256

    def read(self, done: Done) -> bytes:
        with naming(self.part):
            return os.pread(self.file.fileno(), done.size, done.start)

    def write(self, outcome: Outcome) -> None:
        """Add the record of an outcome, or take the one that is there into the order."""
        record = outcome.record
        if record is None:
            return
        if outcome.failure:
            self.journal.remove(record)
            return
        if outcome.text is not None:
            self.journal.put(outcome, record, self.add(encode(outcome.text)))
        if done := self.journal.get(record):
            self.journal.place(record, self.position)
            self.position += 1
            self.in_order = self.in_order and done.start == self.end
            self.end += done.size
        if self.journal.is_due:
            self.commit()

    def add(self, data: bytes) -> Done:
        """Write the bytes of a record behind the others."""
        with naming(self.part):
            start = self.file.seek(0, os.SEEK_END)
            write_all(self.file, data)
        return Done(hashlib.sha256(data).digest(), start, len(data))

    def commit(self) -> None:
        """Note what was done, after the bytes that this is true of are on the disk."""
        with naming(self.part):
            os.fsync(self.file.fileno())
        self.journal.commit()

    def finish(self) -> None:
        """Put the file in its place."""
        self.commit()
        with naming(self.path):
            if self.in_order and self.end == self.file.seek(0, os.SEEK_END):
                self.part.replace(self.path)
                return
            with replacing(self.path) as new, new.open("wb") as file:
                for done in self.journal.list_placed():
                    file.write(self.read(done))
            self.part.unlink()
        self.journal.close_ranks()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.file, closing(self.journal):
            if kind is None:
                self.finish()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the name of a file to write that then takes the place of `path`."""
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
