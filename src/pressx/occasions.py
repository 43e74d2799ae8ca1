"""Occasions: the day on which an arrangement was signed, took effect or closed."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from pressx.deals import Deal
from pressx.layout import BlockKind
from pressx.narratives import Narrative
from pressx.rules import RuleSet

# Offsets of the text, each with the identity of the deal that is told there.
Told = Sequence[tuple[int, int]]

FIXED = re.compile(
    r"\b(?:sign(?:ed|ing)|inked|executed|closed|clos(?:es|ing)|completed|finali[sz]ed|effective|dated|acquired|bought|purchased|sold|entered into|took effect|acquisition|merger|consummated|agreement in|awarded)\b",
    re.IGNORECASE,
)
TODAY = re.compile(
    r"\b(?:signed|closed|completed|finali[sz]ed|executed|inked|entered into)(?: \S+){0,2} today\b|\btoday (?:signed|closed|completed|finali[sz]ed|executed|inked|entered into)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:^|\s|\()(?:on|in|effective|dated|as of|since|of|held on|until)(?: \S+){0,2} $", re.IGNORECASE)
OPENED = 400  # characters from the date that opens a sentence to the words of the arrangement
OPENING = re.compile(r"(?:^|[\s\"(])(?:On|In) $")


@dataclass(frozen=True)
class Others:
    """Where deals other than one are told."""

    told: Told
    own: int

    def are_nearer(self, offset: int, distance: int) -> bool:
        """Whether one is told less than `distance` characters from `offset`."""
        first = bisect_right(self.told, offset - distance, key=itemgetter(0))
        last = bisect_left(self.told, offset + distance, key=itemgetter(0))
        return any(deal != self.own for _, deal in self.told[first:last])


class Occasions:
    """Finds the date of a deal."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def find(self, narrative: Narrative, deal: Deal, told: Told, *, signed: bool) -> str | None:
        """Return the value of the date, None when the text only says when the deal was announced.

        `told` says at which offsets of the text which deal is told: a date goes with the words it is nearest to.
        """
        others = Others(told, id(deal))
        for telling in sorted(deal.tellings, key=lambda t: t is not deal.best):
            start, end = (narrative.outline.locate(offset) for offset in telling.sentence)
            if TODAY.search(narrative.folded, start, min(end, start + 1000)):
                attributes = narrative.doc.spans["dates"].attrs if "dates" in narrative.doc.spans else {}
                if attributes.get("release_date"):
                    return str(attributes["release_date"])
            if narrative.get_kind(telling.start) in (BlockKind.HEADLINE, BlockKind.ABOUT):
                continue
            if value := self._read_sentence(narrative, telling.start, (start, end), others):
                return value
        if signed:
            return self._look_back(narrative, narrative.outline.locate(deal.best.start))
        return None

    def _read_sentence(
        self, narrative: Narrative, place: int, sentence: tuple[int, int], others: "Others"
    ) -> str | None:
        start, end = sentence
        position = narrative.outline.locate(place)
        near = [d for d in narrative.list_dates(start, end) if d.value and "/" not in d.value]
        for date in sorted(near, key=lambda date: abs(date.start - position)):
            before = narrative.folded[max(start, date.start - 30) : date.start]
            # "On May 3, ..." holds for the whole of its sentence.
            opens = OPENING.search(before) is not None
            last = max(date.end + 60, position if opens else 0)
            if LINK.search(before) and FIXED.search(narrative.folded, max(start, date.start - 160), min(end, last)):
                distance = abs(date.start - position)
                if distance < (OPENED if opens else 200) and not others.are_nearer(date.start, distance):
                    return date.value
        return None

    def _look_back(self, narrative: Narrative, position: int) -> str | None:
        """Return the last day that a sentence before opened with: "On September 3, ..."; the day of the ceremony told."""
        for date in reversed(narrative.list_dates(position - 4000, position)):
            if (
                OPENING.search(narrative.folded[max(0, date.start - 6) : date.start])
                and date.fact.get("precision") == "day"
            ):
                return date.value
        return None
