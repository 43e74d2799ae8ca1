"""Outcomes: how one input ended, as plain values that go from process to process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pressx.entries import Entry, Fault


class FailureKind(StrEnum):
    """Why an input gave no record; docs/batch.md explains each."""

    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    DIED = "died"
    MEMORY = "memory"
    BUG = "bug"


@dataclass(frozen=True)
class Failure:
    """The reason in words; `trace` shows where a bug struck."""

    kind: FailureKind
    reason: str
    trace: str = ""


@dataclass(frozen=True)
class Outcome:
    """The end of one input: a record as text, or a failure; neither when an earlier run had made the record.

    `record` is the path of the record below an output folder, `plain` the text that its offsets count, where that was
    asked for, `found` how many values each field of the record has.
    """

    name: str
    record: Path | None
    fingerprint: str | None = None
    text: str | None = None
    plain: str | None = None
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()
    found: Mapping[str, int] = field(default_factory=dict)


def fail(entry: Entry | Fault, kind: FailureKind, reason: str, trace: str = "") -> Outcome:
    """Return the outcome of an input that gave no record."""
    record = entry.record if isinstance(entry, Entry) else None
    return Outcome(entry.name, record, failure=Failure(kind, reason, trace))
