"""Views: the texts over which rules are run, and what every rule matches in all of them.

Most rules run over the text itself, others over its outline, in which names and titles are words of their own. Components
look for what they need where they need it; who asks about rules as such wants to see every match, in the
offsets of the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc

from pressx.narratives import Narrative
from pressx.outlines import PLACEHOLDERS, Outline, Outliner
from pressx.rules import Match, RuleSet
from pressx.spans import fold_doc, keep_longest, read_group
from pressx.titles import Titles
from pressx.titlewords import TitleWords

PLACEHOLDER = re.compile(rf"\b(?:{'|'.join(PLACEHOLDERS.values())})\b")


class Views:
    """Finds the matches of all rules in annotated docs."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.labels = sorted({rule.label for rule in rules.rules.values()})
        # The examples of a rule are written as the view that it is run over looks.
        self.outlined = {
            rule.label for rule in rules.rules.values() if any(PLACEHOLDER.search(example) for example in rule.examples)
        }

    @cached_property
    def outliner(self) -> Outliner:
        return Outliner(self.rules)

    @cached_property
    def titles(self) -> Titles:
        return Titles(self.rules, TitleWords(self.rules), self.outliner)

    def find(self, doc: Doc) -> Mapping[str, list[Match]]:
        """Return the matches of each label in order of start, each once, in whatever view it stands."""
        outlines = list(self.draw(doc)) if self.outlined else []
        found = {}
        for label in self.labels:
            matches = self.rules.find(doc, label)
            for outline in outlines if label in self.outlined else ():
                matches += [locate(outline, match) for match in self.rules.find_text(outline.text, label)]
            once = {(match.rule, match.start, match.end): match for match in matches}
            found[label] = sorted(once.values(), key=lambda match: (match.start, -match.end, match.rule))
        return found

    def draw(self, doc: Doc) -> Iterator[Outline]:
        """Yield the outline that rules of positions are run over, with every title, and that for agreements."""
        folded = fold_doc(doc)
        names = [*read_group(doc, "people"), *read_group(doc, "organizations")]
        yield self.outliner.draw(folded, keep_longest([*names, *self.titles.find(doc, folded, names)]))
        yield Narrative(doc, self.outliner).outline


def locate(outline: Outline, match: Match) -> Match:
    """Return a match in an outline as the characters of the text that it stands for."""
    return replace(match, start=outline.locate(match.start), end=outline.locate(match.end), groups={})
