"""Explanation: what was made of one character of a release, by which rule or model, and what it won against."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pressx.assembly import assemble
from pressx.errors import PressxError
from pressx.layout import segment
from pressx.reading import Source
from pressx.records import Release
from pressx.rules import RuleSet
from pressx.spans import Mention, read_group
from pressx.tokenization import make_doc
from pressx.views import Views

GROUPS = {"PERSON": "people", "ORG": "organizations", "TITLE": "positions", "AGREEMENT": "agreements", "DATE": "dates"}
"""The group in which what the model marks with a label ends up when it is kept."""
NAMING_KEYS = ("name", "title", "value", "text")


class OffsetError(PressxError):
    """An offset outside the text."""


@dataclass(frozen=True)
class Claim:
    """Something that claims the character: a value of the record, a span of a component, the match of a rule."""

    what: str
    shown: str
    start: int
    end: int
    text: str
    rule: str
    note: str = ""


@dataclass(frozen=True)
class Loss:
    """A claim that came to nothing, and why."""

    claim: Claim
    reason: str


@dataclass(frozen=True)
class Explanation:
    """Everything that claims one character; `values` are in the record, `spans` are what it rests on."""

    offset: int
    character: str
    block: str
    values: tuple[Claim, ...]
    spans: tuple[Claim, ...]
    losses: tuple[Loss, ...]


def explain(nlp: Language, rules: RuleSet, source: Source, offset: int, date: str | None = None) -> Explanation:
    """Extract a release and say what became of the character at `offset`. Raises OffsetError."""
    if not 0 <= offset < len(source.text):
        raise OffsetError(f"{source.name}: there is no character {offset}; the text has {len(source.text)}")
    doc = nlp(make_doc(nlp, source.text, segment(source.text), date))
    release = assemble(doc, source)
    notes = {rule.id: rule.note for rule in rules.rules.values()}
    kept = {group: list(find_covering(read_group(doc, group), offset)) for group in doc.spans if group != "ner"}
    block = next((block.kind for block in release.blocks if block.start <= offset < block.end), "none")
    values = tuple(list_values(release, offset, notes))
    told = {(value.start, value.end, value.rule) for value in values}
    spans = [
        Claim(
            group,
            f"{mention.label} {mention.value}".strip(),
            mention.start,
            mention.end,
            doc.text[mention.start : mention.end],
            mention.rule,
            notes.get(mention.rule, ""),
        )
        for group, mentions in kept.items()
        for mention in mentions
        if (mention.start, mention.end, mention.rule) not in told
    ]
    upheld, lost = split_model_claims(doc, offset, kept)
    return Explanation(
        offset=offset,
        character=source.text[offset],
        block=block,
        values=values,
        spans=(*upheld, *spans),
        losses=(*lost, *list_rule_losses(doc, rules, offset, kept)),
    )


def find_covering(mentions: Iterable[Mention], offset: int) -> Iterator[Mention]:
    return (mention for mention in mentions if mention.start <= offset < mention.end)


def list_values(release: Release, offset: int, notes: Mapping[str, str]) -> Iterator[Claim]:
    """Yield what of the record rests on evidence that covers the offset, named by its path as jq writes it."""
    for path, named, entry in walk(release.model_dump(mode="json"), "", ""):
        if entry["start"] <= offset < entry["end"]:
            rule = entry["rule"]
            yield Claim(path, named, entry["start"], entry["end"], entry["text"], rule, notes.get(rule, ""))


def walk(value: Any, path: str, named: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield every piece of evidence below a value with its path and the name of what it is evidence for."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from walk(item, f"{path}[{number}]", named)
    elif isinstance(value, dict):
        if {"start", "end", "rule"} <= value.keys():
            yield path, named or value["text"], value
            return
        own = next((value[key] for key in NAMING_KEYS if isinstance(value.get(key), str)), named)
        for key, item in value.items():
            yield from walk(item, f"{path}.{key}", own)


def split_model_claims(doc: Doc, offset: int, kept: Mapping[str, list[Mention]]) -> tuple[list[Claim], list[Loss]]:
    """Return what the model marked and a component kept as it was, and what none did."""
    probabilities = doc.spans["ner"].attrs.get("probabilities") if "ner" in doc.spans else None
    mentions = read_group(doc, "ner")
    upheld, lost = [], []
    for mention, probability in zip(mentions, probabilities or [None] * len(mentions), strict=True):
        if not mention.start <= offset < mention.end:
            continue
        group = GROUPS.get(mention.label, mention.label)
        shown = mention.label if probability is None else f"{mention.label}, probability {probability:.2f}"
        text = doc.text[mention.start : mention.end]
        claim = Claim("model", shown, mention.start, mention.end, text, mention.rule)
        if any((other.start, other.end) == (mention.start, mention.end) for other in kept.get(group, ())):
            upheld.append(claim)
        else:
            lost.append(Loss(claim, give_reason(mention, doc, kept, group)))
    return upheld, lost


def list_rule_losses(doc: Doc, rules: RuleSet, offset: int, kept: Mapping[str, list[Mention]]) -> Iterator[Loss]:
    """Yield what rules matched and no component wrote down as theirs."""
    won = {mention.rule for mentions in kept.values() for mention in mentions}
    for label, matches in Views(rules).find(doc).items():
        for match in matches:
            if not match.start <= offset < match.end or match.rule in won:
                continue
            mention = Mention(match.start, match.end, label, match.rule)
            text, note = doc.text[match.start : match.end], rules.rules[match.rule].note
            claim = Claim("rule", label, match.start, match.end, text, match.rule, note)
            yield Loss(claim, give_reason(mention, doc, kept, None))


def give_reason(mention: Mention, doc: Doc, kept: Mapping[str, list[Mention]], group: str | None) -> str:
    """Say what a span lost against: the longest that was kept over it, in its own group if there is one."""
    rivals = [(other, name) for name, mentions in kept.items() for other in mentions if name != "skeleton"]
    if not rivals:
        return "no component made a value of it"
    rival, name = max(rivals, key=lambda pair: (pair[1] == group, pair[0].end - pair[0].start))
    against = f"{rival.label} {doc.text[rival.start : rival.end]!r} of {name}, found by {rival.rule}"
    if (rival.start, rival.end) == (mention.start, mention.end):
        return f"the same characters are {against}"
    if rival.start <= mention.start and mention.end <= rival.end:
        return f"inside the longer {against}"
    if mention.start <= rival.start and rival.end <= mention.end:
        return f"covers more than {against}"
    return f"overlaps {against}"
