"""Sections: where the standing parts of a release begin (about, contact, boilerplate) and which stretches are noise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressx.rules import RuleSet

GROUPS = ("opening", "sentence", "heading")
STOPS = '.!?")]:'
WIDE_GAP = 2


@dataclass(frozen=True)
class Section:
    """A stretch named by the label of the rule that found it.

    It goes on to the next section when `lasting`, else to the end of its paragraph; `end` is that of noise itself.
    """

    start: int
    end: int
    label: str
    lasting: bool


class SectionReader:
    """Finds sections by the rules labelled SECTION_* and NOISE; pure. It reads folded text."""

    LABELS = ("SECTION_ABOUT", "SECTION_CONTACT", "SECTION_BOILERPLATE")

    def __init__(self, rules: RuleSet) -> None:
        self._expressions = [(label, e) for label in self.LABELS for _, e in rules.expressions(label)]
        self._noise = [e for _, e in rules.expressions("NOISE")]

    def find(self, folded: str) -> list[Section]:
        """Return the sections and the noise of a text in text order, at most one at each place."""
        found: dict[int, Section] = {}
        for section in self._find_all(folded):
            earlier = found.get(section.start)
            if earlier is None or section.end > earlier.end:
                found[section.start] = section
        return [found[start] for start in sorted(found)]

    def _find_all(self, folded: str) -> Iterator[Section]:
        for expression in self._noise:
            for match in expression.finditer(folded):
                yield Section(skip_spaces(folded, match.start()), match.end(), "NOISE", lasting=False)
        for label, expression in self._expressions:
            for match in expression.finditer(folded):
                if section := read_section(folded, label, match):
                    yield section


def read_section(folded: str, label: str, match: re.Match[str]) -> Section | None:
    """Return the section that opens with `match`, None when it stands where none can begin.

    The named group of the rule says what it is: a `heading` stands apart and an `opening` may also follow a sentence,
    both open a section; a `sentence` may follow another and holds for its paragraph.
    """
    start = skip_spaces(folded, match.start())
    group = next(name for name in GROUPS if name in match.re.groupindex)
    if not (stands_apart(folded, start) or (group != "heading" and follows_sentence(folded, start))):
        return None
    return Section(start, match.end(), label, lasting=group != "sentence")


def skip_spaces(folded: str, position: int) -> int:
    while position < len(folded) and folded[position].isspace():
        position += 1
    return position


def stands_apart(folded: str, start: int) -> bool:
    """Whether a line begins at `start`, or lost its break: two spaces before it, or none after a stop or a word."""
    if start < WIDE_GAP or folded[start - 1] == "\n" or folded[start - WIDE_GAP : start].isspace():
        return True
    before = folded[start - 1]
    return before in STOPS or before.islower() or before.isdigit()


def follows_sentence(folded: str, start: int) -> bool:
    return folded[start - 1] == " " and folded[start - 2] in STOPS
