"""Resident memory of the process that hands out work and of those that extract, over many inputs.

usage: python benchmarks/memory.py [--count N] [--jobs N] [TEXTS]

TEXTS is a folder of texts or a file of JSON Lines with a `text`, packed by gzip or not; without it, our samples. They
are taken again and again, each time with other names in them, so that no word list or cache has seen them all.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from pressx.batch import Settings, extract_all
from pressx.entries import Entry

STEP = 500  # inputs
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
LETTERS = "bdfgklmnprstvz"


def read_texts(path: Path) -> list[str]:
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.rglob("*.txt"))]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["text"] for line in data.splitlines()]


def make_entries(texts: list[str]) -> Iterator[Entry]:
    """Yield inputs without end; in each round every capitalised word has another ending."""
    for number in count():
        turn, place = divmod(number, len(texts))
        ending = "".join(LETTERS[turn // len(LETTERS) ** power % len(LETTERS)] for power in range(3)) if turn else ""
        data = NAME.sub(lambda match, ending=ending: match[0] + ending, texts[place]).encode()
        yield Entry(f"{number}.txt", None, data, Path(f"{number}.json"), "text/plain")


def measure() -> tuple[int, list[int]]:
    """Return the megabytes of this process and of its workers."""
    mine, workers = 0, []
    me = Path("/proc/self").resolve().name
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if folder.name == me:
            mine = int(status["VmRSS"].split()[0]) // 1024
        elif status["PPid"].strip() == me and "pressx.pool" in command:
            workers.append(int(status["VmRSS"].split()[0]) // 1024)
    return mine, sorted(workers)


parser = argparse.ArgumentParser()
parser.add_argument("texts", nargs="?", type=Path, default=Path(__file__).resolve().parents[1] / "samples")
parser.add_argument("--count", type=int, default=10_000)
parser.add_argument("--jobs", type=int, default=2)
options = parser.parse_args()
entries = islice(make_entries(read_texts(options.texts)), options.count)
first, last, failed = 0, 0, 0
print("inputs  MB here  MB in each worker", flush=True)
for done, outcome in enumerate(extract_all(entries, Settings(), jobs=options.jobs), start=1):
    failed += outcome.failure is not None
    if done % STEP == 0:
        here, workers = measure()
        last = here + sum(workers)
        first = first or last
        print(f"{done:6} {here:8}  {' '.join(map(str, workers))}", flush=True)
print(f"after the first {STEP}: {last - first:+} MB in all processes together; {failed} inputs failed")
