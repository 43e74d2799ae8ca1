"""Counterparties: who agreed with whom, read from the words around an arrangement's noun or verb.

All offsets are those of a narrative's outline.
"""

import re

from pressx.narratives import Narrative
from pressx.parties import NAME, Parties
from pressx.recipients import find_recipient
from pressx.rules import Match, RuleSet
from pressx.statuses import StatusReader

# "agreement (the "Agreement"), which was signed today" before the preposition that leads to a party.
MADE = (
    r"(?: \([^()\n]{1,60}\))?"
    r"(?:,? (?:(?:which|that) )?(?:(?:is|are|was|were|has been|have been|being) )?(?:(?:\w+ly|also|today|recently) )?"
    r"(?:signed|concluded|executed|inked|reached|entered into|agreed|formed|forged|established|made)(?: today| yesterday| (?:on )?the same day)?"
    r"| (?:is|was|are|were))?"
)
SHORT = r"(?: \([^()\n]{1,60}\))?"  # "facility (\"SSF\") with"
# Prepositions that lead from a noun to a party, by kind of arrangement.
FOLLOWED = {
    "acquisition": re.compile(SHORT + r"(?: agreement)?,? (?P<word>of|by|from|between|with|in|to) ", re.IGNORECASE),
    "merger": re.compile(SHORT + r"(?: agreement)? (?P<word>of|with|between|into|by) ", re.IGNORECASE),
    "financing": re.compile(
        SHORT
        + r"(?:,)? ?(?:(?:was|is|were|will be|has been|have been) )?(?:round |funding |financing |facility |of \S+ (?:million |billion )?)?(?P<word>from|led by|co-led by|provided by|arranged by|awarded by|extended by|granted by|by|with|between|in|to|through) ",
        re.IGNORECASE,
    ),
    "sponsorship": re.compile(SHORT + r" (?P<word>of|from|with|by|between) ", re.IGNORECASE),
    "other": re.compile(
        rf"{MADE} (?P<word>with|by and between|between|from|by|among|of|bring(?:s|ing) together)(?: and among)? (?:both )?",
        re.IGNORECASE,
    ),
}
# "[agreement between ORG and ORG] was signed", "[contract with ORG], which ends in May, shall be renewed"
PASSIVE = re.compile(
    r"(?:,[^,.;]{1,80},)? (?:was|were|has been|have been|had been|is being|(?:will|would|shall|should|is to|are to|is expected to|is due to) be)"
    r"(?: \w+ly)? (?:signed|concluded|executed|inked|reached|announced|finali[sz]ed|sealed|initiall?ed|subscribed|renewed|extended|prolonged|terminated|rescinded)\b",
    re.IGNORECASE,
)
# "A memorandum on fishing was signed by ORG and ORG"
MADE_BY = re.compile(
    r"[^.;:\"\n]{0,90}? (?:was|were|is|are|has been|have been|had been|will be)(?: \w+ly| also)? "
    r"(?:signed|concluded|executed|inked|forged|sealed|formed|initiall?ed|subscribed|exchanged|entered into) (?P<word>by|between) (?:the )?(?=ORG)",
    re.IGNORECASE,
)
# "an affiliation with ORG, which ORG announced in 2021"
MADE_RELATIVE = re.compile(
    r",? (?:which|that) (?:the )?(?P<name>ORG|THEY) (?:(?:had|has) )?(?:announced|signed|concluded|entered into|formed|established|made|reached)\b"
)
# "will supply ore to ORG under a five-year agreement"
UNDER = re.compile(r"\b(?:under|pursuant to|as part of) (?P<new>an?|its|their) (?:[\w$.,%-]{1,30} ){0,5}$")
SELLER = re.compile(rf"(?:[^.;:\"\n]{{0,80}}?),? from (?={NAME})")
LENDING = frozenset({"from", "led by", "co-led by", "provided by", "extended by", "granted by"})
BOTH = 2  # who supplies and whom
# "Cranes are built by the contractor ORG under a contract", "Power is sold to ORG under a 25-year agreement"
DONE = re.compile(r"\b(?:by|to|from|at) (?:the )?(?:[\w-]{1,20} ){0,2}$")
ASIDE = re.compile(r"\([^()\n]*\)|\d[\d.,]*")  # "of EUR 4.3 million (approx. Ksh 6 billion) with"
BREAK = re.compile(rf"{NAME}|[.;:\"]")
LATER = re.compile(r"\b(?P<word>with|between|from|led by)\b ", re.IGNORECASE)
BASED = re.compile(r"[\w.]{1,30}-based\b")  # "with a Leeds-based builder"
# "sold its ORG business to ORG": what is sold is a part of who sells it.
ASSET = re.compile(r" (?:business|division|unit|operations|assets|brand)\b")
# "memorandum signed in May", "MOU signing"
SIGNED = re.compile(
    r"(?:'s?)?(?: \w+ly)? (?:(?:was|were|is|being|has been|have been) )?(?:signed|signing|inked|concluded)\b",
    re.IGNORECASE,
)
# "one exhibitor is set to sign a memorandum with the port": neither of them is whom the release is about.
STRANGER = re.compile(
    r"(?i)\b(?:an?|one|another|several|some|two|three|four|five|\d{1,3}) (?:[\w-]{1,30} ){1,3}?(?:(?:set|is|are|has|have|will|to|also) ){0,3}$"
)
MUTUAL = ("between", "by and between", "among")
# "This partnership", "the agreement": it was told of elsewhere.
ANAPHOR = re.compile(r"(?i)\b(?:this|these|the) $")
THIS = re.compile(r"(?i)\b(?:this|these) $")  # whoever speaks of it
# A counterparty that is only described, "with a developer in Leeds", or whose name was not recognised, "with Tarnworks".
UNNAMED = re.compile(
    rf"(?i:{MADE} (?:with|between|from)) (?:(?:the|an?|its|their|our|one of the|several|both) )?(?!you\b|us\b|me\b|them\b|others?\b|each\b|who)(?P<word>\w)"
)
UNNAMED_OBJECT = re.compile(
    r" (?:(?:the|an?|its|their|our|one of the|several|both) )?(?!you\b|us\b|me\b|them\b|others?\b|each\b|who)(?P<word>\w)"
)
# Kinds of paper that plan a deal of another kind: the paper is what was signed, and what names the arrangement.
PAPERS = ("letter_of_intent", "mou")


class Counterparties:
    """Reads the keys of the parties; what the reading rests on is added to `marks`."""

    def __init__(self, rules: RuleSet, statuses: StatusReader) -> None:
        self.rules = rules
        self.statuses = statuses

    def read_noun(self, parties: Parties, match: Match, start: int, left: int, end: int, marks: set[str]) -> list[str]:
        """Return the parties to a noun, whose own words begin at `left`, in a sentence from `start` to `end`."""
        kind = match.rule.split(".")[1]
        if kind == "plea":
            return find_defendants(parties.narrative, match.start)
        words, keys, right = self._list_followers(parties, kind, match.end, end)
        if keys:
            marks.add("object")
        elif unnamed := UNNAMED.match(parties.text, match.end, end):
            marks.add(describe(unnamed))
        passive = PASSIVE.match(parties.text, right, end) is not None
        if passive:
            marks.add("act")
        recipient = find_recipient(parties, match, start, left, end) if not keys else None
        if recipient is not None:
            words, keys = [recipient.word], [recipient.key]
            marks |= recipient.marks
        relative = MADE_RELATIVE.match(parties.text, right, end) if keys else None
        partner = bool(keys) and (words[0] == "with" or (words[0] in LENDING and kind == "financing"))
        # Who stands before what "was signed" only speaks of it: "Ann Poe said that the agreement with ORG was signed".
        if recipient is not None and recipient.owner:
            owners = [recipient.owner]
        elif relative is not None:
            owners = [parties.narrative.get_name(relative.start("name")).value]
        elif passive and partner:
            owners = parties.find_possessor(start, left)
        else:
            owners = self._find_owners(parties, start, left, words, keys, marks)
        if not owners and not keys and (under := UNDER.search(parties.text, start, left)):
            owners = list_both(parties, start, under.start(), marks)
        if len(keys) > 1 and (words[0] in (*MUTUAL, "by") or (words[0] in LENDING and "to" in words)):
            owners, partner = [], False
        if not keys and (THIS if owners else ANAPHOR).search(parties.text, start, left):
            owners = []
            marks.add("anaphor")
        elif not owners and partner:
            owners = self._find_later_subject(parties, left, right, right if passive else end, marks)
        elif (
            not owners
            and not keys
            and kind in PAPERS
            and is_signed(parties.text, match, end, marks)
            and not STRANGER.search(parties.text, start, self.statuses.find_act(parties.text, start, left) or left)
        ):
            own = parties.narrative.name_topic(left)
            owners = [own] if own else []
            marks.add("implied")
        return parties.stand_for(owners, keys)

    def _list_followers(self, parties: Parties, kind: str, position: int, end: int) -> tuple[list[str], list[str], int]:
        """Return the prepositions that follow a noun, the keys of the names they lead to and where these end."""
        follow = FOLLOWED.get(kind, FOLLOWED["other"])
        keys: list[str] = []
        words: list[str] = []
        right = position
        for _ in range(3):
            match = follow.match(parties.text, position, end)
            if match is None:
                break
            mutual = match["word"].lower() in MUTUAL
            found, after = parties.find_objects(match.end(), end, wide=kind == "acquisition", mutual=mutual)
            if not found:
                break
            position = after
            words.append(match["word"].lower())
            keys += found
        if not keys and (made := MADE_BY.match(parties.text, right, end)) and not BREAK.search(made[0]):
            found, after = parties.find_objects(made.end(), end, mutual=True)
            if len(found) > 1:
                return ["by"], found, after
        if not keys and (later := LATER.search(parties.text, right, min(end, right + 90))):
            found, after = parties.find_objects(later.end(), end)
            if found and not BREAK.search(ASIDE.sub("", parties.text[right : later.start()])):
                position = after
                words.append(later["word"].lower())
                keys += found
        return words, keys, position

    def _find_owners(
        self, parties: Parties, start: int, left: int, words: list[str], keys: list[str], marks: set[str]
    ) -> list[str]:
        """Return who has or makes the arrangement: who owns its noun, else the subject of the verb that governs it."""
        owners = parties.find_possessor(start, left)
        act = self.statuses.find_act(parties.text, start, left)
        compound = re.search(r"(?:ORG|PERSON) $", parties.text[max(start, left - 8) : left]) is not None
        if owners:
            marks.add("owner")
        if act is not None:
            marks.add("act")
            subjects = parties.find_subjects(start, act)
            if owners and subjects and compound:
                owners = [*subjects, *owners]
            if subjects:
                marks.add("subject")
                owners = owners or subjects
        elif not owners and keys and words[0] not in MUTUAL:
            if subjects := parties.find_subjects(start, left):
                marks.add("near")
                owners = subjects
        return owners

    def read_verb(self, parties: Parties, match: Match, start: int, end: int, marks: set[str]) -> list[str]:
        """Return the parties to a verb, [] when it has no object that is named."""
        wide = match.label == "AGREEMENT_OBJECT"
        objects, position = parties.find_objects(match.end + 1, end, wide=wide)
        if not objects:
            unnamed = UNNAMED_OBJECT.match(parties.text, match.end, end)
            if match.label != "AGREEMENT_WITH" or unnamed is None:
                return []
            marks.add(describe(unnamed))
            return parties.find_subjects(start, match.start)
        marks.add("object")
        subjects = parties.find_patient(start, match.start) if match.label == "AGREEMENT_BY" else []
        subjects = subjects or parties.find_subjects(start, match.start)
        if match.label != "AGREEMENT_WITH" and (seller := SELLER.match(parties.text, position, end)):
            found, position = parties.find_objects(seller.end(), end)
            objects += found
        if ".services." in match.rule and objects[0].startswith("person"):
            return []
        inside = [
            parties.narrative.get_name(name).value
            for name in parties.narrative.list_names(match.start, match.end)
            if not ASSET.match(parties.text, parties.narrative.get_end(name))
        ]
        objects = [*inside, *objects]
        if subjects:
            marks.add("subject")
        elif match.label == "AGREEMENT_WITH":
            subjects = self._find_later_subject(parties, match.start, position, end, marks)
        return parties.stand_for(subjects, objects)

    def _find_later_subject(self, parties: Parties, place: int, position: int, end: int, marks: set[str]) -> list[str]:
        """Return the subject behind an opening phrase at `place`, "Partnering with ORG, ORG opens", else whom the release
        is about.
        """
        later = parties.narrative.list_names(position, min(end, position + 120))
        if later and re.match(r"[^.;\"]{0,100}, $", parties.text[position : later[0]]):
            return [parties.narrative.get_name(later[0]).value]
        marks.add("implied")
        own = parties.narrative.name_topic(place)
        return [own] if own else []

    def read_aim(self, parties: Parties, start: int, end: int) -> list[str]:
        """Return the parties of the deal that an agreement aims at: "to acquire ORG"."""
        for match in self.rules.find_text(parties.text[start : min(end, start + 160)], "AGREEMENT_OBJECT"):
            if ".acquisition." in match.rule:
                found, position = parties.find_objects(start + match.end + 1, end, wide=True)
                seller = SELLER.match(parties.text, position, end) if found else None
                return [*found, *parties.find_objects(seller.end(), end)[0]] if seller else found
        return []


def list_both(parties: Parties, start: int, end: int, marks: set[str]) -> list[str]:
    """Return the two organizations that a clause names, of which one does something for the other, or the one that it is done
    by or for and whom the release is about; [] when it names more.
    """
    narrative = parties.narrative
    places = [place for place in narrative.list_names(start, end) if narrative.get_name(place).label != "PERSON"]
    keys = list(dict.fromkeys(narrative.get_name(place).value for place in places))
    own = narrative.name_client(end)
    if len(keys) == 1 and own and own not in keys and DONE.search(parties.text, start, places[0]):
        keys = [own, *keys]
        marks.add("implied")
    if len(keys) != BOTH:
        return []
    marks |= {"subject", "object"}
    return keys


def is_signed(text: str, match: Match, end: int, marks: set[str]) -> bool:
    """Whether a paper that names no party is said to be signed, and by those whom the release is about: several that were
    signed at a dinner may be anybody's.
    """
    several = re.search(r"memoranda|s\b", text[match.start : match.end]) is not None
    if SIGNED.match(text, match.end, end):
        return "described" in marks or not several
    return "act" in marks


def describe(unnamed: re.Match[str]) -> str:
    """Return the mark of a counterparty that is not named."""
    based = BASED.match(unnamed.string, unnamed.start("word"))
    return "unnamed" if unnamed["word"].isupper() and not based else "described"


def find_defendants(narrative: Narrative, offset: int) -> list[str]:
    """Return who made a plea agreement: those the sentence names, else the last person named before it."""
    start, end = narrative.find_sentence(offset)
    for low, high in ((start, end), (max(0, start - 1500), start)):
        people = [place for place in narrative.list_names(low, high) if narrative.get_name(place).label == "PERSON"]
        people = [place for place in people if narrative.get_name(place).value not in narrative.employers]
        if people:
            return [narrative.get_name(people[-1 if high == start else 0]).value]
    return []
