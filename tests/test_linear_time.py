"""The time that a text takes grows with its length and no faster, whatever stands in it."""

import re
import time
from collections.abc import Iterator

from expressions import collect_expressions

# What lines are made of, besides words of the expression itself: runs that many expressions repeat.
UNITS = (
    *(" ", "a", "A", "1", '"', "'", ".", ",", "-", "(", "_", "\n", "é", "/", "@"),
    *("A. ", "a, ", "Aa ", "A, ", "1, ", "1-", "A-", "a.", "A.A.", " -", "A\n", " \n", "a@", "(1", "and ", "and and"),
    *("ORG, ", "PERSON and ", "TITLE, ", "TITLE of ORG, ", "THEY ", "www.", "$1 ", "* ", "a|", "' ", "of the "),
)
TAILS = (" ", "a", "A", "1", "Aa ", "a, ", "A-", ".")
END = "\u00b6"  # what no expression goes on with, so that those fail that wait for an end
SHORT = 500  # characters
SUSPECT = 0.4e-6  # seconds a character; most expressions take a tenth of it
GROWTH = 7  # of the time for four times the length: 4 when it is linear, 16 when it is quadratic
SLOW = 0.004  # seconds below which a time says nothing


def list_units(expression: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield (head, unit): a line is the head and then the unit over and over."""
    pattern = expression.pattern if isinstance(expression.pattern, str) else expression.pattern.decode()
    plain = re.sub(r"\\[a-zA-Z]|\?P<\w+>", " ", pattern)
    words = list(dict.fromkeys(re.findall(r"[A-Za-z][a-z']+|[A-Z]{2,}", plain)))
    words = [*words[:5], *words[len(words) // 2 : len(words) // 2 + 2], *words[-3:]]
    yield from (("", unit) for unit in UNITS)
    for word in words:
        yield from (("", word + end) for end in ("", " ", ", "))
        yield from ((f"{word} ", tail) for tail in TAILS)


def measure(expression: re.Pattern[str], anchored: bool, head: str, unit: str, length: int) -> float:
    """Return the seconds of processor time that an expression takes for a line."""
    text = head + unit * (length // len(unit)) + END
    line = text if isinstance(expression.pattern, str) else text.encode()
    begin = time.process_time()
    if anchored:
        expression.match(line), expression.fullmatch(line)
    else:
        for _ in expression.finditer(line):
            pass
    return time.process_time() - begin


def grows_too_fast(expression, anchored, head, unit):
    """Whether the time of a suspect grows faster than its length, at three lengths, each time."""
    return all(
        (slow := min(measure(expression, anchored, head, unit, 4 * length) for _ in range(2))) > SLOW
        and slow > GROWTH * measure(expression, anchored, head, unit, length)
        for length in (2 * SHORT, 4 * SHORT)
    )


def test_no_expression_takes_more_than_linear_time(nlp):
    expressions = collect_expressions(nlp)
    assert len(expressions) > 300
    found = [
        (name, head, unit)
        for name, (expression, anchored) in expressions.items()
        for head, unit in list_units(expression)
        if measure(expression, anchored, head, unit, SHORT) > SUSPECT * SHORT
        and grows_too_fast(expression, anchored, head, unit)
    ]
    assert found == []
