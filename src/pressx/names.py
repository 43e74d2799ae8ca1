"""Names as words: how two forms of a name are compared, whatever their case, accents, dots and apostrophes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc

from pressx.spans import Mention, Occupied, fold_doc, read_group

Nicknames = Mapping[str, frozenset[str]]

WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?|&")
NAME_GOES_ON = re.compile(r"[\w@]|\.[a-z]")
# "Vincent (Vin) Poe" of which the model read Vin) Poe.
BRACKETED = re.compile(r"[A-Z][\w.'-]{0,20} \((?=[A-Z][\w'-]{0,20}\) [A-Z])")
# "Vincent "Vin" Poe", "Vincent ("Vin") R. Poe" of which it read Vincent, or Vincent "Vin.
NICKNAME = re.compile(
    r" ?\(?\"[A-Z][\w.'-]{0,20}\"\)? (?:[A-Z]\. )?[A-Z][\w'-]{1,25}(?: (?:[A-Z][a-z'-]{1,25}|Jr\.|Sr\.|I{2,3})(?!\w))?"
)
NICKNAMED = re.compile(r"(?:[A-Z][\w.'-]{0,20} ){1,3}\"$")  # "Vincent "Vin" Poe" of which the model read Vin" Poe
LEAD = 2  # characters by which names are looked up; shorter names are not looked for
PATRONYMIC = re.compile(r"(?:bin|bint|ibn) ")
GIVEN_NAME = re.compile(r"[A-Z][\w'-]{1,24} $")
LONGEST_GIVEN = 26
DEAN = re.compile(r"(?:Dean|Chancellor|Judge|Major|Prince) (?=[A-Z]{2,} [A-Z][a-z])")
COUPLE = re.compile(r"\s{1,9}(?:and|&|or)\s{1,9}|\s{0,9}/\s{0,9}")
OWNS = "'s "
POSSESSIVE = re.compile(r"['’]s?$")
DROPPED = str.maketrans("", "", ".'’\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff")


@lru_cache(maxsize=8192)  # names of some dozen releases
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


def complete_nickname(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a name with the nickname that stands in quotation marks inside it."""
    bracket = BRACKETED.search(folded, max(0, start - 24), start + 24)
    if bracket and bracket.end() == start and ")" in folded[start:end]:
        return bracket.start(), end
    quote = folded.find('"', start, end)
    if quote < 0 or folded.count('"', start, end) == 1:
        last = NICKNAME.match(folded, quote - 1 if quote > start else end)
        if last:
            return start, last.end()
        if quote >= 0 and (first := NICKNAMED.search(folded, max(0, start - 40), start)):
            return first.start(), end
    return start, end


def open_name(folded: str, start: int, end: int) -> int:
    """Return where a name begins: "Said bin Ada Quill" with the given name, "Dean QUILL Ada" without the title."""
    if PATRONYMIC.match(folded, start, end):
        given = GIVEN_NAME.search(folded, max(0, start - LONGEST_GIVEN), start)
        return given.start() if given else start
    dean = DEAN.match(folded, start, end)
    return dean.end() if dean else start


def split_couple(folded: str, mention: Mention) -> list[Mention]:
    """Return the two people of a mention such as "Ada and Ben Roe", else the mention alone."""
    parts = list(COUPLE.finditer(folded, mention.start, mention.end))
    starts = [mention.start, *(part.end() for part in parts)]
    ends = [*(part.start() for part in parts), mention.end]
    return [replace(mention, start=start, end=end) for start, end in zip(starts, ends, strict=True)]


def is_abbreviated(folded: str, end: int) -> bool:
    """Whether the full stop before `end` belongs to an initial or to Jr./Sr."""
    return bool(re.search(r"(?:\b[A-Za-z]|\b[JS]r)\.$", folded[max(0, end - 4) : end]))


def read_nicknames(lines: Iterable[str]) -> Nicknames:
    """Return what each nickname stands for, folded, from lines such as "Dave = David"."""
    pairs = (line.split(" = ") for line in lines)
    return {fold_word(short): frozenset(map(fold_word, names.split(", "))) for short, names in pairs}


def spell_given(form: tuple[str, ...], known: tuple[str, ...], nicknames: Nicknames) -> Iterator[tuple[str, ...]]:
    """Yield a form, and once more with the name of the known form where one is a nickname of the other."""
    yield form
    given, other = form[0], known[0]
    if len(form) == 1:
        yield from ((word,) for word in known if word in nicknames.get(given, ()))
    if len(form) > 1 and (other in nicknames.get(given, ()) or given in nicknames.get(other, ())):
        yield other, *form[1:]


def read_marked(doc: Doc, *labels: str) -> list[Mention]:
    """Return what the model marked as one of `labels`, anything without any; the probability of each mention in its fact,
    1 for what was marked by something that tells none.
    """
    found = read_group(doc, "ner")
    probabilities = doc.spans["ner"].attrs.get("probabilities") if "ner" in doc.spans else None
    return [
        replace(mention, fact={**mention.fact, "probability": weight})
        for mention, weight in zip(found, probabilities or [1.0] * len(found), strict=True)
        if mention.label in labels or not labels
    ]


def read_candidates(doc: Doc, label: str) -> list[Mention]:
    """Return what the model marked as `label`, the probability of each mention in its fact.

    One name has one type in a release: a form that the model marks as something else with more weight is left out.
    """
    found, text = read_marked(doc), fold_doc(doc)
    votes: dict[tuple[str, ...], defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in found:
        votes[split_name(text[mention.start : mention.end])][mention.label] += mention.fact["probability"]
    labels = {form: max(sorted(count), key=count.__getitem__) for form, count in votes.items()}
    return [
        mention
        for mention in found
        if mention.label == label and labels[split_name(text[mention.start : mention.end])] == label
    ]


def drop_owners(folded: str, titles: Container[int], mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without single words that own a title, one of which starts at each of `titles`, unless they are a part
    of somebody's name: in "Kestrel's director, Ada Quill" Kestrel is no person.
    """
    names = [folded[mention.start : mention.end].split() for mention in mentions]
    parts = {word for name in names if len(name) > 1 for word in name}
    return [
        mention
        for mention, name in zip(mentions, names, strict=True)
        if len(name) != 1
        or name[0] in parts
        or not (folded.startswith(OWNS, mention.end) and mention.end + len(OWNS) in titles)
    ]


def drop_doubtful(mentions: Sequence[Mention], floor: float) -> list[Mention]:
    """Return the mentions of entities that the model is sure of, or that a rule found; places that it half believes add up."""
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    for mention in mentions:
        doubt[mention.value] *= 1.0 - mention.fact.get("probability", 1.0)
    return [mention for mention in mentions if 1.0 - doubt[mention.value] >= floor]


def repeat_names(folded: str, known: Mapping[str, Mention], taken: Iterable[Mention], rule: str) -> Iterator[Mention]:
    """Yield the places where a name of `known` stands again and nothing of `taken` does, with its label and value."""
    names = {
        name: mention
        for name, mention in known.items()
        if len(name) >= LEAD and "\n" not in name and not name.islower()
    }
    if not names:
        return
    occupied = Occupied(folded, taken)
    for start, end in find_names(folded, names):
        known_as = names[folded[start:end]]
        mention = Mention(start, end, known_as.label, rule, known_as.value, known_as.fact)
        if not occupied.covers(mention):
            yield mention


def find_names(folded: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of `names` stands as whole words, the longest where several do; the intervals don't overlap.

    The time does not grow with the number of names, as that of a regular expression with as many alternatives does.
    """
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:LEAD]].add(len(name))
    longest_first = {lead: sorted(found, reverse=True) for lead, found in lengths.items()}
    initials = "".join(re.escape(initial) for initial in sorted({name[0] for name in names}))
    position = 0
    for opening in re.finditer(rf"(?<![\w@/.])[{initials}]", folded):
        start = opening.start()
        if start >= position and (found := longest_first.get(folded[start : start + LEAD])):
            ends = (start + length for length in found if folded[start : start + length] in names)
            end = next((end for end in ends if not NAME_GOES_ON.match(folded, end)), None)
            if end is not None:
                yield start, end
                position = end
