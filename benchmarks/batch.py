"""Releases a second of `pressx extract` on a folder, and what that means for an archive.

usage: python benchmarks/batch.py [--jobs 1,2] [--archive N] TEXT_DIR

Each number of processes is run twice, in turn, and the better run counts: what else the machine does only ever adds.
Loading the pipeline is part of a run. CPU seconds are those of all processes.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUR = 3600


def run(folder: Path, jobs: int, output: Path) -> tuple[float, float]:
    """Return the seconds and the CPU seconds of a run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    command = [sys.executable, "-m", "pressx", "extract", folder, "--jobs", str(jobs), "--output", output, "--quiet"]
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("--jobs", default="1,2")
parser.add_argument("--archive", type=int, default=100_000_000, help="releases")
options = parser.parse_args()
numbers = [int(jobs) for jobs in options.jobs.split(",")]
texts = sorted(options.folder.rglob("*.txt"))
print(f"{len(texts)} releases with {sum(path.stat().st_size for path in texts) / len(texts):.0f} bytes on average")
best: dict[int, tuple[float, float]] = {}
size = 0
with tempfile.TemporaryDirectory() as name:
    for turn in range(2):
        for jobs in numbers:
            output = Path(name, f"{jobs}-{turn}.jsonl")
            best[jobs] = min(run(options.folder, jobs, output), best.get(jobs, (float("inf"), 0.0)))
            size = output.stat().st_size
for jobs, (seconds, cpu) in best.items():
    speedup = best[numbers[0]][0] / seconds
    print(f"{jobs} jobs: {len(texts) / seconds:6.1f} releases a second, {cpu:.0f} CPU seconds, {speedup:.2f} times")
fewest = min(numbers)
core = len(texts) / best[fewest][0] / fewest
print(f"{options.archive} releases: {options.archive / core / HOUR:.0f} hours of one core,")
print(f"  {options.archive / core / HOUR / 24 / 64:.1f} days of 64 cores,")
print(f"  {options.archive * size / len(texts) / 1e12:.1f} TB of records")
