"""Arithmetic of the calendar: points as a text states them, their TIMEX3 values, and the days that a value spans."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

DECEMBER = 12
# The month in the middle of a season, by which the nearest season of that name is told; the northern half of the Earth,
# where nearly every English release is written.
SEASON_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
TOLERANCE = 60  # days
UNKNOWN_YEAR = "XXXX"

PARTS = re.compile(r"(\d{4}|XXXX)(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])|(SP|SU|FA|WI)))?")


@dataclass(frozen=True)
class Point:
    """A point of the calendar as far as a text states it.

    `shift` counts years, quarters, months, weeks or days (`unit`) from the day of the release; `weekday` is 0 for
    Monday; `decade` is the value itself; `fiscal` marks years whose first day the text does not tell.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: str | None = None
    shift: int | None = None
    unit: str | None = None
    fiscal: bool = False

    @property
    def complete(self) -> bool:
        """Whether the value follows from the words themselves."""
        return self.decade is not None or (self.year is not None and self.shift is None)


@dataclass(frozen=True)
class Extent:
    """What a value spans: its precision, and its first and last day where they are known."""

    precision: str
    first_day: str | None
    last_day: str | None


def format_point(point: Point, year: int | None) -> str:
    """Return the value of `point` in `year`, which is unknown when None."""
    head = UNKNOWN_YEAR if year is None else f"{year:04d}"
    if point.decade is not None:
        return point.decade
    if point.month is not None:
        return f"{head}-{point.month:02d}" + (f"-{point.day:02d}" if point.day is not None else "")
    if point.quarter is not None:
        return f"{head}-Q{point.quarter}"
    if point.half is not None:
        return f"{head}-H{point.half}"
    return f"{head}-{point.season}" if point.season is not None else head


def format_day(day: date) -> str:
    return day.isoformat()


def is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has that day; in an unknown year 29 February is one."""
    year = 2000 if year is None else year
    return 1 <= month <= DECEMBER and MINYEAR <= year <= MAXYEAR and 1 <= day <= monthrange(year, month)[1]


def build_day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if is_day(year, month, day) else None


def get_middle(point: Point, year: int) -> date | None:
    """Return a day in the middle of `point` in `year`: what "near" is measured by."""
    if not MINYEAR <= year <= MAXYEAR:
        return None
    if point.month is not None:
        return build_day(year, point.month, point.day if point.day is not None else 15)
    if point.quarter is not None:
        return date(year, 3 * point.quarter - 1, 15)
    if point.half is not None:
        return date(year, 6 * point.half - 3, 30)
    if point.season is not None:
        return date(year, SEASON_MONTHS[point.season], 15)
    return date(year, 7, 1)


def measure(value: str, *, fiscal: bool = False) -> Extent:
    """Return what `value` spans; the days of a season and of a fiscal period are not known."""
    if "/" in value:
        one, two = (measure(part, fiscal=fiscal) for part in value.split("/", 1))
        return Extent("range", one.first_day, two.last_day)
    if value.endswith("X") and value[0].isdigit():
        return Extent("decade", f"{value[:3]}0-01-01", f"{value[:3]}9-12-31")
    match = PARTS.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no value of a date")
    precision = name_precision(match)
    if match[1] == UNKNOWN_YEAR or fiscal or match[6]:
        return Extent(precision, None, None)
    first, last = find_months(match)
    year = int(match[1])
    if match[3]:
        return Extent(precision, value, value)
    return Extent(precision, f"{year:04d}-{first:02d}-01", f"{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}")


def name_precision(match: re.Match[str]) -> str:
    names = {3: "day", 2: "month", 4: "quarter", 5: "half", 6: "season"}
    return next((name for group, name in names.items() if match[group]), "year")


def find_months(match: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last month that the parts of a value span."""
    if match[2]:
        return int(match[2]), int(match[2])
    if match[4]:
        return 3 * int(match[4]) - 2, 3 * int(match[4])
    if match[5]:
        return 6 * int(match[5]) - 5, 6 * int(match[5])
    return 1, 12


def shift_point(point: Point, reference: date) -> str | None:
    """Return the value of a point that is told by its distance from the day of reference."""
    shift = point.shift or 0
    if point.unit == "day":
        return format_safely(lambda: format_day(reference + timedelta(days=shift)))
    if point.unit == "week":
        return format_safely(lambda: format_week(reference + timedelta(weeks=shift)))
    if point.unit == "month":
        months = reference.year * 12 + reference.month - 1 + shift
        year, month = months // 12, months % 12 + 1
        if point.day is not None and not is_day(year, month, point.day):
            return None
        return format_point(Point(month=month, day=point.day), year)
    if point.unit == "quarter":
        quarters = reference.year * 4 + (reference.month - 1) // 3 + shift
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    return format_point(point, reference.year + shift)


def format_week(day: date) -> str:
    """Return the week of `day` as the range of its days, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return f"{format_day(monday)}/{format_day(monday + timedelta(days=6))}"


def format_safely(build: Callable[[], str]) -> str | None:
    """Return what `build` gives, None where the calendar ends."""
    try:
        return build()
    except OverflowError:
        return None


def name_weekday(weekday: int, reference: date, direction: int) -> str | None:
    """Return the nearest day with that name: before (-1) or after (1) the day of reference, or on or after it (0)."""
    ahead = (weekday - reference.weekday()) % 7
    distance = ahead - 7 if direction < 0 else ahead or 7 * direction
    return format_safely(lambda: format_day(reference + timedelta(days=distance)))


def choose_year(point: Point, reference: date, lean: int) -> int | None:
    """Return the year that brings `point` nearest to the day of reference.

    A date that names its weekday takes the year in which it falls on it. `lean` is 1 where the words around look
    ahead, -1 where they look back; it decides unless the nearest one is close on the other side, for a sentence about
    last week's signing may well hold "will".
    """
    years = (reference.year - 1, reference.year, reference.year + 1)
    days = [(middle, year) for year in years if (middle := get_middle(point, year)) is not None]
    if point.weekday is not None and point.day is not None:
        named = [(middle, year) for middle, year in days if middle.weekday() == point.weekday]
        days = named or days
    if not days:
        return None
    middle, year = min(days, key=lambda pair: abs((pair[0] - reference).days))
    distance = (middle - reference).days
    if lean and abs(distance) > TOLERANCE and distance * lean < 0:
        other = [pair for pair in days if (pair[0] - reference).days * lean > 0]
        if other:
            return min(other, key=lambda pair: abs((pair[0] - reference).days))[1]
    return year
