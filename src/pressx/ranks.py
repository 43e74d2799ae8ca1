"""Ranks: forms of address that are titles, "Prof. Ann Poe of Harrow", and professorships that bear a name."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pressx.outlines import Outliner
from pressx.rules import RuleSet
from pressx.spans import Mention

PROFESSOR = re.compile(
    r"(?<![\w/.-])(?:(?:Assoc|Asst|Ass|Adj|Apl|Associate|Assistant)\.? )?Prof\b\.?(?: (?:[Ee]merit(?:us|a)\b|em\.))?"
)
# What stands between a name and the body behind it.
BEHIND = re.compile(r"(?: (?:of|from|at) |, | \()(?:the )?")
# What ties a name to the title or the name before it: "the Vice-Presidents, Prof. Ann Poe and Prof. Tom Roe of Harrow".
TIE = re.compile(r"(?:,? and |, |: | )$")
LONGEST_TIE = 6  # characters


def find_endowed(rules: RuleSet, folded: str) -> list[Mention]:
    """Return the titles of endowed chairs; whose names they bear are no people of the release: "the Tom Poe Professor"."""
    matches = rules.find_text(folded, "TITLE_ENDOWED")
    return [Mention(*match.groups["title"], "TITLE", match.rule) for match in matches]


def find_professors(
    folded: str, names: Sequence[Mention], titles: Sequence[Mention], outliner: Outliner
) -> Iterator[Mention]:
    """Yield "Prof." before the names of those whom no title is tied to, but the body that they are professors of."""
    people = sorted((name for name in names if name.label == "PERSON"), key=lambda name: name.start)
    openings = {title.start for title in titles}
    # "Ann Poe, Harrow Chair": the body is that of another title.
    others = (name for name in names if name.label != "PERSON" and name.end + 1 not in openings)
    bodies = sorted(body.start for body in others)
    ends = {mention.end for mention in (*people, *titles)}
    floor = 0
    for person in people:
        opening = outliner.widen(folded, person, floor, person.end)[0]
        rank = PROFESSOR.search(folded, opening, person.start)
        tie = TIE.search(folded, max(0, opening - LONGEST_TIE), opening)
        number = bisect_left(bodies, person.end)
        at_body = number < len(bodies) and BEHIND.fullmatch(folded, person.end, bodies[number])
        if rank and at_body and not (tie and tie.start() in ends):
            yield Mention(*rank.span(), "TITLE", "titles.professor")
        floor = person.end
