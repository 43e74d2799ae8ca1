"""Ordering: outcomes in the order of their entries, from whoever works on several at a time."""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Protocol

from pressx.entries import Entry, Fault
from pressx.outcomes import FailureKind, Outcome, fail


class Crew(Protocol):
    """Who works on several entries at a time: processes here or elsewhere.

    `ahead` is how many outcomes may wait for an earlier one; memory is bounded by it.
    """

    ahead: int

    def has_room(self) -> bool:
        """Whether another entry would be begun at once."""

    def begin(self, entry: Entry, position: int) -> None:
        """Begin an entry."""

    def collect(self) -> Iterator[tuple[int, Outcome]]:
        """Wait until something happens and yield the outcomes that came of it, with the positions of their entries."""


def extract_in_order(
    crew: Crew,
    entries: Iterable[Entry | Fault],
    is_done: Callable[[Entry], bool],
    is_stopped: Callable[[], bool],
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each entry, in their order; `batch.extract_all` says what the arguments mean."""
    stream = iter(entries)
    waiting: dict[int, Outcome] = {}
    first = last = 0  # positions of the next outcome to yield and of the next entry to begin
    more = True
    while more or first < last:
        while more and crew.has_room() and last - first < crew.ahead:
            entry = None if is_stopped() else next(stream, None)
            if entry is None:
                more = False
                break
            outcome = settle(entry, is_done)
            if outcome is not None:
                waiting[last] = outcome
            elif isinstance(entry, Entry):
                crew.begin(entry, last)
            last += 1
        if first < last and first not in waiting:
            waiting.update(crew.collect())
        while first in waiting:
            yield waiting.pop(first)
            first += 1


def settle(entry: Entry | Fault, is_done: Callable[[Entry], bool]) -> Outcome | None:
    """Return the outcome of what needs no extraction."""
    if isinstance(entry, Fault):
        return fail(entry, FailureKind.UNREADABLE, entry.reason)
    return Outcome(entry.name, entry.record) if is_done(entry) else None
