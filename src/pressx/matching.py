"""Matching: when something extracted is the same as something annotated, and who is paired with whom.

These are definitions of the measure, not knowledge about press releases: changing a word here changes what every
published figure means. That is why they are not lexicons.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from pressx.gold import GoldName

Predicted = TypeVar("Predicted")
Annotated = TypeVar("Annotated")
Pairs = Mapping[int, int]
"""Number of the prediction -> number of the gold entry."""

HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "hon", "rev"})
CREDENTIALS = frozenset(
    {"phd", "md", "mba", "esq", "cpa", "jd", "rn", "dds", "pe", "cfa", "obe", "mbe", "cbe"}
)  # fmt: skip
LEGAL_FORMS = frozenset({
    "inc", "incorporated", "llc", "llp", "ltd", "limited", "plc", "corp", "corporation", "co", "company", "gmbh", "ag",
    "sa", "nv", "bv", "pte", "pty", "lp", "spa", "srl", "ab", "oy", "as",
})  # fmt: skip
SMALL_WORDS = frozenset({"the", "of", "and", "for", "at", "a", "an", "in", "to"})

APOSTROPHES = "\u2019\u2018'`"
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s\b")
INNER_MARKS = dict.fromkeys(map(ord, f"{APOSTROPHES}."))
WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def split_words(text: str | None) -> tuple[str, ...]:
    """Return the words of a text without regard to case, accents, apostrophes, full stops and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c)).casefold()
    return tuple(WORD.findall(POSSESSIVE.sub("", plain).translate(INNER_MARKS)))


def fold_person(name: str | None) -> str:
    """Return what identifies a person: the words without honorifics before and credentials behind."""
    words = split_words(name)
    first, last = 0, len(words)
    while first < last and words[first] in HONORIFICS:
        first += 1
    while last > first and words[last - 1] in CREDENTIALS:
        last -= 1
    return " ".join(words[first:last])


def fold_organization(name: str | None) -> str:
    """Return what identifies an organization: the words without article and legal form."""
    words = split_words(name)
    first, last = int(words[:1] == ("the",)), len(words)
    while last - first > 1 and words[last - 1] in LEGAL_FORMS:
        last -= 1
    return " ".join(words[first:last])


def list_forms(entry: GoldName, fold: Callable[[str], str]) -> set[str]:
    """Return the folded forms under which a gold entry is right."""
    return {fold(form) for form in (entry.name, *entry.also)} - {""}


def share_words(one: str | None, other: str | None) -> float:
    """Return the F1 of the words two texts have in common, small words left out."""
    mine, theirs = ([word for word in split_words(text) if word not in SMALL_WORDS] for text in (one, other))
    if not mine or not theirs:
        return 0.0
    return 2 * (Counter(mine) & Counter(theirs)).total() / (len(mine) + len(theirs))


def align(gold: Sequence[GoldName], names: Sequence[str], fold: Callable[[str], str]) -> Pairs:
    """Pair predicted names with gold entries one to one: first where the names agree, then where an alias does."""
    pairs: dict[int, int] = {}
    for forms in ([{fold(entry.name)} for entry in gold], [list_forms(entry, fold) for entry in gold]):
        for number, name in enumerate(names):
            if number in pairs:
                continue
            taken = set(pairs.values())
            free = (place for place, known in enumerate(forms) if place not in taken and fold(name) in known)
            if (place := next(free, None)) is not None:
                pairs[number] = place
    return pairs


def pair(
    gold: Sequence[Annotated], predicted: Sequence[Predicted], likeness: Callable[[Predicted, Annotated], float]
) -> Pairs:
    """Pair one to one, the most alike first; what has no likeness is never paired. Of equals the last ones win."""
    candidates = [
        (likeness(one, other), number, place)
        for number, one in enumerate(predicted)
        for place, other in enumerate(gold)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for value, number, place in sorted(candidates, reverse=True):
        if value > 0 and number not in pairs and place not in taken:
            pairs[number] = place
            taken.add(place)
    return pairs


class Directory:
    """Who a name stands for: the number of the first gold entry with that form, else the folded name itself."""

    def __init__(self, entries: Sequence[GoldName], fold: Callable[[str | None], str]) -> None:
        self.fold = fold
        self.numbers: dict[str, int] = {}
        for number, entry in enumerate(entries):
            for form in list_forms(entry, fold):
                self.numbers.setdefault(form, number)

    def find(self, name: str | None) -> int | str | None:
        """Return None for a name that folds to nothing."""
        form = self.fold(name)
        return self.numbers.get(form, form or None)
