"""Aliases: which names of organizations in one release stand for the same body, and what says so."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from pressx.names import split_name
from pressx.rules import RuleSet
from pressx.spans import Mention

Form = tuple[str, ...]

DEFINITION = re.compile(
    r"""[ \n]?,?[ ]?\((?:the|an?|hereinafter|hereafter|referred|to|as|known|together|collectively|formerly|or|aka|a\.k\.a\.|[ ,:"'“”])*"""
)
ALSO_KNOWN = re.compile(
    r",? \(?(?:d/b/a|dba|DBA|D/B/A|doing business as|formerly(?: known as)?|also known as|f/k/a|a\.?k\.?a\.?|or) [\"']?",
)
DEFINED_NOUN = re.compile(r"[\"'](?:the )?(Company|Corporation|Bank|Fund|Trust|Foundation|Center|Centre|Institute|"
                          r"University|College|School|Association|Society|Council|Commission|Agency|Department|Ministry|"
                          r"Group|Partnership|Firm|Organization|Organisation)[\"']")  # fmt: skip
SMALL = frozenset({"the", "of", "and", "for", "at", "a", "an", "in", "to", "&", "on", "de", "la"})
DOMAIN = re.compile(r"\.(?:com|org|net|co|io|ai|gov|edu|news|tv|us|ca)$", re.IGNORECASE)
BRACKETS = re.compile(r" ?\([^()\n]{2,80}\)")
TICKER = re.compile(r"(?:^ ?\(|[:,/] ?)([A-Z][A-Z0-9.]{0,6})(?=[),;/ ])")
REACH = 90


class Aliases:
    """Links the mentions of organizations; knows the words that a short form leaves out."""

    def __init__(self, rules: RuleSet) -> None:
        self.suffixes = frozenset(word for entry in rules.lexicon("company_suffixes") for word in split_name(entry))
        self.tails = frozenset(word for entry in rules.lexicon("name_tails") for word in split_name(entry))
        self.units = frozenset(word for entry in rules.lexicon("unit_words") for word in split_name(entry))

    def reduce(self, name: str) -> tuple[str, ...]:
        """Return the words that identify a body: folded, without article, domain ending and legal form."""
        words = list(split_name(DOMAIN.sub("", name)))
        if len(words) > 1 and words[0] == "the":
            words = words[1:]
        while len(words) > 1 and words[-1] in self.suffixes:
            words.pop()
        return tuple(words)

    def link(self, folded: str, mentions: Sequence[Mention]) -> dict[int, str]:
        """Return the key of the body of each mention, by the start of the mention."""
        forms = {mention.start: self.reduce(folded[mention.start : mention.end]) for mention in mentions}
        ordered = list(dict.fromkeys(forms[mention.start] for mention in mentions))
        legal = {forms[m.start] for m in mentions if self.ends_legally(folded[m.start : m.end])}
        capitals = {forms[m.start]: read_capitals(folded[m.start : m.end]) for m in reversed(mentions)}
        parents = {form: form for form in ordered}

        def find_root(form: Form) -> tuple[str, ...]:
            while parents[form] != form:
                form = parents[form]
            return form

        def join(short: Form, long: Form) -> None:
            one, other = find_root(short), find_root(long)
            if one != other:
                parents[one] = other

        tickers = list_tickers(folded, mentions)
        for short, long in self._list_definitions(folded, mentions):
            join(forms[short.start], forms[long.start])
        for mention in mentions:
            if (listed := tickers.get(folded[mention.start : mention.end])) is not None:
                join(forms[mention.start], forms[listed.start])
        counts = {form: sum(1 for found in forms.values() if found == form) for form in ordered}
        for form in sorted(ordered, key=len):
            if (
                find_root(form) == form
                and (target := self._choose_target(form, ordered, counts, capitals, legal)) is not None
            ):
                join(form, target)
        roots = list(dict.fromkeys(find_root(forms[mention.start]) for mention in mentions))
        keys = {root: f"organization:{number}" for number, root in enumerate(roots)}
        return {start: keys[find_root(form)] for start, form in forms.items()}

    def _list_definitions(self, folded: str, mentions: Sequence[Mention]) -> Iterable[tuple[Mention, Mention]]:
        """Yield (alias, name) where the text itself says so: 'Full Name ("FN")', "Name, doing business as Other"."""
        for name, alias in pairwise(mentions):
            between = folded[name.end : alias.start]
            if len(between) > REACH or "\n\n" in between or ";" in between:
                continue
            if (ALSO_KNOWN.fullmatch(between) and between.strip(" ,(\"'") != "or") or (
                DEFINITION.fullmatch(between) and "(" in between and self._can_define(folded, name, alias, between)
            ):
                yield alias, name

    def _can_define(self, folded: str, name: Mention, alias: Mention, between: str) -> bool:
        """Whether brackets define an alias: they hold nothing else, and the alias is short or its letters are the name's."""
        after = folded[alias.end : alias.end + 40]
        if not re.match(r"[\"']?(?:\)|,? (?:or|and) [\"'“]?(?:the )?[\"']?)", after):
            return False
        letters = folded[alias.start : alias.end]
        quoted = any(mark in between for mark in "\"'") or "refer" in between or "known" in between
        return quoted or is_abbreviation(letters, folded[name.start : name.end])

    def _choose_target(
        self,
        form: Form,
        forms: Sequence[Form],
        counts: Mapping[Form, int],
        capitals: Mapping[Form, str],
        legal: Collection[Form],
    ) -> Form | None:
        """Return the longer name that `form` is a short form, an acronym or a misspelling of, if one is beyond doubt."""
        longer = [long for long in forms if long != form]
        tests: tuple[Callable[[Form], bool], ...] = (
            lambda long: self.is_short_form(form, long, longer, legal),
            lambda long: is_acronym(form, long) or (len(form) == 1 and len(form[0]) > 2 and form[0] == capitals[long]),
            lambda long: is_compound_part(form, long),
            lambda long: (
                is_misspelling(form, long) and (counts[long], -forms.index(long)) > (counts[form], -forms.index(form))
            ),
        )
        for test in tests:
            if fitting := [long for long in longer if test(long)]:
                return max(fitting, key=lambda long: (counts[long], -len(long)))
        return None

    def ends_legally(self, name: str) -> bool:
        """Whether the name ends in a legal form: "Acme Robots Ltd."."""
        words = split_name(name)
        return len(words) > 1 and words[-1] in self.suffixes

    def is_short_form(self, short: Form, long: Form, others: Sequence[Form], legal: Collection[Form]) -> bool:
        """Whether the longer name is the shorter one and more words that do not make a body of its own.

        "Acme" stands for "Acme Robotics Group" and for "Acme Blue Ltd."; it does not for "Acme Blue", which may be a
        product, nor for "Acme Community Museum", where "Museum" is a unit, unless the unit is the only word more
        ("Harvard" and "Harvard University") and no other name begins alike.
        """
        if "".join(short) == "".join(long):
            return short != long
        if not short or len(short) >= len(long) or long[: len(short)] != short:
            return False
        if len(short) == 1 and (len(short[0]) < 3 or short[0] in self.tails or short[0] in SMALL):
            return False
        rest = long[len(short) :]
        if rest[0] in ("at", "of", "in") and rest[1:] in others:
            return True
        if rest[0] in SMALL:
            return False
        if not any(word in self.units for word in rest):
            return long in legal or all(word in self.tails or word in SMALL for word in rest)
        rivals = [
            other for other in others if other != long and other[: len(short)] == short and len(other) > len(short)
        ]
        return len(rest) == 1 and not rivals

    def resolve(self, folded: str, mentions: Sequence[Mention], noun: str, start: int) -> str | None:
        """Return the key of the body that "the Company" at `start` refers to.

        The text's own definition ('("the Company")') comes first, then the last body named whose name holds the noun
        ("the University"), then, for a company, the one most often named before.
        """
        before = [mention for mention in mentions if mention.end <= start]
        for mention in reversed(before):
            window = folded[mention.end : mention.end + REACH]
            defined = DEFINED_NOUN.search(window)
            if defined and defined[1] == noun and ")" not in window[: max(defined.start() - 1, 0)].split("(", 1)[-1]:
                return mention.value
        for mention in reversed(before):
            if noun.lower() in split_name(folded[mention.start : mention.end]):
                return mention.value
        if noun in ("Company", "Firm", "Group", "Corporation", "Organization", "Organisation") and before:
            values = [mention.value for mention in before]
            return max(dict.fromkeys(values), key=values.count)
        return before[-1].value if before and start - before[-1].end < 400 else None


def list_tickers(folded: str, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """Return the stock symbols that stand in brackets after a name, with that name."""
    tickers: dict[str, Mention] = {}
    for mention in mentions:
        position = mention.end
        while brackets := BRACKETS.match(folded, position):
            for symbol in TICKER.finditer(brackets[0]):
                tickers.setdefault(symbol[1], mention)
            position = brackets.end()
    return tickers


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


def is_subsequence(letters: Iterable[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def is_acronym(short: Form, long: Form) -> bool:
    """Whether the one word `short` is made of the initials of `long`, small words counted or not."""
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    initials = "".join(word[0] for word in long)
    chief = "".join(word[0] for word in long if word not in SMALL)
    return short[0] in (initials, chief)


def is_compound_part(short: Form, long: Form) -> bool:
    """Whether `short` is the last part of a name joined by a hyphen: "CERTA" of "UNIDO-CERTA"."""
    return len(short) == 1 and len(short[0]) > 3 and len(long) == 2 and long[1] == short[0] and long[0] != short[0]


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
