"""Contacts: whom a release says to ask, with the address, the number and the web page it gives."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from pressx.layout import Block, BlockKind
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, fold_doc, read_group, write_group
from pressx.tokenization import get_layout

PARTS = ("name", "organization", "email", "phone", "url")
# A second one of these belongs to the same contact (an office and a mobile number) and is left out.
REPEATED = frozenset({"organization", "phone", "url"})
# Outside contact blocks an address counts when a word such as "contact" stands this close before it.
NEAR_CALL = 160


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a contact, or (`part` is "heading") the heading that opens one."""

    start: int
    end: int
    part: str


@Language.factory("pressx_contacts", assigns=["doc.spans"], default_config={"rules": None})
def create_contacts(nlp: Language, name: str, rules: str | None) -> "Contacts":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Contacts(load_rules(rules))


class Contacts:
    """Finds contacts and writes the span group `contacts`; the fact of each says where its parts stand."""

    def __init__(self, rules: RuleSet) -> None:
        self._addresses = [
            (part, expression)
            for part in ("email", "phone", "url")
            for _, expression in rules.expressions(f"CONTACT_{part.upper()}")
        ]
        self._headings = [expression for _, expression in rules.expressions("CONTACT_HEADING")]
        self._names = [expression for _, expression in rules.expressions("CONTACT_NAME")]
        self._calls = [expression for _, expression in rules.expressions("CONTACT_CALL")]

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "contacts", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return the contacts in `doc`, each address once; pure."""
        folded = fold_doc(doc)
        named = sorted(read_named(doc), key=lambda item: item.start)
        found: list[Mention] = []
        seen: set[str] = set()
        for block in get_layout(doc).blocks:
            if block.kind is BlockKind.NOISE:
                continue
            items = self._list_items(folded, block, named)
            rule = "contacts.block" if block.kind is BlockKind.CONTACT else "contacts.sentence"
            for parts in group_items(items):
                address = next((folded[i.start : i.end].lower() for i in parts if i.part in ("email", "phone")), "")
                if is_contact(parts) and address not in seen:
                    seen.add(address)
                    found.append(make_contact(parts, rule))
        return found

    def _list_items(self, folded: str, block: Block, named: Sequence[Item]) -> list[Item]:
        """Return the parts in a block in text order; outside contact blocks only those near a word that invites."""
        is_contact = block.kind is BlockKind.CONTACT
        items = drop_covered(
            Item(*match.span(part), part)
            for part, expression in self._addresses
            if is_contact or (part == "email" and folded.find("@", block.start, block.end) >= 0)
            for match in expression.finditer(folded, block.start, block.end)
        )
        if not is_contact:
            return [item for item in items if self._is_invited(folded, block, item)]
        if not items:
            return []
        first, last = (bisect_left(named, at, key=lambda item: item.start) for at in (block.start, block.end))
        inside = [item for item in named[first:last] if is_free(items, item)]
        items += inside
        names = (m for expression in self._names for m in expression.finditer(folded, block.start, block.end))
        items += [item for match in names if is_free(inside, item := Item(*match.span("name"), "name"))]
        items += [
            Item(match.start(), match.end(), "heading")
            for expression in self._headings
            for match in expression.finditer(folded, block.start, block.end)
        ]
        return sorted(items, key=lambda item: (item.start, item.end))

    def _is_invited(self, folded: str, block: Block, item: Item) -> bool:
        start = max(block.start, item.start - NEAR_CALL)
        return any(expression.search(folded, start, item.start) for expression in self._calls)


def read_named(doc: Doc) -> Iterator[Item]:
    """Yield people and organizations as parts of contacts."""
    for group, part in (("people", "name"), ("organizations", "organization")):
        for mention in read_group(doc, group):
            if mention.label != "REFERENCE":
                yield Item(mention.start, mention.end, part)


def drop_covered(items: Iterable[Item]) -> list[Item]:
    """Return the items without those that overlap one that begins earlier or is longer."""
    kept: list[Item] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def is_free(items: Sequence[Item], item: Item) -> bool:
    """Whether `item` overlaps none of `items`, which stand in text order."""
    after = bisect_right(items, item.start, key=lambda other: other.end)
    return after == len(items) or items[after].start >= item.end


def group_items(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the parts of one contact after the other: a heading, or a part it already has, opens the next."""
    parts: dict[str, Item] = {}
    for item in items:
        repeated = item.part in parts and item.part not in REPEATED
        if item.part == "heading" or repeated:
            yield list(parts.values())
            parts = {}
        if item.part != "heading":
            parts.setdefault(item.part, item)
    yield list(parts.values())


def is_contact(parts: Iterable[Item]) -> bool:
    """Whether there is an address or number, or a person with a web page."""
    kinds = {item.part for item in parts}
    return bool(kinds & {"email", "phone"}) or {"name", "url"} <= kinds


def make_contact(parts: Iterable[Item], rule: str) -> Mention:
    found = {item.part: [item.start, item.end] for item in parts}
    start = min(interval[0] for interval in found.values())
    end = max(interval[1] for interval in found.values())
    return Mention(start, end, "CONTACT", rule, fact={part: found.get(part) for part in PARTS})
