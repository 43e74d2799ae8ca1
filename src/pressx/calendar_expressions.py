"""Calendar expressions: what a match of a date rule says, and whether the words around it leave it a date at all."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pressx.calendar_values import Point, is_day
from pressx.rules import Match, RuleSet

MONTH_COUNT = 12
CENTURY = 100
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
SEASON_CODES = {"sp": "SP", "su": "SU", "fa": "FA", "au": "FA", "wi": "WI"}
ORDINALS = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4, "final": 4, "latter": 2}
SHIFTS = {"last": -1, "this past": -1, "next": 1, "this coming": 1}
SPECIAL = frozenset({"deictic", "decade", "ended", "antecedent"})
DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
# Years of two digits: up to 50 they are of this century ("FY25"), above of the last ("Dec '87").
PIVOT = 50
DECADE_PIVOT = 20
# A bare number outside these years is one only after a preposition or "founded", "established", ...
MODERN = range(1800, 2051)
OLD_CUES = frozenset({"in", "since", "from", "year", "founded", "established", "est", "circa", "c"})

NAMELIKE = frozenset({"March", "April", "May", "June", "August"})

LAST_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]+)\.?[ (]{1,2}$")
NEXT_WORD = re.compile(r"[ -]{1,2}([A-Za-z]+)")
# A longer number before: "800 2000" is a telephone number, "December 31, 2024 2023" heads two columns.
NUMBER_BEFORE = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}[^0-9])[0-9]{3,5}[) -]{1,2}$|\+[0-9]{1,3}[ (-]{1,2}$")
NUMBER_AFTER = re.compile(r"[ -](?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{1,8}(?![0-9,.]|[a-z]{2}|:)")
LIST_ITEM = re.compile(r"(?:\n ?(?:[*•·-] ?)?|\()$")
NUMBERS = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?")
LAW = re.compile(r"\b(?:Act|Law|Code|Rule|Regulations?|Order) of $")


@dataclass(frozen=True)
class Expression:
    """A stretch of text that names a point of the calendar, or with `until` all that lies between two."""

    start: int
    end: int
    rule: str
    point: Point
    until: Point | None = None
    antecedent: bool = False


class Reader:
    """Reads the matches of date rules; holds the words that tell a year from a count and a month from a name."""

    def __init__(self, rules: RuleSet) -> None:
        self.counted = rules.lexicon("counted_things")
        self.numbered = rules.lexicon("numbered_things")
        streets = "|".join(sorted(word.capitalize() for word in rules.lexicon("street_words")))
        self.house = re.compile(
            r" (?:[NSEW][EW]?\.? )?(?:(?:[A-Z][A-Za-z']{0,20}\.?|[0-9]{1,3}(?:st|nd|rd|th)) ){1,3}" rf"(?:{streets})\b"
        )
        self.rounding = rules.lexicon("rounding_words")

    def read(self, folded: str, matches: Sequence[Match]) -> list[Expression]:
        """Return the expressions of a text in order: of overlapping ones the first, of those the longest."""
        day_first = puts_day_first(folded, matches)
        found = [e for match in matches for e in self.read_match(folded, match, day_first=day_first)]
        kept: list[Expression] = []
        for expression in sorted(found, key=lambda e: (e.start, -e.end, e.point.year is None, e.rule)):
            if not kept or kept[-1].end <= expression.start:
                kept.append(expression)
        return kept

    def read_match(self, folded: str, match: Match, *, day_first: bool) -> list[Expression]:
        """Return what a match says: nothing when it is no date, several for a list of days."""
        words = {name: folded[start:end] for name, (start, end) in match.groups.items()}
        if "first" in words:
            words |= order_numbers(words, day_first=day_first)
        if "days" in words:
            return list(read_list(folded, match, words))
        point = read_point(words)
        if point is None or not self.accept(folded, match, point):
            return []
        until = read_until(words, point)
        if until is None and ("year2" in words or "day2" in words or "month2" in words):
            return []
        start = skip_cue(folded, match)
        return [Expression(start, match.end, match.rule, point, until, "antecedent" in words)]

    def accept(self, folded: str, match: Match, point: Point) -> bool:
        """Whether the words around leave the match a date."""
        if "year" in match.groups and point == Point(year=point.year):
            return self.accept_year(folded, match, point.year or 0)
        if point == Point(month=point.month) and "cue" not in match.groups and "month2" not in match.groups:
            return self.accept_month(folded, match)
        return True

    def accept_year(self, folded: str, match: Match, year: int) -> bool:
        """Whether a bare number is a year: no amount, house number, reference or telephone number."""
        start = match.groups["year"][0]
        before, after = folded[max(0, match.start - 40) : match.start], folded[match.end : match.end + 60]
        if match.start == start:
            word = LAST_WORD.search(before)
            if word and word[1].lower() in self.numbered:
                return False
            if year % 50 == 0 and word and word[1].lower() in self.rounding:
                return False
            if NUMBER_BEFORE.search(before) or LAW.search(before):
                return False
            if year not in MODERN and not (word and word[1].lower() in OLD_CUES):
                return False
        word = NEXT_WORD.match(after)
        if (word and word[1].islower() and word[1] in self.counted) or NUMBER_AFTER.match(after):
            return False
        return not self.house.match(after)

    def accept_month(self, folded: str, match: Match) -> bool:
        """Whether a month's name without day, year or preposition is a date: not "April Smith", "may", "MARCH ON"."""
        start, end = match.groups["month"]
        name = folded[start:end]
        if LIST_ITEM.search(folded[max(0, match.start - 4) : match.start]) and folded[end : end + 1] in ":)":
            return True
        if name.isupper() or name.rstrip(".") in NAMELIKE or len(name) <= len("Sep"):
            return False
        return not NEXT_WORD.match(folded[end : end + 30]) or not folded[end : end + 2].strip().isupper()


def puts_day_first(folded: str, matches: Iterable[Match]) -> bool:
    """Whether numeric dates of this text put the day before the month.

    A number above twelve tells; else the order in which the text writes its other dates, and dots between the parts.
    """
    votes = 0
    for match in matches:
        if "first" in match.groups:
            first, second, mark = (folded[slice(*match.groups[name])] for name in ("first", "second", "mark"))
            votes += 100 * ((int(first) > MONTH_COUNT) - (int(second) > MONTH_COUNT)) + 2 * (mark == ".")
        elif "day" in match.groups and "year" in match.groups and "month" in match.groups:
            votes += 1 if match.groups["day"] < match.groups["month"] < match.groups["year"] else -1
    return votes > 0


def order_numbers(words: dict[str, str], *, day_first: bool) -> dict[str, str]:
    """Return month and day of "11/30/24"; a number above twelve is the day whatever the text is used to."""
    first, second = words["first"], words["second"]
    if int(second) > MONTH_COUNT or (not day_first and int(first) <= MONTH_COUNT):
        return {"month": first, "day": second}
    return {"month": second, "day": first}


def read_point(words: dict[str, str]) -> Point | None:
    """Return the point that the named groups of a match state, None when the calendar has none such."""
    special = next((name for name in words if name in SPECIAL or name.startswith("holiday_")), None)
    point = read_special(special, words) if special else read_parts(words)
    if point.month is not None and not is_day(point.year, point.month, point.day or 1):
        return None
    return point


def read_special(name: str, words: dict[str, str]) -> Point:
    """Return the point of an expression that is no sum of its parts."""
    year, word = read_year(words), words[name].lower()
    if name == "deictic":
        return Point(shift=DEICTIC[word], unit="day")
    if name == "decade":
        return Point(decade=read_decade(word))
    if name == "ended":
        return Point(year=year, quarter=(read_month(word) + 2) // 3)
    if name == "antecedent":
        quarter = next((number for ordinal, number in ORDINALS.items() if ordinal.isalpha() and ordinal in word), None)
        return Point(year=year, quarter=quarter, shift=None if year else -1, unit=None if year else "year")
    return Point(year=year, month=int(name[8:10]), day=int(name[10:12]))


def read_parts(words: dict[str, str]) -> Point:
    return Point(
        year=read_year(words),
        month=read_month(words["month"]) if "month" in words else None,
        day=int(words["day"]) if "day" in words else None,
        weekday=read_weekday(words["weekday"]) if "weekday" in words else None,
        quarter=read_ordinal(words, "quarter"),
        half=read_ordinal(words, "half"),
        season=SEASON_CODES[words["season"][:2].lower()] if "season" in words else None,
        shift=SHIFTS.get(words["shift"].lower(), 0) if "shift" in words else (0 if "unit" in words else None),
        unit=words["unit"].lower() if "unit" in words else None,
        fiscal=any(name.startswith("fiscal") for name in words),
    )


def skip_cue(folded: str, match: Match) -> int:
    """Return where the date itself starts: a preposition that a rule asks for is no part of it."""
    if "cue" not in match.groups:
        return match.start
    start = match.groups["cue"][1]
    while start < match.end and folded[start].isspace():
        start += 1
    return start


def read_until(words: dict[str, str], point: Point) -> Point | None:
    """Return the end of a range that a match states by itself; it must lie after its start."""
    if "year2" in words and point.year is not None:
        year = int(words["year2"])
        if year < CENTURY:
            year += point.year - point.year % 100
        return Point(year=year) if point.year < year else None
    if "month2" in words:
        return replace(point, month=read_month(words["month2"]), day=int(words["day2"]) if "day2" in words else None)
    if "day2" in words and point.day is not None and point.month is not None:
        day = int(words["day2"])
        valid = day > point.day and is_day(point.year, point.month, day)
        return replace(point, day=day, weekday=None) if valid else None
    return None


def read_list(folded: str, match: Match, words: dict[str, str]) -> Iterator[Expression]:
    """Yield each day of "May 12, 14 and 15, 2025"; the first takes the month in, the last the year."""
    start, end = match.groups["days"]
    days = list(NUMBERS.finditer(folded, start, end))
    month, year = read_month(words["month"]), read_year(words)
    for number, day in enumerate(days):
        value = int(day[0].rstrip("sthndr"))
        if is_day(year, month, value):
            first = match.start if number == 0 else day.start()
            last = match.end if number == len(days) - 1 else day.end()
            yield Expression(first, last, match.rule, Point(year=year, month=month, day=value))


def read_month(word: str) -> int:
    """Return the number of a month; the first three letters tell which."""
    return int(word) if word.isdigit() else MONTHS.index(word[:3].lower()) + 1


def read_weekday(word: str) -> int:
    return WEEKDAYS.index(word[:2].lower())


def read_ordinal(words: dict[str, str], name: str) -> int | None:
    word = next((word for key, word in words.items() if key == name or key.startswith(f"{name}_")), None)
    return ORDINALS[word.lower().rstrip("sthnrd") if word[0].isdigit() else word.lower()] if word else None


def read_year(words: dict[str, str]) -> int | None:
    word = words.get("year") or words.get("short")
    if word is None:
        return None
    year = int(word.strip("' "))
    return year + (2000 if year <= PIVOT else 1900) if year < CENTURY else year


def read_decade(word: str) -> str:
    """Return the value of "1990" or "90" as a decade."""
    decade = int(word) if len(word) > len("90") else int(word) + (2000 if int(word) <= DECADE_PIVOT else 1900)
    return f"{decade // 10}X"
