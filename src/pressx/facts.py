"""Facts: everything that a record tells of its release, each with an id, a kind and the places it was read from.

Ids are those of the record where it has them; others count: `p1.2` is the second position of `p1`, `d1` the first
date, `q1` the first quotation, `c1` the first contact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]
"""A release as plain JSON values: `Release.model_dump(mode="json")`."""

KINDS = ("person", "position", "organization", "date", "agreement", "quotation", "contact")


@dataclass(frozen=True, eq=False)
class Fact:
    """`name` is what the record calls it; `evidence` are the record's mentions, each with `start` and `end`."""

    kind: str
    id: str
    name: str
    evidence: Sequence[Record]


def list_facts(record: Record) -> Iterator[Fact]:
    """Yield the facts of a record in its order, the positions of a person behind the person."""
    for person in record["people"]:
        yield Fact("person", person["id"], person["name"], person["mentions"])
        for number, position in enumerate(person["positions"], start=1):
            yield Fact("position", f"{person['id']}.{number}", position["title"], [position["evidence"]])
    for body in record["organizations"]:
        yield Fact("organization", body["id"], body["name"], body["mentions"])
    for number, date in enumerate(record["dates"], start=1):
        yield Fact("date", f"d{number}", date["value"], date["mentions"])
    for agreement in record["agreements"]:
        yield Fact("agreement", agreement["id"], agreement["text"], agreement["evidence"])
    for number, quotation in enumerate(record["quotations"], start=1):
        yield Fact("quotation", f"q{number}", quotation["speaker"] or "", [quotation])
    for number, contact in enumerate(record["release"]["contacts"], start=1):
        name = next((contact[key] for key in ("name", "organization", "email", "phone", "url") if contact[key]), "")
        yield Fact("contact", f"c{number}", name, contact["evidence"])
