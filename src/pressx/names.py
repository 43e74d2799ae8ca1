"""Names as words: how two forms of a name are compared, whatever their case, accents, dots and apostrophes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from pressx.spans import Mention, Occupied, read_group

WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?|&")
POSSESSIVE = re.compile(r"['’]s?$")
DROPPED = str.maketrans("", "", ".'’\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff")


@lru_cache(maxsize=65536)
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name folded for comparison: "O'Brien, Jr." -> ("obrien", "jr")."""
    words = (fold_word(match[0]) for match in WORD.finditer(POSSESSIVE.sub("", name)))
    return tuple(word for word in words if word)


def fold_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(DROPPED))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


def same_word(one: str, other: str) -> bool:
    """Whether two folded words agree, an initial with the word it begins."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def match_words(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of `short` stand in `long` in their order, initials counting for words."""
    position = 0
    for word in short:
        while position < len(long) and not same_word(word, long[position]):
            position += 1
        if position == len(long):
            return False
        position += 1
    return True


def read_candidates(doc: Doc, label: str) -> list[Mention]:
    """Return what the model marked as `label`, the probability of each mention in its fact.

    One name has one type in a release: a form that the model marks as something else with more weight is left out.
    """
    found = read_group(doc, "ner")
    probabilities = doc.spans["ner"].attrs.get("probabilities") if "ner" in doc.spans else None
    weights = probabilities or [1.0] * len(found)
    votes: dict[tuple[str, ...], defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention, weight in zip(found, weights, strict=True):
        votes[split_name(doc.text[mention.start : mention.end])][mention.label] += weight
    labels = {form: max(sorted(count), key=count.__getitem__) for form, count in votes.items()}
    return [
        replace(mention, fact={**mention.fact, "probability": weight})
        for mention, weight in zip(found, weights, strict=True)
        if mention.label == label and labels[split_name(doc.text[mention.start : mention.end])] == label
    ]


def drop_doubtful(mentions: Sequence[Mention], floor: float) -> list[Mention]:
    """Return the mentions of entities that the model is sure of at least once, or that a rule found."""
    best: dict[str, float] = defaultdict(float)
    for mention in mentions:
        best[mention.value] = max(best[mention.value], mention.fact.get("probability", 1.0))
    return [mention for mention in mentions if best[mention.value] >= floor]


def repeat_names(folded: str, known: Mapping[str, Mention], taken: Iterable[Mention], rule: str) -> Iterator[Mention]:
    """Yield the places where a name of `known` stands again and nothing of `taken` does, with its label and value."""
    names = {
        name: mention for name, mention in known.items() if len(name) > 2 and "\n" not in name and not name.islower()
    }
    if not names:
        return
    occupied = Occupied(folded, taken)
    for match in re.finditer(rf"(?<![\w@/.])(?:{join_words(names)})(?![\w@]|\.[a-z])", folded):
        known_as = names[match[0]]
        mention = Mention(match.start(), match.end(), known_as.label, rule, known_as.value, known_as.fact)
        if not occupied.covers(mention):
            yield mention


def join_words(words: Iterable[str]) -> str:
    """Return the alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
