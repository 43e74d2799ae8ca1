"""The journal: which records a run has made, so that the next run can pass them over.

An SQLite file beside the records, so that memory does not grow with the inputs. It is committed once a second: what a
run made since then and before it was killed is made again, with the same bytes. While a run has the journal open no
other run can.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pressx.entries import Entry
from pressx.fingerprints import take_fingerprint
from pressx.outcomes import Outcome
from pressx.writing import WritingError

LAYOUT = 1  # of the tables; a journal of another layout is as good as none
COMMIT_SECONDS = 1.0

TABLES = """
CREATE TABLE IF NOT EXISTS done (
    record BLOB PRIMARY KEY,  -- path of the record below the output
    name BLOB NOT NULL,       -- of the input
    input TEXT,               -- fingerprint of the input; null when it can't be read again
    settings TEXT NOT NULL,   -- fingerprint of what else the record depends on
    sha256 BLOB NOT NULL,     -- of the record's bytes
    start INTEGER NOT NULL,   -- where these are in a file of many records
    size INTEGER NOT NULL,
    position INTEGER          -- in the order of the inputs of this run, as far as it has come
) WITHOUT ROWID;
"""


class Done(NamedTuple):
    """A record that was made: the SHA-256 of its bytes, and where these are in a file of many."""

    sha256: bytes
    start: int
    size: int


class Journal:
    """Knows of each record what it was made of. Raises WritingError."""

    def __init__(self, path: Path, settings: str) -> None:
        self.path = path
        self.settings = settings
        self.committed = time.monotonic()
        with self.naming():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.database = sqlite3.connect(path, timeout=0, isolation_level=None)
            self.database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self.database.execute("BEGIN EXCLUSIVE")
            (layout,) = self.database.execute("PRAGMA user_version").fetchone()
            if layout != LAYOUT:
                self.database.execute("DROP TABLE IF EXISTS done")
                self.database.execute(f"PRAGMA user_version = {LAYOUT}")
            self.database.execute(TABLES)
            self.database.execute("UPDATE done SET position = NULL WHERE position IS NOT NULL")

    def find(self, entry: Entry) -> Done | None:
        """Return the record of an entry when it was made of just these bytes with just these settings."""
        fingerprint = take_fingerprint(entry)
        if fingerprint is None:
            return None
        with self.naming():
            row = self.database.execute(
                "SELECT sha256, start, size FROM done WHERE record = ? AND name = ? AND input = ? AND settings = ?",
                (encode(entry.record), encode(entry.name), fingerprint, self.settings),
            ).fetchone()
        return Done(*row) if row else None

    def get(self, record: Path) -> Done | None:
        """Return what was written last as this record."""
        with self.naming():
            row = self.database.execute(
                "SELECT sha256, start, size FROM done WHERE record = ?", (encode(record),)
            ).fetchone()
        return Done(*row) if row else None

    def put(self, outcome: Outcome, record: Path, done: Done) -> None:
        """Note a record that was written."""
        with self.naming():
            self.database.execute(
                "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                (encode(record), encode(outcome.name), outcome.fingerprint, self.settings, *done),
            )

    def place(self, record: Path, position: int) -> None:
        """Note where a record stands in the order of the inputs."""
        with self.naming():
            self.database.execute("UPDATE done SET position = ? WHERE record = ?", (position, encode(record)))

    def remove(self, record: Path) -> None:
        with self.naming():
            self.database.execute("DELETE FROM done WHERE record = ?", (encode(record),))

    def clear(self) -> None:
        with self.naming():
            self.database.execute("DELETE FROM done")

    def measure(self) -> int:
        """Return where the last record ends in a file of many."""
        with self.naming():
            (end,) = self.database.execute("SELECT coalesce(max(start + size), 0) FROM done").fetchone()
        return int(end)

    def list_placed(self) -> Iterator[Done]:
        """Yield the records of this run in the order of its inputs."""
        with self.naming():
            yield from map(
                Done._make,
                self.database.execute(
                    "SELECT sha256, start, size FROM done WHERE position IS NOT NULL ORDER BY position"
                ),
            )

    def close_ranks(self) -> None:
        """Forget the records that are not of this run, and note that the others follow each other without a gap."""
        with self.naming():
            self.database.execute("DELETE FROM done WHERE position IS NULL")
            self.database.execute(
                "UPDATE done SET start = moved.start FROM "
                "(SELECT record, sum(size) OVER (ORDER BY position) - size AS start FROM done) AS moved "
                "WHERE done.record = moved.record"
            )

    @property
    def is_due(self) -> bool:
        return time.monotonic() - self.committed >= COMMIT_SECONDS

    def commit(self) -> None:
        """Make what was noted last, even through a loss of power."""
        with self.naming():
            self.database.execute("COMMIT")
            self.database.execute("BEGIN EXCLUSIVE")
        self.committed = time.monotonic()

    def close(self) -> None:
        with self.naming():
            try:
                self.database.execute("COMMIT")
            finally:
                self.database.close()

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Raise a WritingError that names the file where SQLite or the system refuses."""
        try:
            yield
        except OSError as error:
            raise WritingError(f"{error.filename or self.path}: {error.strerror or error}") from error
        except sqlite3.Error as error:
            busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
            raise WritingError(f"{self.path}: {'another run is writing here' if busy else error}") from error


def encode(name: str | Path) -> bytes:
    """Return a name as bytes, one that is no text too."""
    return str(name).encode("utf-8", "surrogatepass")
