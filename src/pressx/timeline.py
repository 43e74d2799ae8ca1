"""Time line: the dates of a release in the order of the calendar, with the time between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pressx.facts import Record

DAYS_OF_MONTH, DAYS_OF_YEAR = 30.44, 365.25  # means of the Gregorian calendar
SHORTEST_GAP = 31  # days; shorter ones are seen from the dates themselves


@dataclass(frozen=True)
class Moment:
    """A date of the record, `number` in its list counted from 1; `gap` are the days from all before to this one."""

    number: int
    date: Record
    gap: int | None


def order_dates(dates: Sequence[Record]) -> tuple[Sequence[Moment], Sequence[Moment]]:
    """Return the dates of which a day is known, the earliest first, and those of which none is."""
    numbered = list(enumerate(dates, start=1))
    known = [item for item in numbered if find_days(item[1])]
    known.sort(key=lambda item: (find_days(item[1]), item[0]))
    unknown = [Moment(number, entry, None) for number, entry in numbered if not find_days(entry)]
    return list(measure_gaps(known)), unknown


def measure_gaps(known: Sequence[tuple[int, Record]]) -> Iterator[Moment]:
    latest: date | None = None
    for number, entry in known:
        days = find_days(entry)
        gap = (days[0] - latest).days if latest and days[0] > latest else None
        yield Moment(number, entry, gap)
        latest = max(days[-1], latest or days[-1])


def find_days(entry: Record) -> Sequence[date]:
    """Return the first and the last day of a date; one of them where the other is open, none where both are."""
    return [day for key in ("first_day", "last_day") if (day := parse_day(entry[key]))]


def parse_day(text: str | None) -> date | None:
    """Return the day, None for one that no calendar has: a record may come from anywhere."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def describe_gap(days: int | None) -> str:
    """Return a gap in words, '' for one that needs none."""
    if days is None or days < SHORTEST_GAP:
        return ""
    unit, length = ("year", DAYS_OF_YEAR) if days >= DAYS_OF_YEAR else ("month", DAYS_OF_MONTH)
    count = round(days / length)
    return f"{count} {unit}{'s' * (count != 1)}"
