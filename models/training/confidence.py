"""Counts how often values with the same signals are right: `models/pressx_en/confidence.json`.

What a fold is, `folds.py` says.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language

from pressx.assembly import assemble
from pressx.comparison import compare
from pressx.confidence import Confidence
from pressx.gold import Gold
from pressx.layout import segment
from pressx.reading import wrap
from pressx.resources import find_model
from pressx.tokenization import make_doc
from training.folds import parse_folds, read_folds
from training.releases import Release

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


def judge(nlp: Language, release: Release) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield kind, signals and verdict of each value extracted from a text; what is optional in the gold is left out."""
    recorder = Recorder()
    source = wrap(release.text, release.id)
    record = assemble(nlp(make_doc(nlp, source.text, segment(source.text))), source, confidence=recorder)
    comparison = compare(release.id, Gold.model_validate(release.gold), record)
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Count over the releases that each fold's model was not shown, and write the table."""
    options = parse_folds("confidence", __doc__, find_model() / "confidence.json", arguments)
    folds = list(read_folds(options.fold))
    judged = (found for nlp, release in folds for found in judge(nlp, release))
    table = {
        kind: {chain: {"right": cell[0], "total": cell[1]} for chain, cell in sorted(chains.items())}
        for kind, chains in count(judged).items()
    }
    options.output.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(folds)} releases: {options.output}")


if __name__ == "__main__":
    main()
