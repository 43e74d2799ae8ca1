"""The inputs of a run: the paths that were given, opened one after the other."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressx.entries import Entry, Fault, Intake

STDIN = Path("-")


class Listing:
    """The inputs of a run, one after the other; `count` says how many were taken so far."""

    def __init__(self, paths: Sequence[Path], intake: "Intake") -> None:
        self.paths = paths
        self.intake = intake
        self.count = 0

    def read(self) -> "Iterator[Entry | Fault]":
        from pressx.entries import list_entries

        return list_entries(self.paths, self.intake)

    def __iter__(self) -> "Iterator[Entry | Fault]":
        for entry in self.read():
            self.count += 1
            yield entry

    def measure(self) -> int | None:
        """Return how many inputs there are, which takes a while; None when they can't be gone through twice."""
        return None if STDIN in self.paths else sum(1 for _ in self.read())


def holds_one(path: Path) -> bool:
    """Whether a path stands for one input, whose record may be indented, and not for any number."""
    from pressx.media import CONTAINERS, MAIL, identify

    return not path.is_dir() and identify(path.name).media_type not in {*CONTAINERS, MAIL}
