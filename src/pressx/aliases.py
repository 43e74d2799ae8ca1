"""Aliases: which names of organizations in one release stand for the same body, and what says so."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pressx.names import split_name
from pressx.rules import RuleSet
from pressx.shortforms import Form, ShortForms, is_abbreviation, is_acronym, is_subsequence
from pressx.spans import Mention

DEFINITION = re.compile(
    r"""[ \n]?,?[ ]?\((?:the|an?|hereinafter|hereafter|referred|to|as|known|together|collectively|formerly|or|aka|a\.k\.a\.|[ ,:"'“”])*"""
)
ALSO_KNOWN = re.compile(
    r",? \(?(?:d/b/a|dba|DBA|D/B/A|doing business as|formerly(?: known as)?|also known as|f/k/a|a\.?k\.?a\.?|or) [\"']?",
)
DEFINED_NOUN = re.compile(r"[\"'](?:the )?(Company|Corporation|Bank|Fund|Trust|Foundation|Center|Centre|Institute|"
                          r"University|College|School|Association|Society|Council|Commission|Agency|Department|Ministry|"
                          r"Group|Partnership|Firm|Organization|Organisation|Authority|Government|Union|Network|Court|Board)[\"']")  # fmt: skip
BRACKETS = re.compile(r",? ?\([^()\n]{2,80}\)")
# The symbols of "(NYSE/LSE: CCL; NYSE: CUK)" stand behind a colon; what stands before one is an exchange.
TICKER = re.compile(r"(?:^,? ?\(|[:,/] ?)\$?([A-Z][A-Z0-9.]{0,6})(?=[),; ]|/ ?[A-Z0-9.]{1,7}[),; ])")
SYMBOLS = re.compile(r" ?\([A-Z][\w .&/-]{1,30}: ?[A-Z0-9][A-Z0-9.;:/ ]{0,30}\)")
# What is "the City" or "the Court" has the word in its name; "the Institute" may be whatever was named last.
NAMED = frozenset(
    ("Government", "Parliament", "Assembly", "Senate", "Court", "Office", "Embassy", "Board", "Directorate", "Prefecture",
     "Province", "Municipality", "County", "City", "Theatre", "Archive", "Diocese", "Secretariat")
)  # fmt: skip
STEM = 6  # letters that "University" shares with Universidad, Universiti and Universität
REACH = 90
STATES = {("ministry",), ("government",), ("embassy",)}
INITIALS = 4  # letters that hardly stand for two names of one release


class Aliases:
    """Links the mentions of organizations that stand for one body."""

    def __init__(self, rules: RuleSet) -> None:
        self.short_forms = ShortForms(rules)

    def link(self, folded: str, mentions: Sequence[Mention]) -> dict[int, str]:
        """Return the key of the body of each mention, by the start of the mention.

        What the text itself defines comes first, then what the letters of two forms and their use make likely.
        """
        forms = {m.start: self.short_forms.reduce(folded[m.start : m.end]) for m in mentions}
        parents = {form: form for form in forms.values()}

        def find_root(form: Form) -> Form:
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
        hyphened = [forms[m.start] for m in mentions if "-" in folded[m.start : m.end]]
        for form, longer in [*match_ministries(parents), *match_compounds(hyphened, parents)]:
            join(form, longer)
        defined = {form for form in parents if parents[form] != form}
        for form, likely in self.short_forms.find(folded, mentions).items():
            if form not in defined:
                join(form, likely)
        roots = list(dict.fromkeys(find_root(forms[mention.start]) for mention in mentions))
        keys = {root: f"organization:{number}" for number, root in enumerate(roots)}
        return {start: keys[find_root(form)] for start, form in forms.items()}

    def _list_definitions(self, folded: str, mentions: Sequence[Mention]) -> Iterable[tuple[Mention, Mention]]:
        """Yield (alias, name) where the text itself says so: 'Full Name ("FN")', "Name, doing business as Other"."""
        named = [mention for mention in mentions if not is_exchange(folded, mention)]
        for name, alias in pairwise(named):
            between = SYMBOLS.sub("", folded[name.end : alias.start])
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
        return (
            quoted
            or is_abbreviation(letters, folded[name.start : name.end])
            or (between == " (" and is_brief(letters, folded))
        )


def is_brief(letters: str, folded: str) -> bool:
    """Whether a word in brackets is a short form, though perhaps of the name in another language: "(MINSAL)", and, where
    it stands without brackets too, "(Unam)".
    """
    if not letters.isalpha() or len(letters) < INITIALS:
        return False
    return letters.isupper() or (letters.istitle() and folded.count(letters) > folded.count(f"({letters})"))


def is_exchange(folded: str, mention: Mention) -> bool:
    """Whether a name stands for an exchange: "(CSE: NW)"."""
    return folded.startswith(":", mention.end) and folded[max(0, mention.start - 1) : mention.start] in {"(", " ", "/"}


class Referents:
    """Whom "the Company" and its like refer to; asked in text order, so that each mention is looked at once."""

    def __init__(self, folded: str, mentions: Sequence[Mention]) -> None:
        self.folded = folded
        self.waiting = deque(mentions)
        self.last: Mention | None = None
        self.defined: dict[str, str] = {}
        self.holding: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.order: dict[str, int] = {}
        self.leader = ""

    def find(self, noun: str, start: int) -> str | None:
        """Return the key of the body that "the Company" at `start` refers to.

        The text's own definition ('("the Company")') comes first, then, of the bodies whose names hold the noun ("the
        University") or one of its kin in another language, the one named most, of equals the last, then, for a company,
        the one most often named before.
        """
        while self.waiting and self.waiting[0].end <= start:
            self._add(self.waiting.popleft())
        if (key := self.defined.get(noun) or self.holding.get(noun.lower())) is not None:
            return key
        kindred = [self.holding[word] for word in self.holding if word[:STEM] == noun[:STEM].lower()]
        if kindred:
            return max(kindred, key=lambda key: self.counts[key])
        if noun in NAMED:
            return None
        if noun in ("Company", "Firm", "Group", "Corporation", "Organization", "Organisation") and self.last:
            return self.leader
        return self.last.value if self.last and start - self.last.end < 400 else None

    def _add(self, mention: Mention) -> None:
        """Note what a mention defines, holds and counts; of bodies named equally often the first leads."""
        key = mention.value
        window = self.folded[mention.end : mention.end + REACH]
        defined = DEFINED_NOUN.search(window)
        if defined and ")" not in window[: max(defined.start() - 1, 0)].split("(", 1)[-1]:
            self.defined[defined[1]] = key
        self.counts[key] += 1
        for word in split_name(self.folded[mention.start : mention.end]):
            if self.counts[key] >= self.counts[self.holding.get(word, key)]:
                self.holding[word] = key
        self.order.setdefault(key, len(self.order))
        self.leader = max(self.leader or key, key, key=lambda one: (self.counts[one], -self.order[one]))
        self.last = mention


def match_ministries(forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Yield ("Ministry of Quays", the one longer name that has all its words in order: "... of Quays and Ports"), and so
    for governments and embassies.
    """
    states = [form for form in forms if form[:1] in STATES]
    for form in states:
        known = [other for other in states if other[0] == form[0]]
        longer = [long for long in known if len(long) > len(form) > 2 and is_subsequence(form, long)]
        if len(longer) == 1:
            yield form, longer[0]


def match_compounds(hyphened: Iterable[Form], forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Yield ("WMO-ICDS", the name that ICDS are the initials of): the hyphen tells whose centre it is."""
    known = list(forms)
    for compound in dict.fromkeys(hyphened):
        if len(compound) == 2 and len(compound[1]) >= INITIALS:
            yield from ((compound, long) for long in known if is_acronym(compound[1:], long))


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
