"""People: every mention of a named human being, and which mentions are the same person."""

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from pressx.names import (
    Nicknames,
    complete_nickname,
    drop_doubtful,
    drop_owners,
    is_abbreviated,
    match_words,
    open_name,
    read_candidates,
    read_nicknames,
    repeat_names,
    spell_given,
    split_couple,
    split_name,
)
from pressx.outlines import GENERATION, join_words
from pressx.ranks import find_endowed
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, Occupied, cut_at_blocks, fold_doc, keep_longest, read_group, write_group
from pressx.titlewords import add_plurals
from pressx.tokenization import get_layout

Form = tuple[str, ...]

GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
PROBABLE = 0.2  # of the people whose best mention has less, one in six was right on releases the model had not seen
# "Bill Poe", "Ada Park": of the names with a word that belongs elsewhere as well, all of which the model was surer were
# people and of those it was less sure of one in nine, on 516 releases it had not seen.
SURE = 0.6
LIKELY = 0.5
# "Ada Quill Ada.Quill@norvik.example"; "Ali Quill Ali" is a name.
REPEATED = re.compile(r"(?P<name>(?P<given>[A-Z][\w'-]+) .+) (?P=given)")
ADDRESS_GOES_ON = re.compile(r"[.@_]\w")
CALLED = re.compile(r"\b(?P<title>[A-Z][\w-]{2,30}) $")  # "Minister Ada Park" is somebody
LONGEST_TITLE = 32
GIVEN = 8  # characters that an abbreviated given name and the space before it may need
ARTICLE = re.compile(r"A (?![A-Z]\b)")  # "A Northwind", not "A S M Quill"
DOCTORATE = re.compile(r"(?<= Ph)\.D\.?")  # which the tokenizer cuts
BESIDE = re.compile(r",? \n?")
SURFACE = re.compile(r"[^\W\d_]{2}")  # two letters: "so did I." names nobody


@Language.factory("pressx_people", assigns=["doc.spans"], default_config={"rules": None})
def create_people(nlp: Language, name: str, rules: str | None) -> "People":
    """Return the component; `rules` is a folder of the user's own rules."""
    return People(load_rules(rules))


@dataclass
class Cluster:
    """The forms under which one person is named, the fullest first, and the mentions in text order."""

    forms: list[Form]
    mentions: list[Mention]

    def admits(self, form: Form, nicknames: Nicknames) -> bool:
        return any(match_people(one, known) for known in self.forms for one in spell_given(form, known, nicknames))

    def measure_distance(self, mention: Mention) -> tuple[bool, int]:
        """How far the nearest mention is; one that comes later counts only where none comes before."""
        number = bisect_right(self.mentions, mention.start, key=get_start)
        nearest = self.mentions[max(0, number - 1)]
        return number == 0, abs(nearest.start - mention.start)


class People:
    """Finds people and writes the span group `people`; mentions of one person share their `value`."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.honorifics = rules.lexicon("honorifics")
        self.foreign = rules.lexicon("not_person_words")
        self.languages = frozenset((word.lower(),) for word in rules.lexicon("languages"))
        self.nicknames = read_nicknames(rules.lexicons["nicknames"])
        self.leading = re.compile(rf"(?:{join_words(self.honorifics)})(?:\s+|(?<=\.))", re.IGNORECASE)
        self.given = re.compile(rf"(?<!\S)(?:{join_words(rules.lexicons['given_abbreviations'])}) $")
        acronyms = frozenset(entry.lower() for entry in rules.lexicons["title_heads"] if entry.isupper())
        titles = add_plurals(rules.lexicon("title_heads") - acronyms) | rules.lexicon("title_ranks") | self.honorifics
        namesakes = rules.lexicon("name_like_titles")
        self.called = titles - namesakes
        leading = self.called | (rules.lexicon("title_professions") - namesakes)  # "Chef Quill"
        self.titled = re.compile(rf"(?:{join_words(leading)})\.?\s+(?=[A-Z])", re.IGNORECASE)
        # In their own case: "Ma" is a name. What is dotted after one is another: "Ph.D. L.N.".
        credentials = join_words(rules.lexicons["credentials"])
        self.trailing = re.compile(rf"(?<![\s,])[\s,]+\(?(?:{credentials})\)?(?:,? (?:[A-Z]\.){{2,4}})?[\s,]*$")

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "people", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return the mentions of people, each with the key of its person; pure."""
        folded = fold_doc(doc)
        endowed = find_endowed(self.rules, folded)  # "the Ann Poe Professor", who is somebody else
        rivals = [*endowed, *(mention for mention in read_group(doc, "ner") if mention.label == "ORG")]
        linked = link_people(folded, self._list_candidates(doc, folded, endowed), self.nicknames)
        clusters = [cluster for cluster in linked if cluster.forms[0] not in self.languages]
        keyed = [replace(m, value=f"person:{number}") for number, one in enumerate(clusters) for m in one.mentions]
        mentions = drop_doubtful(keyed, PROBABLE)
        known = {name: mention for mention in mentions if len(name := folded[mention.start : mention.end]) > 3}
        return keep_longest([*mentions, *repeat_names(folded, known, rivals, "people.repeated")])

    def _list_candidates(self, doc: Doc, folded: str, taken: Iterable[Mention]) -> list[Mention]:
        """Return what the model and the rules take for names, cleaned, where nothing of `taken` stands; what a rule labels
        PERSON wins over the model, what one labels PERSON_LIKELY fills the gaps that it leaves.
        """
        ruled = keep_longest(Mention(m.start, m.end, "PERSON", m.rule) for m in self.rules.find(doc, "PERSON"))
        block_ends = [block.end for block in get_layout(doc).blocks]
        read_parts = (part for mention in read_candidates(doc, "PERSON") for part in cut_at_blocks(block_ends, mention))
        parts = [part for whole in read_parts for part in split_couple(folded, whole)]
        opening = {part.start for part in parts}  # "Quill Lokner served as financial advisor": a body is no person
        bodies = [Mention(m.start, m.end, "ORG", m.rule) for m in self.rules.find(doc, "ORG") if m.start in opening]
        titles = {mention.start for mention in read_candidates(doc, "TITLE")}
        named = drop_owners(folded, titles, parts)
        read = self._fill(
            folded, (mark_titled(folded, titles, mention) for mention in named), [*ruled, *bodies, *taken]
        )
        found = [(m, m.groups.get("name", (m.start, m.end))) for m in self.rules.find(doc, "PERSON_LIKELY")]
        likely = [Mention(*name, "PERSON", match.rule) for match, name in found]
        likely = [m for m in likely if self.called.isdisjoint(folded[m.start : m.end].lower().split())]
        sure = list(filter(is_likely, read))
        # "Dr. Ada Said Quill", of whom the model read Ada and Quill, is named by the rule.
        starts, ends = {mention.start for mention in sure}, {mention.end for mention in sure}
        whole = [mention for mention in likely if mention.start in starts and mention.end in ends]
        rivals = [*ruled, *taken, *list_rivals(doc)]
        filled = self._fill(folded, whole, rivals)
        filled += self._fill(folded, likely, [*rivals, *filled, *sure])
        occupied = Occupied(folded, filled)
        return [*ruled, *filled, *(mention for mention in read if not occupied.covers(mention))]

    def _fill(self, folded: str, mentions: Iterable[Mention], taken: Iterable[Mention]) -> list[Mention]:
        """Return the mentions that are names, cleaned, where nothing of `taken` stands."""
        occupied = Occupied(folded, taken)
        cleaned = (self.clean(folded, mention) for mention in mentions)
        names = keep_longest(mention for mention in cleaned if mention and self.is_name(folded, mention))
        return [mention for mention in names if not occupied.covers(mention)]

    def clean(self, folded: str, mention: Mention) -> Mention | None:
        """Return the mention without honorific, credentials, possessive and punctuation; None when nothing is left."""
        start, end = mention.start, mention.end
        newline = folded.find("\n\n", start, end)
        if newline >= 0:
            end = newline
        start, end = complete_nickname(folded, start, end)
        while match := self.leading.match(folded, start, end) or self.titled.match(folded, start, end):
            start = match.end()
        if given := self.given.search(folded, max(0, start - GIVEN), start):
            start = given.start()
        start = open_name(folded, start, end)
        if ADDRESS_GOES_ON.match(folded, end) and (repeated := REPEATED.fullmatch(folded, start, end)):
            end = repeated.end("name")
        if match := DOCTORATE.match(folded, end):
            end = match.end()
        while match := self.trailing.search(folded, start, end):
            end = match.start()
        if " " in folded[start:end] and (generation := GENERATION.match(folded, end)):
            end = generation.end()
        if (bracket := folded.find(" (", start, end)) >= 0 and folded.find(")", bracket, end) < 0:
            end = bracket
        if folded[start:end].endswith("'s"):
            end -= 2
        while end > start and not (
            folded[end - 1].isalnum() or (folded[end - 1] == "." and is_abbreviated(folded, end))
        ):
            end -= 1
        while start < end and not folded[start].isalnum():
            start += 1
        if end - start <= 1:
            return None
        fact = mention.fact
        called = CALLED.search(folded, max(0, start - LONGEST_TITLE), start)
        if called and called["title"].lower() in self.called and "probability" in fact:
            fact = {**fact, "titled": True, "probability": max(fact["probability"], LIKELY)}
        if '"' in folded[start:end] and "support" in fact:  # the marks share the probability among several readings
            fact = {**fact, "probability": max(fact["probability"], fact["support"])}
        return replace(mention, start=start, end=end, fact=fact)

    def is_name(self, folded: str, mention: Mention) -> bool:
        """Whether the words can name a person: letters only, a capital, no word that belongs to something else."""
        name = folded[mention.start : mention.end]
        words = name.split()
        if (
            name.lower() in self.called
            or len(words) > 7
            or any(character.isdigit() or character in "@/<>=:" for character in name)
        ):
            return False
        if name.islower() or ARTICLE.match(name) or not SURFACE.search(name):
            return False
        sure = mention.fact.get("probability", 0.0) > SURE or mention.fact.get("titled", False)
        return sure or not any(word.lower().strip(".,") in self.foreign for word in words)


def mark_titled(folded: str, titles: Container[int], mention: Mention) -> Mention:
    """Return a mention that says in its fact whether a title stands behind it: "Ada Day, Chief Marketing Officer"."""
    gap = BESIDE.match(folded, mention.end)
    return replace(mention, fact={**mention.fact, "titled": gap is not None and gap.end() in titles})


def list_rivals(doc: Doc) -> list[Mention]:
    """Return what the model rather takes for something else than people."""
    return [mention for label in ("ORG", "TITLE") for mention in read_candidates(doc, label) if is_likely(mention)]


def is_likely(mention: Mention) -> bool:
    return bool(mention.fact.get("probability", 1.0) >= LIKELY)


def match_people(form: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a form of a name fits a known one: all its words stand in the other in order, the family name among them.

    The family name is the last word or, in names written family first, the first.
    """
    ages, other_ages = GENERATIONS.intersection(form), GENERATIONS.intersection(known)
    if ages and other_ages and ages != other_ages:  # Thomas Quill Sr. and Thomas Quill Jr.
        return False
    form = [word for word in form if word not in GENERATIONS]
    known = [word for word in known if word not in GENERATIONS]
    short, long = (form, known) if len(form) <= len(known) else (known, form)
    if not short:
        return False
    if len(short) == 1:
        return len(short[0]) > 1 and short[0] in long
    if short == long or sorted(short) == sorted(long):
        return True
    if len(short) == len(long) == 2:
        return short[1] == long[1] and match_words(short[:1], long[:1])
    if short == long[-len(short) :]:
        return True
    return match_words(short, long) and short[-1] == long[-1] and short[0][0] == long[0][0]


def link_people(folded: str, mentions: Iterable[Mention], nicknames: Nicknames) -> list[Cluster]:
    """Return the people: full names first, then single names with the last full name before them that holds the word.

    A single name that no full name holds stays a person of its own.
    """
    forms = [(mention, split_name(folded[mention.start : mention.end])) for mention in mentions]
    clusters: list[Cluster] = []
    known: defaultdict[Form, list[int]] = defaultdict(list)
    for mention, form in sorted(forms, key=lambda pair: -len(pair[1])):
        if not form:
            continue
        numbers = sorted({number for key in list_wanted(form, nicknames) for number in known[key]})
        fitting = [number for number in numbers if clusters[number].admits(form, nicknames)]
        if fitting:
            number = min(fitting, key=lambda number: clusters[number].measure_distance(mention))
            insort(clusters[number].mentions, mention, key=get_start)
            if form in clusters[number].forms or len(form) == 1:
                continue
            clusters[number].forms.append(form)
        else:
            number = len(clusters)
            clusters.append(Cluster([form], [mention]))
        for key in list_shown(form, nicknames):
            known[key].append(number)
    return sorted(clusters, key=lambda cluster: cluster.mentions[0].start)


def list_shown(form: Form, nicknames: Nicknames) -> Iterator[Form]:
    """Yield what a form can be found by; a form that fits another shows something that the other wants.

    This saves comparing each name with each: of the conditions in `match_people` every one implies a shared key.
    """
    words = tuple(word for word in form if word not in GENERATIONS)
    yield from (("word", word) for word in words)
    if len(words) == 1:
        yield "single", words[0]
    elif words:
        yield from (("ends", words[-1], given[0]) for given in {words[0], *nicknames.get(words[0], ())})
        yield "tail", *words[-2:]
        yield "same", *sorted(words)


def list_wanted(form: Form, nicknames: Nicknames) -> Iterator[Form]:
    """Yield the keys under which the forms stand that a form may fit."""
    words = tuple(word for word in form if word not in GENERATIONS)
    if len(words) == 1:
        yield from (("word", word) for word in (words[0], *sorted(nicknames.get(words[0], ()))))
    elif words:
        yield from (("single", word) for word in words)
        yield from (key for key in list_shown(form, nicknames) if key[0] != "word")


def get_start(mention: Mention) -> int:
    return mention.start
