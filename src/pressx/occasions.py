"""Occasions: the day on which an arrangement was signed, took effect or closed."""

import re
from collections.abc import Sequence

from pressx.deals import Deal
from pressx.layout import BlockKind
from pressx.narratives import Narrative
from pressx.rules import RuleSet
from pressx.spans import Mention, read_group

FIXED = re.compile(
    r"\b(?:sign(?:ed|ing)|inked|executed|closed|clos(?:es|ing)|completed|finali[sz]ed|effective|dated|acquired|bought|purchased|sold|entered into|took effect|acquisition|merger|consummated|agreement in|awarded)\b",
    re.IGNORECASE,
)
TODAY = re.compile(
    r"\b(?:signed|closed|completed|finali[sz]ed|executed|inked|entered into)(?: \S+){0,2} today\b|\btoday (?:signed|closed|completed|finali[sz]ed|executed|inked|entered into)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:^|\s|\()(?:on|in|effective|dated|as of|since|of|held on|until)(?: \S+){0,2} $", re.IGNORECASE)
OPENING = re.compile(r"(?:^|[\s\"(])(?:On|In) $")


class Occasions:
    """Finds the date of a deal."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def find(self, narrative: Narrative, deal: Deal, others: Sequence[int], *, signed: bool) -> str | None:
        """Return the value of the date, None when the text only says when the deal was announced.

        `others` are the offsets of the text at which other deals are told: a date goes with the words it is nearest to.
        """
        dates = read_group(narrative.doc, "dates")
        for telling in sorted(deal.tellings, key=lambda t: t is not deal.best):
            start, end = (narrative.outline.locate(offset) for offset in telling.sentence)
            if TODAY.search(narrative.folded, start, min(end, start + 1000)):
                attributes = narrative.doc.spans["dates"].attrs if "dates" in narrative.doc.spans else {}
                if attributes.get("release_date"):
                    return str(attributes["release_date"])
            if narrative.get_kind(telling.start) in (BlockKind.HEADLINE, BlockKind.ABOUT):
                continue
            if value := self._read_sentence(narrative, dates, telling.start, (start, end), others):
                return value
        if signed:
            return self._look_back(narrative, dates, narrative.outline.locate(deal.best.start))
        return None

    def _read_sentence(
        self, narrative: Narrative, dates: list[Mention], place: int, sentence: tuple[int, int], others: Sequence[int]
    ) -> str | None:
        start, end = sentence
        position = narrative.outline.locate(place)
        near = [d for d in dates if start <= d.start < end and d.value and "/" not in d.value]
        for date in sorted(near, key=lambda date: abs(date.start - position)):
            before = narrative.folded[max(start, date.start - 30) : date.start]
            if LINK.search(before) and FIXED.search(
                narrative.folded, max(start, date.start - 160), min(end, date.end + 60)
            ):
                distance = abs(date.start - position)
                if distance < 200 and all(abs(date.start - other) >= distance for other in others):
                    return date.value
        return None

    def _look_back(self, narrative: Narrative, dates: list[Mention], position: int) -> str | None:
        """Return the last day that a sentence before opened with: "On September 3, ..."; the day of the ceremony told."""
        for date in reversed([d for d in dates if position - 4000 <= d.start < position]):
            if (
                OPENING.search(narrative.folded[max(0, date.start - 6) : date.start])
                and date.fact.get("precision") == "day"
            ):
                return date.value
        return None
