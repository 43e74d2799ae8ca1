"""Titles: the words that name a position, as rules, grammar and model find them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter

from spacy.tokens import Doc

from pressx.names import read_marked
from pressx.outlines import Outline, Outliner, join_words
from pressx.ranks import find_endowed, find_professors
from pressx.rules import RuleSet
from pressx.spans import Mention, Occupied, overlap
from pressx.titlegrammar import TitleGrammar
from pressx.titlewords import TitleWords

# A line of a list with what it says after its bullet; lines without letters, blank ones above all, count for nothing.
LINE = re.compile(r"^[ \t*\u2022\u00b7-]{0,6}(?P<entry>[^\W\d_][^\n]*)$", re.MULTILINE)
SLOT = re.compile(r", (?P<title>[A-Z][^.;:?!\n]{2,90})")
LIST = 3
GRAMMAR = "titles.grammar"
SURE = 0.9  # the model's probability; with it titles gain 0.005 on releases of institutions and lose nothing on others
HALF_BELIEVED = 0.1  # of a body, where it also ends a title
REACH = 20  # characters that HOUSED and BEHIND_NAME may need
BRANDS = re.compile(r"(?i:official) .{0,80}(?i:partner|sponsor|supplier)s?")  # what companies are called at an event
# Nouns of bodies that annotated titles leave out, 9 of 11; "Group", "Board", "Hospital" they keep.
OWNERS = frozenset(
    {"academy", "association", "college", "foundation", "institute", "society", "trust", "union", "university"}
)
HOUSED = re.compile(r"\b[Oo]ffices? of (?:the )?$")  # "Office of the Governor" is nobody's title
JOIN = re.compile(r"(?: ?[/&|] ?|, {1,2}| {1,2}(?:and|&) {1,2}|, {0,2}(?:and|&) {1,2})(?:the {1,2})?")
NEXT = re.compile(r"(?P<comma>,)? (?:(?:Sir|Dame|Dr|Mr|Mrs|Ms|Mx|Hon)\.? ){0,2}")
REALM = re.compile(r" (?:of|for) ")
BODY = re.compile(r" (?:of|at) (?:the )?")
# What the model may put before a title that the grammar found: "Ann Poe, Home Staging | Specialist".
LEAD = re.compile(r"(?:[A-Z][\w.'&-]*|and|&|of)(?:,? (?:[A-Z][\w.'&-]*|and|&|of))*,? ?")
PLAIN_LEAD = re.compile(r"(?:[a-z][a-z-]+ ){1,3}")  # "official team photographer"
BEHIND_NAME = re.compile(r"(?:, | - | \(|\n)(?:(?:our|its|the) )?$|'s $")


class Titles:
    """Finds titles outside names.

    A rule wins over the grammar and the grammar over the model, unless that is sure of other bounds.
    """

    def __init__(self, rules: RuleSet, words: TitleWords, outliner: Outliner) -> None:
        self.rules = rules
        self.words = words
        self.grammar = TitleGrammar(words)
        self.outliner = outliner

    def find(self, doc: Doc, folded: str, names: Sequence[Mention]) -> list[Mention]:
        """Return the titles in text order, without overlaps; their fact says whether they are in the plural."""
        ruled = [
            Mention(match.start, match.end, "TITLE", match.rule) for match in self.rules.find_text(folded, "TITLE")
        ]
        ruled += find_endowed(self.rules, folded)
        read = [m for m in read_marked(doc, "TITLE") if self._is_title(folded[m.start : m.end])]
        ruled = unite_titles(folded, names, ruled)
        found = sorted([*ruled, *self.grammar.find(folded, [*names, *ruled])], key=get_start)
        joined = join_titles(folded, found, list_apart(folded, names, found, self.words))
        occupied = Occupied(folded, names)
        joined = redraw(joined, [mention for mention in read if not occupied.covers(mention)])
        joined = part_bodies(folded, joined, read, read_marked(doc, "ORG"))
        joined = self._lead(folded, names, joined, read)
        if lines := find_lines(folded, names):
            cut = [cut_title(folded, title, lines) for title in joined]
            joined = sorted([*cut, *self._fill_lines(folded, names, cut, lines)], key=get_start)
        titles = unite_titles(folded, names, joined, read)
        titles = [
            title
            for title in titles
            if not HOUSED.search(folded, max(0, title.start - REACH), title.start)
            and not BRANDS.fullmatch(folded, title.start, title.end)
        ]
        titles = drop_bodies(folded, names, titles)
        titles = unite_titles(folded, names, titles, list(find_professors(folded, names, titles, self.outliner)))
        stretched = self._stretch(self.outliner.draw(folded, [*names, *titles]), titles)
        return [replace(title, fact={"plural": self._is_plural(folded, title)}) for title in stretched]

    def _is_title(self, words: str) -> bool:
        guest = words.rsplit(maxsplit=1)[-1].lower() in self.words.followers  # "chief guest"
        return self.words.holds_head(words) and "@" not in words and not guest  # "Editor@..." is an address

    def _fill_lines(
        self, folded: str, names: Sequence[Mention], titles: Sequence[Mention], lines: Sequence[tuple[int, int]]
    ) -> Iterator[Mention]:
        """Yield what stands between the person and the organization of each line without a title, of a list where most have one."""
        ends = {name.start: name.end for name in names if name.label == "PERSON"}
        starts = [title.start for title in titles]
        empty = [line for line in lines if bisect_left(starts, line[0]) == bisect_left(starts, line[1])]
        for start, end in empty if len(empty) * 2 < len(lines) else ():
            degrees = self.outliner.credentials.match(folded, ends[start], end)
            slot = SLOT.fullmatch(folded, degrees.end() if degrees else ends[start], folded.rfind(", ", start, end))
            if slot:
                yield Mention(*slot.span("title"), "TITLE", "titles.line")

    def _lead(
        self, folded: str, names: Sequence[Mention], titles: Sequence[Mention], read: Iterable[Mention]
    ) -> list[Mention]:
        """Return titles that begin where the model has them begin, right behind a name: it reads words no list knows.

        An office is left alone, since the model takes in its place: "Harbour County Commissioner".
        """
        ends, opened = {name.end for name in names}, sorted(name.start for name in names)
        starts = [title.start for title in titles]
        led = list(titles)
        for mention in read:
            number = bisect_right(starts, mention.start)
            title = led[number] if number < len(led) else mention
            gap = BEHIND_NAME.search(folded, max(0, mention.start - REACH), mention.start)
            floor = led[number - 1].end if number else 0
            plain = PLAIN_LEAD.fullmatch(folded, mention.start, title.start) is not None
            plain = plain and self.words.is_profession(folded[title.start : title.end])
            # "Ann Poe, HQ Treasurer Tom Roe", whose HQ is a name.
            crossed = bisect_left(opened, mention.start) != bisect_left(opened, title.start)
            if (
                floor <= mention.start < title.start < mention.end
                and ((gap and gap.start() in ends) or plain)
                and not folded[title.start - 1].isalnum()  # "Ann Poe, MBASenior Director"
                and (plain or LEAD.fullmatch(folded, mention.start, title.start))
                and not crossed
                and not self.words.is_office(folded[title.start : title.end])
            ):
                led[number] = replace(title, start=mention.start)
        return led

    def _is_plural(self, folded: str, title: Mention) -> bool:
        return self.words.is_plural(folded[title.start : title.end])

    def _stretch(self, outline: Outline, titles: Sequence[Mention]) -> list[Mention]:
        """Return titles grown to the slot that their line gives them: "* Ann Poe, Learning and TITLE, Northwind"."""
        slots = sorted(find_slots(self.rules, outline))
        stretched: list[Mention] = []
        remaining = iter([*slots, (outline.length, outline.length)])
        start, end = next(remaining)
        for title in titles:
            while title.start >= end and start < outline.length:
                start, end = next(remaining)
            if not (start <= title.start and title.end <= end):
                stretched.append(title)
            elif not stretched or stretched[-1].end < end:
                stretched.append(replace(title, start=start, end=end))
        return stretched


def redraw(titles: Sequence[Mention], read: Iterable[Mention]) -> list[Mention]:
    """Return titles with the bounds of the model where it is sure and reads one title over one of the grammar's:
    "Clarence Dowd Professor of Tides".
    """
    sure = [mention for mention in read if mention.fact["probability"] >= SURE]
    starts = [title.start for title in titles]
    redrawn = list(titles)
    for mention in sure:
        first = max(0, bisect_right(starts, mention.start) - 1)
        last = bisect_left(starts, mention.end)
        covered = [number for number in range(first, last) if overlap(titles[number], mention)]
        if len(covered) == 1 and titles[covered[0]].rule == GRAMMAR:
            redrawn[covered[0]] = replace(titles[covered[0]], start=mention.start, end=mention.end)
    return redrawn


def part_bodies(
    folded: str, titles: Iterable[Mention], read: Iterable[Mention], bodies: Iterable[Mention]
) -> list[Mention]:
    """Return the grammar's titles without what the model reads as the body behind one of its own: "Mayor | of Pine Municipality"."""
    ends = {mention.start: mention.end for mention in read}
    starts = {mention.start for mention in bodies if mention.fact["probability"] >= HALF_BELIEVED}
    parted = []
    for title in titles:
        end = ends.get(title.start, title.end)
        body = BODY.match(folded, end) if title.rule == GRAMMAR and end < title.end else None
        parted.append(replace(title, end=end) if body and body.end() in starts else title)
    return parted


def drop_bodies(folded: str, names: Sequence[Mention], titles: Iterable[Mention]) -> list[Mention]:
    """Return titles without the noun that stands for a body named elsewhere: "College President", of Harrow College."""
    bodies = [folded[name.start : name.end].lower().split() for name in names if name.label == "ORG"]
    nouns = OWNERS & {word for words in bodies for word in (words[0], words[-1])}
    owned = re.compile(rf"(?i:{join_words(nouns)}) (?=\w)") if nouns else None
    return [
        replace(title, start=noun.end()) if owned and (noun := owned.match(folded, title.start, title.end)) else title
        for title in titles
    ]


def get_start(mention: Mention) -> int:
    return mention.start


def find_slots(rules: RuleSet, outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield the intervals of the text that a title fills, no two of which overlap."""
    last = 0
    for start, end in sorted(match.groups["slot"] for match in rules.find_text(outline.text, "TITLE_SLOT")):
        if start < last:
            continue
        last = end
        # A slot that opens with a title opens where the title does, not with the article that the outline took in.
        opening = outline.places.get(start)
        yield (opening.start if opening else outline.locate(start)), outline.locate(end)


def unite_titles(folded: str, names: Iterable[Mention], *sources: Sequence[Mention]) -> list[Mention]:
    """Return the titles of several sources; one that touches a name or a title of an earlier source is left out."""
    covered = bytearray(len(folded))
    for name in names:
        covered[name.start : name.end] = b"\1" * (name.end - name.start)
    united: list[Mention] = []
    for source in sources:
        for title in source:
            if not any(covered[title.start : title.end]):
                covered[title.start : title.end] = b"\1" * (title.end - title.start)
                united.append(title)
    return sorted(united, key=get_start)


def find_lines(folded: str, names: Iterable[Mention]) -> list[tuple[int, int]]:
    """Return the lines of lists whose entries are "person, title, organization", in text order.

    An entry opens with a person; three in a row make a list, and at least half of them end with an organization that
    was read as one.
    """
    people = {name.start for name in names if name.label == "PERSON"}
    bodies = {name.end for name in names if name.label == "ORG"}
    lines: list[tuple[int, int]] = []
    for _, run in groupby(LINE.finditer(folded), lambda line: line.start("entry") in people):
        entries = [(line.start("entry"), line.start("entry") + len(line["entry"].rstrip())) for line in run]
        closed = sum(end in bodies for _, end in entries)
        if entries[0][0] in people and len(entries) >= LIST and closed * 2 >= len(entries):
            lines += entries
    return lines


def cut_title(folded: str, title: Mention, lines: Sequence[tuple[int, int]]) -> Mention:
    """Return a title without what the last comma of its line of a list cuts off: that is the organization."""
    number = bisect_right(lines, title.start, key=itemgetter(0)) - 1
    if number < 0 or title.start >= lines[number][1]:
        return title
    comma = folded.rfind(", ", *lines[number])
    return replace(title, end=comma) if title.start < comma < title.end else title


def list_apart(folded: str, names: Sequence[Mention], titles: Sequence[Mention], words: TitleWords) -> set[int]:
    """Return the starts of titles that are no part of the one before.

    "Minister of Economy and Chairman of Acme" are two, and of "Ann Poe, Chairman, representatives of" one is hers, as of
    "Ann Poe, Chairman, and Treasurer, Tom Roe" or "Ann Poe, Chairman and Professor Tom Roe".
    """
    starts = {name.start for name in names if name.label != "PERSON"}
    people = [name for name in names if name.label == "PERSON"]
    owners, heirs = {person.end for person in people}, {person.start for person in people}
    # "Ann Poe, HQ Treasurer": the body between them stands for the comma and its blank.
    owners |= {name.end - 1 for name in names if name.label == "ORG" and name.start - len(", ") in owners}
    apart = set()
    owned = False  # whether the title before, or one it is joined to, stands behind a person
    for former, title in pairwise(titles):
        before, text = folded[former.start : former.end], folded[title.start : title.end]
        gap = folded[former.end : title.start].strip()
        body = BODY.match(folded, title.end)
        realm = body is not None and body.end() in starts and words.is_office(before) and REALM.search(before)
        owned = former.start - len(", ") in owners or (owned and former.start not in apart)
        next_name = NEXT.match(folded, title.end)
        heir = next_name is not None and next_name.end() in heirs and (not next_name["comma"] or gap == ", and")
        # "the Vice Rector, Professor Tom Roe"
        ranked = gap == "," and words.is_rank(text) and words.holds_head(before)
        study = words.is_study(before)  # "the study's principal investigator and chief of cardiology"
        others = before[0].isupper() != text[0].isupper() and words.is_plural(before) != words.is_plural(text)
        if realm or study or (ranked and heir) or (owned and heir) or (others and gap == ","):
            apart.add(title.start)
        owned = owned and JOIN.fullmatch(folded, former.end, title.start) is not None
    return apart


def join_titles(folded: str, titles: Sequence[Mention], apart: Container[int]) -> list[Mention]:
    """Return titles with those that a comma, slash or "and" joins made one: "Founder and CEO"; not those of `apart`."""
    joined: list[Mention] = []
    for title in titles:
        if joined and title.start not in apart and JOIN.fullmatch(folded, joined[-1].end, title.start):
            joined[-1] = replace(joined[-1], end=title.end)
        else:
            joined.append(title)
    return joined
