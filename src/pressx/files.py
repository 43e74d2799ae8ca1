"""Files: what the paths that a user gives stand for, one after the other in sorted order."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from pressx.media import KNOWN, is_known
from pressx.record_names import STDIN, find_clashing, find_common, name_file, name_folder, name_given, normalise


@dataclass(frozen=True)
class File:
    """A file, what its record may be called, and the folder of records for what it may hold."""

    path: Path
    records: Sequence[PurePath]
    folder: PurePath


@dataclass(frozen=True)
class Refusal:
    """A path that stands for no file, and why; `empty` when a folder that the user gave holds none."""

    path: Path
    reason: str
    empty: bool = False


def find_files(paths: Sequence[Path]) -> Iterator[File | Refusal]:
    """Yield each file once: a folder stands for the files of known formats in it and below it.

    Symbolic links are followed, each folder once. A path that does not exist is a file, so that reading it fails. Of a
    folder the names are in memory, and nothing of those before it.
    """
    tops = list_tops(paths)
    folders = {path for path in tops if path.is_dir()}
    named = name_given([path for path in tops if path not in folders], tops)
    common = find_common(tops)
    for path in tops:
        if path in folders:
            full = normalise(path).relative_to(common)
            yield from find_below(path, PurePath() if len(tops) == 1 else name_folder(full.parent, full.name))
        else:
            records = named[path]
            yield File(path, records, records[0].parent / path.name)


def list_tops(paths: Sequence[Path]) -> list[Path]:
    """Return the given paths sorted, without those that lie in a given folder and come with it."""
    unique = {path if path == STDIN else normalise(path): path for path in reversed(paths)}
    folders = {full for full in unique if full != STDIN and full.is_dir()}
    kept = []
    for full, path in unique.items():
        inside = full != STDIN and not folders.isdisjoint(full.parents)
        if not (inside and (full in folders or is_known(full.name))):
            kept.append(path)
    return sorted(kept)


def find_below(top: Path, record: PurePath) -> Iterator[File | Refusal]:
    """Yield the files in a folder and below it; when there are none, say so."""
    found = False
    for item in walk(top, record):
        found = True
        yield item
    if not found:
        yield Refusal(top, f"no file of a known format in this folder ({KNOWN})", empty=True)


def walk(top: Path, record: PurePath) -> Iterator[File | Refusal]:
    """Yield files in the order of their paths. No recursion: folders may be nested more deeply than Python's calls."""
    seen = {os.path.realpath(top)}
    stack = [list_folder(top, record)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, tuple):
            path, folder = item
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                stack.append(list_folder(path, folder))
        else:
            yield item


def list_folder(path: Path, record: PurePath) -> Iterator[File | Refusal | tuple[Path, PurePath]]:
    """Yield what is in a folder, sorted: its files, and its folders as pairs of their path and that of their records."""
    try:
        with os.scandir(path) as entries:
            kinds = {entry.name: is_folder(entry) for entry in entries}
    except OSError as error:
        yield Refusal(path, error.strerror or str(error))
        return
    files = [name for name, folder in kinds.items() if not folder and is_known(name)]
    clashing = find_clashing(files)
    known = set(files)
    for name in sorted(kinds):
        if kinds[name]:
            yield path / name, name_folder(record, name)
        elif name in known:
            yield File(path / name, name_file(record, name, whole=name in clashing), record / name)


def is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle
        return False
