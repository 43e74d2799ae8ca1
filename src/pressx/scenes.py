"""Scenes: who is named where in a release, for asking who spoke."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from pressx.quotes import Quote
from pressx.spans import Mention, fold_doc, read_group

REALM = re.compile(r" (?:of|for) ")
PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\b")


@dataclass(frozen=True)
class Attribution:
    """Who is said to have spoken, and the rule that says so."""

    speaker: str
    rule: str


class Scene:
    """Who and what stands where in a doc, for asking what lies before or after an offset."""

    def __init__(self, doc: Doc) -> None:
        self.folded = fold_doc(doc)
        self.people = read_group(doc, "people")
        self.organizations = read_group(doc, "organizations")
        self.roles = [mention for mention in read_group(doc, "positions") if mention.fact.get("person")]
        self.starts = [sent.start_char for sent in doc.sents] if doc.has_annotation("SENT_START") else [0]
        self.breaks = [match.start() for match in re.finditer(r"\n\s*\n", self.folded)]

    def names(self, quote: Quote) -> bool:
        """Whether a quote is a nickname, within the name of a person."""
        position = bisect_right(self.people, quote.start, key=lambda mention: mention.start)
        return position > 0 and quote.end < self.people[position - 1].end

    def find_sentence_start(self, offset: int) -> int:
        return self.starts[max(0, bisect_right(self.starts, max(0, offset - 1)) - 1)] if self.starts else 0

    def find_sentence_end(self, offset: int) -> int:
        position = bisect_right(self.starts, offset)
        return self.starts[position] if position < len(self.starts) else len(self.folded)

    def list_starts(self, start: int, end: int) -> list[int]:
        """Return where the sentences start that do so in the half-open interval."""
        return self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def find_break(self, offset: int) -> int:
        """Return where the paragraph of `offset` ends."""
        position = bisect_left(self.breaks, offset)
        return self.breaks[position] if position < len(self.breaks) else len(self.folded)

    def find_first(self, mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
        """Return the first mention that starts in the half-open interval."""
        return next(self._select(mentions, start, end), None)

    def find_last(self, mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
        """Return the last mention that starts in the half-open interval."""
        return max(self._select(mentions, start, end), key=lambda mention: mention.start, default=None)

    def name_speaker(self, start: int, end: int, meant: str | None, rule: str) -> Attribution | None:
        """Return who is named first after a verb of speech: a person, a pronoun, a role, or else an organization."""
        person = self.find_first(self.people, start, end)
        if person:
            return Attribution(person.value, rule)
        return self._resolve(start, end, meant, rule)

    def name_subject(self, start: int, end: int, meant: str | None, rule: str) -> Attribution | None:
        """Return who is named last before a verb of speech."""
        person = self.find_last(self.people, start, end)
        if person:
            return Attribution(person.value, rule)
        return self._resolve(start, end, meant, rule)

    def _resolve(self, start: int, end: int, meant: str | None, rule: str) -> Attribution | None:
        if PRONOUN.search(self.folded, start, end):
            return Attribution(meant, f"{rule}-pronoun") if meant else None
        role = self._find_role(start, end)
        if role:
            return Attribution(role, f"{rule}-role")
        organization = self.find_last(self.organizations, start, end)
        return Attribution(organization.value, f"{rule}-organization") if organization else None

    def find_antecedent(self, offset: int, known: str | None) -> str | None:
        """Return whom a pronoun means: the first person of the last sentence before it in its paragraph that names one.

        Without any there it is the last speaker, `known`, else the person last named within three sentences.
        """
        near = self.find_last(self.people, self._find_paragraph(offset), offset)
        if near:
            first = self.find_first(self.people, self.find_sentence_start(near.start + 1), offset)
            return (first or near).value
        position = max(0, bisect_right(self.starts, offset) - 3)
        person = self.find_last(self.people, self.starts[position] if self.starts else 0, offset)
        return known or (person.value if person else None)

    def _find_paragraph(self, offset: int) -> int:
        """Return where the paragraph of `offset` starts."""
        position = bisect_left(self.breaks, offset)
        return self.breaks[position - 1] if position else 0

    def _find_role(self, start: int, end: int) -> str | None:
        """Return the person whose title the words name, as in "the chief executive said"."""
        words = self.folded[start:end].lower()
        for mention in self.roles:
            title = self.folded[mention.start : mention.end].lower()
            if len(title) > 2 and re.search(rf"\b{re.escape(title)}\b", words):
                person: str = mention.fact["person"]
                return person
        # "the minister", of whose kind the release has but one
        called = {
            mention.fact["person"]
            for mention in self.roles
            if re.search(rf"\bthe {re.escape(read_head(self.folded[mention.start : mention.end]))}\b", words)
        }
        return called.pop() if len(called) == 1 else None

    def _select(self, mentions: Sequence[Mention], start: int, end: int) -> Iterator[Mention]:
        position = bisect_left(mentions, start, key=lambda mention: mention.start)
        while position < len(mentions) and mentions[position].start < end:
            yield mentions[position]
            position += 1


def read_head(title: str) -> str:
    """Return the noun that a title is about, lower-cased: "minister" of "Deputy Minister for Harbours"."""
    return REALM.split(title, maxsplit=1)[0].split()[-1].lower()
