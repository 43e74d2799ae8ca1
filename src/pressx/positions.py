"""Positions: who holds which title, in which organization.

Titles are found (titles.py) and the text is drawn as an outline (outlines.py); rules over the outline tie each title to
the people who hold it (holders.py) and to the body it is held in (employers.py); wordings of one role become one
(roles.py). What no rule ties is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from pressx.employers import Employers
from pressx.holders import Holding, find_holdings
from pressx.outlines import Outline, Outliner, join_words
from pressx.roles import Role, merge_roles
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, fold_doc, read_group, write_group
from pressx.titles import Titles
from pressx.titlewords import TitleWords
from pressx.tokenization import get_layout
from pressx.trust import Trust
from pressx.workplaces import KEY, clear, find_workplaces

# Boards whose name says nothing: what somebody sits on, never the body that has it.
SEATS = r"(?: of (?:Directors|Trustees|Governors|Regents|Advisors|Managers))?"
BOARD = re.compile(rf"(?:(?:Supervisory|Advisory|Executive|Management) )?(?:Board|Committee){SEATS}", re.IGNORECASE)
BOARD_TAIL = re.compile(rf"(?:'s)? Board{SEATS}$")
# Rules that rest on a verb, whose clause tells whether the role is past.
VERBAL = frozenset({"position.copula", "position.pronoun", "position.role-as", "position.possessive"})
# "who was no part of it, is TITLE": the verb before the title tells.
PRESENT = re.compile(r"\b(?:is|serves|acts|works|remains)(?: (?:also|currently|now|as|an?|the|its|their)){0,4} $")
# Rules that rest on the place beside the name, whatever the clause says of the person.
BESIDE = frozenset(
    f"position.{name}" for name in ("apposition", "line", "list", "name-aside", "owner-name", "title-name")
)
# How many characters before the evidence belong to its clause: "Before joining Northwind, ...".
CLAUSE = 60


@Language.factory("pressx_positions", assigns=["doc.spans"], default_config={"rules": None})
def create_positions(nlp: Language, name: str, rules: str | None) -> "Positions":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Positions(load_rules(rules))


class Positions:
    """Finds positions and writes the span group `positions`."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.words = TitleWords(rules)
        self.outliner = Outliner(rules)
        self.titles = Titles(rules, self.words, self.outliner)
        self.former = re.compile(rf"\b(?:{join_words(rules.lexicons['former_cues'])})\b")
        self.incoming = re.compile(rf"\b(?:{join_words(rules.lexicons['incoming_cues'])})\b")

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "positions", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return one mention for each person and title, with who and where as its fact; pure."""
        people = read_group(doc, "people")
        if not people:
            return []
        employers, holdings, workplaces = self.survey(doc, people)
        trust = Trust(employers, holdings)
        roles = [role for holding in holdings for role in self._read(employers, trust, holding)]
        return [make_mention(role, workplaces) for role in merge_roles(employers.folded, roles, self.words)]

    def survey(
        self, doc: Doc, people: Sequence[Mention]
    ) -> tuple[Employers, list[Holding], dict[str, tuple[int, int]]]:
        """Return what knows the employers of the titles of a doc, who holds these, and the intervals of bodies that only titles
        name.
        """
        folded = fold_doc(doc)
        names = [*people, *place_boards(folded, read_group(doc, "organizations"))]
        named = [*self.titles.find(doc, folded, names), *names]
        outline = self.outliner.draw(folded, named)
        if workplaces := find_workplaces(self.rules, self.words, folded, outline):
            outline = self.outliner.draw(folded, clear(named, workplaces))
        issuer = next((m.value for m in read_group(doc, "skeleton") if m.label == "ISSUER"), None)
        employers = Employers(self.rules, self.words, folded, outline, issuer or None, get_layout(doc))
        intervals = {place.value: (place.start, place.end) for place in workplaces if place.value.startswith(KEY)}
        return employers, find_holdings(self.rules, outline), intervals

    def _read(self, employers: Employers, trust: Trust, holding: Holding) -> Iterator[Role]:
        """Yield the roles of a holding, one for each organization; one that context gives has to be likely."""
        title = employers.outline.places[holding.title]
        status = self._read_status(employers.outline, holding)
        for employer in employers.find(holding.title):
            body = employer.organization
            doubtful = body is not None and employer.implied and not trust.is_likely(holding, body)
            yield Role(
                person=holding.person,
                start=title.start,
                end=employer.end or title.end,
                organization=None if doubtful else body,
                status=status,
                rule=f"{holding.rule}.implied" if employer.implied else holding.rule,
                implied=employer.implied,
            )

    def _read_status(self, outline: Outline, holding: Holding) -> str:
        """Return the status that the words before a title or the verb of its clause give."""
        status = outline.statuses[outline.places[holding.title].start]
        if status != "current":
            return status
        clause = outline.text[max(0, holding.start - CLAUSE) : holding.end]
        present = PRESENT.search(outline.text, holding.start, holding.title)
        if holding.rule in VERBAL and not present and self.former.search(clause):
            return "former"
        incoming = holding.rule not in BESIDE and self.incoming.search(clause[clause.rfind(". ") + 1 :])
        return "incoming" if incoming else "current"


def place_boards(folded: str, organizations: Sequence[Mention]) -> Iterator[Mention]:
    """Yield organizations without boards: "Northwind Board" means Northwind where it is named, "the Board" nothing."""
    keys = {folded[mention.start : mention.end]: mention.value for mention in organizations}
    for mention in organizations:
        if BOARD.fullmatch(folded, mention.start, mention.end):
            continue
        match = BOARD_TAIL.search(folded, mention.start, mention.end)
        owner = keys.get(folded[mention.start : match.start()]) if match else None
        yield mention if owner is None else replace(mention, value=owner)


def make_mention(role: Role, workplaces: Mapping[str, tuple[int, int]]) -> Mention:
    """Return the mention of a role; a body that only the role names is given by its characters instead of a key."""
    workplace = workplaces.get(role.organization) if role.organization else None
    organization = None if workplace else role.organization
    fact = {"person": role.person, "organization": organization, "workplace": workplace, "status": role.status}
    return Mention(role.start, role.end, "POSITION", role.rule, fact=fact)
