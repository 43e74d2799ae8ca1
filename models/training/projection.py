"""From what a reader noted of a release to marks on its text: where each name, title and agreement stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from training.releases import Gold

LAYERS = (("PERSON", "ORG", "TITLE", "PLACE"), ("AGREEMENT",))
HONORIFIC = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|sir|dame|hon|rev|sr|sra|mme|drs|messrs|judge|professor)\.?\s+)+(?=\S)",
    re.IGNORECASE,
)
ADJACENT = 25  # characters between a title and a name: "Jane Roe, the firm's new CEO"
TELLING = 3  # words that name one agreement wherever they stand; "the agreement" may be any
REACH = 300  # characters beyond which a title is not near a name; nearly all true ones are within a sentence


@dataclass(frozen=True)
class Mark:
    """A half-open interval of characters; one that isn't `taught` is neither learnt nor counted as wrong."""

    start: int
    end: int
    label: str
    taught: bool = True


def project(text: str, gold: Gold) -> list[Mark]:
    """Return the marks on `text`; those of one layer don't overlap."""
    names = [*mark_people(text, gold), *mark_organizations(text, gold)]
    people = {person["name"]: list(find_forms(text, person_forms(person))) for person in gold["people"]}
    kept = keep_longest([*names, *mark_titles(text, gold, people)])
    kept = keep_longest(mark_place(text, gold), kept)
    return kept + keep_longest(mark_agreements(text, gold))


def person_forms(person: dict[str, object]) -> list[str]:
    """Return the forms of a name without honorifics, which are not part of it."""
    also = person.get("also", [])
    assert isinstance(also, list)
    return [HONORIFIC.sub("", str(form)) for form in (person["name"], *also)]


def mark_people(text: str, gold: Gold) -> Iterator[Mark]:
    """Yield every form of every person's name."""
    for person in gold["people"]:
        taught = not person.get("optional")
        for start, end in find_forms(text, person_forms(person)):
            yield Mark(start, end, "PERSON", taught)


def mark_organizations(text: str, gold: Gold) -> Iterator[Mark]:
    """Yield every form of every organization's name."""
    for organization in gold["organizations"]:
        taught = not organization.get("optional")
        for start, end in find_forms(text, [organization["name"], *organization.get("also", [])]):
            yield Mark(start, end, "ORG", taught)


def mark_titles(text: str, gold: Gold, people: dict[str, list[tuple[int, int]]]) -> Iterator[Mark]:
    """Yield a title where it stands nearest to its person or right beside; elsewhere it may be anyone's."""
    for position in gold["positions"]:
        spots = list(find(text, position["title"])) or list(find(text, position["title"], re.IGNORECASE))
        names = people.get(position["person"], [])
        gaps = [min((measure_gap(spot, name) for name in names), default=REACH + 1) for spot in spots]
        nearest = min(gaps, default=0)
        for spot, gap in zip(spots, gaps, strict=True):
            near = gap == nearest <= REACH or gap <= ADJACENT
            yield Mark(*spot, "TITLE", near and not position.get("optional"))


def mark_place(text: str, gold: Gold) -> Iterator[Mark]:
    """Yield the dateline's place where it stands first below the headline; elsewhere it may be any place."""
    place = gold["release"].get("place") or ""
    spots = list(find(text, place))
    below = len((gold["release"].get("headline") or "").strip())
    first = next((spot for spot in spots if spot[0] >= below), spots[0] if spots else None)
    for spot in spots:
        yield Mark(*spot, "PLACE", spot == first)


def mark_agreements(text: str, gold: Gold) -> Iterator[Mark]:
    """Yield the words that name agreements; short ones only where they stand first."""
    for agreement in gold["agreements"]:
        for number, spot in enumerate(find(text, agreement["text"])):
            telling = number == 0 or len(agreement["text"].split()) >= TELLING
            yield Mark(*spot, "AGREEMENT", telling and not agreement.get("optional"))


def measure_gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return the characters between two intervals."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def find_forms(text: str, forms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where any of the forms stands; a name of several words also where it is all in capitals."""
    for form in dict.fromkeys(forms):
        yield from find(text, form)
        if " " in form.strip() and not form.isupper():
            for start, end in find(text, form, re.IGNORECASE):
                if text[start:end].isupper():
                    yield start, end


def find(text: str, form: str, flags: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where `form` stands as whole words, whatever the white space and what lost lines glued on."""
    words = [re.escape(word) for word in form.split()]
    if not words:
        return
    before = r"(?<![^\W_])" if len(words) == 1 else r"(?:(?<![^\W_])|(?<=[a-z][a-z])(?=[A-Z]))"
    after = r"(?![^\W_])" if len(words) == 1 else r"(?:(?![^\W_])|(?<=[a-z])(?=[A-Z][a-z]))"
    # Marks at the edge of a form need no boundary of their own.
    before = before if form.strip()[0].isalnum() else ""
    after = after if form.strip()[-1].isalnum() else ""
    for match in re.finditer(before + r"\s+".join(words) + after, text, flags):
        yield match.span()


def keep_longest(marks: Iterable[Mark], kept: Iterable[Mark] = ()) -> list[Mark]:
    """Return `kept` and of `marks` the longest that overlap none; of equals a taught one, then the first."""
    chosen = list(kept)
    rest = [mark for mark in dict.fromkeys(marks) if mark not in set(chosen)]
    for mark in sorted(rest, key=lambda mark: (mark.start - mark.end, not mark.taught, mark.start)):
        if not any(mark.start < other.end and other.start < mark.end for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.start)
