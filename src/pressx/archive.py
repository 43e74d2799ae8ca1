"""Archive: the records of many releases in one SQLite file, with full-text search and entities across releases.

The tables are in `archive.sql`; `identities` says who is the same as whom. One transaction a release: a reader sees
it whole or not at all, and a load that is cut short can simply be run again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pressx.errors import PressxError
from pressx.facts import list_facts
from pressx.identities import Identities, Record, Touched
from pressx.rules import load_rules

APPLICATION = 0x70727378  # "prsx": what `file` and we know our databases by
LAYOUT = 1  # of the tables; an archive of another layout is not written to
PATIENCE = 30.0  # seconds to wait for another process that is writing

CHILDREN = ("actors", "agreements", "dates", "quotations", "contacts", "evidence", "acronyms")


class ArchiveError(PressxError):
    """A database that can't be opened, is not an archive of ours, or can't be written."""


class Archive:
    """An open archive. Use as a context manager. Raises ArchiveError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.identities = Identities(load_rules())
        with naming(path):
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            with naming(path):
                self.prepare()
        except ArchiveError:
            self.connection.close()
            raise

    def prepare(self) -> None:
        """Make the tables of a new archive, or see that an old one is ours."""
        self.connection.execute("PRAGMA foreign_keys = ON")
        with self.transaction():
            (application,) = self.connection.execute("PRAGMA application_id").fetchone()
            (layout,) = self.connection.execute("PRAGMA user_version").fetchone()
            (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if tables and application != APPLICATION:
                raise ArchiveError(f"{self.path}: is a database, but not one that pressx made")
            if tables and layout != LAYOUT:
                raise ArchiveError(f"{self.path}: was made by another version of pressx; load into a new file")
            if not tables:
                for statement in read_statements():
                    self.connection.execute(statement)
                self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
                self.connection.execute(f"PRAGMA user_version = {LAYOUT}")
        # Readers go on while a release is written; a crash loses at most the last one, and a load can be repeated.
        self.connection.execute("PRAGMA synchronous = NORMAL")
        with suppress(sqlite3.OperationalError):  # who opens it at the same moment refuses; the next load will do
            self.connection.execute("PRAGMA journal_mode = WAL")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with naming(self.path):
            try:
                if kind is None:
                    with (
                        self.transaction()
                    ):  # begun by writing: outside, it would fail when another load wrote meanwhile
                        self.connection.execute("PRAGMA optimize")
            finally:
                self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def put(self, record: Record, text: str | None = None) -> bool:
        """Write a release, in place of the same input's former record; return whether it is new.

        `record` is `Release.model_dump(mode="json")`; `text`, where it is known, is searched too.
        """
        with naming(self.path), self.transaction():
            release, new = self.put_release(record)
            touched = Touched(self.connection, release)
            if text is None and not new:  # the same bytes have the same text
                (text,) = self.connection.execute("SELECT text FROM search WHERE rowid = ?", (release,)).fetchone()
            for table in CHILDREN:
                self.connection.execute(f"DELETE FROM {table} WHERE release_id = ?", (release,))  # noqa: S608  # ours
            self.put_actors(release, record)
            self.put_agreements(release, record)
            self.put_others(release, record)
            self.put_evidence(release, record)
            self.put_search(release, record, text)
            touched.note()
            self.identities.relink(self.connection, release, touched)
        return new

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows; one that is there already stays."""
        for row in rows:
            marks = ", ".join("?" * len(row))
            self.connection.execute(
                f"INSERT OR IGNORE INTO {table} VALUES ({marks})",  # noqa: S608  # the name of a table of ours
                [clean(value) if isinstance(value, str) else value for value in row],
            )

    def put_release(self, record: Record) -> tuple[int, bool]:
        facts, source, generator = record["release"], record["source"], record["generator"]
        issuers = (body["id"] for body in record["organizations"] if body["name"] == facts["issuer"])
        values = {
            "sha256": source["sha256"],
            "source": source["name"],
            **{name: facts[name] for name in ("headline", "subheadline", "issuer", "place", "date")},
            "issuer_id": next(issuers, None),
            "characters": source["characters"],
            **{name: generator[name] for name in ("pressx", "model")},
            "warnings": "\n".join(record["warnings"]),
        }
        row = [clean(value) if isinstance(value, str) else value for value in values.values()]
        known = self.connection.execute("SELECT id FROM releases WHERE sha256 = ?", (source["sha256"],)).fetchone()
        if known is not None:
            changes = ", ".join(f"{name} = ?" for name in values)
            self.connection.execute(f"UPDATE releases SET {changes} WHERE id = ?", (*row, known[0]))  # noqa: S608  # ours
            return int(known[0]), False
        marks = ", ".join("?" * len(values))
        added = self.connection.execute(f"INSERT INTO releases ({', '.join(values)}) VALUES ({marks})", row)  # noqa: S608
        return int(added.lastrowid or 0), True

    def put_actors(self, release: int, record: Record) -> None:
        for person in record["people"]:
            identifier, key = person["id"], " ".join(self.identities.fold_person(person["name"]))
            entity = f"person:{release}.{identifier}"
            self.put_actor(release, "person", person, key, entity)
            self.insert(
                "positions",
                (
                    (release, identifier, number, position["title"], position["organization_id"],
                     position["organization"], position["status"], position.get("confidence"))
                    for number, position in enumerate(person["positions"], start=1)
                ),
            )  # fmt: skip
        for body in record["organizations"]:
            key = self.identities.fold_organization(body["name"])
            self.put_actor(release, "organization", body, key, f"organization:{key}")
            self.insert("acronyms", ((*acronym, release) for acronym in self.identities.list_acronyms(body)))

    def put_actor(self, release: int, kind: str, entry: Record, key: str, entity: str) -> None:
        row = (release, entry["id"], kind, entry["name"], key, entity, entry.get("confidence"))
        self.insert("actors", [row])
        self.insert("forms", ((release, entry["id"], form) for form in (entry["name"], *entry["aliases"])))

    def put_agreements(self, release: int, record: Record) -> None:
        for entry in record["agreements"]:
            money, key = entry["value"] or {}, (release, entry["id"])
            facts = (entry[name] for name in ("text", "kind", "status", "date"))
            amount = (money.get(name) for name in ("text", "amount", "currency"))
            self.insert("agreements", [(*key, *facts, *amount, entry["purpose"], entry.get("confidence"))])
            parties = enumerate(entry["parties"], start=1)
            self.insert("parties", ((*key, number, party["id"], party["name"]) for number, party in parties))
            names = ("person_id", "person", "organization_id", "organization", "title")
            signatories = enumerate(entry["signatories"], start=1)
            self.insert(
                "signatories", ((*key, number, *(signed[name] for name in names)) for number, signed in signatories)
            )

    def put_others(self, release: int, record: Record) -> None:
        """Write dates, quotations and contacts."""
        names: tuple[str, ...] = ("value", "precision", "first_day", "last_day", "inferred")
        self.insert(
            "dates", ((release, *(date[name] for name in names), date.get("confidence")) for date in record["dates"])
        )
        names = ("speaker_id", "speaker", "text", "start", "end", "rule")
        self.insert(
            "quotations",
            (
                (release, number, *(quotation[name] for name in names), quotation.get("confidence"))
                for number, quotation in enumerate(record["quotations"], start=1)
            ),
        )
        names = ("name", "organization", "email", "phone", "url")
        contacts = enumerate(record["release"]["contacts"], start=1)
        self.insert("contacts", ((release, number, *(entry[name] for name in names)) for number, entry in contacts))

    def put_evidence(self, release: int, record: Record) -> None:
        names = ("start", "end", "text", "rule")
        for fact in list_facts(record):
            if fact.kind == "quotation":  # its offsets are in its own row
                continue
            subject = fact.name if fact.kind == "date" else fact.id
            rows = enumerate(fact.evidence, start=1)
            self.insert(
                "evidence", ((release, subject, number, *(cited[name] for name in names)) for number, cited in rows)
            )

    def put_search(self, release: int, record: Record, text: str | None) -> None:
        facts = record["release"]
        named = [*record["people"], *record["organizations"]]
        columns = (
            [facts["headline"] or "", facts["subheadline"] or ""],
            [form for entry in named for form in (entry["name"], *entry["aliases"])],
            [position["title"] for person in record["people"] for position in person["positions"]],
            [f"{entry['text']}. {entry['purpose'] or ''}" for entry in record["agreements"]],
            [quotation["text"] for quotation in record["quotations"]],
        )
        self.connection.execute("DELETE FROM search WHERE rowid = ?", (release,))
        self.connection.execute(
            "INSERT INTO search (rowid, headline, names, titles, agreements, quotations, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (release, *(clean("\n".join(column)) for column in columns), clean(text) if text is not None else None),
        )


def read_statements() -> Iterator[str]:
    """Yield the statements of `archive.sql`; `executescript` would end the transaction they are to be part of."""
    statement = ""
    for line in Path(__file__).with_name("archive.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def clean(text: str) -> str:
    """Return text that a database can hold: a lone surrogate becomes the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Raise an ArchiveError that names the file where SQLite refuses."""
    try:
        yield
    except sqlite3.IntegrityError:  # the tables contradict the record: ours to mend, not the user's
        raise
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: {error}") from error
