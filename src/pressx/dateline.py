"""Datelines: place, date and wire that open the body ("OSLO, Norway, May 5, 2024 /PRNewswire/ --")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressx.rules import RuleSet

# What may stand between the parts, and what closes the last one.
SEPARATOR = re.compile(r"[ ]{0,4}(?:[,.|/;]|[-—]{1,3})?[ ]{0,4}[-—]{0,3}[ ]{0,4}")
SPACE = re.compile(r"[ ]{0,4}")
CLOSING = re.compile(
    r"[ ]{0,4}(?:[.,]?[ ]{0,2}(?:[-—]{1,3}(?![a-z0-9])|:)(?:[ ]?[-—])?|(?=\n)|$|\.[ ]{0,2}(?=\n|$))[ ]{0,4}"
)
SLASH = re.compile(r"[ ]{0,4}/[ ]{0,4}")
WIDE_SPACE = re.compile(r"[ ]{2,8}(?=[A-Z0-9\"'])")
SENTENCE = re.compile(r"[\"']?(?:[A-Z][\w'-]{0,30} ){1,6}[a-z]")
YEAR = re.compile(r"\d{4}")
CAPITALS = re.compile(r"(?<![^\s(])[A-Z][A-Z.'-]{2,}")

MAX_PARTS = 8
SHORTEST_CAPITALS = 3
# A dateline inside a paragraph stands behind a headline or subheadline that lost its line break.
MAX_LEAD = 500

Interval = tuple[int, int]


@dataclass(frozen=True)
class Dateline:
    """A half-open interval of characters, the city in it and the date in it."""

    start: int
    end: int
    place: Interval | None
    date: Interval | None
    wire: Interval | None = None


@dataclass(frozen=True)
class Part:
    """One element of a dateline; `certain` when a place can't be a company or a word."""

    kind: str
    start: int
    end: int
    place: Interval | None = None
    certain: bool = True


class DatelineReader:
    """Reads datelines by the rules labelled DATELINE_*; pure. It reads folded text."""

    def __init__(self, rules: RuleSet) -> None:
        self._parts = [
            (kind, expression)
            for kind, label in (("wire", "DATELINE_WIRE"), ("date", "DATELINE_DATE"), ("time", "DATELINE_TIME"))
            for _, expression in rules.expressions(label)
        ]
        self._places = [expression for _, expression in rules.expressions("DATELINE_PLACE")]
        self._cities = [expression for _, expression in rules.expressions("DATELINE_CITY")]
        self._openings = rules.lexicon("headline_openings")

    def read(self, folded: str, start: int, end: int) -> Dateline | None:
        """Return the dateline that begins at `start` of the paragraph that ends at `end`."""
        parts = list(self._read_parts(folded, start, end))
        while parts:
            if found := self._close(folded, parts, end):
                return found
            parts.pop()
        return None

    def find(self, folded: str, start: int, end: int) -> Dateline | None:
        """Return the first dateline that begins inside a paragraph, behind words of a headline.

        Its place is set in capitals, or a wire is named: "Expo June 26" in a headline is no dateline.
        """
        limit = min(end, start + MAX_LEAD)
        starts = {match.start() for match in CAPITALS.finditer(folded, start + 1, limit)}
        for kind, expression in self._parts:
            if kind == "wire":
                starts.update(match.start() for match in expression.finditer(folded, start + 1, limit))
        for position in sorted(starts):
            found = self.read(folded, position, end)
            if found and found.place and (found.wire or (found.date and found.end < end)):
                return found
        return None

    def _read_parts(self, folded: str, start: int, end: int) -> Iterator[Part]:
        positions, seen = [start], set[str]()
        for _ in range(MAX_PARTS):
            part = next((p for at in positions if (p := self._read_part(folded, at, end, seen))), None)
            if part is None:
                return
            yield part
            seen.add(part.kind)
            # A slash may separate two parts or open the name of a wire.
            gaps = (expression.match(folded, part.end, end) for expression in (SPACE, SEPARATOR))
            positions = [gap.end() for gap in gaps if gap]

    def _read_part(self, folded: str, position: int, end: int, seen: set[str]) -> Part | None:
        for kind, expression in self._parts:
            if kind not in seen and (match := expression.match(folded, position, end)):
                return Part(kind, match.start(), match.end())
        return None if "place" in seen else self._read_place(folded, position, end)

    def _read_place(self, folded: str, position: int, end: int) -> Part | None:
        city = next((m for e in self._cities if (m := e.match(folded, position, end))), None)
        place = next((m for e in self._places if (m := e.match(folded, position, end))), None)
        if place and is_mixed(place["place"]):
            place = None
        if place and (place["region"] or city is None or place.end("place") > city.end()):
            known = city is not None and city.end() == place.end("place")
            return Part("place", *place.span(), place.span("place"), bool(place["region"]) or known)
        return Part("place", *city.span(), city.span()) if city else None

    def _close(self, folded: str, parts: list[Part], end: int) -> Dateline | None:
        """Return the dateline that `parts` make when they are enough of one and something closes them."""
        last = parts[-1]
        kinds = {part.kind: part for part in parts}
        place, date, wire = kinds.get("place"), kinds.get("date"), kinds.get("wire")
        closing = CLOSING.match(folded, last.end, end)
        if closing is None and place and len(parts) == 1 and folded[place.start : place.end].isupper():
            closing = WIDE_SPACE.match(folded, last.end, end)
        if closing is None and place and date and wire:
            closing = SLASH.match(folded, last.end, end)
            if closing is None and last.kind != "wire":
                return None
        elif closing is None:
            return None
        alone = last.end >= end
        dated = date is not None and YEAR.search(folded, date.start, date.end) is not None
        dashed = (
            closing is not None
            and "-" in closing[0].replace("\u2014", "-")
            and bool(SENTENCE.match(folded, closing.end(), end))
        )
        if not self._is_enough(folded, place, date, wire, alone=alone or (place is None and dated), dashed=dashed):
            return None
        return Dateline(
            parts[0].start,
            closing.end() if closing else last.end,
            place.place if place else None,
            (date.start, date.end) if date else None,
            (wire.start, wire.end) if wire else None,
        )

    def _is_enough(
        self, folded: str, place: Part | None, date: Part | None, wire: Part | None, *, alone: bool, dashed: bool
    ) -> bool:
        if place is None:
            return wire is not None or (date is not None and alone)
        if date is not None or wire is not None:
            leads = place.start < (date or wire or place).start
            return place.certain or leads or folded[place.start : place.end].isupper()
        if place.certain or alone:
            return place.certain and not alone
        # "MARROW CITY - A former official" is a place that no list knows, "WHAT: A talk" and "NEWS - A talk" are none.
        name = folded[place.start : place.end].rstrip(" -\u2014")
        return dashed and name.isupper() and name.lower() not in self._openings


def is_mixed(city: str) -> bool:
    """Whether capitals follow words in small letters: a headline that runs into the dateline ("Acme Grows OSLO")."""
    words = city.split()
    return not words[0].isupper() and any(word.isupper() and len(word) >= SHORTEST_CAPITALS for word in words)
