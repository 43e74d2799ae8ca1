"""Span groups: the one place in which a component writes what it found.

A component finds mentions (pure) and hands them here. A `Mention` becomes a spaCy `Span` in `doc.spans[group]`:
`label_` is its class, `id_` the rule or model that found it, `kb_id_` its value or the key of its entity. Relations
between mentions are `facts`: one plain dict a mention (JSON types only), kept in `doc.spans[group].attrs["facts"]`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup

from pressx.folding import fold

Fact = dict[str, Any]


@dataclass(frozen=True)
class Mention:
    """A half-open interval of characters with what it was read as; `value` is the normalised value or an entity key."""

    start: int
    end: int
    label: str
    rule: str
    value: str = ""
    fact: Fact = field(default_factory=dict, compare=False, hash=False)


def write_group(doc: Doc, group: str, mentions: Iterable[Mention], **attrs: Any) -> Doc:
    """Replace `doc.spans[group]` by `mentions` in text order; a mention that cuts a token covers the whole token."""
    ordered = sorted(mentions, key=lambda mention: (mention.start, mention.end))
    pairs = [(span, mention) for mention in ordered if (span := make_span(doc, mention)) is not None]
    facts = [mention.fact for _, mention in pairs]
    doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span, _ in pairs], attrs={"facts": facts, **attrs})
    return doc


def make_span(doc: Doc, mention: Mention) -> Span | None:
    """Return the span of `mention`, None when it covers no token."""
    span = doc.char_span(mention.start, mention.end, label=mention.label, kb_id=mention.value, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return Span(doc, span.start, span.end, label=mention.label, kb_id=mention.value, span_id=mention.rule)


def read_group(doc: Doc, group: str) -> list[Mention]:
    """Return the mentions of a group in text order, [] when no component wrote it."""
    if group not in doc.spans:
        return []
    spans = doc.spans[group]
    facts = spans.attrs.get("facts") or [{} for _ in spans]
    return [
        Mention(span.start_char, span.end_char, span.label_, span.id_, span.kb_id_, fact)
        for span, fact in zip(spans, facts, strict=True)
    ]


def keep_longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Settle overlaps: the longest mention wins, of equals the earlier, of those the one given first."""
    ordered = sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start))
    covered = bytearray(max((mention.end for mention in ordered), default=0))
    kept: list[Mention] = []
    for mention in ordered:
        if covered.find(1, mention.start, mention.end) < 0:
            covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def cut_at_blocks(ends: Sequence[int], mention: Mention) -> Iterator[Mention]:
    """Yield the parts of a mention that runs over the end of a block: two names on two lines."""
    start = mention.start
    for end in ends[bisect_right(ends, start) :]:
        if end >= mention.end:
            break
        yield replace(mention, start=start, end=end)
        start = end
    yield replace(mention, start=start)


def overlap(one: Mention, other: Mention) -> bool:
    """Whether the two share a character."""
    return one.start < other.end and other.start < one.end


class Occupied:
    """The characters of a text that mentions cover."""

    def __init__(self, text: str, mentions: Iterable[Mention]) -> None:
        self.cells = bytearray(len(text))
        for mention in mentions:
            self.cells[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    def covers(self, mention: Mention) -> bool:
        """Whether any character of the mention is covered."""
        return self.cells.find(1, mention.start, mention.end) >= 0


def fold_doc(doc: Doc) -> str:
    """Return the folded text of a doc, made once: spaCy spells the text from all tokens whenever it is asked for."""
    if "pressx_folded" not in doc.user_data:
        doc.user_data["pressx_folded"] = fold(doc.text)
    folded: str = doc.user_data["pressx_folded"]
    return folded
