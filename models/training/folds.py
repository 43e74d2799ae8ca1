"""Folds: annotated releases, each with a model that was not shown them, to fit what works on what models find.

Names are then as wrong as they will be in use. `python -m training --leave-out 0/3 FOLD` trains such a model and
writes the releases to FOLD.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language

from pressx.pipeline import load
from training.releases import Release, read_folder


def parse_folds(module: str, purpose: str | None, output: Path, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of a command that fits: `fold`, three paths each, and `output`, by default the one given."""
    parser = argparse.ArgumentParser(prog=f"python -m training.{module}", description=purpose)
    parser.add_argument(
        "--fold", nargs=3, type=Path, action="append", required=True, metavar=("TEXTS", "GOLD", "MODEL")
    )
    parser.add_argument("--output", type=Path, default=output)
    return parser.parse_args(arguments)


def read_folds(folds: Sequence[Sequence[Path]]) -> Iterator[tuple[Language, Release]]:
    """Yield the releases of folds, each with the pipeline to read it with."""
    for texts, gold, model in folds:
        nlp = load(model=str(model))
        for release in read_folder(texts, gold):
            yield nlp, release
