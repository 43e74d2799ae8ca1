"""Fits how far the body that context gives a title is trusted: `models/pressx_en/weights/employers.json`.

What a fold is, `folds.py` says.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.language import Language

from pressx.comparison import SAME_TITLE
from pressx.gold import Gold
from pressx.layout import segment
from pressx.matching import Directory, fold_organization, fold_person, share_words
from pressx.positions import Positions
from pressx.resources import find_model
from pressx.spans import read_group
from pressx.tokenization import make_doc
from pressx.trust import TRUSTED, Trust
from training.folds import parse_folds, read_folds
from training.regression import Case, cross_validate, fit, measure, round_weights
from training.releases import Release

PENALTY = 1.0


def collect(nlp: Language, release: Release) -> Iterator[Case]:
    """Yield a case for each body of a release and each title of the gold whose body has to be known from the context."""
    component = nlp.get_pipe("pressx_positions")
    assert isinstance(component, Positions)
    doc = nlp(make_doc(nlp, release.text, segment(release.text)))
    gold = Gold.model_validate(release.gold)
    people = Directory(gold.people, fold_person)
    organizations = Directory(gold.organizations, fold_organization)
    holders: dict[str, set[int | str | None]] = defaultdict(set)
    for mention in read_group(doc, "people"):
        holders[mention.value].add(people.find(release.text[mention.start : mention.end]))
    if not holders:
        return
    employers, holdings, _ = component.survey(doc, read_group(doc, "people"))
    trust = Trust(employers, holdings)
    places = employers.outline.places
    owners: dict[str, set[int | str | None]] = defaultdict(set)
    for place in employers.bodies:
        mention = places[place]
        owners[mention.value].add(organizations.find(release.text[mention.start : mention.end]))
    for holding in holdings:
        title = places[holding.title]
        held = [
            organizations.find(entry.organization)
            for entry in gold.positions
            if people.find(entry.person) in holders[holding.person]
            and share_words(entry.title, release.text[title.start : title.end]) >= SAME_TITLE
        ]
        chosen = next((e.organization for e in employers.find(holding.title) if e.implied and e.organization), None)
        if held and chosen is not None:
            for body, names in owners.items():
                marks = trust.mark(holding, body, chosen=body == chosen)
                yield marks, not names.isdisjoint(set(held) - {None}), release.id


def main(arguments: Sequence[str] | None = None) -> None:
    """Collect the cases of annotated releases, fit, and write the weights."""
    options = parse_folds("employers", __doc__, find_model() / "weights" / "employers.json", arguments)
    cases = [case for nlp, release in read_folds(options.fold) for case in collect(nlp, release)]
    chosen = [number for number, (marks, *_) in enumerate(cases) if "chosen" in marks]
    guesses = cross_validate(cases, PENALTY)
    right, wrong, missed = measure(
        [guesses[number] for number in chosen], [cases[number] for number in chosen], TRUSTED
    )
    weights = round_weights(fit(cases, PENALTY), 2)
    options.output.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    print(f"{len(chosen)} titles, cross-validated {right} right, {wrong} wrong, {missed} missed: {options.output}")


if __name__ == "__main__":
    main()
