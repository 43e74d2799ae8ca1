"""Examination: rules against their own examples, against each other, and against texts they are meant for."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_lang_class

from pressx.rules import Match, Rule, RuleSet, read_example
from pressx.tokenization import cut_glued_words
from pressx.views import Views


@dataclass(frozen=True)
class Fault:
    """An example that a rule does not treat as it says."""

    rule: str
    example: str
    reason: str


@dataclass(frozen=True)
class Overlap:
    """Two rules of one label that claim the same characters, how often, and the first such stretch."""

    rule: str
    other: str
    count: int
    text: str


@dataclass
class Examination:
    """What was seen: `fired` counts the matches of each rule in the texts."""

    examples: int = 0
    faults: list[Fault] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    texts: int = 0
    fired: Counter[str] = field(default_factory=Counter)


def examine(rules: RuleSet, own: Collection[str], docs: Iterable[Doc]) -> Examination:
    """Try every rule on its examples; look at the rules in `own` for overlaps, and in annotated docs for what fires."""
    examiner = Examiner(rules, own)
    for rule in rules.rules.values():
        examiner.try_examples(rule)
    for doc in docs:
        examiner.try_doc(doc)
    return examiner.finish()


class Examiner:
    """Applies the rules to one text after the other."""

    def __init__(self, rules: RuleSet, own: Collection[str]) -> None:
        self.rules = rules
        self.own = own
        self.views = Views(rules)
        self.nlp: Language = get_lang_class("en")()
        cut_glued_words(self.nlp)
        self.seen = Examination()
        self.overlaps: Counter[tuple[str, str]] = Counter()
        self.stretches: dict[tuple[str, str], str] = {}

    def try_examples(self, rule: Rule) -> None:
        for example in rule.examples:
            text, spans = read_example(example)
            self.try_example(rule, example, text, set(spans))
        for example in rule.counter_examples:
            self.try_example(rule, example, example, set())

    def try_example(self, rule: Rule, example: str, text: str, wanted: set[tuple[int, int]]) -> None:
        """Compare what a rule finds with what is marked; a counter-example has nothing marked."""
        self.seen.examples += 1
        matches = self.rules.find(self.nlp.tokenizer(text), rule.label)
        self.note_overlaps(text, matches)
        found = {(match.start, match.end) for match in matches if match.rule == rule.id}
        for start, end in sorted(wanted - found):
            others = sorted({match.rule for match in matches if (match.start, match.end) == (start, end)})
            reason = f"does not find {text[start:end]!r}" + (f", {' and '.join(others)} does" if others else "")
            self.seen.faults.append(Fault(rule.id, example, reason))
        for start, end in sorted(found - wanted):
            self.seen.faults.append(Fault(rule.id, example, f"finds {text[start:end]!r}"))

    def try_doc(self, doc: Doc) -> None:
        self.seen.texts += 1
        for matches in self.views.find(doc).values():
            self.seen.fired.update(match.rule for match in matches)
            self.note_overlaps(doc.text, matches)

    def note_overlaps(self, text: str, matches: Sequence[Match]) -> None:
        for one, other in list_overlaps(matches):
            pair = one.rule, other.rule
            if one.rule != other.rule and not {one.rule, other.rule}.isdisjoint(self.own):
                pair = min(pair), max(pair)
                self.overlaps[pair] += 1
                self.stretches.setdefault(pair, text[min(one.start, other.start) : max(one.end, other.end)])

    def finish(self) -> Examination:
        for pair, count in sorted(self.overlaps.items(), key=lambda item: (-item[1], item[0])):
            self.seen.overlaps.append(Overlap(*pair, count, self.stretches[pair]))
        return self.seen


def list_overlaps(matches: Sequence[Match]) -> Iterator[tuple[Match, Match]]:
    """Yield the pairs that share characters, of matches in order of start."""
    open_matches: list[Match] = []
    for match in matches:
        open_matches = [other for other in open_matches if other.end > match.start]
        yield from ((other, match) for other in open_matches)
        open_matches.append(match)
