"""Workplaces: names that stand where the body of a title stands, and that nothing read as an organization.

"Ann Poe, founder of Poe Family Bakery" names a body by its place in the sentence, however unlike one it looks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pressx.outlines import Outline
from pressx.rules import RuleSet
from pressx.spans import Mention
from pressx.titlewords import TitleWords

# The keys of workplaces that no organization has; the number is where the name starts.
KEY = "workplace:"


def find_workplaces(rules: RuleSet, words: TitleWords, folded: str, outline: Outline) -> list[Mention]:
    """Return the workplaces in text order, without overlaps.

    The value of one is the key of the organization that another place of the text calls the same, else a key of its own.
    """
    mentions = outline.places.values()
    known = {folded[place.start : place.end]: place.value for place in mentions if place.label == "ORG"}
    bare = find_bare(folded, mentions)
    found: list[Mention] = []
    for match in sorted(rules.find_text(outline.text, "WORKPLACE"), key=lambda match: match.groups["organization"]):
        title = outline.places[match.groups["title"][0]]
        start, end = map(outline.locate, match.groups["organization"])
        end = start + len(folded[start:end].rstrip())
        person = outline.places.get(match.groups["organization"][0])
        alone = match.groups["organization"][1] - match.groups["organization"][0] == len("PERSON")
        office = words.is_office(folded[title.start : title.end])
        generic = folded[start:end].lower() in words.common_bodies  # "President of the University"
        subject = match.rule == "workplace.of" and words.teaches(folded[title.start : title.end], folded[start:end])
        if office or generic or subject or (found and start < found[-1].end):
            continue
        if person and person.label == "PERSON" and alone and match.rule == "workplace.person" and person not in bare:
            continue
        key = known.get(folded[start:end], f"{KEY}{start}")
        found.append(Mention(start, end, "ORG", match.rule, key))
    return found


def find_bare(folded: str, mentions: Iterable[Mention]) -> set[Mention]:
    """Return the mentions of people who are never called by more than one word: "CEO of Kestrel" names no person."""
    people = [mention for mention in mentions if mention.label == "PERSON"]
    full = {person.value for person in people if " " in folded[person.start : person.end]}
    return {person for person in people if person.value not in full}


def clear(mentions: Sequence[Mention], workplaces: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that no workplace covers, and the workplaces."""
    kept = [m for m in mentions if not any(m.start < place.end and place.start < m.end for place in workplaces)]
    return [*kept, *(replace(place, fact={}) for place in workplaces)]
