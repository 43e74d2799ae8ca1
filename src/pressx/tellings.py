"""Tellings: each place of a release that tells of an arrangement, with its parties, its status and how firmly it tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pressx.counterparties import Counterparties
from pressx.layout import BlockKind
from pressx.narratives import SILENT, Narrative
from pressx.parties import Parties
from pressx.rules import Match, RuleSet
from pressx.signatories import Signatory
from pressx.statuses import StatusReader, compile_words

REACH = 1200  # how far back, in characters, a subject is looked for in a sentence without end
LABELS = (
    "AGREEMENT_NOUN",
    "AGREEMENT_WITH",
    "AGREEMENT_OBJECT",
    "AGREEMENT_BY",
    "AGREEMENT_PAIR",
    "AGREEMENT_ALONE",
    "AGREEMENT_JOINED",
)
AMOUNT = re.compile(r"[$€£]?[\d,.]+(?:[MBKmbk]|million|billion)?|million|billion")
AUXILIARY = re.compile(
    r"(?i)(?:\b(?:has|have|had|is|are|will|to|agreed|agrees|also|recently|officially|be|been|was|were) ){1,4}$"
)
PAIRED = re.compile(r"(?i)(?:ORG|PERSON|THEY|have|has|will|to|they|companies|organizations|two|both)(?: \w+ly)? $")
# A life told: what somebody's former employers agreed is seldom what the release reports.
BIOGRAPHY = re.compile(
    r"(?i)\b(?:served as|previously (?:held|worked|was|served)|prior to|before joining|career|years of experience|founded|co-founded|where (?:he|she))\b"
)
PRONOUN_START = re.compile(r"(?:He|She|Mr\.|Ms\.|Dr\.) ")
PARTICIPLE = re.compile(r"\b(?:\w+ed|built|made|run|held|led) $")
# "The following memoranda were signed:" and the lines below it, each of which names two parties.
LISTING = re.compile(r"[^\n:]{0,300}:\s{0,6}(?=[*\u2022\u00b7-]|ORG|\d)")
ITEM = re.compile(r"(?:[*\u2022\u00b7-] ?|\d{1,2}[.)] |(?=ORG))(?P<item>[^\n]{1,400})(?:\s{1,4}|$)")
PAIR = re.compile(
    r"(?P<one>ORG)(?: ?\([^()\n]{1,60}\))? (?:and|&|with|-|\u2013|\u2014|/|x) (?:the )?(?P<other>ORG)"
    r"(?![^\n]{0,400}\b(?:is|are|was|were|has|have|will)\b)"
)
FEWEST_PAIRS = 2  # one line alone may be anything
YEAR = re.compile(r"(?:19|20)\d\d")
PAST = re.compile(r"(?i)\b(?:previous(?:ly)?|past|earlier|history|formerly|former|recent(?:ly)?)\b")
# "had signed a letter of intent in March": what came before the arrangement that is told.
BEFORE = re.compile(r"(?i)\bhad (?:already |previously |first )?(?:signed|concluded|entered into|agreed|inked)\b")
# "acquisition and joint venture opportunities", "our partnership strategy": what is looked for, not what was agreed.
PROSPECT = re.compile(
    r"(?: (?:and|or) [\w -]{3,30})? (?:opportunit(?:y|ies)|strateg(?:y|ies)|targets?|candidates?|pipeline|prospects)\b"
)
# "an agreement on academic exchange and a memorandum on student exchange"
SECOND = re.compile(
    r"(?i)\b(?:agreement|memorandum(?: of understanding)?|MO[UA]|letter of intent|contract|treaty|declaration)(?: \([^()\n]{1,40}\))?"
    r" (?:on|for|regarding) [^.;:,\n\"]{3,70} and (?:an?|the) (?:[\w-]{1,20} ){0,3}$"
)
CURRENCY = re.compile(r"[A-Z]{0,3}[$\u20ac\u00a3]$")  # "a US$39 million loan"
MONTH = re.compile(r"\bMay\b")  # hedges nothing, unlike "may"
DEFINITE = re.compile(r"(?i)\bthe (?:said )?$")  # "Ann Poe and Tom Roe signed the agreement"
NEWS = re.compile(r"(?i)\b(?:today|proud|pleased|excited|thrilled|delighted|announce[sd]?)\b")


@dataclass(frozen=True)
class Telling:
    """One place that tells of an arrangement; offsets are of the outline, `members` who else is said to take part."""

    start: int
    end: int
    rule: str
    kind: str
    status: str
    parties: tuple[str, ...]
    sentence: tuple[int, int]
    marks: frozenset[str] = field(default_factory=frozenset)
    members: tuple[str, ...] = ()


class Reader:
    """Reads tellings from a narrative."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.statuses = StatusReader(rules)
        self.counterparties = Counterparties(rules, self.statuses)
        self.denial = compile_words(rules.lexicon("agreement_denials"))
        self.hedge = compile_words(rules.lexicon("agreement_hedges"))
        self.stop = rules.lexicon("agreement_stops")

    def read(self, narrative: Narrative, signers: Sequence[tuple[int, Signatory]] = ()) -> list[Telling]:
        """Return the tellings of a narrative in text order; of words that overlap the longest count.

        Those who signed stand for their organizations where a sentence does not name the parties.
        """
        parties = Parties(narrative)
        found = []
        for match in self._find_triggers(narrative):
            if narrative.get_kind(match.start) in SILENT:
                continue
            if listed := self._tell_listed(narrative, match):
                found += listed
            elif match.label == "AGREEMENT_JOINED":
                if joined := self._tell_joined(narrative, parties, match):
                    found.append(joined)
            elif telling := self._tell(narrative, parties, match, signers):
                found.append(telling)
        return found

    def _tell_listed(self, narrative: Narrative, match: Match) -> list[Telling]:
        """Return a telling for each pair of parties in the lines below a sentence that announces several arrangements."""
        text, sentence = narrative.text, narrative.find_sentence(match.start)
        opening = LISTING.match(text, match.end)
        if match.label != "AGREEMENT_NOUN" or opening is None or self._is_denied(text[sentence[0] : match.start]):
            return []
        pairs = []
        position = opening.end()
        while item := ITEM.match(text, position):
            if pair := PAIR.match(text, item.start("item"), item.end("item")):
                pairs.append(tuple(narrative.get_name(pair.start(name)).value for name in ("one", "other")))
            position = item.end()
        if len(pairs) < FEWEST_PAIRS:
            return []
        kind = match.rule.split(".")[1]
        status, _ = self.statuses.read(text, match, kind, sentence[0], opening.end())
        left = self._find_left(text, sentence[0], match)
        marks = frozenset({"noun", "two", "act", "object"} | mark_place(narrative, match))
        return [Telling(left, match.end, match.rule, kind, status, pair, sentence, marks) for pair in pairs]

    def _tell_joined(self, narrative: Narrative, parties: Parties, match: Match) -> Telling | None:
        """Return the telling of who takes part beside the company, listed before the words or, with `after`, behind them."""
        sentence = narrative.find_sentence(match.start)
        start, end = max(sentence[0], match.start - REACH), min(sentence[1], match.end + REACH)
        if self._is_denied(narrative.text[start : match.start]):
            return None
        if "after" in match.groups:
            members, _ = parties.find_objects(match.end + 1, end)
        else:
            members = parties.list_before(start, match.start)
        own = narrative.name_topic(match.start)
        members = [key for key in members if key != own]
        if own is None or not members:
            return None
        kind = match.rule.split(".")[1]
        marks = frozenset({"joined"} | mark_place(narrative, match))
        return Telling(
            match.start, match.end, match.rule, kind, "completed", (own,), sentence, marks, members=tuple(members)
        )

    def _find_triggers(self, narrative: Narrative) -> Iterator[Match]:
        matches = [match for label in LABELS for match in self.rules.find_text(narrative.text, label)]
        last = -1
        for match in sorted(matches, key=lambda match: (match.start, -match.end)):
            if match.start >= last:
                last = match.end
                yield match

    def _tell(
        self, narrative: Narrative, parties: Parties, match: Match, signers: Sequence[tuple[int, Signatory]]
    ) -> Telling | None:
        sentence = narrative.find_sentence(match.start)
        start, end = max(sentence[0], match.start - REACH), min(sentence[1], match.end + REACH)
        before, after = narrative.text[start : match.start], narrative.text[match.end : end]
        if self._is_denied(before) or PROSPECT.match(after):
            return None
        marks: set[str] = set()
        left = self._find_left(narrative.text, start, match)
        keys = self._read_parties(parties, match, (start, left, end), marks)
        if "anaphor" in marks:
            keys = narrative.actors[:2]
        if match.label == "AGREEMENT_NOUN" and SECOND.search(before[: left - start]):
            marks.add("second")
        if match.label == "AGREEMENT_NOUN":
            present = [signer for place, signer in signers if sentence[0] <= place < sentence[1]]
            if present:
                marks.add("signers")
                if DEFINITE.search(before[: left - start]):
                    marks.add("definite")
                keys = add_signers(narrative, keys, present)
        kind = match.rule.split(".")[1]
        aims = kind in ("other", "financing", "letter_of_intent")
        aimed = self.counterparties.read_aim(parties, match.end, end) if aims else []
        if aimed and not keys:
            marks.add("implied")
            keys = [own] if (own := narrative.name_topic(match.start)) else []
        if not keys:
            return None
        status, explicit = self.statuses.read(narrative.text, match, kind, start, end)
        if explicit:
            marks.add("explicit")
        if aimed:
            marks.add("aim")
            keys = list(dict.fromkeys([*keys, *aimed]))
            if kind == "other":
                kind = "acquisition"
        marks |= mark_parties(narrative, match, keys) | mark_place(narrative, match)
        marks |= mark_words(match, before, after)
        return Telling(left, match.end, match.rule, kind, status, tuple(keys), sentence, frozenset(marks))

    def _is_denied(self, before: str) -> bool:
        clause = MONTH.sub("", re.split(r"[;:]|, (?:and|but) ", before)[-1][-90:])
        return bool(self.denial.search(clause) or self.hedge.search(clause[-45:]))

    def _find_left(self, text: str, floor: int, match: Match) -> int:
        """Return where the words that belong to those matched begin: "binding", "five-year hydrogen"; "has", "agreed to"."""
        start = match.start
        if currency := CURRENCY.search(text, max(floor, start - 4), start):
            start = currency.start()
        if match.label != "AGREEMENT_NOUN":
            auxiliary = AUXILIARY.search(text, max(floor, start - 40), start)
            return auxiliary.start() if auxiliary else start
        while word := re.search(r"(?<![\w'])[\w/%$€£.&-]{1,24} $", text[max(floor, start - 26) : start]):
            name = word[0].strip()
            if (
                name.lower() in self.stop
                or AMOUNT.fullmatch(name)
                or name in {"ORG", "PERSON", "THEY", "TITLE"}
                or not name[0].isalnum()
            ):
                break
            start -= len(word[0])
        return start

    def _read_parties(
        self, parties: Parties, match: Match, sentence: tuple[int, int, int], marks: set[str]
    ) -> list[str]:
        """Return the keys of the parties; `sentence` is its start, the start of the words matched and its end."""
        start, left, end = sentence
        if match.label == "AGREEMENT_NOUN":
            return self.counterparties.read_noun(parties, match, start, left, end, marks)
        if match.label == "AGREEMENT_ALONE":
            inside = parties.narrative.list_names(match.start, match.end)
            others = (
                [] if ".acquisition." in match.rule else [parties.narrative.get_name(name).value for name in inside]
            )
            return parties.stand_for(parties.find_subjects(start, match.start), others)
        if match.label == "AGREEMENT_PAIR":
            keys = parties.find_subjects(start, match.start)
            return keys if len(keys) > 1 and PAIRED.search(parties.text, start, match.start) else []
        return self.counterparties.read_verb(parties, match, start, end, marks)


def add_signers(narrative: Narrative, keys: Sequence[str], signers: Sequence[Signatory]) -> list[str]:
    """Return the parties of a sentence in which people sign: organizations it names, those of the people, else the
    actors of the release.
    """
    parties = [key for key in keys if not key.startswith("person")]
    if len(parties) < 2:
        parties += [signer.organization for signer in signers if signer.organization]
    if len(set(parties)) < 2:
        parties = list(dict.fromkeys([*parties, *narrative.actors]))[:2]
    return list(dict.fromkeys(parties))


def mark_parties(narrative: Narrative, match: Match, keys: Sequence[str]) -> set[str]:
    """Return the marks of who and how many the parties are, and of the form of the words."""
    text = narrative.text
    marks = {match.label.rsplit("_", 1)[1].lower()}
    if match.label == "AGREEMENT_NOUN" and text[match.start : match.end].endswith("s"):
        marks |= {"plural", "plural_alone"} if len(keys) == 1 else {"plural"}
    if len(keys) > 1:
        marks.add("two")
    if narrative.issuer in keys or narrative.protagonist in keys:
        marks.add("own")
    if any(key.startswith("person") for key in keys):
        marks.add("person")
    if len(keys) > 1 and set(keys) <= set(narrative.actors):
        marks.add("headlined")
    if len(keys) > 4:
        marks.add("many")
    return marks


def mark_place(narrative: Narrative, match: Match) -> set[str]:
    """Return the marks of where in the release the words stand."""
    kind = narrative.get_kind(match.start)
    marks = {kind.value}
    if kind in (BlockKind.HEADLINE, BlockKind.SUBHEADLINE):
        marks.add("top")
    elif narrative.is_lead(match.start):
        marks.add("lead")
    if narrative.find_quote(match.start):
        marks.add("quote")
    return marks


def mark_words(match: Match, before: str, after: str) -> set[str]:
    """Return the marks of what the sentence says before and after the words."""
    marks = set()
    if BIOGRAPHY.search(before) or PRONOUN_START.match(before):
        marks.add("biography")
    if match.label == "AGREEMENT_WITH" and PARTICIPLE.search(before):
        marks.add("participle")
    if YEAR.search(after[:80]) or YEAR.search(before[-80:]):
        marks.add("year")
    if BEFORE.search(before):
        marks.add("before")
    if PAST.search(before[-60:]):
        marks.add("past")
    if NEWS.search(before[-200:]):
        marks.add("news")
    return marks
