"""Releases and their annotations: read from folders, or stand-off annotations joined with a corpus."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Gold = dict[str, Any]


@dataclass(frozen=True)
class Release:
    """A text with what a reader found in it; `gold` is empty when nobody has read it yet."""

    id: str
    text: str
    gold: Gold


def fingerprint(text: str) -> str:
    """Return the sha256 by which a text is known without being copied."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_folder(texts: Path, gold: Path) -> list[Release]:
    """Return the releases of which both `ID.txt` and `ID.json` stand in the folders, by id."""
    return [
        Release(path.stem, text_path.read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(gold.glob("*.json"))
        if (text_path := texts / f"{path.stem}.txt").exists()
    ]


def write_folder(releases: Iterable[Release], folder: Path) -> None:
    """Write releases as `texts/ID.txt` and `gold/ID.json` below a folder."""
    for name in ("texts", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for release in releases:
        (folder / "texts" / f"{release.id}.txt").write_bytes(release.text.encode("utf-8"))
        content = json.dumps(quote(release.text, release.gold), ensure_ascii=False, indent=1) + "\n"
        (folder / "gold" / f"{release.id}.json").write_text(content, encoding="utf-8")


def read_corpus(paths: Iterable[Path]) -> Iterator[Release]:
    """Yield the releases of JSON Lines files, gzipped or not, one `{"id", "text"}` a line."""
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield Release(record["id"], record["text"], {})


def point_out(text: str, gold: Gold) -> Gold:
    """Return annotations whose quotations are intervals of characters instead of copied words."""
    quotations = [dict(quotation) for quotation in gold["quotations"]]
    for quotation in quotations:
        pattern = r"\s+".join(re.escape(word) for word in quotation.pop("text").split())
        match = re.search(pattern, text)
        if match is None:
            raise LookupError(f"not in the text: {pattern}")
        quotation["start"], quotation["end"] = match.span()
    return {**gold, "quotations": quotations}


def quote(text: str, gold: Gold) -> Gold:
    """Return annotations with the words of quotations in the place of their intervals."""
    quotations = [
        {"text": " ".join(text[entry["start"] : entry["end"]].split()), **entry} if "start" in entry else entry
        for entry in gold["quotations"]
    ]
    return {**gold, "quotations": quotations}


def join_annotations(folder: Path, corpus: Iterable[Release]) -> list[Release]:
    """Return the releases of `corpus` for which `folder` holds stand-off annotations of exactly that text.

    A corpus of the user's own need not hold any of them.
    """
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    joined = {
        release.id: Release(release.id, release.text, found[release.id]["gold"])
        for release in corpus
        if release.id in found and found[release.id]["sha256"] == fingerprint(release.text)
    }
    return [joined[name] for name in sorted(joined)]


def write_annotations(releases: Iterable[Release], folder: Path) -> int:
    """Write stand-off annotations, never a text; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for release in releases:
        record = {
            "id": release.id,
            "sha256": fingerprint(release.text),
            "gold": point_out(release.text, release.gold),
        }
        content = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{release.id}.json").write_text(content, encoding="utf-8")
        count += 1
    return count
