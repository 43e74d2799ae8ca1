"""The words of titles: what each may do in one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pressx.outlines import join_words
from pressx.rules import RuleSet
from pressx.spans import Mention

# "ex-" stands apart from its title, "M&A" is one word, and a word ends where a lost line break glued the next to it
# ("AdvisorDr", "DirectorT: 555", "CEOAbout").
WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[Ee]x(?=-)|[A-Z]?[a-z]{2,}(?=[A-Z](?:[a-z]|: |-mail))|[A-Z]{3,4}(?=[A-Z][a-z]{2}|[a-z][a-z.]{2,30}@)|C[EFTM]O(?=[A-Z]{2})|(?<=PhD)[A-Z][a-z]+|[A-Z]&[A-Z](?![a-z])"
    r"|[^\W_]+(?:[-'][^\W_]+)*|&"
)
# "Director General" is no general.
CHIEF = re.compile(r"\b(director|secretary|inspector|auditor|manager) general")
DEPUTY = re.compile(r"\b(vice|deputy|under)-")
BOARD_TAIL = re.compile(r"\bboard of \w+")
# How many words may stand before the head they lead to, known ones and unknown ones.
LEADING = 6
SHORT_REGION = 3  # letters of abbreviations, which companies have too
UNKNOWN = 4

STUDY = re.compile(r"(?:(?:principal|lead|chief|senior) )?(?:co-?)?investigators?", re.IGNORECASE)
PLAIN_GAP = re.compile(r" {1,2}")
CONNECTORS = frozenset({"of", "for", "and", "&", "the", "in", "to", "on", "de", "la", "del"})


@dataclass(frozen=True)
class Word:
    """A word of the text, lower-cased in `form`."""

    start: int
    end: int
    form: str
    capital: bool


def read_words(text: str, start: int, end: int) -> list[Word]:
    """Return the words of an interval; a number counts as capitalised."""
    return [
        Word(match.start(), match.end(), match[0].lower(), match[0][0].isupper() or match[0][0].isdigit())
        for match in WORD.finditer(text, start, end)
    ]


class Window:
    """The words round a head, with what lies between them."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.words = words

    def is_plain(self, number: int) -> bool:
        """Whether only a space stands between word `number` and the next."""
        return bool(PLAIN_GAP.fullmatch(self.gap(number)))

    def gap(self, number: int) -> str:
        """Return what stands between word `number` and the next."""
        return self.text[self.words[number].end : self.words[number + 1].start]


def mask(folded: str, names: Iterable[Mention]) -> str:
    """Return a text of the same length in which no word is part of a name."""
    pieces, position = [], 0
    for name in sorted(names, key=lambda name: name.start):
        if name.end > position:
            start = max(name.start, position)
            pieces += [folded[position:start], "\0" * (name.end - start)]
            position = name.end
    return "".join((*pieces, folded[position:]))


class TitleWords:
    """The word lists of titles, and what they say about a word or a whole title."""

    def __init__(self, rules: RuleSet) -> None:
        self.professions = add_plurals(rules.lexicon("title_professions"))
        self.heads = add_plurals(rules.lexicon("title_heads")) | self.professions
        self.leaders = add_plurals(rules.lexicon("title_leaders"))
        self.offices = add_plurals(rules.lexicon("title_offices"))
        self.common = rules.lexicon("title_common_words")
        self.ranks = rules.lexicon("title_ranks")
        self.opening = rules.lexicon("title_opening_ranks")
        self.fields = rules.lexicon("title_fields")
        self.envoys = rules.lexicon("title_envoys")
        self.scholars = rules.lexicon("title_scholars")
        self.academics = add_plurals(rules.lexicon("title_academics"))
        self.bodies = rules.lexicon("title_bodies")
        self.common_bodies = self.bodies | {word.lower() for word in rules.lexicon("unit_words")}
        academies = frozenset(word.lower() for word in rules.lexicon("academy_words"))
        self.institutions = academies | self.common_bodies
        self.teachers = add_plurals(rules.lexicon("title_teachers"))
        self.portfolios = rules.lexicon("title_portfolios")
        self.residents = rules.lexicon("title_residents")
        self.programmes = rules.lexicon("programme_nouns")
        self.forms = frozenset(word for form in rules.lexicon("title_forms") for word in form.split())
        self.led = rules.lexicon("title_led")
        self.function_words = rules.lexicon("function_words")
        self.boards = rules.lexicon("title_boards")
        self.groups = rules.lexicon("title_group_nouns")
        self.body_nouns = rules.lexicon("body_nouns")
        self.endings = rules.lexicon("body_endings")
        self.districts = rules.lexicon("title_districts")
        self.followers = rules.lexicon("title_followers")
        # "Excellency" of "Her Excellency", and none of the small words: "the Honourable".
        honorifics = [word for entry in rules.lexicons["honorifics"] for word in entry.split() if word.istitle()]
        self.honorifics = frozenset(word.rstrip(".").lower() for word in honorifics)
        self.openers = rules.lexicon("sentence_openers")
        self.epithets = frozenset(
            word for name in ("title_epithets", "former_words", "incoming_words") for word in rules.lexicon(name)
        )
        self.acronyms = frozenset(head for head in rules.lexicons["title_heads"] if head.isupper() and len(head) > 1)
        self.spelled = dict(line.split(" = ") for line in rules.lexicon("title_acronyms") if " = " in line)
        written = (line.split(" = ")[0] for line in rules.lexicons["title_acronyms"])
        self.abbreviations = frozenset(short.lower() for short in written if not short.isupper())
        # "Attorney General" is an office, "General Manager" is none.
        heads = join_words(head.lower() for head in self.heads)
        self._office = re.compile(rf"(?<![\w-])(?:{join_words(self.offices)})(?![\w-])(?! (?:{heads})(?![\w-]))")
        regions = join_words(
            region.lower() for region in rules.lexicon("dateline_regions") if len(region) > SHORT_REGION
        )
        # No name that only begins with a region's: "president of Georgia Power"; a NUL stands for names, see `mask`.
        self._region = re.compile(rf"(?:{regions})(?![\w-])(?! (?-i:[A-Z\0&]|and [A-Z\0]))", re.IGNORECASE)
        self._head_of_state = re.compile(
            rf"^(?:chief executive|president|chancellor) of (?:the )?(?:{regions})(?![\w-])"
        )

    def is_head(self, word: str) -> bool:
        """Whether a word names a position: a head, or a compound of heads and ranks ("Director-General")."""
        form = word.lower()
        if form in self.heads:
            return True
        if "-" not in form:
            return False
        parts = form.split("-")
        return any(part in self.heads for part in parts) and all(
            part in self.heads or part in self.ranks or part == "elect" for part in parts
        )

    def is_modifier(self, form: str) -> bool:
        """Whether a word may stand before a head: a rank, a field, another head, or a compound of those."""
        if form in self.ranks or form in self.fields or self.is_head(form):
            return True
        return "-" in form and all(
            part in self.ranks or part in self.fields or part in self.heads for part in form.split("-")
        )

    def holds_head(self, title: str) -> bool:
        """Whether a word of a phrase names a position."""
        return any(self.is_head(match[0]) for match in WORD.finditer(title))

    def is_plural(self, title: str) -> bool:
        """Whether a title is in the plural: one of its heads is."""
        return any(
            form in self.heads
            and (
                form.endswith("men")
                or (form.endswith("s") and form[:-1] in self.heads)
                or (form.endswith("ies") and f"{form[:-3]}y" in self.heads)
            )
            for form in BOARD_TAIL.sub("", title.lower()).replace("-", " ").split()
        )

    def is_office(self, title: str) -> bool:
        """Whether a title is an office of the state, whose body goes without saying."""
        plain = CHIEF.sub(r"\1-general", BOARD_TAIL.sub("", title.lower()))
        return bool(self._office.search(DEPUTY.sub(r"\1 ", plain))) or self.is_head_of_state(title)

    def is_head_of_state(self, title: str) -> bool:
        """Whether a title is the highest office of a country or region: "President of France"."""
        return bool(self._head_of_state.match(title.lower()))

    def match_region(self, text: str, start: int) -> int | None:
        """Return where the country or state that stands at `start` ends, None when none does."""
        found = self._region.match(text, start) if text[start : start + 1].isupper() else None
        return found.end() if found else None

    def teaches(self, title: str, name: str) -> bool:
        """Whether what stands behind a title is what its holder teaches: "Professor of Soil Mechanics"."""
        return title.lower().split()[-1] in self.teachers and self.institutions.isdisjoint(name.lower().split())

    def is_rank(self, title: str) -> bool:
        """Whether a title is only a rank, as stands before a name: "Lt. Col. (Rtd)", "Associate Professor"."""
        forms = (match[0].lower() for match in WORD.finditer(title))
        return all(part in self.forms for form in forms for part in self.spelled.get(form, form).split())

    def is_study(self, title: str) -> bool:
        """Whether a title is held in a study, which says nothing of where the person works: "principal investigator"."""
        return STUDY.fullmatch(title) is not None

    def is_profession(self, title: str) -> bool:
        """Whether a title may be only an occupation: its heads are, no rank grades it, no capitals set it off."""
        words = WORD.findall(title)
        forms = [word.lower() for word in words]
        heads = [form for form in forms if self.is_head(form)]
        graded = any(form in self.opening and form not in heads for form in forms)
        # "Coordinator for Port Relations"
        set_off = len(forms) > 1 and all(word[0].isupper() or word in CONNECTORS for word in words)
        return bool(heads) and all(head in self.professions for head in heads) and not graded and not set_off

    def lead_to_head(self, window: Window, number: int, *, unknown: bool = False) -> bool:
        """Whether the words from `number` on end in a head, so that they open a title of their own.

        With `unknown` up to three capitalised words may stand before it, whatever they are.
        """
        words = window.words
        for step in range(number, min(number + (UNKNOWN if unknown else LEADING), len(words))):
            word = words[step]
            if step > number and not window.is_plain(step - 1):
                return False
            if self.is_head(word.form):
                return word.capital or not unknown
            if unknown:
                if not (word.capital or word.form in {"and", "&"}):
                    return False
            elif word.form in {"and", "&"}:
                after = words[step + 1].form if step + 1 < len(words) else ""
                if step == number or after not in self.fields:
                    return False
            elif word.form not in self.fields and word.form not in self.ranks:
                return False
        return False

    def spell_out(self, title: str) -> frozenset[str]:
        """Return the words of a title, in full, heads in the singular, without connectors, for comparison."""
        board = BOARD_TAIL.search(title.lower())
        kept = board[0].split()[-1] if board else ""  # "Board of Directors"
        forms = (self._singularize(match[0].lower(), kept) for match in WORD.finditer(title.replace("-", " ")))
        parts = (part for form in forms for part in self.spelled.get(form, form).split())
        return frozenset(part for part in parts if part not in CONNECTORS)

    def _singularize(self, form: str, kept: str) -> str:
        single = form.removesuffix("s")
        return single if form != kept and form in self.heads and single in self.heads else form


def add_plurals(words: Iterable[str]) -> frozenset[str]:
    """Return lower-cased words with their plurals."""
    return frozenset(form for word in words for form in (word.lower(), pluralize(word.lower())))


def pluralize(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-2]}en"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch")) else f"{word}s"
