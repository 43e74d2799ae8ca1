"""Statuses: how far an arrangement has come, read from the verbs that govern its words and from what stands beside them."""

import re
from collections.abc import Iterable

from pressx.rules import Match, RuleSet

STATUSES = ("proposed", "signed", "completed", "amended", "terminated")

CLOSED = re.compile(
    r"(?i)(?<!not yet )(?<!not )\b(?:complet(?:ed|es|ion)|clos(?:ed|es|(?<!upon clos)(?<!\bat clos)(?<!until clos)(?<!to clos)(?<!upon the clos)(?<!to the clos)(?<!until the clos)ing) (?:of|on|its|the)|closed|finali[sz](?:ed|ation)|consummated|has (?:now )?acquired|had acquired)\b"
)
PENDING = re.compile(r"(?i)\b(?:pending|upcoming|expected|anticipated)\b")
DEFINITIVE = re.compile(
    r"(?i)\b(?:definitive|agreed|agrees|agreement|pending|signed|signs|subject to|expected to close|upon closing)\b"
)
AGREED = re.compile(r"(?i)\b(?:will|to|would)(?: \w+ly)? $")
PLANNED = re.compile(
    r"(?i)\b(?:plans?|planned|intends?|intention|proposes?|proposed|seeks?|looking|offer(?:ed|s)?|option|opportunity|letter of intent|loi|potential|negotiat\w+|progressing|in talks|hopes?)\b[^.]{0,40}$"
)
# "agreed to sign a memorandum by June", "are preparing a letter of intent", "intend to initial, in the spring, a protocol"
UNSIGNED = re.compile(
    r"(?i)\b(?:(?:agree[sd]?|plan(?:s|ned)?|intend(?:s|ed)?|hope[sd]?|want(?:s|ed)?|(?:is|are|was|were) (?:due|expected|set|scheduled|planning|going)) to|will|shall)"
    r"(?: soon| also| then| formally| shortly| (?:in|within|by|before|at) (?:the |this |next )?(?:[\w-]{1,20} ){0,2}[\w-]{1,20}){0,2}? (?:sign|conclude|ink|negotiate|draft|execute|initial|subscribe|enter into|formali[sz]e)\b(?:, [^.;]{1,80},)?[^.,;]{0,60}$"
    r"|\bagree[sd]? (?:on|upon) (?:signing|concluding) [^.,;]{0,40}$"
    r"|\b(?:draft|planned|proposed|preparing|negotiating) (?:an? |the )?(?:[\w-]{1,20} ){0,2}$"
)
# What the words of an arrangement are the subject of: "with ORG, in force since May,".
SUBJECT = r"(?: \([^()\n]{1,60}\))?(?:,? [^.;:,\"\n]{1,80})?(?:, [^.;:,\"\n]{1,80},)?(?:,| which| that)? ?"
UNSIGNED_YET = re.compile(
    rf"(?i){SUBJECT}"
    r"\b(?:(?:will|would|shall|should|could|(?:is|are) (?:to|due to|expected to|likely to|planned to|set to)) (?:\w+ly )?be (?:\w+ly )?"
    r"(?:signed|concluded|finali[sz]ed|executed|initiall?ed|inked|renewed|extended|subscribed)"
    r"|to be (?:\w+ly )?(?:signed|concluded|finali[sz]ed|executed|initiall?ed|inked|renewed)"
    r"|(?:is|are) (?:now |currently |still )?(?:being (?:prepared|drafted|negotiated|finali[sz]ed)|(?:under|in) (?:study|negotiation|preparation|discussion|the final stages?)))\b"
)
# "a contract which ORG plans to conclude"
TO_BE_SIGNED = re.compile(
    r"(?i)(?: \([^()\n]{1,60}\))?,? (?:which|that) (?:ORG|THEY|it|they|we|the two \w+) (?:(?:plans?|intends?|hopes?|expects?|wants?|(?:is|are) (?:due |expected |set )?)\s?to|will)"
    r" (?:\w+ly )?(?:sign|conclude|ink|execute|enter into|renew)\b"
)
CHANGED = re.compile(
    rf"(?i){SUBJECT}"
    r"\b(?:(?:was|were|has been|have been|had been)(?: \w+ly)? |, )(?:renewed|extended|prolonged|amended)\b"
    r"|(?i:(?: \([^()\n]{1,60}\))?,? (?:which|that)) (?:ORG|THEY|they|we|it)(?: and ORG)? (?:\w+ly )?(?:renewed|extended|prolonged|amended)\b"
)
CHANGING = re.compile(r"(?i)\b(?:addend(?:um|a)|annex|extension|amendment|renewal)\b")
# "the debts taken over through its October merger": what something came of is done.
BEHIND = re.compile(
    r"(?i)\b(?:through|via|following|after|since|from|during) (?:its|their|the|our|an?) (?:[\w-]{1,20} ){0,3}$"
)
AHEAD = re.compile(r"(?i)\b(?:will|would|shall|may|expects?|expected|to (?:become|list|go))\b")
# "Kestrel, which is a joint venture between": one that stands.
STANDS = re.compile(
    r"(?i)\b(?:(?:is|was|are|were|(?:formed|established|set up|operates|operating|operated) as) an? (?:[\w:/-]{1,20} ){0,3}"
    r"|through (?:its|their|the) (?:[\w&-]{1,30} ){1,4})$"
)
ENDED = re.compile(
    rf"(?i)(?:'s)? (?:termination|cancellation)\b|{SUBJECT}\b(?:(?:was|were|has been|have been|had been)(?: \w+ly)? (?:terminated|rescinded|cancell?ed|called off|dissolved)|lapsed|ended|came to an end|fell through|expired in)\b"
)
# A loan agreement is signed, a loan runs.
PAPER = re.compile(r"(?i)\b(?:agreements?|contracts?|conventions?|deeds?|protocols?)\b")
DEALS = frozenset({"acquisition", "merger"})
# What is told without a verb of agreeing runs: money that was raised, "its joint venture with Northwind".
RUNNING = frozenset({"financing", "settlement", "joint_venture"})
# A grant that was awarded is paid, a contract that was awarded is made: of 4 in the annotated releases all are signed.
CONTRACTED = frozenset({"services", "supply"})
GOVERNED = re.compile(r"(?i)(?!.*\b(?:with|through|by|into|via|after|following)\b)")


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words or phrases as whole words, in any case and across line ends."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    choices = "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)
    return re.compile(rf"(?<![\w'-])(?:{choices})(?![\w-])", re.IGNORECASE)


class StatusReader:
    """Reads statuses by the verbs of the lexicons `agreement_proposed` to `agreement_terminated`."""

    def __init__(self, rules: RuleSet) -> None:
        self.acts = {status: compile_words(rules.lexicon(f"agreement_{status}")) for status in STATUSES}

    def find_act(self, text: str, start: int, end: int) -> int | None:
        """Return the offset of the verb that governs a noun at `end`: the last verb of agreeing before it."""
        floor = max(start, end - 160)
        found = [match.start() for act in self.acts.values() for match in act.finditer(text, floor, end)]
        return max(found, default=None)

    def read(self, text: str, match: Match, kind: str, start: int, end: int) -> tuple[str, bool]:
        """Return the status that the sentence from `start` to `end` gives the arrangement that `match` names, and whether
        the sentence says it in so many words that an acquisition or merger is agreed or closed.
        """
        if status := self._read_change(text, match, start, end):
            return status, False
        before = text[max(start, match.start - 100) : match.start]
        if UNSIGNED.search(before) or (
            kind not in DEALS and (UNSIGNED_YET.match(text, match.end, end) or TO_BE_SIGNED.match(text, match.end, end))
        ):
            return "proposed", False
        if kind in ("mou", "letter_of_intent"):
            return "signed", False
        if kind == "joint_venture" and STANDS.search(before):
            return "completed", False
        words = text[match.start : match.end]
        after = text[match.end : min(end, match.end + 120)]
        if kind in DEALS:
            return read_deal(match, before, words, after)
        told = before + words
        hits = [
            (hit.start(), status, hit.end())
            for status in ("proposed", "signed", "completed")
            for hit in self.acts[status].finditer(told)
        ]
        if match.label == "AGREEMENT_NOUN" and hits:
            last, status, _ = max(hits)
            if kind in CONTRACTED and told.startswith("award", last):
                status = "signed"
            if any(one == "proposed" and told[end:last].isspace() for _, one, end in hits):  # "intends to sign"
                status = "proposed"
            if kind == "financing" and status == "signed" and not DEFINITIVE.search(before + words):
                status = "completed"
            return status, False
        if match.label != "AGREEMENT_NOUN" and PLANNED.search(before):
            return "proposed", False
        return "completed" if kind in RUNNING and not PAPER.search(words) else "signed", False

    def _read_change(self, text: str, match: Match, start: int, end: int) -> str | None:
        """Return "terminated" or "amended" when the last verb before the words says so."""
        if ENDED.match(text, match.end, end):
            return "terminated"
        if CHANGING.search(text, match.start, match.end) or CHANGED.match(text, match.end, end):
            return "amended"
        floor = max(start, match.start - 60)
        made = [act.end() for act in self.acts["signed"].finditer(text, floor, match.start)]
        for status in ("terminated", "amended"):
            for act in self.acts[status].finditer(text, max([floor, *made]), match.end):
                if GOVERNED.match(text[act.end() : match.start]):
                    return status
        return None


def read_deal(match: Match, before: str, words: str, after: str) -> tuple[str, bool]:
    """Return the status of an acquisition or merger; it is held for completed unless words say otherwise."""
    if PENDING.search(before + words):
        return "signed", True
    if CLOSED.search(before + words) or CLOSED.search(after[:60]):
        return "completed", True
    if PLANNED.search(before):
        return "proposed", False
    if BEHIND.search(before) and not AHEAD.search(before):
        return "completed", False
    if DEFINITIVE.search(before + words) or DEFINITIVE.search(after[:60]) or AGREED.search(before):
        return "signed", True
    return "signed" if ".merger." in match.rule and match.label == "AGREEMENT_NOUN" else "completed", False
