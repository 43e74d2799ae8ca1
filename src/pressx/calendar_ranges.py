"""Neighbouring expressions that belong together: ends of one stretch, and dates that share one written year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pressx.calendar_expressions import Expression
from pressx.calendar_values import Point

GAP = re.compile(r" ?- ?| ?— ?| (?:to|through|thru|until|till|up to) (?:the )?")
AND_GAP = re.compile(r",? (?:and|to|until|-) ")
BETWEEN = re.compile(r"\b[Bb]etween (?:the )?$")
ENDED = re.compile(r",? (?:results )?(?:ended|ending)(?: on)? ")
JOINED = re.compile(r"[A-Za-z ,&]{0,30}\b(?:and|or|&) (?:[a-z]{2,8} )?")
# Characters between two dates of which one can lend the other its year, and between the ends of a stretch.
NEIGHBOURS = 40
LONGEST_GAP = 12


def join_ranges(folded: str, expressions: Sequence[Expression]) -> Iterator[Expression]:
    """Yield the expressions with "A to B" and "between A and B" made one, and years taken from neighbours."""
    position = 0
    while position < len(expressions):
        one = expressions[position]
        two = expressions[position + 1] if position + 1 < len(expressions) else None
        if two is not None and one.point.year is None:
            one = borrow_year(folded, one, two)
        if position and one.point.year is None:
            one = follow_year(folded, expressions[position - 1], one)
        if two is not None and is_range(folded, one, two):
            yield Expression(one.start, two.end, one.rule, lend_year(one.point, two.point), two.point)
            position += 2
        else:
            yield one
            position += 1


def borrow_year(folded: str, one: Expression, two: Expression) -> Expression:
    """Return `one` with the year of the day that follows: "quarter ended May 31, 2025", "May 3 or 4 June 2025"."""
    gap = folded[one.end : two.start] if two.start - one.end <= NEIGHBOURS else ""
    if two.point.year is None or two.until or two.point.day is None or not has_no_year(one):
        return one
    if one.point.quarter is not None:
        return replace(one, point=replace(one.point, year=two.point.year)) if ENDED.fullmatch(gap) else one
    if one.point.day is not None and one.until is None and JOINED.fullmatch(gap):
        return replace(one, point=lend_year(one.point, two.point))
    return one


def follow_year(folded: str, one: Expression, two: Expression) -> Expression:
    """Return `two` with the year of the day before it: "by February 28, 2025, for paper and March 31 for the web"."""
    gap = folded[one.end : two.start] if two.start - one.end <= NEIGHBOURS else ""
    if not has_no_year(two) or two.until or two.point.day is None or one.until:
        return two
    if one.point.year is None or one.point.day is None or one.point.month is None or not JOINED.fullmatch(gap):
        return two
    later = (two.point.month or 0, two.point.day) > (one.point.month, one.point.day)
    return replace(two, point=replace(two.point, year=one.point.year + (not later)))


def has_no_year(expression: Expression) -> bool:
    return expression.point.year is None and expression.point.shift is None and not expression.antecedent


def is_range(folded: str, one: Expression, two: Expression) -> bool:
    """Whether two neighbours are the ends of one stretch: of the same precision, and joined by words that say so."""
    if one.until or two.until or get_shape(one.point) != get_shape(two.point) or two.start - one.end > LONGEST_GAP:
        return False
    gap = folded[one.end : two.start]
    if GAP.fullmatch(gap):
        return True
    return bool(AND_GAP.fullmatch(gap) and BETWEEN.search(folded[max(0, one.start - 14) : one.start]))


def get_shape(point: Point) -> tuple[bool, ...]:
    """Return which parts a point has, its year aside; what is told by its distance joins with nothing."""
    parts = (point.month, point.day, point.quarter, point.half, point.season, point.decade)
    return (*(part is not None for part in parts), point.shift is not None)


def lend_year(one: Point, two: Point) -> Point:
    """Return `one` with the year of `two` when it has none: "November 20 - January 4, 2025" began the year before."""
    if one.year is not None or two.year is None:
        return one
    later = one.month is not None and two.month is not None and (one.month, one.day or 0) > (two.month, two.day or 0)
    return replace(one, year=two.year - 1 if later else two.year)
