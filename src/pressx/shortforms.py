"""Short forms: which shorter name of an organization may stand for which longer one, and what speaks for it.

"Acme" may stand for "Acme Robotics Group", "NRWA" for "National Rural Water Association". Each relation is weighed by
marks with the weights in `weights/shortforms.json`, fitted by `models/training/organizations.py`.
"""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pressx.names import split_name
from pressx.rules import RuleSet
from pressx.spans import Mention
from pressx.weights import Marks, load_weights, weigh

Form = tuple[str, ...]
# Small words of names, those of other languages among them, which initials may leave out: "Museu do Azulejo (MA)".
SMALL = frozenset(
    split_name("a an and at for in of on the to da das de del der des di die do dos du e et für la le les und van y")
)
DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|co|io|ai|gov|edu|news|tv|us|ca)$", re.IGNORECASE)
BREAK = re.compile(r"[.(\n]")
CLOSE = 60  # characters between two names that stand side by side
# Forms that are compared with each other, which takes time by the square of their number: those of a text that names
# more bodies is a list, whose entries stand for themselves.
MOST_COMPARED = 500
MIXED = 3  # capitals of an acronym that has small letters too
POSSIBLE = 0.3  # what a form may stand for keeps it from a name that comes only later
LIKELY = 0.6  # a false link and a missed one cost an organization each


@dataclass
class Namesake:
    """A form of a name in one release, and the mentions that have it in the order of the text."""

    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class ShortForms:
    """Finds the pairs of forms of which one may stand for the other, and weighs them."""

    def __init__(self, rules: RuleSet) -> None:
        self.suffixes, self.tails, self.units = (
            frozenset(word for entry in rules.lexicon(name) for word in split_name(entry))
            for name in ("company_suffixes", "name_tails", "unit_words")
        )
        self.places = frozenset(
            split_name(entry) for name in ("dateline_regions", "dateline_cities") for entry in rules.lexicon(name)
        )
        self.weights = load_weights("shortforms")

    def reduce(self, name: str) -> Form:
        """Return the words that identify a body: folded, without article, domain ending and legal form; "&" is "and"."""
        words = ["and" if word == "&" else word for word in split_name(DOMAIN.sub("", name))]
        if len(words) > 1 and words[0] == "the":
            words = words[1:]
        while len(words) > 1 and words[-1] in self.suffixes:
            words.pop()
        return tuple(words)

    def find(self, folded: str, mentions: Sequence[Mention]) -> dict[Form, Form]:
        """Return for each form the one it most likely stands for, where that is likelier than not."""
        best: dict[Form, tuple[float, float, Form]] = {}  # those named before the short form first
        for short, long, marks in self.list_pairs(folded, mentions):
            probability = weigh(marks, self.weights)
            if probability >= POSSIBLE and (marks["after"], probability) > best.get(short, (0.0, 0.0))[:2]:
                best[short] = (marks["after"], probability, long)
        return {short: long for short, (_, probability, long) in best.items() if probability >= LIKELY}

    def list_pairs(self, folded: str, mentions: Sequence[Mention]) -> Iterator[tuple[Form, Form, Marks]]:
        """Yield (short form, longer form, marks) for all forms of the mentions that are related by their letters."""
        namesakes: dict[Form, Namesake] = {}
        for mention in mentions:
            text = folded[mention.start : mention.end]
            namesake = namesakes.setdefault(self.reduce(text), Namesake())
            namesake.texts.append(text)
            namesake.starts.append(mention.start)
            namesake.ends.append(mention.end)
        capitals = {form: {read_capitals(text) for text in known.texts} for form, known in namesakes.items()}
        for short, longer in list_neighbours([form for form in namesakes if form][:MOST_COMPARED]).items():
            related = {
                long: relation for long in longer if (relation := relate(short, long, capitals[short], capitals[long]))
            }
            for long, relation in related.items():
                rivals = [other for other in related if other != long and not is_continued(other, long)]
                marks = {relation: 1.0, "rivals": math.log(1 + len(rivals))}
                marks |= mark_use(folded, namesakes[short], namesakes[long])
                marks["single"] = float(len(short) == 1)
                if is_compound(long, namesakes):
                    marks |= {"parent": float(relation == "prefix"), "part": float(relation == "suffix")}
                if relation == "prefix":
                    marks |= self.mark_rest(short, long, namesakes[long])
                    marks["short_legal"] = float(any(map(self.ends_legally, namesakes[short].texts)))
                if relation == "acronym":
                    marks["letters"] = min(len(short[0]), 6)
                yield short, long, marks

    def mark_rest(self, short: Form, long: Form, known: Namesake) -> Marks:
        """Return what the words say by which a name is longer: "Group" is a tail, "Museum" makes a body of its own."""
        rest = long[len(short) :]
        chief = [word for word in rest if word not in SMALL]
        return {
            "rest": min(len(rest), 6),
            "rest_and": float(rest[0] == "and"),
            "rest_legal": float(any(map(self.ends_legally, known.texts))),
            "rest_lower": float(all(text.split()[-1][:1].islower() for text in known.texts)),
            "rest_place": float(rest in self.places or rest[1:] in self.places),
            "rest_small": float(rest[0] in SMALL and rest[0] != "and"),
            "rest_tails": float(all(word in self.tails for word in chief)),
            "rest_unit": float(any(word in self.units for word in chief)),
            "rest_unit_last": float(rest[-1] in self.units),
            "short_tail": float(short[-1] in self.tails),
            "short_unit": float(short[-1] in self.units),
        }

    def ends_legally(self, name: str) -> bool:
        """Whether the name ends in a legal form: "Acme Robots Ltd."."""
        words = split_name(name)
        return len(words) > 1 and words[-1] in self.suffixes


def list_neighbours(forms: Sequence[Form]) -> dict[Form, list[Form]]:
    """Return for each form the others that begin with its first letter or end in its last word: only these are related."""
    letters, words = defaultdict(list), defaultdict(list)
    for form in forms:
        letters[form[0][0]].append(form)
        words[form[-1]].append(form)
    return {
        form: [other for other in dict.fromkeys([*letters[form[0][0]], *words[form[-1]]]) if other != form]
        for form in forms
    }


def relate(short: Form, long: Form, own: Iterable[str], capitals: Iterable[str]) -> str:
    """Return the relation in which `short` may stand for `long`, "" when there is none; `own` and `capitals` are those of
    the two.
    """
    if "".join(short) == "".join(long):
        return "joined"
    if len(short) == 1 and (len(short[0]) < 2 or short[0] in SMALL):
        return ""
    if len(short) == 1 and len(short[0]) > 2 and short[0] in capitals:
        return "acronym"
    if len(short) == 1 and any(len(letters) >= MIXED and is_acronym((letters,), long) for letters in own):
        return "acronym"  # "AfDB" of the African Development Bank
    if len(short) < len(long):
        if long[: len(short)] == short:
            return "prefix"
        if long[-len(short) :] == short:
            # "Medical University of Graz" is not the University of Graz.
            return "" if short[0] == "university" else "suffix"
        if is_acronym(short, long):
            return "acronym"
        if len(short) > 1 and abbreviates_words(short, long):
            return "initials"
        if len(short) > 1 and short[0] == long[0] and is_subsequence(short, long):
            return "gapped"
    return "misspelling" if is_misspelling(short, long) else ""


def is_compound(form: Form, namesakes: Mapping[Form, Namesake]) -> bool:
    """Whether a name is two with a hyphen: "WMO-ICDS" is the ICDS of the WMO where the text names both, or the WMO alone."""
    if len(form) != 2 or form[:1] not in namesakes:
        return False
    return any("-" in text and (text.isupper() or form[1:] in namesakes) for text in namesakes[form].texts)


def mark_use(folded: str, short: Namesake, long: Namesake) -> Marks:
    """Return how often and where the two forms stand; side by side in one sentence they are two bodies."""
    return {
        "count_short": math.log(len(short.starts)),
        "count_long": math.log(len(long.starts)),
        "after": float(long.starts[0] < short.starts[0]),
        "upper": float(short.texts[0].isupper() and not long.texts[0].isupper()),
        "beside": float(stand_close(folded, short, long) or stand_close(folded, long, short)),
    }


def stand_close(folded: str, one: Namesake, other: Namesake) -> bool:
    """Whether some mention of `other` follows one of `one` with little between them."""
    for end in one.ends:
        number = bisect_left(other.starts, end)
        between = folded[end : other.starts[number]] if number < len(other.starts) else ""
        if number < len(other.starts) and len(between) < CLOSE and not BREAK.search(between):
            return True
    return False


def is_continued(one: Form, other: Form) -> bool:
    """Whether one of the forms is the other and more words."""
    short, long = sorted((one, other), key=len)
    return long[: len(short)] == short or "".join(long) == "".join(short)


def read_capitals(name: str) -> str:
    """Return the capitals of a name, folded: "InvestorBrandNetwork" -> "ibn"."""
    return "".join(character for character in name if character.isupper()).casefold()


def is_abbreviation(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in their order, the first at the start of a word."""
    letters = [character for character in short.casefold() if character.isalnum()]
    if not letters or len(letters) > 12 or " " in short.strip():
        return False
    words = split_name(name)
    return any(
        is_subsequence(letters, "".join(words[number:])) for number, word in enumerate(words) if word[0] == letters[0]
    )


def is_subsequence(part: Iterable[str], whole: Iterable[str]) -> bool:
    rest = iter(whole)
    return all(piece in rest for piece in part)


def is_acronym(short: Form, long: Form) -> bool:
    """Whether the one word `short` is made of the initials of `long`, small words counted or not."""
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    initials = "".join(word[0] for word in long)
    chief = "".join(word[0] for word in long if word not in SMALL)
    return short[0] in (initials, chief)


def abbreviates_words(short: Form, long: Form) -> bool:
    """Whether the forms are equal word by word but that one word stands for the initials of several."""
    for number, word in enumerate(short):
        spare = len(long) - len(short) + 1
        if spare > 1 and long[:number] == short[:number] and long[number + spare :] == short[number + 1 :]:
            return is_acronym((word,), long[number : number + spare])
    return False


def is_misspelling(form: Form, other: Form) -> bool:
    """Whether one letter was lost, added or changed in a name of at least six letters, or one of three words varies."""
    one, two = " ".join(form), " ".join(other)
    if one == two or min(len(one), len(two)) < 6 or one[0] != two[0]:
        return False
    if any(character.isdigit() for character in one + two):
        return False
    if len(form) == len(other) > 2:
        varied = [(a, b) for a, b in zip(form, other, strict=True) if a != b]
        if len(varied) == 1 and len(varied[0][0]) > 3 and varied[0][0][:4] == varied[0][1][:4]:
            return True
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[first + (len(short) == len(long)) :] == long[first + 1 :]
