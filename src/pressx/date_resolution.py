"""From calendar expressions to values: the year that a text leaves out is the one its context makes right."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

from pressx.calendar_expressions import Expression
from pressx.calendar_values import (
    UNKNOWN_YEAR,
    Point,
    choose_year,
    format_point,
    get_middle,
    name_weekday,
    shift_point,
)
from pressx.rules import RuleSet

SENTENCE_END = re.compile(r"[.!?]['\")]{0,2} |\n")
GOAL = re.compile(r"\b(?:by|until|through|to|towards?) (?:the year )?$", re.IGNORECASE)
REACH = 160  # characters on either side in which words tell whether a sentence looks ahead or back


# The year, or better the day, by which a text without a date of its own places itself.
Anchor = date | int | None

# A year before this one places no release in time: it is told as history.
RECENT = 2010
NEAR = 900  # days
LEADING = 300  # expressions of a text that may place it; a release has thirty at most


class Resolver:
    """Gives expressions their values; holds the words that look ahead or back."""

    def __init__(self, rules: RuleSet) -> None:
        self.future = compile_words(rules.lexicon("future_words"))
        self.past = compile_words(rules.lexicon("past_words"), "[a-z]{2,30}ed")

    def resolve(
        self, folded: str, expressions: list[Expression], day: date | None
    ) -> Iterator[tuple[Expression, str, bool]]:
        """Yield each expression that resolves with its value and whether the release's own date was needed for it."""
        context = Context(expressions, day, None if day else self.find_anchor(folded, expressions))
        for expression in expressions:
            value = self.resolve_one(folded, expression, context)
            if value is not None:
                complete = expression.point.complete and (expression.until is None or expression.until.complete)
                yield expression, value, not complete and "XXXX" not in value

    def resolve_one(self, folded: str, expression: Expression, context: "Context") -> str | None:
        if expression.antecedent:
            return context.resolve_antecedent(expression)
        point = expression.point
        lean = self.tell_lean(folded, expression) if needs_lean(point) and context.day else 0
        if is_bare_season(point) and not lean:
            return None
        if is_weekday(point):
            lean = lean if lean > 0 else self.tell_report(folded, expression)
            if not lean:
                return None
        first = context.find_value(expression, point, lean)
        if expression.until is None or first is None:
            return first
        until = expression.until
        if until.year is None and first[:4].isdigit():
            until = replace(until, year=int(first[:4]))
            if until.month is not None and f"-{until.month:02d}" < first[4:7]:
                until = replace(until, year=(until.year or 0) + 1)
        last = context.find_value(expression, until, lean)
        if first.endswith("X") and first[0].isdigit() and last is not None:  # years, not decades
            first, last = f"{first[:3]}0", f"{last[:3]}9"
        return f"{first}/{last}" if last is not None and (first < last or first.startswith(UNKNOWN_YEAR)) else None

    def find_anchor(self, folded: str, expressions: list[Expression]) -> Anchor:
        """Return what places a text without a date of its own, None when nothing does for sure.

        That is the year of its headline; else the next of the dates ahead that it tells in full, or the latest of those
        behind when that one is far; else the latest year that is not told as history, unless one told so is later.
        """
        stated = [
            (middle, self.tell_lean(folded, e), e)
            for e in expressions[:LEADING]
            if e.point.year is not None and e.point.year >= RECENT and e.until is None and e.point.complete
            if (middle := get_middle(e.point, e.point.year)) is not None
        ]
        headline = folded.find("\n", len(folded) - len(folded.lstrip()))
        titled = [day.year for day, _, e in stated if e.start < headline]
        if titled:
            return max(titled)
        dated = [(day, lean) for day, lean, e in stated if not is_bare(e.point)]
        if dated:
            behind = max((day for day, lean in dated if lean <= 0), default=None)
            ahead = min((day for day, lean in dated if lean > 0), default=None)
            if behind and ahead and (ahead - behind).days > NEAR:
                return behind
            return ahead or behind
        years = [(day.year, lean, folded[e.start].isalpha()) for day, lean, e in stated if not is_goal(folded, e)]
        open_years = [(year, lean) for year, lean, modified in years if lean >= 0 or modified]
        anchor = max((year for year, lean in open_years if lean <= 0), default=None)
        anchor = anchor or min((year for year, _ in open_years), default=None)
        history = max((year for year, lean, _ in years if lean < 0), default=0)
        return anchor if anchor is not None and anchor >= history else None

    def tell_lean(self, folded: str, expression: Expression) -> int:
        """Return 1 where the sentence looks ahead, -1 where it only looks back, 0 where it tells nothing."""
        before = folded[max(0, expression.start - REACH) : expression.start].lower()
        after = folded[expression.end : expression.end + REACH].lower()
        sentence = f"{SENTENCE_END.split(before)[-1]} {SENTENCE_END.split(after, maxsplit=1)[0]}"
        if self.future.search(sentence):
            return 1
        return -1 if self.past.search(sentence) else 0

    def tell_report(self, folded: str, expression: Expression) -> int:
        """Return -1 where a verb of the past stands right before a weekday ("said on Tuesday"), else 0."""
        return -1 if self.past.search(folded[max(0, expression.start - 40) : expression.start].lower()) else 0


class Context:
    """What a text tells of its years: the day of the release, and the dates that it states in full."""

    def __init__(self, expressions: list[Expression], day: date | None, anchor: Anchor) -> None:
        self.day = day
        self.anchor = anchor
        full = [e for e in expressions if e.point.complete and e.until is None]
        self.years = {e.point.year for e in full if e.point.year is not None and e.point.year >= RECENT}
        self.stated: dict[Point, list[Expression]] = defaultdict(list)
        for e in full:
            self.stated[drop_year(e.point)].append(e)
        self.periods = [e for e in full if e.point.quarter is not None or e.point.half is not None]
        self.latest = list(accumulate((e.point for e in self.periods), lambda *pair: max(pair, key=order_period)))

    def find_value(self, expression: Expression, point: Point, lean: int) -> str | None:
        """Return the value of a point, None where nothing in the text resolves it."""
        if point.complete:
            return format_point(point, point.year)
        if point.shift is not None:
            return self.resolve_shift(point)
        if point.month is None and point.weekday is not None:
            if self.day is None:
                return None
            # A release of a Wednesday that "was signed on Wednesday" means its own day.
            return name_weekday(point.weekday, self.day, 0 if point.weekday == self.day.weekday() else lean)
        if point.season is not None and self.day is None:
            return None
        return format_point(point, self.find_year(expression, point, lean))

    def resolve_shift(self, point: Point) -> str | None:
        shift = point.shift or 0
        if self.day is None:
            year = self.anchor.year if isinstance(self.anchor, date) else self.anchor
            return format_point(point, year + shift) if year is not None and point.unit == "year" else None
        if point.weekday is not None:
            return name_weekday(point.weekday, self.day, shift)
        if point.season is not None or (point.month is not None and point.unit is None):
            return format_point(point, self.shift_year(point, shift))
        return shift_point(point, self.day)

    def shift_year(self, point: Point, shift: int) -> int | None:
        """Return the year of "this March", "last fall", "next summer" as seen from the day of the release."""
        if self.day is None:
            return None
        if shift == 0:
            return self.day.year
        years = (self.day.year + shift, self.day.year)
        wanted = [
            year for year in years if (day := get_middle(point, year)) is not None and (day - self.day).days * shift > 0
        ]
        return wanted[-1] if wanted else years[0]

    def find_year(self, expression: Expression, point: Point, lean: int) -> int | None:
        """Return the year of a point that states none: that of the same point stated in full, else the nearest."""
        same = self.stated.get(drop_year(point), [])
        if same:
            number = bisect_left(same, expression.start, key=lambda e: e.start)
            near = same[max(0, number - 1) : number + 1]
            return min(near, key=lambda e: abs(e.start - expression.start)).point.year
        if self.day is not None:
            return choose_year(point, self.day, lean)
        return self.guess_year(point)

    def guess_year(self, point: Point) -> int | None:
        """Return the year that the other dates of a text without one of its own make right, if any does."""
        if point.weekday is not None and point.day is not None and self.years:
            years = range(min(self.years), max(self.years) + 1)
            named = [year for year in years if (day := get_middle(point, year)) and day.weekday() == point.weekday]
            if named:
                return named[-1]
        if isinstance(self.anchor, date):
            return choose_year(point, self.anchor, 0)
        return self.anchor

    def resolve_antecedent(self, expression: Expression) -> str | None:
        """Return the quarter or half that "the same quarter last year" or "the same period in 2024" means.

        It is that of the latest period told before, for a report names its own and those it compares it with.
        """
        wanted = expression.point
        if wanted.quarter is not None and self.day is not None:
            year = choose_year(replace(wanted, shift=None, unit=None), self.day, -1)
            return format_point(wanted, year - 1) if year is not None else None
        number = bisect_left(self.periods, expression.start, key=lambda e: e.start)
        if not number:
            return None
        if wanted.year is not None:
            return format_point(self.periods[number - 1].point, wanted.year)
        latest = self.latest[number - 1]
        return format_point(latest, (latest.year or 0) - 1)


def is_goal(folded: str, expression: Expression) -> bool:
    """Whether a year may be a far goal or forecast: "by 2027", and any that opens a decade."""
    year = expression.point.year or 0
    return year % 10 == 0 or bool(GOAL.search(folded[max(0, expression.start - 12) : expression.start]))


def is_bare(point: Point) -> bool:
    return point == Point(year=point.year) or point.fiscal


def is_bare_season(point: Point) -> bool:
    """Whether a season stands alone: a habit ("in the fall") unless its sentence looks ahead or back."""
    return point.season is not None and point.year is None and point.shift is None


def is_weekday(point: Point) -> bool:
    """Whether a weekday stands alone, without "next" and without a day of the month."""
    return point.weekday is not None and point.day is None and point.shift is None


def needs_lean(point: Point) -> bool:
    return not point.complete and point.shift is None


def drop_year(point: Point) -> Point:
    """Return what two points of different years have in common."""
    return replace(point, year=None, weekday=None, fiscal=False)


def order_period(point: Point) -> tuple[int, int, int]:
    return point.year or 0, point.quarter or 0, point.half or 0


def compile_words(words: frozenset[str], *patterns: str) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join([*map(re.escape, ordered), *patterns])})\b")
