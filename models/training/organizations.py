"""Fits how names of organizations are weighed: `models/pressx_en/weights/bodies.json` and `shortforms.json`.

What a fold is, `folds.py` says.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language

from pressx.bodies import Surroundings
from pressx.folding import fold
from pressx.gold import Gold
from pressx.layout import segment
from pressx.matching import Directory, fold_organization
from pressx.organizations import PROBABLE, Organizations
from pressx.resources import find_model
from pressx.shortforms import LIKELY
from pressx.spans import Mention
from pressx.tokenization import make_doc
from training.folds import parse_folds, read_folds
from training.regression import Case, cross_validate, fit, measure, round_weights
from training.releases import Release

PENALTIES = {"bodies": 2.0, "shortforms": 1.0}  # of 0.5, 1, 2 and 4 the ones with the best cross-validated likelihood
# Too rare among the annotated releases to be fitted: "areas of Norvik, Harrow and Pine" are places, "SMEs" are many; of
# "WMO-ICDS" the ICDS is a short form and the WMO is not.
GIVEN: dict[str, dict[str, float]] = {
    "bodies": {"places": -4.0, "plural": -3.0},
    "shortforms": {"parent": -5.0, "part": 3.0},
}
THRESHOLDS = {"bodies": PROBABLE, "shortforms": LIKELY}


def collect(nlp: Language, release: Release) -> Iterator[tuple[str, Case]]:
    """Yield the name of the weights and a case for them, for all candidates of a release."""
    component = nlp.get_pipe("pressx_organizations")
    assert isinstance(component, Organizations)
    doc = make_doc(nlp, release.text, segment(release.text))
    for name, pipe in nlp.pipeline:
        if name == "pressx_organizations":
            break
        doc = pipe(doc)
    folded = fold(doc.text)
    gold = Gold.model_validate(release.gold)
    directory = Directory(gold.organizations, fold_organization)

    def find_owners(texts: set[str]) -> set[int]:
        """Return the numbers of the gold's organizations that have one of these names."""
        return {owner for text in texts if isinstance(owner := directory.find(text), int)}

    linked = component.link(doc, folded)
    bodies: dict[str, list[Mention]] = defaultdict(list)
    texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for mention in linked:
        bodies[mention.value].append(mention)
        text = folded[mention.start : mention.end]
        texts[component.bodies.short_forms.reduce(text)].add(text)
    surroundings = Surroundings(folded, linked)
    for mentions in bodies.values():
        owners = find_owners({folded[mention.start : mention.end] for mention in mentions})
        optional = bool(owners) and all(gold.organizations[owner].optional for owner in owners)
        if not optional and all("probability" in mention.fact for mention in mentions):
            yield "bodies", (component.bodies.mark(surroundings, mentions), bool(owners), release.id)
    for short, long, marks in component.bodies.short_forms.list_pairs(folded, linked):
        one, other = find_owners(texts[short]), find_owners(texts[long])
        if one and other:
            yield "shortforms", (marks, bool(one & other), release.id)


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect the cases of annotated releases, fit, and write the weights."""
    options = parse_folds("organizations", __doc__, find_model() / "weights", arguments)
    cases: dict[str, list[Case]] = defaultdict(list)
    for nlp, release in read_folds(options.fold):
        for name, case in collect(nlp, release):
            cases[name].append(case)
    for name, found in cases.items():
        guesses = cross_validate(found, PENALTIES[name])
        right, wrong, missed = measure(guesses, found, THRESHOLDS[name])
        weights = {**round_weights(fit(found, PENALTIES[name]), 2), **GIVEN[name]}
        path = options.output / f"{name}.json"
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        print(f"{len(found)} cases, cross-validated {right} right, {wrong} wrong, {missed} missed: {path}")


if __name__ == "__main__":
    main()
