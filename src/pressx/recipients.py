"""Recipients: the counterparty that no preposition behind the noun of an arrangement leads to: who was awarded it, who is named
before it.

All offsets are those of a narrative's outline.
"""

import re
from dataclasses import dataclass

from pressx.parties import Parties
from pressx.rules import Match

# "awarded ORG a $2 million contract", "signed ORG to a contract"
AWARDED = re.compile(
    r"\b(?:award|grant|give|issue|sign|provid|extend|lend)(?:e?s|e?d|ing)? (?:the )?(?P<name>ORG|THEY) (?:to |with )?(?:an?|the|its|two|three) (?:[\w$.,%-]{1,30} ){0,6}$"
)
# "awarded the contract for the quay to ORG", "a contract was awarded to the local builder ORG"
AWARDING = re.compile(r"\b(?:award|entrust)(?:s|ed|ing)? (?:[\w$.,%-]{1,30} ){0,8}$", re.IGNORECASE)
AWARDED_TO = re.compile(
    r"(?: (?!ORG|PERSON|THEY)[\w'&-]{1,30}){0,12}?(?P<passive> (?:was|were|has been|have been|is) (?:\w+ly )?(?:awarded|entrusted))? to "
    r"(?:(?!to\b|by\b|and\b)[\w,-]{1,30} ){0,5}?(?P<name>ORG)"
)
# "signed with ORG a protocol", "With ORG THEY extended the agreement"
MADE = (
    r"(?:(?:has|have|had|also|will) ){0,2}(?:sign|conclud|renew|extend|ink|prolong|initial|subscrib)(?:e?s|e?d|ing|e)?"
)
NOUN_NEXT = r"(?:an?|the|its|their|our) (?:[\w-]{1,20} ){0,4}$"  # up to the noun's own words
FRONTED = re.compile(
    rf"(?:\b{MADE} with|[,;] with|\bWith) (?P<name>ORG)(?: \([^()]{{1,40}}\))?(?: in (?:[\w-]{{1,20}} ?){{1,6}})?,? "
    rf"(?:(?:ORG|THEY|we|it|they) {MADE} )?{NOUN_NEXT}"
)
# "ORG, with which THEY concluded a contract"
WITH_WHICH = re.compile(
    r"(?P<name>ORG)(?: \([^()]{1,40}\))?,? with (?:which|whom) (?:the )?(?:(?P<subject>ORG|THEY)|we|it|they) "
    rf"{MADE} {NOUN_NEXT}"
)
# "a lease, which ORG concluded with ORG"
RELATIVE = re.compile(
    rf"(?: \([^()\n]{{1,40}}\))?,? (?:which|that) (?P<subject>ORG|THEY)(?: \([^()\n]{{1,40}}\))? (?:(?:had|has|also|will|plans to|intends to) ){{0,2}}{MADE}"
    r"(?: (?!ORG|PERSON|THEY|with\b)[\w,-]{1,20}){0,4} with (?:(?:the|a|its) (?:[a-z-]{1,20} ){0,3})?(?P<name>ORG)"
)
# "signed, together with ORG, a declaration", "to sign, together with PERSON, TITLE of ORG, a declaration"
TOGETHER = re.compile(
    rf"\b{MADE},? (?:together|jointly|along) with (?:the )?(?:PERSON,? (?:the )?TITLE,? (?:of |at )?(?:the )?)?(?P<name>ORG),? {NOUN_NEXT}"
)
# "a contract to supply cranes to ORG", "a deal to provide ORG with cranes"
PROVIDED = re.compile(
    r" to (?:supply|provide|deliver|equip|sell|serve)(?: (?:(?!ORG|PERSON|THEY)[\w,.'&%$-]+ ){1,10}?(?:to|for))? (?:the )?(?P<name>ORG)(?!'s)"
)


@dataclass(frozen=True)
class Recipient:
    """A counterparty, the preposition that leads to it, what the reading rests on, and who made the arrangement, if said."""

    word: str
    key: str
    marks: frozenset[str] = frozenset()
    owner: str | None = None


def find_recipient(parties: Parties, match: Match, start: int, left: int, end: int) -> Recipient | None:
    """Return the counterparty to a noun whose own words begin at `left` in a sentence from `start` to `end`."""
    text = parties.text

    def name(found: re.Match[str], group: str) -> str:
        return parties.narrative.get_name(found.start(group)).value

    if awarded := AWARDED.search(text, start, left):
        return Recipient("to", name(awarded, "name"))
    to = AWARDED_TO.match(text, match.end, end)
    if to is not None and (to["passive"] or AWARDING.search(text, start, left)):
        return Recipient("to", name(to, "name"), frozenset({"act", "object"}))
    if fronted := FRONTED.search(text, start, left):
        return Recipient("with", name(fronted, "name"), frozenset({"object"}))
    if behind := WITH_WHICH.search(text, start, left):
        if behind["subject"]:
            owner = name(behind, "subject")
            return Recipient("with", name(behind, "name"), frozenset({"act", "object", "subject"}), owner)
        return Recipient("with", name(behind, "name"), frozenset({"object"}))
    if relative := RELATIVE.match(text, match.end, end):
        marks = frozenset({"act", "object", "subject"})
        return Recipient("with", name(relative, "name"), marks, name(relative, "subject"))
    if together := TOGETHER.search(text, start, left):
        return Recipient("with", name(together, "name"), frozenset({"object"}))
    if provided := PROVIDED.match(text, match.end, end):
        return Recipient("with", name(provided, "name"))
    return None
