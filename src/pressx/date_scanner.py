"""Running the rules only where a date can be: around digits and the words of the calendar."""

import re
from bisect import bisect_right
from dataclasses import replace

from spacy.tokens import Doc

from pressx.rules import Match, Rule, RuleSet, read_example

# Each date holds one of these.
TRIGGER = re.compile(
    r"[0-9](?:[0-9]|(?=[QH]))|[Qq]uarter|QUARTER|[Hh]alf|[QH][1-4]|[Yy]ear|[Mm]onth|[Ww]eek|[A-Za-z ][Dd][Aa][Yy]\b"
    r"|to(?:day|night|morrow)|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT"
    r"|NOV|DEC|[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter|Christmas|Juneteenth|Halloween|Fourth|Eve\b"
)
# Characters around a trigger. The longest expression is shorter, and so are the words that its rule looks at.
BEFORE, AFTER = 80, 90
SEAM = "\n\n"


class Scanner:
    """Finds the matches of the rules with one label."""

    def __init__(self, rules: RuleSet, label: str) -> None:
        self.rules = rules
        self.label = label
        self.everywhere = not all(is_triggered(rule) for rule in rules.rules.values() if rule.label == label)

    def scan(self, doc: Doc, folded: str) -> list[Match]:
        """Return the matches in the folded text of `doc`.

        The rules run over the windows around triggers, a third of a release; over all of it when a rule of the user's
        finds dates without a trigger or goes by tokens.
        """
        if self.everywhere:
            return self.rules.find(doc, self.label)
        windows = find_windows(folded)
        text = SEAM.join(folded[start:end] for start, end in windows)
        starts, length = [], 0
        for start, end in windows:
            starts.append(length)
            length += end - start + len(SEAM)
        shifts = [start - place for (start, _), place in zip(windows, starts, strict=True)]
        found = self.rules.find_text(text, self.label)
        return [shift_match(match, shifts[bisect_right(starts, match.start) - 1]) for match in found]


def is_triggered(rule: Rule) -> bool:
    """Whether every stretch that the examples of a rule mark holds a trigger."""
    if not isinstance(rule.pattern, dict):
        return False
    marked = [(text, start, end) for text, spans in map(read_example, rule.examples) for start, end in spans]
    return all(TRIGGER.search(text, start, end) for text, start, end in marked)


def find_windows(folded: str) -> list[tuple[int, int]]:
    """Return the stretches around triggers, those that touch made one."""
    windows: list[tuple[int, int]] = []
    for match in TRIGGER.finditer(folded):
        start, end = max(0, match.start() - BEFORE), min(len(folded), match.end() + AFTER)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def shift_match(match: Match, shift: int) -> Match:
    groups = {name: (start + shift, end + shift) for name, (start, end) in match.groups.items()}
    return replace(match, start=match.start + shift, end=match.end + shift, groups=groups)
