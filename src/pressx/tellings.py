"""Tellings: each place of a release that tells of an arrangement, with its parties, its status and how firmly it tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pressx.layout import BlockKind
from pressx.narratives import SILENT, Narrative
from pressx.parties import NAME, Parties
from pressx.rules import Match, RuleSet
from pressx.signatories import Signatory

REACH = 1200  # how far back, in characters, a subject is looked for in a sentence without end

# Prepositions that lead to a party, by kind of arrangement.
WITH = re.compile(
    r"(?: \([^()\n]{1,40}\))?(?:,)? ?(?:\w+ ){0,2}?(?P<word>with|between|among|by and between)\b(?: and among)? (?:both )?",
    re.IGNORECASE,
)
FOLLOWED = {
    "acquisition": re.compile(r"(?: agreement)?,? (?P<word>of|by|from|between|with|in) ", re.IGNORECASE),
    "merger": re.compile(r"(?: agreement)? (?P<word>of|with|between|into|by) ", re.IGNORECASE),
    "financing": re.compile(
        r"(?:,)? ?(?:round |funding |financing |facility |of \S+ (?:million |billion )?)?(?P<word>from|led by|co-led by|provided by|awarded by|by|with|between|in|to|through) ",
        re.IGNORECASE,
    ),
    "sponsorship": re.compile(r" (?P<word>of|from|with|by|between) ", re.IGNORECASE),
    "other": re.compile(
        r"(?: \([^()\n]{1,60}\))? (?P<word>with|between|from|by|among|by and between|of) (?:both )?", re.IGNORECASE
    ),
}
LATER = re.compile(r"\b(?P<word>with|between|from|led by)\b ", re.IGNORECASE)
CLOSED = re.compile(
    r"(?i)\b(?:complet(?:ed|es|ion)|clos(?:ed|es|ing) (?:of|on|its|the)|closed|finali[sz](?:ed|ation)|consummated|has (?:now )?acquired|had acquired)\b"
)
# A life told: what somebody's former employers agreed is seldom what the release reports.
BIOGRAPHY = re.compile(
    r"(?i)\b(?:served as|previously (?:held|worked|was|served)|prior to|before joining|career|years of experience|founded|co-founded|where (?:he|she))\b"
)
PRONOUN_START = re.compile(r"(?:He|She|Mr\.|Ms\.|Dr\.) ")
PARTICIPLE = re.compile(r"\b(?:\w+ed|built|made|run|held|led) $")
PENDING = re.compile(r"(?i)\b(?:pending|upcoming|expected|anticipated)\b")
DEFINITIVE = re.compile(
    r"(?i)\b(?:definitive|agreed|agrees|agreement|pending|signed|signs|subject to|expected to close|upon closing)\b"
)
AGREED = re.compile(r"(?i)\b(?:will|to|would)(?: \w+ly)? $")
PLANNED = re.compile(
    r"(?i)\b(?:plans?|planned|intends?|intention|proposes?|proposed|seeks?|looking|offer(?:ed|s)?|option|opportunity|letter of intent|loi|potential|negotiat\w+|progressing|in talks|hopes?)\b[^.]{0,40}$"
)


AMOUNT = re.compile(r"[$€£]?[\d,.]+(?:[MBKmbk]|million|billion)?|million|billion")
AUXILIARY = re.compile(
    r"(?i)(?:\b(?:has|have|had|is|are|will|to|agreed|agrees|also|recently|officially|be|been|was|were) ){1,4}$"
)
GOVERNED = re.compile(r"(?i)(?!.*\b(?:with|through|by|into|via|after|following)\b)")
PAIRED = re.compile(r"(?i)(?:ORG|PERSON|THEY|have|has|will|to|they|companies|organizations|two|both)(?: \w+ly)? $")


@dataclass(frozen=True)
class Telling:
    """One place that tells of an arrangement; offsets are of the outline."""

    start: int
    end: int
    rule: str
    kind: str
    status: str
    parties: tuple[str, ...]
    sentence: tuple[int, int]
    marks: frozenset[str] = field(default_factory=frozenset)
    score: float = 0.0


class Reader:
    """Reads tellings from a narrative."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        words = {
            name: "|".join(
                r"\s+".join(map(re.escape, entry.split()))
                for entry in sorted(rules.lexicon(f"agreement_{name}"), key=lambda entry: (-len(entry), entry))
            )
            for name in ("proposed", "signed", "completed", "amended", "terminated", "denials", "hedges", "stops")
        }
        self.acts = {
            name: re.compile(rf"(?<![\w'-])(?:{words[name]})(?![\w-])", re.IGNORECASE)
            for name in ("proposed", "signed", "completed", "amended", "terminated")
        }
        self.denial = re.compile(rf"(?<![\w'-])(?:{words['denials']})(?![\w'-])", re.IGNORECASE)
        self.hedge = re.compile(rf"(?<![\w'-])(?:{words['hedges']})(?![\w'-])", re.IGNORECASE)
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
            if telling := self._tell(narrative, parties, match, signers):
                found.append(telling)
        return found

    def _find_triggers(self, narrative: Narrative) -> Iterator[Match]:
        matches = [
            match
            for label in (
                "AGREEMENT_NOUN",
                "AGREEMENT_WITH",
                "AGREEMENT_OBJECT",
                "AGREEMENT_BY",
                "AGREEMENT_PAIR",
                "AGREEMENT_ALONE",
            )
            for match in self.rules.find_text(narrative.text, label)
        ]
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
        if self._is_denied(before, after):
            return None
        kind = match.rule.split(".")[1]
        keys: list[str]
        marks: set[str] = set()
        auxiliary = AUXILIARY.search(before[-40:]) if match.label != "AGREEMENT_NOUN" else None
        left = match.start - (len(auxiliary[0]) if auxiliary else 0)
        if match.label == "AGREEMENT_NOUN":
            left = self._widen(narrative.text, start, match.start)
            keys, _right = self._read_noun(parties, kind, start, left, match.end, end, marks)
            if kind == "plea":
                keys = find_defendants(narrative, match.start)
            present = [signer for place, signer in signers if sentence[0] <= place < sentence[1]]
            if present:
                marks.add("signers")
                keys = [key for key in keys if not key.startswith("person")]
                if len(keys) < 2:
                    keys += [signer.organization for signer in present if signer.organization]
                    keys = list(dict.fromkeys(keys))
                if len(keys) < 2:
                    keys = list(dict.fromkeys([*keys, *narrative.name_actors()]))[:2]
        elif match.label == "AGREEMENT_PAIR":
            keys, _right = parties.find_subjects(start, match.start), match.end
            if len(keys) < 2 or not PAIRED.search(before):
                return None
        elif match.label == "AGREEMENT_ALONE":
            keys, _right = parties.find_subjects(start, match.start), match.end
            marks.add("alone")
        else:
            keys, _right = self._read_verb(parties, match, start, end, marks)
        if not keys:
            return None
        status = self._read_status(match, kind, narrative.text, start, left, match.end, end, marks)
        if kind in ("other", "financing", "letter_of_intent") and (deal := self._read_aim(parties, match.end, end)):
            marks.add("aim")
            keys = list(dict.fromkeys([*keys, *deal]))
            if kind == "other":
                kind = "acquisition"
        if len(keys) > 1:
            marks.add("two")
        if len(keys) > 4:
            marks.add("many")
        marks |= self._mark_place(narrative, match)
        if match.label == "AGREEMENT_NOUN" and narrative.text[match.start : match.end].endswith("s"):
            marks.add("plural")
        if len(keys) == 1 and "plural" in marks:
            marks.add("plural_alone")
        if BIOGRAPHY.search(before) or PRONOUN_START.match(before):
            marks.add("biography")
        if match.label == "AGREEMENT_WITH" and PARTICIPLE.search(before):
            marks.add("participle")
        if re.search(r"(?:19|20)\d\d", after[:80]) or re.search(r"\b(?:19|20)\d\d\b", before[-80:]):
            marks.add("year")
        if re.search(r"(?i)\b(?:previous(?:ly)?|past|earlier|history|formerly|former|recent(?:ly)?)\b", before[-60:]):
            marks.add("past")
        if re.search(r"(?i)\b(?:today|proud|pleased|excited|thrilled|delighted|announce[sd]?)\b", before[-200:]):
            marks.add("news")
        marks.add(match.label.rsplit("_", 1)[1].lower())
        return Telling(left, match.end, match.rule, kind, status, tuple(keys), sentence, frozenset(marks))

    def _is_denied(self, before: str, after: str) -> bool:
        clause = re.split(r"[;:]|, (?:and|but) ", before)[-1][-90:]
        return bool(self.denial.search(clause) or self.hedge.search(clause[-45:]))

    def _widen(self, text: str, floor: int, start: int) -> int:
        """Return where the words that describe a noun begin: "binding", "five-year hydrogen"."""
        while match := re.search(r"(?<![\w'])[\w/%$€£.&-]{1,24} $", text[max(floor, start - 26) : start]):
            word = match[0].strip()
            if (
                word.lower() in self.stop
                or AMOUNT.fullmatch(word)
                or word in {"ORG", "PERSON", "THEY", "TITLE"}
                or not word[0].isalnum()
            ):
                break
            start -= len(match[0])
        return start

    def _read_noun(
        self, parties: Parties, kind: str, start: int, left: int, right: int, end: int, marks: set[str]
    ) -> tuple[list[str], int]:
        text = parties.text
        follow = FOLLOWED.get(kind, FOLLOWED["other"])
        keys: list[str] = []
        position = right
        words = []
        for _ in range(3):
            match = follow.match(text, position, end)
            if match is None:
                break
            found, position = parties.find_objects(match.end(), end, wide=kind == "acquisition")
            if not found:
                break
            words.append(match["word"].lower())
            keys += found
        if not keys and (match := LATER.search(text, right, min(end, right + 90))):
            found, position = parties.find_objects(match.end(), end)
            if found and not re.search(rf"{NAME}|[.;:\"]", text[right : match.start()]):
                words.append(match["word"].lower())
                keys += found
        if keys:
            marks.add("object")
        owners = parties.find_possessor(start, left)
        act = self._find_act(text, start, left)
        compound = re.search(r"(?:ORG|PERSON) $", text[max(start, left - 8) : left]) is not None
        if owners:
            marks.add("owner")
        if act is not None:
            marks.add("act")
            subjects = parties.find_subjects(start, act)
            if owners and subjects and compound:
                owners = [*subjects, *owners]
            if subjects and not (words and words[0] in ("between", "among") and len(keys) > 1):
                marks.add("subject")
                owners = owners or subjects
        elif not owners and keys and words[0] not in ("between", "among"):
            if subjects := parties.find_subjects(start, left):
                marks.add("near")
                owners = subjects
        if words and words[0] in ("between", "among") and len(keys) > 1:
            owners = []
        if keys and not owners and words[0] == "with":
            own = parties.narrative.name_topic(left)
            owners = [own] if own else []
            marks.add("implied")
        return parties.stand_for(owners, keys), position

    def _find_act(self, text: str, start: int, left: int) -> int | None:
        """Return the offset of the verb that governs a noun: the last verb of agreeing before it."""
        floor = max(start, left - 160)
        found = [match.start() for act in self.acts.values() for match in act.finditer(text, floor, left)]
        return max(found, default=None)

    def _read_verb(
        self, parties: Parties, match: Match, start: int, end: int, marks: set[str]
    ) -> tuple[list[str], int]:
        wide = match.label == "AGREEMENT_OBJECT"
        objects, position = parties.find_objects(match.end + 1, end, wide=wide)
        if not objects:
            return [], match.end
        marks.add("object")
        subjects = parties.find_patient(start, match.start) if match.label == "AGREEMENT_BY" else []
        subjects = subjects or parties.find_subjects(start, match.start)
        if match.label != "AGREEMENT_WITH" and (
            seller := re.compile(rf"(?:[^.;:\"\n]{{0,80}}?),? from (?={NAME})").match(parties.text, position, end)
        ):
            found, position = parties.find_objects(seller.end(), end)
            objects += found
        if ".services." in match.rule:
            objects = [key for key in objects if not key.startswith("person")]
            if not objects:
                return [], match.end
        inside = [
            parties.narrative.get_name(name).value for name in parties.narrative.list_names(match.start, match.end)
        ]
        objects = [*inside, *objects]
        if subjects:
            marks.add("subject")
        if not subjects and match.label == "AGREEMENT_WITH":
            later = parties.narrative.list_names(position, min(end, position + 120))
            if later and re.match(r"[^.;\"]{0,100}, $", parties.text[position : later[0]]):
                subjects = [parties.narrative.get_name(later[0]).value]
            else:
                marks.add("implied")
                own = parties.narrative.name_topic(match.start)
                subjects = [own] if own else []
        return parties.stand_for(subjects, objects), position

    def _read_aim(self, parties: Parties, start: int, end: int) -> list[str]:
        """Return the parties of the deal that an agreement aims at: "to acquire ORG"."""
        for match in self.rules.find_text(parties.text[start : min(end, start + 160)], "AGREEMENT_OBJECT"):
            if ".acquisition." in match.rule:
                found, _ = parties.find_objects(start + match.end + 1, end, wide=True)
                return found
        return []

    def _read_status(
        self, match: Match, kind: str, text: str, start: int, left: int, right: int, end: int, marks: set[str]
    ) -> str:
        before = text[max(start, match.start - 100) : right]
        after = text[right : min(end, right + 120)]
        for status in ("terminated", "amended"):
            for act in self.acts[status].finditer(text, max(start, match.start - 60), right):
                if GOVERNED.match(text[act.end() : match.start]):
                    return status
        if kind in ("mou", "letter_of_intent"):
            return "signed"
        if kind in ("acquisition", "merger"):
            return self._read_deal_status(match, before, after, marks)
        hits = [
            (hit.start(), status)
            for status in ("proposed", "signed", "completed")
            for hit in self.acts[status].finditer(before)
        ]
        if match.label == "AGREEMENT_NOUN" and hits:
            status = max(hits)[1]
            return (
                "completed" if kind == "financing" and status == "signed" and not DEFINITIVE.search(before) else status
            )
        if match.label != "AGREEMENT_NOUN" and PLANNED.search(before[: match.start - right]):
            return "proposed"
        return "completed" if kind in ("financing", "settlement") else "signed"

    def _read_deal_status(self, match: Match, before: str, after: str, marks: set[str]) -> str:
        """Return the status of an acquisition or merger; it is held for completed unless words say otherwise."""
        length = match.end - match.start
        ahead = before[: len(before) - length]
        if PENDING.search(before):
            marks.add("explicit")
            return "signed"
        if CLOSED.search(before) or CLOSED.search(after[:60]):
            marks.add("explicit")
            return "completed"
        if PLANNED.search(ahead):
            return "proposed"
        if DEFINITIVE.search(before) or DEFINITIVE.search(after[:60]) or AGREED.search(ahead):
            marks.add("explicit")
            return "signed"
        return "signed" if ".merger." in match.rule and match.label == "AGREEMENT_NOUN" else "completed"

    def _mark_place(self, narrative: Narrative, match: Match) -> set[str]:
        kind = narrative.get_kind(match.start)
        marks = {kind.value}
        if kind in (BlockKind.HEADLINE, BlockKind.SUBHEADLINE):
            marks.add("top")
        elif narrative.is_lead(match.start):
            marks.add("lead")
        if narrative.find_quote(match.start):
            marks.add("quote")
        return marks


def find_defendants(narrative: Narrative, offset: int) -> list[str]:
    """Return who made a plea agreement: those the sentence names, else the last person named before it."""
    start, end = narrative.find_sentence(offset)
    for low, high in ((start, end), (max(0, start - 1500), start)):
        people = [place for place in narrative.list_names(low, high) if narrative.get_name(place).label == "PERSON"]
        people = [place for place in people if narrative.get_name(place).value not in narrative.employers]
        if people:
            return [narrative.get_name(people[-1 if high == start else 0]).value]
    return []
