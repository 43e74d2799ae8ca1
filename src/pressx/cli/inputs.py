"""What the command is asked to read, and what each record is called below `--output`."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

STDIN = Path("-")


@dataclass(frozen=True)
class Input:
    """One input: where it is read from and the path of its record below the output folder."""

    path: Path
    record: Path


def name_records(found: Iterable[tuple[Path, Path]]) -> list[Input]:
    """Return each input once, in sorted order, from pairs of its path and the path the user gave.

    A record is called after its input and mirrors the folder the user gave. Inputs that would share a record give up
    brevity until they do not: first they mirror the folders that tell them apart, then they keep their suffixes.
    """
    given = dict(sorted(found))
    names = {path: list_names(path, top, common) for common in [find_common(given)] for path, top in given.items()}
    levels = dict.fromkeys(given, 0)
    while clashing := find_clashing({path: names[path][level] for path, level in levels.items()}):
        for path in clashing:
            levels[path] = min(levels[path] + 1, len(names[path]) - 1)
    return [Input(path, names[path][level]) for path, level in levels.items()]


def find_common(paths: Iterable[Path]) -> str:
    """Return the folder that all paths lie in."""
    folders = [normalise(path).parent for path in paths if path != STDIN]
    return os.path.commonpath(folders) if folders else ""


def normalise(path: Path) -> Path:
    """Return the absolute path without ".."; links stay, since a record is called after what the user gave."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.resolve would follow links


def list_names(path: Path, top: Path, common: str) -> Sequence[Path]:
    """Return what the record of an input may be called, the shortest first; no two inputs share the last."""
    if path == STDIN:
        return [Path("stdin.json"), Path("-.json")]
    short = path.relative_to(top) if path != top else Path(normalise(path).name)
    whole = normalise(path).relative_to(common)
    return [short.with_suffix(".json"), whole.with_suffix(".json"), Path(f"{short}.json"), Path(f"{whole}.json")]


def find_clashing(records: dict[Path, Path]) -> list[Path]:
    """Return the inputs that share a record with another."""
    counts = Counter(records.values())
    return [path for path, record in records.items() if counts[record] > 1]
