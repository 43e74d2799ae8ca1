"""Fits how a deal's marks tell whether a reader would note it down: `models/pressx_en/weights/agreements.json`.

What a fold is, `folds.py` says. The threshold is the middle one of those with all but the best F1 over deals judged by
weights that were fitted without their release.
"""

import json
from collections.abc import Sequence

import numpy as np
from spacy.language import Language

from pressx.agreements import Agreements
from pressx.assembly import assemble
from pressx.comparison import compare
from pressx.gold import Gold
from pressx.layout import segment
from pressx.narratives import Narrative
from pressx.reading import wrap
from pressx.resources import find_model
from pressx.tokenization import make_doc
from training.folds import parse_folds, read_folds
from training.regression import Case, cross_validate, fit, measure, round_weights
from training.releases import Release

PENALTY = 2.0  # cross-validated F1 about 0.71 from 0.25 to 0.4; with 0.5 it is as good, but turns on the threshold
# Too rare among the annotated releases to be fitted: an arrangement whose signing is told with names is one, a plea
# agreement is one, what a headline says of its company and another named one is news, and that something was done "in collaboration with" somebody is seldom an arrangement to note.
GIVEN = {"signers": 2.0, "titled": 1.0, "passing": -0.5, "kind.plea": 2.0}
THRESHOLDS = np.arange(0.2, 0.8, 0.01)
ALL_BUT_BEST = 0.01  # of F1, which is flat: the middle of the flat stretch is far from both of its ends
NEIGHBOURS = 11  # thresholds whose F1 is averaged, so that none is chosen for its luck


def judge(nlp: Language, release: Release) -> tuple[list[Case], int]:
    """Return the deals of a release, those that are optional in the gold left out, and how many the gold requires."""
    component = nlp.get_pipe("pressx_agreements")
    assert isinstance(component, Agreements)
    component.threshold = 0.0
    source = wrap(release.text, release.id)
    gold = Gold.model_validate(release.gold)
    doc = nlp(make_doc(nlp, source.text, segment(source.text)))
    verdicts = compare(release.id, gold, assemble(doc, source)).verdicts["agreements"]
    narrative = Narrative(doc, component.outliner)
    deals = component.read_deals(narrative, component.signatories.find(narrative)) if narrative.named else []
    locate = narrative.outline.locate
    deals.sort(key=lambda deal: (locate(deal.best.start), locate(deal.best.end)))  # the order of the record
    cases = [
        (component.ranker.list_marks(deal.tellings, deal.kind), verdict, release.id)
        for deal, verdict in zip(deals, verdicts, strict=True)
        if verdict is not None
    ]
    return cases, sum(not entry.optional for entry in gold.agreements)


def choose_threshold(guesses: Sequence[float], cases: Sequence[Case], required: int) -> tuple[float, float]:
    """Return the middle one of the thresholds whose F1, averaged over neighbours, is all but the best, and its F1."""
    scores = []
    for threshold in THRESHOLDS:
        right, wrong, _ = measure(guesses, cases, float(threshold))
        scores.append(2 * right / (right + wrong + required))
    padded = np.pad(np.array(scores), NEIGHBOURS // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(NEIGHBOURS) / NEIGHBOURS, mode="valid")
    middle = int(np.median(np.flatnonzero(smooth >= smooth.max() - ALL_BUT_BEST)))
    return round(float(THRESHOLDS[middle]), 2), scores[middle]


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge the deals of annotated releases, fit, and write the weights."""
    options = parse_folds("agreements", __doc__, find_model() / "weights" / "agreements.json", arguments)
    cases: list[Case] = []
    required = 0
    for nlp, release in read_folds(options.fold):
        found, wanted = judge(nlp, release)
        cases += found
        required += wanted
    threshold, score = choose_threshold(cross_validate(cases, PENALTY), cases, required)
    table = {"threshold": threshold, **round_weights(fit(cases, PENALTY), 3), **GIVEN}
    options.output.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"{len(cases)} deals, {required} required, cross-validated F1 {score:.3f} at {threshold}: {options.output}")


if __name__ == "__main__":
    main()
