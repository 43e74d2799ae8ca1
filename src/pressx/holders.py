"""Holders: the people who hold the titles of an outline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pressx.outlines import Outline
from pressx.rules import Match, RuleSet

# How far back a pronoun may look for its person: two or three paragraphs.
REACH = 1500

# What may stand between people who share a title: "founders PERSON (ORG), PERSON and PERSON".
SHARED = re.compile(r"(?: \([^()\n]{1,40}\))?(?:; |, (?:ORG, )?| and |, and | & |, ORG,? and )(?:and )?")
# Before a title that all of them share each may have another: "PERSON, PERSON and TITLE PERSON as TITLE".
RANKED = re.compile(rf"{SHARED.pattern}(?:TITLE )?")
BREAK = re.compile(r"[;\n]")  # between the entries of a roster
ENTRY = re.compile(r"\s{0,2}[^\n\w]{0,6}(?:\d{1,2}[.)] ?)?(?:and )?(?:TITLE )?(?P<person>PERSON)")
SENTENCE_START = re.compile(r"(?:^|[.!?:][\"')]?\s|\n\s{0,4}(?:[*•-]\s{0,4})?)(?:[A-Z]\w{1,20},? )?$")


@dataclass(frozen=True)
class Holding:
    """A title at an offset of the outline and the person who holds it; `start` and `end` bound what says so."""

    title: int
    person: str
    rule: str
    start: int
    end: int


def find_holdings(rules: RuleSet, outline: Outline) -> list[Holding]:
    """Return who holds each title, in text order; the first rule of the file that knows a holder decides."""
    listed = [
        holding for match in rules.find_text(outline.text, "POSITION_LIST") for holding in pair_up(outline, match)
    ]
    found = {holding.title: [holding] for holding in listed}
    for match in rules.find_text(outline.text, "POSITION_ROSTER"):
        title = match.groups["title"][0]
        if outline.places[title].fact.get("plural"):
            found[title] = [
                Holding(title, person, match.rule, *match.groups["title"]) for person in call_roll(outline, match)
            ]
    for match in rules.find_text(outline.text, "POSITION"):
        title = match.groups["title"][0]
        if title in found:
            continue
        if "previous" in match.groups:
            people = [holding.person for holding in found.get(match.groups["previous"][0], ())]
            if len(people) == 1 and outline.places[title].fact.get("plural"):
                continue
        else:
            people = name_holders(outline, match)
        if people:
            found[title] = [Holding(title, person, match.rule, match.start, match.end) for person in people]
    return [holding for title in sorted(found) for holding in found[title]]


def pair_up(outline: Outline, match: Match) -> Iterator[Holding]:
    """Yield who holds the titles of a list in which each stands before its holder, one in the plural before several."""
    places = [place for place in outline.find_after(match.start, match.end) if outline.places[place].label != "ORG"]
    titles: list[int] = []
    for last, place in pairwise([match.start, *places]):
        if outline.places[place].label == "TITLE":
            titles = [*(titles if last in titles else ()), place]
        elif outline.places[place].label == "PERSON":
            for title in titles:
                yield Holding(title, outline.places[place].value, match.rule, title, place + len("PERSON"))
            titles = [title for title in titles if outline.places[title].fact.get("plural")]


def call_roll(outline: Outline, match: Match) -> list[str]:
    """Return the people of a roster: those who open its entries, not those whom an entry tells of."""
    start, end = match.groups["members"]
    openings = [start, *(mark.end() for mark in BREAK.finditer(outline.text, start, end))]
    entries = (ENTRY.match(outline.text, opening, end) for opening in openings)
    return list(dict.fromkeys(outline.places[entry.start("person")].value for entry in entries if entry))


def name_holders(outline: Outline, match: Match) -> list[str]:
    """Return the keys of the people whom a match ties to its title.

    A title in the plural wants several: one person among "directors" is not called that.
    """
    title = match.groups["title"][0]
    plural = bool(outline.places[title].fact.get("plural"))
    if "person" not in match.groups:
        key = resolve_pronoun(outline, match.groups["pronoun"][0] if "pronoun" in match.groups else match.start)
        return [key] if key and not plural else []
    person = match.groups["person"][0]
    keys = [outline.places[person].value]
    if plural:
        keys += list_neighbours(outline, person, before=person < title)
    return list(dict.fromkeys(keys)) if len(keys) > 1 or not plural else []


def resolve_pronoun(outline: Outline, offset: int) -> str | None:
    """Return the person a pronoun refers to.

    Of those named before in its paragraph it is the last that opens a sentence, else the last; without any there, the
    last person named before.
    """
    floor = max(0, offset - REACH)
    paragraph = max(floor, outline.text.rfind("\n", floor, offset) + 1)
    people = [place for place in outline.find_before(offset, floor) if outline.places[place].label == "PERSON"]
    near = [place for place in people if place >= paragraph]
    opening = [place for place in near if SENTENCE_START.search(outline.text, max(paragraph - 1, place - 24, 0), place)]
    chosen = opening or near or people
    return outline.places[chosen[0]].value if chosen else None


def list_neighbours(outline: Outline, person: int, before: bool) -> list[str]:
    """Return the people enumerated with `person`, to its left when `before`."""
    keys: list[str] = []
    while True:
        if before:
            places = outline.find_before(person, max(0, person - 60))
        else:
            places = outline.find_after(person + 1, person + 60)
        neighbour = next((place for place in places if outline.places[place].label == "PERSON"), None)
        if neighbour is None:
            return keys
        first, second = sorted((person, neighbour))
        if not (RANKED if before else SHARED).fullmatch(outline.text, first + len("PERSON"), second):
            return keys
        keys.append(outline.places[neighbour].value)
        person = neighbour
