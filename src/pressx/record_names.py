"""Record names: what each record is called below `--output`, so that no two inputs write one file."""

import hashlib
import os
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path, PurePath
from types import TracebackType
from typing import Self

from pressx.media import identify

STDIN = Path("-")
# What is written beside each other: no folder below the output may be called like a file there.
OUTPUT_SUFFIXES = (".json", ".jsonl", ".jsonld", ".ttl", ".txt")
LONGEST_PART = 120  # bytes; file systems take 255, and suffixes are added
LONGEST_NAME = 1000  # bytes; a path may have 4096


class RecordNames:
    """The names given so far. They are kept in a temporary file: a table of many million rows needs no memory."""

    def __enter__(self) -> Self:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # one thread at a time
        self._database.executescript("PRAGMA journal_mode=OFF; CREATE TABLE taken (name INTEGER PRIMARY KEY);")
        self._database.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def claim(self, candidates: Sequence[PurePath]) -> Path:
        """Return the first candidate that no input has yet, else the last with a number: a~2.json, a~3.json."""
        for candidate in candidates:
            if self._take(candidate):
                return Path(candidate)
        last = candidates[-1]
        numbered = (last.with_name(f"{last.stem}~{number}{last.suffix}") for number in count(2))
        return Path(next(name for name in numbered if self._take(name)))

    def claim_folder(self, folder: PurePath) -> PurePath:
        """Return the folder for what a file holds, called otherwise when a record may have its name."""
        if not folder.name.lower().endswith(OUTPUT_SUFFIXES) or self._take(folder.with_suffix(".json")):
            return folder
        return name_folder(folder.parent, folder.name)

    def _take(self, name: PurePath) -> bool:
        """Whether the name was free; names that differ in case or composition alone are one on some file systems."""
        folded = unicodedata.normalize("NFC", str(name)).casefold().encode("utf-8", "surrogatepass")
        digest = int.from_bytes(hashlib.blake2b(folded, digest_size=8).digest(), signed=True)
        return self._database.execute("INSERT OR IGNORE INTO taken VALUES (?)", (digest,)).rowcount == 1


def name_file(folder: PurePath, name: str, *, whole: bool = False) -> Sequence[PurePath]:
    """Return what the record of a file may be called, the shorter first; `whole`: with its suffixes only."""
    long = folder / f"{name}.json"
    return [long] if whole else [folder / f"{identify(name).stem}.json", long]


def find_clashing(names: Iterable[str]) -> set[str]:
    """Return the names of a folder whose records would share a name without their suffixes."""
    stems = {name: identify(name).stem.casefold() for name in names}
    counts = Counter(stems.values())
    return {name for name, stem in stems.items() if counts[stem] > 1}


def name_folder(folder: PurePath, name: str) -> PurePath:
    """Return what stands for a folder below the output: never what a record is called in any format."""
    return folder / (f"{name}_" if name.lower().endswith(OUTPUT_SUFFIXES) else name)


def name_member(folder: PurePath, name: str) -> tuple[PurePath, str]:
    """Return folder and name that stand for a member of an archive or a row, whatever its name says.

    A path stays below the folder: "..", an absolute path and a drive lose their meaning, and so do characters that a
    file system refuses.
    """
    parts = [clean(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts:
        parts = ["_"]
    if sum(len(os.fsencode(part)) + 1 for part in parts) > LONGEST_NAME:
        parts = [shorten("_".join(parts[-2:]), name)]
    for part in parts[:-1]:
        folder = name_folder(folder, part)
    return folder, parts[-1]


def clean(part: str) -> str:
    """Return a part of a path that every file system takes."""
    plain = "".join(character if character.isprintable() and character not in '<>:"|?*' else "_" for character in part)
    plain = plain.strip(" ") if plain.strip(" .") else "_"
    return shorten(plain, part) if len(plain.encode()) > LONGEST_PART else plain


def shorten(part: str, whole: str) -> str:
    """Return the end of a long name, which keeps its suffixes, after a digest that tells it from others."""
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{digest}~" + part.encode()[-LONGEST_PART + 10 :].decode(errors="ignore")


def name_given(files: Sequence[Path], tops: Sequence[Path]) -> dict[Path, Sequence[PurePath]]:
    """Return what the records of files that the user named may be called; `tops` are all paths the user gave.

    They give up brevity until they differ: first they mirror the folders that tell them apart, then they keep their
    suffixes.
    """
    common = find_common(tops)
    names = {path: list_names(path, common, mirrored=len(files) < len(tops)) for path in files}
    levels = dict.fromkeys(files, 0)
    while True:
        chosen = {path: names[path][level] for path, level in levels.items()}
        counts = Counter(str(name).casefold() for name in chosen.values())
        clashing = [path for path, name in chosen.items() if counts[str(name).casefold()] > 1]
        clashing = [path for path in clashing if levels[path] + 1 < len(names[path])]
        if not clashing:
            return {path: names[path][level:] for path, level in levels.items()}
        for path in clashing:
            levels[path] += 1


def list_names(path: Path, common: str, *, mirrored: bool) -> Sequence[PurePath]:
    """Return what the record of a given file may be called, the shortest first; no two files share the last."""
    if path == STDIN:
        return [PurePath("stdin.json"), PurePath("-.json")]
    full = normalise(path)
    folder = full.relative_to(common).parent
    whole = name_file(folder, full.name)
    short = name_file(PurePath(), full.name)
    return [whole[0], whole[1]] if mirrored else [short[0], whole[0], short[1], whole[1]]


def find_common(paths: Iterable[Path]) -> str:
    """Return the folder that all paths lie in."""
    folders = [normalise(path).parent for path in paths if path != STDIN]
    return os.path.commonpath(folders) if folders else ""


def normalise(path: Path) -> Path:
    """Return the absolute path without ".."; links stay, since a record is called after what the user gave."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.resolve would follow links
