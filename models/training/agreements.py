"""Fits how a deal's marks tell whether a reader would note it down: `models/pressx_en/weights/agreements.json`.

usage: python -m training.agreements --texts DIR... --gold DIR... --model DIR... [--output FILE]

One model for each folder of texts, best one that was not trained on them: then names are as wrong here as they will be in
use. Logistic regression with a penalty; the threshold is the one with the best F1 over deals judged by weights that were
fitted without their release.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language

from pressx.agreements import Agreements
from pressx.assembly import assemble
from pressx.comparison import compare
from pressx.gold import Gold, read_gold
from pressx.narratives import Narrative
from pressx.pipeline import load
from pressx.reading import read
from pressx.resources import find_model
from pressx.tokenization import make_doc

Floats = npt.NDArray[np.float64]

PENALTY = 3.0  # of 0.3, 1, 3 and 10 the one with the best cross-validated F1
FEWEST = 5  # deals that must have a mark before it gets a weight
FOLDS = 10
STEPS = 30  # of Newton's method, which needs about eight


@dataclass(frozen=True)
class Judged:
    """One deal: its marks, whether the gold has it, and the number of its release."""

    marks: dict[str, float]
    right: bool
    release: int


def judge(nlp: Language, path: Path, gold: Gold, release: int) -> tuple[list[Judged], int]:
    """Return the deals of a text, those that are optional in the gold left out, and how many the gold requires."""
    component = nlp.get_pipe("pressx_agreements")
    assert isinstance(component, Agreements)
    component.threshold = 0.0
    source = read(path)
    doc = nlp(make_doc(nlp, source.text))
    verdicts = compare(path.stem, gold, assemble(doc, source)).verdicts["agreements"]
    narrative = Narrative(doc, component.outliner)
    deals = component.read_deals(narrative, component.signatories.find(narrative)) if narrative.named else []
    locate = narrative.outline.locate
    deals.sort(key=lambda deal: (locate(deal.best.start), locate(deal.best.end)))  # the order of the record
    judged = [
        Judged(component.ranker.list_marks(deal.tellings, deal.kind), verdict, release)
        for deal, verdict in zip(deals, verdicts, strict=True)
        if verdict is not None
    ]
    return judged, sum(not entry.optional for entry in gold.agreements)


def fit(rows: Floats, right: Floats) -> Floats:
    """Return the weights of a logistic regression, the last of them the intercept, which bears no penalty."""
    matrix = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[-1] = 1e-6
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (guess - right) + penalty * weights
        curve = (matrix * (guess * (1 - guess))[:, None]).T @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def cross_validate(rows: Floats, right: Floats, releases: Sequence[int]) -> Floats:
    """Return for each deal the probability by weights fitted without its release."""
    folds = np.array(releases) % FOLDS
    guess = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = fit(rows[folds != fold], right[folds != fold])
        guess[folds == fold] = 1 / (1 + np.exp(-(rows[folds == fold] @ weights[:-1] + weights[-1])))
    return guess


def choose_threshold(guess: Floats, right: Floats, required: int) -> tuple[float, float]:
    """Return the threshold with the best F1, smoothed over its neighbours, and that F1."""
    steps = np.arange(0.2, 0.8, 0.01)
    scores = np.array([2 * right[guess >= step].sum() / ((guess >= step).sum() + required) for step in steps])
    smooth = np.convolve(np.pad(scores, 5, mode="edge"), np.ones(11) / 11, mode="valid")
    best = int(smooth.argmax())
    return round(float(steps[best]), 2), float(scores[best])


def main() -> None:
    """Judge the deals of annotated releases, fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, nargs="+", required=True)
    parser.add_argument("--output", type=Path, default=find_model() / "weights" / "agreements.json")
    args = parser.parse_args()
    judged: list[Judged] = []
    required = count = 0
    for texts, gold, model in zip(args.texts, args.gold, args.model, strict=True):
        nlp = load(model=str(model))
        for path in sorted(texts.glob("*.txt")):
            if (annotation := gold / f"{path.stem}.json").exists():
                found, wanted = judge(nlp, path, read_gold(annotation), count)
                judged += found
                required += wanted
                count += 1
    names = sorted({mark for deal in judged for mark in deal.marks})
    names = [name for name in names if sum(deal.marks.get(name, 0.0) != 0 for deal in judged) >= FEWEST]
    rows = np.array([[deal.marks.get(name, 0.0) for name in names] for deal in judged])
    right = np.array([float(deal.right) for deal in judged])
    threshold, score = choose_threshold(cross_validate(rows, right, [deal.release for deal in judged]), right, required)
    weights = fit(rows, right)
    table = {"threshold": threshold, "intercept": round(float(weights[-1]), 3)}
    table |= {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=False)}
    args.output.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"{count} releases, {len(judged)} deals of which {int(right.sum())} right, {required} required")
    print(f"cross-validated F1 {score:.3f} at {threshold}: {args.output}")


if __name__ == "__main__":
    main()
