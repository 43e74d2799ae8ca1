"""Titles: the words that name a position, as rules, grammar and model find them."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from pressx.outlines import Outline, Outliner
from pressx.rules import RuleSet
from pressx.spans import Mention, read_group
from pressx.titlegrammar import TitleGrammar
from pressx.titlewords import TitleWords

JOIN = re.compile(r"(?: ?[/&|] ?|, {1,2}| {1,2}(?:and|&) {1,2}|, {0,2}(?:and|&) {1,2})(?:the {1,2})?")
REALM = re.compile(r" (?:of|for) ")
BODY = re.compile(r" (?:of|at) (?:the )?")


class Titles:
    """Finds titles outside names.

    A rule wins over the grammar and the grammar over the model. Which of the latter two draws the bounds of a title
    that both find made less than 0.003 of F1 on 232 annotated releases.
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
        read = [mention for mention in read_group(doc, "ner") if mention.label == "TITLE"]
        read = [mention for mention in read if self.words.holds_head(folded[mention.start : mention.end])]
        ruled = unite_titles(folded, names, ruled)
        found = sorted([*ruled, *self.grammar.find(folded, [*names, *ruled])], key=get_start)
        joined = join_titles(folded, found, list_apart(folded, names, found, self.words))
        titles = unite_titles(folded, names, joined, read)
        stretched = self._stretch(self.outliner.draw(folded, [*names, *titles]), titles)
        return [replace(title, fact={"plural": self._is_plural(folded, title)}) for title in stretched]

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


def list_apart(folded: str, names: Iterable[Mention], titles: Sequence[Mention], words: TitleWords) -> set[int]:
    """Return the starts of titles that are no part of the one before: "Minister of Economy and Chairman of Acme"."""
    starts = {name.start for name in names if name.label != "PERSON"}
    return {
        title.start
        for former, title in pairwise(titles)
        if words.is_office(office := folded[former.start : former.end])
        and REALM.search(office)
        and (body := BODY.match(folded, title.end))
        and body.end() in starts
    }


def join_titles(folded: str, titles: Sequence[Mention], apart: Container[int]) -> list[Mention]:
    """Return titles with those that a comma, slash or "and" joins made one: "Founder and CEO"; not those of `apart`."""
    joined: list[Mention] = []
    for title in titles:
        if joined and title.start not in apart and JOIN.fullmatch(folded, joined[-1].end, title.start):
            joined[-1] = replace(joined[-1], end=title.end)
        else:
            joined.append(title)
    return joined
