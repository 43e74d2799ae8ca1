"""The release's own date: the dateline's, else the one stated at the top."""

import re
from datetime import date

from pressx.calendar_expressions import Expression
from pressx.calendar_values import build_day

TOP = 3000  # characters in which a dateline stands; longer subheadlines were not seen
SENTENCE_LINE = 320  # a line as long as this without a dateline is body text: no dateline follows
LINE = 260  # characters of a line before its date; a subheadline may run into the dateline

# What stands before the date on its line: a bracket or slash of a wire, "FOR IMMEDIATE RELEASE", or a place.
BEFORE = re.compile(
    r"[)/] ?(?:-{1,3}|—)? ?$"
    r"|(?i:release|release date|publication date|date of release|released|issued|published|posted|updated)(?: on)?:? ?$"
    r"|(?:[A-Z][\w.'& -]{0,60}(?:, ?\w{2,30}){0,2}|[A-Z.]{2,20}|\))(?:,| ?-{1,3}| ?—| ?/| ?\(| ?\||:|,? on) ?$"
)
# A label of the event's own day; "Release date:" and "Posted:" are the release's.
LABEL = re.compile(
    r"(?<!elease )(?<!ELEASE )(?<!ublication )\b(?i:when|dates?|deadline|day|event)(?: (?:and|&) Time)?: ?"
    r"(?:[A-Z][a-z]{2,9}, )?$"
)
SENTENCE = re.compile(r"\b(?:the|is|was|are|has|have|its|will|that|with|to|on|at|from|by|for|in|a|an)\b")
PARTS = re.compile(r"[/)(]|--")
# What follows: the dash or slash before the body, a clock time, a city, the end of the line.
AFTER = re.compile(
    r" ?(?:$|\n|-|—|;|/|\(|\)|@|\||:|,? (?:at )?[0-9]{1,2}[:.][0-9]{2}|, [A-Z]|, ?$|\. ?$|\. ?-|\. [A-Z]"
    r"|,? ?(?:[A-Z][\w.]{1,20} ){0,3}[(/—-])"
)
PLACE_NEXT = re.compile(r",? [A-Z][\w.]{1,20}[ ,][^.\n]{0,40}[-—]")


def find_release_date(folded: str, expressions: list[Expression]) -> date | None:
    """Return the first full date near the top that stands as a dateline's does, None when there is none."""
    top = find_top(folded)
    for expression in expressions:
        if expression.start > top:
            return None
        point = expression.point
        if expression.until is not None or point.year is None or point.month is None or point.day is None:
            continue
        if stands_in_dateline(folded, expression):
            return build_day(point.year, point.month, point.day)
    return None


def find_top(folded: str) -> int:
    """Return where the top of a release ends: within its first long line."""
    start = 0
    while start < TOP:
        end = folded.find("\n", start)
        if end < 0 or end - start > SENTENCE_LINE:
            return min(TOP, start + LINE)
        start = end + 1
    return TOP


def stands_in_dateline(folded: str, expression: Expression) -> bool:
    line_start = folded.rfind("\n", 0, expression.start) + 1
    before = folded[max(line_start, expression.start - LINE) : expression.start]
    after = folded[expression.end : expression.end + 60]
    if not before.strip():
        return bool(PLACE_NEXT.match(after) or AFTER.match(after))
    if not AFTER.match(after) or not BEFORE.search(before) or LABEL.search(before):
        return False
    tail = PARTS.split(before.rstrip(" -—/(,|"))[-1][-60:]
    return not SENTENCE.search(tail)
