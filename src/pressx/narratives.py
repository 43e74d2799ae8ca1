"""The narrative of a release: its outline cut into sentences, each place knowing its block, its speaker and its issuer.

What says who agreed with whom is looked for here, in the words of `outlines`; offsets are those of the outline.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from pressx.definites import find_definites
from pressx.layout import STORY, BlockKind
from pressx.names import split_name
from pressx.outlines import Outline, Outliner
from pressx.spans import Mention, fold_doc, keep_longest, read_group
from pressx.tokenization import get_layout

LONGEST_SENTENCE = 4000  # characters; a text without stops is read in parts of this length
LEAD = 4  # sentences of the body that make up the lead
SILENT = frozenset({BlockKind.BOILERPLATE, BlockKind.NOISE, BlockKind.CONTACT})
# "FDA-approved": the authority takes no part in what is agreed about the product.
APPROVED = re.compile(
    r"(?:-(?:[Aa]pproved|[Cc]leared|[Rr]egistered|[Rr]egulated|[Ll]isted|[Ll]icensed|[Cc]ertified|[Cc]ompliant)\b"
    r"| approved (?!an?\b|the\b|its\b|their\b|and\b|by\b|for\b|to\b|in\b|on\b|\d)[a-z])"
)
BRACKETS = re.compile(r" ?\([^()\n]{1,90}\)")


def drop_bracketed(folded: str, names: Sequence[Mention]) -> list[Mention]:
    """Leave out what stands in brackets behind an organization and is no name of another party: its acronym, its short
    form, its exchange and ticker, its parent.
    """
    kept: list[Mention] = []
    closed = 0  # the end of the last brackets
    for mention in sorted(names, key=lambda mention: (mention.start, -mention.end)):
        if mention.start < closed and mention.label != "PERSON":
            continue
        kept.append(mention)
        if mention.label != "PERSON":
            end = mention.end
            while brackets := BRACKETS.match(folded, end):
                end = brackets.end()
            if end > mention.end and not any(
                other.label == "PERSON" and mention.end < other.start < end for other in names
            ):
                closed = max(closed, end)
    return kept


def find_akin(names: set[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """Return for each key whose name begins with the name of another the key of that other: "Northwind Retail" and
    "Northwind". Names are given as (words, key).
    """
    keys = dict(sorted(names, reverse=True))
    akin: dict[str, str] = {}
    for words, key in sorted(names, key=lambda name: (len(name[0]), name)):
        shorter = (keys[words[:length]] for length in range(1, len(words)) if words[:length] in keys)
        root = next((other for other in shorter if other != key), None)
        if root is not None and akin.get(root) != key:
            akin.setdefault(key, akin.get(root, root))
    return akin


class Narrative:
    """Sentences over the outline of one doc, and what surrounds each of them."""

    def __init__(self, doc: Doc, outliner: Outliner) -> None:
        self.doc = doc
        self.folded = fold_doc(doc)
        names = [*read_group(doc, "people"), *read_group(doc, "organizations")]
        self.named = {mention.value for mention in names if mention.label != "REFERENCE"}
        names = drop_bracketed(self.folded, [*names, *find_definites(self.folded, names)])
        positions = read_group(doc, "positions")
        titles = {(m.start, m.end): Mention(m.start, m.end, "TITLE", m.rule) for m in positions}
        self.outline: Outline = outliner.draw(self.folded, keep_longest([*names, *titles.values()]))
        self.text = self.outline.text
        self.employers: dict[str, str] = {}
        for mention in sorted(positions, key=lambda m: m.rule.endswith(".implied")):
            if mention.fact.get("organization") in self.named and mention.fact.get("status") == "current":
                self.employers.setdefault(mention.fact["person"], mention.fact["organization"])
        self.issuer = self._find_issuer(doc)
        told = {m.value for m in self.outline.places.values() if m.label in ("ORG", "REFERENCE")}
        self.akin = find_akin(
            {(split_name(self.folded[m.start : m.end]), m.value) for m in names if m.label == "ORG" and m.value in told}
        )
        sentences = [sent.start_char for sent in doc.sents] if doc.has_annotation("SENT_START") else []
        blocks = list(get_layout(doc).blocks)
        self._blocks = [self.trace(block.start) for block in blocks]
        self._kinds = [block.kind for block in blocks]
        starts = sorted({0, *self._blocks, *(self.trace(start) for start in sentences)})
        # A text without stops is read in parts, so that the time stays linear.
        self._starts = [
            part
            for start, end in pairwise([*starts, len(self.text)])
            for part in range(start, max(end, start + 1), LONGEST_SENTENCE)
        ]
        self._quotes = [
            (self.trace(quote.start), self.trace(quote.end), quote.fact.get("speaker"))
            for quote in read_group(doc, "quotations")
        ]
        self._lead = self._find_lead()
        self.protagonist = self._find_protagonist()
        self.actors = self._find_actors()
        self._dates = read_group(doc, "dates")

    def _find_issuer(self, doc: Doc) -> str | None:
        """Return the issuer, else the organization or person named first."""
        issuer = next(
            (m.value for m in read_group(doc, "skeleton") if m.label == "ISSUER" and m.value in self.named), None
        )
        if issuer is not None:
            return issuer
        places = self.outline.places.values()
        return next((m.value for m in places if m.label == "ORG" and m.value in self.named), None)

    def _find_protagonist(self) -> str | None:
        """Return the organization that headline and body name most, of equals the first; who presents itself below them
        may be no more than the wire.
        """
        told = Counter(
            mention.value
            for place, mention in self.outline.places.items()
            if mention.label in ("ORG", "REFERENCE") and mention.value in self.named and self.get_kind(place) in STORY
        )
        return max(told, key=lambda key: told[key], default=None)

    def _find_lead(self) -> int:
        """Return the offset at which the lead ends."""
        seen = 0
        for start, end in self.sentences():
            if self.get_kind(start) is BlockKind.BODY and end - start > 40:
                seen += 1
                if seen == LEAD:
                    return end
        return len(self.text)

    def _find_actors(self) -> list[str]:
        """Return the organizations of the headline, and the one the release speaks of most."""
        heads = [start for start, kind in zip(self._blocks, self._kinds, strict=True) if kind is BlockKind.HEADLINE]
        places = [place for start in heads for place in self.list_names(start, self.find_block_end(start))]
        keys = [self.get_name(place).value for place in places if self.get_name(place).label == "ORG"]
        return list(dict.fromkeys([*keys, *([self.protagonist] if self.protagonist else [])]))

    def trace(self, character: int) -> int:
        """Return the offset of the outline that stands for a character of the text."""
        return bisect_left(range(len(self.text)), character, key=self.outline.locate)

    def sentences(self) -> Iterator[tuple[int, int]]:
        yield from zip(self._starts, [*self._starts[1:], len(self.text)], strict=True)

    def find_sentence(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self._starts, offset) - 1
        return self._starts[number], self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)

    def get_kind(self, offset: int) -> BlockKind:
        number = bisect_right(self._blocks, offset) - 1
        return self._kinds[number] if number >= 0 else BlockKind.BODY

    def is_lead(self, offset: int) -> bool:
        return offset < self._lead

    def find_quote(self, offset: int) -> tuple[int, int, str | None] | None:
        """Return the quotation an offset lies in, with the key of its speaker."""
        number = bisect_right(self._quotes, offset, key=lambda quote: quote[0]) - 1
        return self._quotes[number] if number >= 0 and offset < self._quotes[number][1] else None

    def name_self(self, offset: int) -> str | None:
        """Return whom "we" and "our" mean: the organization of who is speaking, else the issuer, but not the outlet that writes
        of another.
        """
        quote = self.find_quote(offset)
        speaker = quote[2] if quote else None
        own = self.issuer if self.issuer in self.actors else self.protagonist or self.issuer
        if speaker is None:
            return own
        return self.employers.get(speaker) or (speaker if speaker.startswith("organization") else own)

    def name_client(self, offset: int) -> str | None:
        """Return for whom something is done where no clause says it: the issuer if the story names it, else the topic."""
        told = (place for place, mention in self.outline.places.items() if mention.value == self.issuer)
        return self.issuer if any(self.get_kind(place) in STORY for place in told) else self.name_topic(offset)

    def name_topic(self, offset: int) -> str | None:
        """Return whom "it" and "the company" mean when their sentence names nobody: the speaker's side in a quotation, whom
        an about section presents, else the organization the release speaks of most.
        """
        if self.find_quote(offset):
            return self.name_self(offset)
        if self.get_kind(offset) is BlockKind.ABOUT:
            start = self._blocks[bisect_right(self._blocks, offset) - 1]
            presented = [self.get_name(place) for place in self.list_names(start, offset)]
            if organization := next((name.value for name in presented if name.label == "ORG"), None):
                return organization
        return self.protagonist or self.issuer

    def find_block_end(self, offset: int) -> int:
        number = bisect_right(self._blocks, offset)
        return self._blocks[number] if number < len(self._blocks) else len(self.text)

    def list_names(self, start: int, end: int) -> list[int]:
        """Return the offsets of people and organizations in the half-open interval, in text order."""
        places = self.outline.places
        found = self.outline.find_after(start, end)
        return [
            place
            for place in found
            if places[place].label != "TITLE"
            and places[place].value in self.named
            and not APPROVED.match(self.text, self.get_end(place))
        ]

    def find_person(self, start: int, end: int) -> int:
        """Return where the first person named from `start` on stands, `end` when none stands before it."""
        people = (place for place in self.list_names(start, end) if self.get_name(place).label == "PERSON")
        return next(people, end)

    def list_dates(self, start: int, end: int) -> list[Mention]:
        """Return the dates that begin in the half-open interval of the text."""
        first, last = (bisect_left(self._dates, at, key=lambda date: date.start) for at in (start, end))
        return self._dates[first:last]

    def get_name(self, place: int) -> Mention:
        return self.outline.places[place]

    def get_end(self, place: int) -> int:
        """Return where the word that starts at `place` ends."""
        mention = self.outline.places[place]
        return place + len({"PERSON": "PERSON", "ORG": "ORG", "REFERENCE": "THEY", "TITLE": "TITLE"}[mention.label])
