"""Signatories: who is said to have signed, and for whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressx.narratives import Narrative
from pressx.outlines import join_words
from pressx.rules import RuleSet

SPAN = 600  # characters of a sentence read on either side of the words of signing
AFTER = re.compile(
    r"(?:,? ?(?:the |its )?(?:[\w-]+ ){0,2}?TITLE)?(?:,? (?:and|&) TITLE)?,?(?: of| at| for| from| on behalf of|,| representing)? ?(?P<organization>ORG|THEY)(?! (?:TITLE )?PERSON)"
)
ROLE = r"(?:(?:the|its) )?(?:ORG )?(?:(?!PERSON|ORG)[A-Z][\w-]{0,30} ){0,4}"  # "Vice Chancellor ", however it was read
# "On behalf of Acme, President Ann Poe and Dean Tom Roe signed": those whom it opens sign for it.
OPENED = re.compile(
    rf"(?:[Oo]n behalf of|[Rr]epresenting|[Ff]or) (?:the )?(?P<organization>ORG|THEY)(?: \([^()\n]{{1,40}}\))?,?"
    rf" (?:{ROLE}PERSON(?:, (?:the )?TITLE)?(?:,? and|,) ){{0,4}}{ROLE}$"
)
# "signed for Acme by its dean, Ann Poe", "for Globex signed Tom Roe": the body stands before who signed for it.
FOR_BY = re.compile(
    r"(?:[Oo]n behalf of|[Rr]epresenting|[Ff]or) (?:the )?(?P<organization>ORG|THEY)(?: (?:at|in) the \w{1,20}(?: ceremony)?)?,?"
    r" (?:(?:signed )?by|was|were|signed)"
    r" (?:(?!PERSON|ORG|by\b|and\b)[\w.-]{1,30},? ){0,8}$"
)
# "on behalf of ORG and ORG, respectively"
ROW = re.compile(r"(?:^|\b)(?:on behalf of|for) (?:the )?ORG(?:,? and ORG|, ORG)+(?=[,.;\n]| respectively)")
SEVERAL = 2
NEAR = 300  # characters from where somebody signs to "Acme was represented by Ann Poe"
FOR_BY_REACH = 160  # characters
# "Ann Poe said that Acme, whose director, Tom Roe, signed it": who signed stands in the clause.
CLAUSE = re.compile(r"\b(?:said|says|added|noted|stated|explained|announced) that\b|\bwhose\b|; |, while\b")
# "Ann Poe signed the pact on behalf of Acme"
DIRECT = re.compile(
    r"(?:, TITLE,)? signed (?:[\w-]{1,20} ){0,4}?(?:on behalf of|for) (?:the )?(?P<organization>ORG|THEY)(?!,? (?:and )?ORG)"
)
# "Ann Poe signed for the donor and Tom Roe for Acme"
ALSO = re.compile(
    r"(?:the )?(?:ORG|THEY|[a-z]+)(?:,? and|,|;|, while) (?:TITLE )?PERSON(?:, TITLE,?)? (?:signed )?(?:for|on behalf of) "
)
BEHALF = re.compile(r"(?:on behalf of|representing|for) (?P<organization>ORG|THEY)")


@dataclass(frozen=True)
class Signatory:
    """A person who signed, the organization and the interval of the title in the text, if any."""

    person: str
    organization: str | None
    title: tuple[int, int] | None


class Signatories:
    """Finds signatories by the rules labelled SIGNING.

    `by` marks those whose signers come after, the others come before; `organization` marks whom the signers represent;
    `too` those that tell of signing only where others were just said to sign.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.witness = re.compile(rf"(?<!\w)(?:{join_words(rules.lexicon('witness_words'))})(?!\w)", re.IGNORECASE)

    def find(self, narrative: Narrative) -> list[tuple[int, Signatory]]:
        """Return each signatory with the offset of the words of signing."""
        found = []
        last = 0  # the end of the last words of signing whose signers come before
        signed = -NEAR  # the end of the last words of signing
        for match in sorted(self.rules.find_text(narrative.text, "SIGNING"), key=lambda match: match.end):
            if "too" in match.groups and match.start > signed + NEAR:
                continue
            signed = match.end
            start, end = narrative.find_sentence(match.start)
            start, end = max(start, match.start - SPAN), min(end, match.end + SPAN)
            if "by" in match.groups:
                low, high = match.end, end
                if (own := BEHALF.match(narrative.text, match.groups["by"][1] + 1)) is not None:
                    low = own.end()
            else:
                clauses = [clause.end() for clause in CLAUSE.finditer(narrative.text, start, match.start)]
                low, high = max([start, last, *clauses]), match.start
                last = match.end
            if witness := self.witness.search(narrative.text, low, high):
                if witness.start() < low + 4:
                    continue
                high = witness.start()
            signatories = self._list(narrative, low, high)
            if also := ALSO.match(narrative.text, match.end + 1):
                signatories += self._list(narrative, match.end, also.end())
            if "organization" in match.groups:  # "with Acme, represented by its dean, Ann Poe"
                body = narrative.get_name(match.groups["organization"][0]).value
                signatories = [replace(one, organization=one.organization or body) for one in signatories]
            found += [(match.start, signatory) for signatory in share_out(narrative, match.start, signatories)]
        return found

    def _list(self, narrative: Narrative, start: int, end: int) -> list[Signatory]:
        people = [place for place in narrative.list_names(start, end) if narrative.get_name(place).label == "PERSON"]
        found = []
        for number, place in enumerate(people):
            limit = people[number + 1] if number + 1 < len(people) else narrative.find_person(end, end + 60)
            found.append(self._read(narrative, place, limit))
        return found

    def _read(self, narrative: Narrative, place: int, limit: int) -> Signatory:
        key = narrative.get_name(place).value
        after = narrative.get_end(place)
        said = DIRECT.match(narrative.text, after)
        said = said or FOR_BY.search(narrative.text, max(0, place - FOR_BY_REACH), place)
        said = said or OPENED.search(narrative.text, max(0, place - SPAN), place)
        said = said or BEHALF.search(narrative.text, after, min(limit, after + 80))
        if said is None and key not in narrative.employers:
            said = AFTER.match(narrative.text, after, limit)
        organization = narrative.get_name(said.start("organization")).value if said else None
        if organization not in narrative.named:
            organization = narrative.employers.get(key)
        title = None
        for near in narrative.outline.find_after(after, min(limit, after + 24)):
            if narrative.get_name(near).label == "TITLE":
                mention = narrative.get_name(near)
                title = (mention.start, mention.end)
                break
        return Signatory(key, organization, title)


def share_out(narrative: Narrative, offset: int, signatories: Sequence[Signatory]) -> list[Signatory]:
    """Return the signatories with the organizations that stand behind the words of signing in the order of their names:
    "Ann Poe and Tom Roe signed on behalf of Acme and Globex respectively".
    """
    row = ROW.search(narrative.text, offset, min(narrative.find_sentence(offset)[1], offset + SPAN))
    bodies = [narrative.get_name(place).value for place in narrative.list_names(*row.span())] if row else []
    if len(bodies) != len(signatories) or len(bodies) < SEVERAL:
        return list(signatories)
    return [replace(one, organization=body) for one, body in zip(signatories, bodies, strict=True)]
