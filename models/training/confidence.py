"""Counts how often values with the same signals are right: `models/pressx_en/confidence.json`.

usage: python -m training.confidence --texts DIR --gold DIR --model DIR [--output FILE]

The releases must be strange to the model in --model, else its figures would be those of what it learnt by heart.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language

from pressx.assembly import assemble
from pressx.comparison import Comparison, compare
from pressx.confidence import Confidence
from pressx.gold import Gold, read_gold
from pressx.pipeline import load
from pressx.reading import read
from pressx.resources import find_model
from pressx.tokenization import make_doc

KINDS = ("people", "positions", "organizations", "dates", "agreements", "quotations")
Counts = dict[str, dict[str, list[int]]]


class Recorder(Confidence):
    """Keeps the signals it is asked about, in the order of the record."""

    def __init__(self) -> None:
        super().__init__({})
        self.signals: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def estimate(self, kind: str, signals: Sequence[str]) -> float:
        """Keep the signals; the number is of no use."""
        self.signals[kind].append(tuple(signals))
        return 1.0


def judge(nlp: Language, path: Path, gold: Gold) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield kind, signals and verdict of each value extracted from a text; what is optional in the gold is left out."""
    recorder = Recorder()
    source = read(path)
    record = assemble(nlp(make_doc(nlp, source.text)), source, confidence=recorder)
    comparison: Comparison = compare(path.stem, gold, record)
    for kind in KINDS:
        for signals, verdict in zip(recorder.signals[kind], comparison.verdicts[kind], strict=True):
            if verdict is not None:
                yield kind, signals, verdict


def count(judged: Iterator[tuple[str, tuple[str, ...], bool]]) -> Counts:
    """Return right and total of each chain of signals."""
    counts: Counts = {kind: defaultdict(lambda: [0, 0]) for kind in KINDS}
    for kind, signals, verdict in judged:
        for length in range(len(signals) + 1):
            cell = counts[kind][" / ".join(signals[:length])]
            cell[0] += verdict
            cell[1] += 1
    return counts


def main() -> None:
    """Count over a folder of annotated texts and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True, help="a model that was not trained on these releases")
    parser.add_argument("--output", type=Path, default=find_model() / "confidence.json")
    args = parser.parse_args()
    nlp = load(model=str(args.model))
    paths = [path for path in sorted(args.texts.glob("*.txt")) if (args.gold / f"{path.stem}.json").exists()]
    judged = (found for path in paths for found in judge(nlp, path, read_gold(args.gold / f"{path.stem}.json")))
    table = {
        kind: {chain: {"right": cell[0], "total": cell[1]} for chain, cell in sorted(chains.items())}
        for kind, chains in count(judged).items()
    }
    args.output.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(paths)} releases: {args.output}")


if __name__ == "__main__":
    main()
