"""The issuer: which organization of a release speaks in it, weighed by the evidence for each.

The weights are in `weights/issuer.json`, fitted by `models/training/issuer.py`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from spacy.tokens import Doc

from pressx.layout import Block, BlockKind
from pressx.names import split_name
from pressx.rules import RuleSet
from pressx.spans import Mention, fold_doc, read_group
from pressx.tokenization import get_layout
from pressx.weights import load_weights, weigh

COUNTS = {"share", "rank"}  # what is known of every organization: no evidence that one speaks
HEAD_OF_ABOUT = 90
NEAR_VERB = 220
SENTENCE_END = re.compile(r"[a-z)\"][.!?] (?=[A-Z\"])")
ADDRESS = re.compile(r"(?:@|www\.|https?://(?:www\.)?)([A-Za-z0-9][\w-]{1,60})\.[A-Za-z]{2,6}")
HOST = r"(?:https?://)?(?:www\.)?([A-Za-z0-9][\w-]{1,60})\.[A-Za-z]{2,6}"
MAIL = re.compile(r"@([A-Za-z0-9][\w-]{1,60})\.[A-Za-z]{2,6}")
SITE = re.compile(r"Website:?\s{0,3}" + HOST)
TICKER = re.compile(r",? {0,2}\([^()\n]{0,15}(?:[A-Z]{2,12} ?: ?|\$)[A-Z]")
PREPOSITION = re.compile(r"\b(?:with|by|from|of|at|in|for|to|and|&) (?:the )?$")
FEW_WORDS = 3

# Rules that name the issuer; those of OUTLETS may name one that nothing else in the text does.
NAMING = ("ISSUER_OUTLET", "ISSUER_POST", "ISSUER_SOURCE", "ISSUER_CONTACT", "ISSUER_BY", "ISSUER_CLOSES")
DEPARTMENT = "issuer.department"
OUTLETS = frozenset({"issuer.post", "issuer.relationship", "issuer.powered", "issuer.published", DEPARTMENT})

# The rule for "the Court" and "the Authority": whoever writes about these calls them so.
ANYBODY = "organization.the-authority"


@dataclass(slots=True)
class Candidate:
    """An organization, its first mention, and the evidence that it speaks: 1 for what holds, a share for counts."""

    key: str
    start: int
    end: int
    evidence: dict[str, float] = field(default_factory=dict)


class IssuerReader:
    """Weighs the organizations of a doc; pure."""

    def __init__(self, rules: RuleSet) -> None:
        self._named = [(rule, e) for label in NAMING for rule, e in rules.expressions(label)]
        self._announces = [e for _, e in rules.expressions("ISSUER_ANNOUNCES")]
        self._defined = [e for _, e in rules.expressions("ISSUER_DEFINED")]
        self._weights = load_weights("issuer")
        self._wires = frozenset(split_name(wire) for wire in rules.lexicon("wires"))

    def read(self, doc: Doc) -> Mention | None:
        """Return the mention that shows best who speaks, None when nobody is named.

        Its value is the key of an organization, empty when only the footer or the byline of an outlet names it.
        """
        candidates = self.weigh(doc)
        best = max(candidates, key=lambda one: weigh(one.evidence, self._weights), default=None)
        if best is None or best.evidence.keys() <= COUNTS:
            return None
        strongest = max(best.evidence, key=lambda name: self._weights.get(name, 0.0) * best.evidence[name])
        return Mention(best.start, best.end, "ISSUER", f"issuer.{strongest.replace('_', '-')}", best.key)

    def weigh(self, doc: Doc) -> list[Candidate]:
        """Return the organizations with the evidence for each, in order of first mention."""
        mentions = [m for m in read_group(doc, "organizations") if m.value and m.rule != ANYBODY]
        named = [mention for mention in mentions if mention.label != "REFERENCE"]
        folded = fold_doc(doc)
        candidates: dict[str, Candidate] = {}
        for mention in named:
            candidates.setdefault(mention.value, Candidate(mention.value, mention.start, mention.end))
        blocks = get_layout(doc).blocks
        for key, name in chain(
            self._weigh_places(folded, blocks, named),
            self._match_names(folded, named, candidates),
            self._weigh_names(folded, named),
        ):
            candidates[key].evidence[name] = 1.0
        add_counts(candidates, mentions)
        add_context(candidates.values(), blocks)
        return list(candidates.values())

    def _weigh_places(
        self, folded: str, blocks: Sequence[Block], named: Sequence[Mention]
    ) -> Iterator[tuple[str, str]]:
        """Yield evidence from where organizations stand: headline, lead, headings of the about sections."""
        headline = next((b for b in blocks if b.kind is BlockKind.HEADLINE), None)
        lead = next((b for b in blocks if b.kind is BlockKind.BODY and b.end - b.start > NEAR_VERB // 2), None)
        if headline:
            yield from self._weigh_line(folded, headline, named, "headline")
        if lead:
            yield from self._weigh_line(folded, lead, named, "lead")
        abouts = [block for block in blocks if block.kind is BlockKind.ABOUT]
        for count, block in enumerate(abouts):
            for mention in select(named, block.start, block.start + HEAD_OF_ABOUT)[:1]:
                yield mention.value, "about"
                yield mention.value, "about_only" if len(abouts) == 1 else "about_later" if count else "about_first"
        for block in blocks:
            if block.kind in (BlockKind.CONTACT, BlockKind.DATELINE):
                for mention in select(named, block.start, block.end):
                    yield mention.value, f"in_{block.kind.value}"

    def _weigh_line(self, folded: str, block: Block, named: Sequence[Mention], line: str) -> Iterator[tuple[str, str]]:
        """Yield where an organization stands in the headline or lead, and whether it announces something there."""
        inside = select(named, block.start, block.end)
        for mention in inside:
            yield mention.value, f"{line}_any"
            if PREPOSITION.search(folded, max(block.start, mention.start - 10), mention.start):
                yield mention.value, f"{line}_object"
        for mention in inside[:1]:
            yield mention.value, f"{line}_first"
            if len(folded[block.start : mention.start].split()) < FEW_WORDS:
                yield mention.value, f"{line}_start"
        stop = SENTENCE_END.search(folded, block.start, block.end)
        limit = stop.start() if stop else block.end
        verb = next((m for e in self._announces if (m := e.search(folded, block.start, limit))), None)
        before = [m for m in inside if verb and m.end <= verb.start() and verb.start() - m.end < NEAR_VERB]
        if verb and before:
            yield before[0].value, f"{line}_announces_first"
            if verb.start() - before[-1].end < FEW_WORDS:
                yield before[-1].value, f"{line}_announces_directly"

    def _match_names(
        self, folded: str, named: Sequence[Mention], candidates: dict[str, Candidate]
    ) -> Iterator[tuple[str, str]]:
        """Yield evidence from rules that name the issuer; an outlet that nothing else names becomes a candidate."""
        forms = {split_name(folded[mention.start : mention.end]): mention.value for mention in named}
        for rule, expression in self._named:
            for match in expression.finditer(folded):
                start, end = match.span("name")
                inside = select(named, start, end)
                key = inside[0].value if inside else find_form(forms, split_name(match["name"]))
                if rule == DEPARTMENT:  # its divisions are other organizations
                    key = forms.get(split_name(match["name"]), "")
                if not key and rule in OUTLETS:
                    end -= len(match["name"]) - len(match["name"].rstrip(" ."))
                    candidates.setdefault("", Candidate("", start, end))
                if key in candidates:
                    yield key, rule.removeprefix("issuer.").replace("-", "_")
        for expression in self._defined:
            for match in expression.finditer(folded):
                before = bisect_right(named, match.start(), key=lambda mention: mention.end)
                if before and match.start() - named[before - 1].end < NEAR_VERB:
                    yield named[before - 1].value, "defined"

    def _weigh_names(self, folded: str, named: Sequence[Mention]) -> Iterator[tuple[str, str]]:
        hosts = {fold_host(match) for match in ADDRESS.finditer(folded)}
        mails = set([fold_host(match) for match in MAIL.finditer(folded)][-1:])  # whom to write to stands last
        sites = {fold_host(match) for match in SITE.finditer(folded)}
        for mention in named:
            name = split_name(folded[mention.start : mention.end])
            for evidence, found in (("host", hosts), ("mail", mails), ("site", sites)):
                if not found.isdisjoint(squeeze(name)):
                    yield mention.value, evidence
            if name in self._wires:
                yield mention.value, "wire"
            if TICKER.match(folded, mention.end):
                yield mention.value, "ticker"


def find_form(forms: Mapping[tuple[str, ...], str], words: tuple[str, ...]) -> str:
    """Return the organization with the longest form that `words` begin with, empty when there is none."""
    return next((forms[words[:count]] for count in range(len(words), 0, -1) if words[:count] in forms), "")


def add_counts(candidates: Mapping[str, Candidate], mentions: Sequence[Mention]) -> None:
    """Add the share of mentions, whether "the Company" refers to it, and the rank of the first mention."""
    counts = Counter(mention.value for mention in mentions)
    most = max(counts.values(), default=1)
    for mention in mentions:
        if mention.label == "REFERENCE" and mention.value in candidates:
            candidates[mention.value].evidence["referred"] = 1.0
    for rank, (key, candidate) in enumerate(candidates.items(), start=1):
        candidate.evidence["share"] = counts[key] / most
        candidate.evidence["rank"] = 1 / rank if key else 0.0


def add_context(candidates: Iterable[Candidate], blocks: Sequence[Block]) -> None:
    """Add that an outlet's footer weighs more where there is no dateline, and a closing verb where nobody presents itself
    in an about section or headline, and that terms of use are an outlet's own where the text gives its address.
    """
    kinds = {block.kind for block in blocks}
    for candidate in candidates:
        if candidate.evidence.keys() >= {"terms", "host"}:
            candidate.evidence["terms_host"] = 1.0
        for name in ("post", "relationship"):
            if name in candidate.evidence:
                candidate.evidence[f"{name}_undated"] = float(BlockKind.DATELINE not in kinds)
        for name in ("post", "closes", "announced_by", "department"):
            if name in candidate.evidence:
                candidate.evidence[f"{name}_unsigned"] = float(BlockKind.ABOUT not in kinds)
                candidate.evidence[f"{name}_headless"] = float(BlockKind.HEADLINE not in kinds)


def select(named: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Return the mentions that begin in the interval."""
    first = bisect_left(named, start, key=lambda mention: mention.start)
    last = bisect_left(named, end, key=lambda mention: mention.start)
    return list(named[first:last])


def fold_host(match: re.Match[str]) -> str:
    """Return the name in a web address as `squeeze` writes names."""
    return match[1].lower().replace("-", "")


def squeeze(name: Sequence[str]) -> Iterator[str]:
    """Yield the ways a name is written in a web address."""
    yield "".join(name)
    if len(name) > 1:
        yield "".join(name[:-1])
        yield "".join(word[0] for word in name)
