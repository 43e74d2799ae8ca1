"""Tables: records as flat rows, one table a kind, and the folder of CSV files that a spreadsheet opens.

RFC 4180 with a byte order mark, without which Excel reads UTF-8 as the local code page. A cell that a spreadsheet
would take for a formula gets an apostrophe in front.
"""

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from pressx.folding import squash
from pressx.writing import naming

Row = dict[str, Any]
Record = Mapping[str, Any]
"""A release as plain JSON values: `Release.model_dump(mode="json")`."""

JOINT = "; "
# As OWASP lists them, with the full-width forms that Excel reads alike.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # see above


def cite(evidence: Record | None) -> Row:
    """Return where something stands and what found it."""
    evidence = evidence or {}
    return {key: evidence.get(key) for key in ("start", "end", "rule")}


def list_releases(record: Record) -> Iterator[Row]:
    facts, source = record["release"], record["source"]
    contacts = (
        ", ".join(contact[key] for key in ("name", "organization", "email", "phone", "url") if contact.get(key))
        for contact in facts["contacts"]
    )
    yield {
        **{key: facts[key] for key in ("headline", "subheadline", "issuer", "place", "date")},
        "contacts": JOINT.join(contacts),
        "warnings": JOINT.join(record["warnings"]),
        "characters": source["characters"],
        "sha256": source["sha256"],
        "pressx": record["generator"]["pressx"],
        "model": record["generator"]["model"],
    }


def list_named(entries: Iterable[Record]) -> Iterator[Row]:
    for entry in entries:
        yield {
            "id": entry["id"],
            "name": entry["name"],
            "aliases": JOINT.join(entry["aliases"]),
            "mentions": len(entry["mentions"]),
            **cite(entry["mentions"][0]),
            "confidence": entry.get("confidence"),
        }


def list_people(record: Record) -> Iterator[Row]:
    return list_named(record["people"])


def list_organizations(record: Record) -> Iterator[Row]:
    return list_named(record["organizations"])


def list_positions(record: Record) -> Iterator[Row]:
    for person in record["people"]:
        for position in person["positions"]:
            yield {
                "person_id": person["id"],
                "person": person["name"],
                **{key: position[key] for key in ("title", "organization_id", "organization", "status")},
                **cite(position["evidence"]),
                "confidence": position.get("confidence"),
            }


def list_dates(record: Record) -> Iterator[Row]:
    for date in record["dates"]:
        yield {
            **{key: date[key] for key in ("value", "precision", "first_day", "last_day", "inferred")},
            "text": squash(date["mentions"][0]["text"]),
            "mentions": len(date["mentions"]),
            **cite(date["mentions"][0]),
            "confidence": date.get("confidence"),
        }


def list_agreements(record: Record) -> Iterator[Row]:
    for agreement in record["agreements"]:
        money = agreement["value"] or {}
        yield {
            **{key: agreement[key] for key in ("id", "kind", "status", "date", "text")},
            "value": money.get("text"),
            "amount": money.get("amount"),
            "currency": money.get("currency"),
            "parties": JOINT.join(party["name"] for party in agreement["parties"]),
            "signatories": JOINT.join(signatory["person"] for signatory in agreement["signatories"]),
            "purpose": agreement["purpose"],
            **cite(agreement["evidence"][0]),
            "confidence": agreement.get("confidence"),
        }


def list_parties(record: Record) -> Iterator[Row]:
    for agreement in record["agreements"]:
        for party in agreement["parties"]:
            yield {"agreement_id": agreement["id"], "id": party["id"], "name": party["name"]}


def list_signatories(record: Record) -> Iterator[Row]:
    keys = ("person_id", "person", "organization_id", "organization", "title")
    for agreement in record["agreements"]:
        for signatory in agreement["signatories"]:
            yield {"agreement_id": agreement["id"], **{key: signatory[key] for key in keys}}


def list_quotations(record: Record) -> Iterator[Row]:
    keys = ("speaker_id", "speaker", "text", "start", "end", "rule")
    for quotation in record["quotations"]:
        yield {**{key: quotation[key] for key in keys}, "confidence": quotation.get("confidence")}


TABLES: Mapping[str, Callable[[Record], Iterator[Row]]] = {
    "releases": list_releases,
    "people": list_people,
    "positions": list_positions,
    "organizations": list_organizations,
    "dates": list_dates,
    "agreements": list_agreements,
    "parties": list_parties,
    "signatories": list_signatories,
    "quotations": list_quotations,
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "releases": (
        "headline", "subheadline", "issuer", "place", "date", "contacts", "warnings", "characters", "sha256", "pressx",
        "model",
    ),
    "people": ("id", "name", "aliases", "mentions", "start", "end", "rule", "confidence"),
    "positions": (
        "person_id", "person", "title", "organization_id", "organization", "status", "start", "end", "rule",
        "confidence",
    ),
    "organizations": ("id", "name", "aliases", "mentions", "start", "end", "rule", "confidence"),
    "dates": (
        "value", "precision", "first_day", "last_day", "inferred", "text", "mentions", "start", "end", "rule",
        "confidence",
    ),
    "agreements": (
        "id", "kind", "status", "date", "text", "value", "amount", "currency", "parties", "signatories", "purpose",
        "start", "end", "rule", "confidence",
    ),
    "parties": ("agreement_id", "id", "name"),
    "signatories": ("agreement_id", "person_id", "person", "organization_id", "organization", "title"),
    "quotations": ("speaker_id", "speaker", "text", "start", "end", "rule", "confidence"),
}  # fmt: skip


class TableWriter:
    """A folder of CSV files, filled record by record and put in place when the last one has come.

    Use as a context manager. When the block ends with an error nothing in the folder changes. Raises WritingError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        self.parts: dict[str, TextIO] = {}
        self.writers: dict[str, Any] = {}

    def __enter__(self) -> Self:
        with naming(self.folder), ExitStack() as stack:
            self.folder.mkdir(parents=True, exist_ok=True)
            for table, columns in COLUMNS.items():
                path = self.folder / f".{table}-{os.getpid()}.part"
                stack.callback(path.unlink, missing_ok=True)
                # A lone surrogate, left by a broken decoder, must not cost the table.
                part = path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
                self.parts[table] = stack.enter_context(part)
                self.writers[table] = csv.writer(part)
                self.writers[table].writerow(("source", *columns))
            self.stack = stack.pop_all()
        return self

    def add(self, record: Record) -> None:
        """Write the rows of one release."""
        source = guard(record["source"]["name"])
        with naming(self.folder):
            for table, list_rows in TABLES.items():
                columns = COLUMNS[table]
                rows = ([source, *(guard(row[column]) for column in columns)] for row in list_rows(record))
                self.writers[table].writerows(rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with naming(self.folder), self.stack:
            for part in self.parts.values() if kind is None else ():
                part.close()
            for table, part in self.parts.items() if kind is None else ():
                Path(part.name).replace(self.folder / f"{table}.csv")


def guard(value: Any) -> Any:
    """Return the cell of a value: text that would start a formula is made text again, a missing value is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
