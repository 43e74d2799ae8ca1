"""Agreements of a release: who agreed what with whom, how far it has come, and who signed."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from pressx.deals import Deal, Ranker, group_tellings, settle
from pressx.money import MoneyGrammar
from pressx.narratives import Narrative
from pressx.occasions import Occasions
from pressx.outlines import Outliner, join_words
from pressx.rules import RuleSet, load_rules
from pressx.signatories import Signatories, Signatory
from pressx.spans import Fact, Mention, write_group
from pressx.tellings import Reader
from pressx.weights import load_weights

REACH = 200  # characters between the sentence that tells of a deal and the one in which people sign "the document"
# Adverbs and verbs that open a purpose, and where it ends.
PURPOSE = (
    r"(?:(?<=\s)to (?:(?:jointly|further|exclusively|better|help|together) )?(?:{verbs})\b|\baims? to [a-z]|\baimed at [a-z])"
    r"[^.;:\n\"]{{4,140}}?(?=[.;:\n\"]|, (?:and|which|while|with)|$)"
)


@Language.factory("pressx_agreements", assigns=["doc.spans"], default_config={"rules": None})
def create_agreements(nlp: Language, name: str, rules: str | None) -> "Agreements":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Agreements(load_rules(rules))


class Agreements:
    """Finds agreements and writes the span group `agreements`; a span is the words that name one."""

    def __init__(self, rules: RuleSet) -> None:
        self.outliner = Outliner(rules)
        self.reader = Reader(rules)
        self.signatories = Signatories(rules)
        self.money = MoneyGrammar(rules)
        self.occasions = Occasions(rules)
        self.purpose = re.compile(PURPOSE.format(verbs=join_words(rules.lexicons["purpose_verbs"])))
        weights = load_weights("agreements")
        self.threshold = weights["threshold"]
        self.ranker = Ranker(weights)

    def __call__(self, doc: Doc) -> Doc:
        return write_group(doc, "agreements", self.find(doc))

    def find(self, doc: Doc) -> list[Mention]:
        """Return one mention for each arrangement that the release reports, all about it as the fact; pure."""
        narrative = Narrative(doc, self.outliner)
        if not narrative.named:
            return []
        signers = self.signatories.find(narrative)
        deals = self.read_deals(narrative, signers)
        kept = [deal for deal in deals if deal.weight >= self.threshold]
        told = sorted(
            (narrative.outline.locate(telling.start), id(deal)) for deal in deals for telling in deal.tellings
        )
        return [
            self._make_mention(narrative, deal, told, signed)
            for deal, signed in zip(kept, assign_signers(narrative, kept, signers), strict=True)
        ]

    def read_deals(self, narrative: Narrative, signers: Sequence[tuple[int, Signatory]]) -> list[Deal]:
        """Return every arrangement that is told of, however unlikely that a reader would note it down."""
        groups = group_tellings(self.reader.read(narrative, signers), narrative.akin)
        return [settle(group, self.ranker, narrative) for group in groups]

    def _make_mention(
        self, narrative: Narrative, deal: Deal, told: Sequence[tuple[int, int]], signers: Sequence[Signatory]
    ) -> Mention:
        locate = narrative.outline.locate
        start, end = deal.best.sentence
        fact: Fact = {
            "kind": deal.kind,
            "status": deal.status,
            "date": self.occasions.find(narrative, deal, told, signed=bool(signers)),
            "value": self.money.find(narrative.folded, locate(start), locate(min(end, start + 1200))),
            "parties": list_parties(deal, signers),
            "signatories": list_signatories(signers),
            "purpose": self._find_purpose(narrative, deal),
            "evidence": [[locate(t.start), locate(t.end), t.rule] for t in deal.tellings],
        }
        return Mention(locate(deal.best.start), locate(deal.best.end), "AGREEMENT", deal.best.rule, fact=fact)

    def _find_purpose(self, narrative: Narrative, deal: Deal) -> list[int] | None:
        end = min(deal.best.sentence[1], deal.best.end + 400)
        match = self.purpose.search(narrative.text, deal.best.end, end)
        if match is None:
            return None
        return [narrative.outline.locate(match.start()), narrative.outline.locate(match.end())]


def assign_signers(
    narrative: Narrative, deals: Sequence[Deal], signers: Sequence[tuple[int, Signatory]]
) -> list[list[Signatory]]:
    """Return for each deal who signed it: those of the sentences that tell of it; those whom no deal's sentence holds
    signed the first deal to which the organization of one of those who signed with them is a party.
    """
    signed: list[list[Signatory]] = [[] for _ in deals]
    sentences: dict[tuple[int, int], int] = {}
    parties: dict[str | None, int] = {}
    for number, deal in enumerate(deals):
        for telling in deal.tellings:
            sentences.setdefault(telling.sentence, number)
        for key in deal.parties:
            parties.setdefault(key, number)
    ordered = sorted(sentences)
    for (start, end), group in groupby(signers, key=lambda signer: narrative.find_sentence(signer[0])):
        together = [signer for _, signer in group]
        before = bisect_right(ordered, start, key=itemgetter(0))
        told = before > 0 and ordered[before - 1] == (start, end)
        signed_for = {signer.organization for signer in together}
        last = sentences[ordered[before - 1]] if before > 0 and start - ordered[before - 1][1] < REACH else None
        party = (parties[signer.organization] for signer in together if signer.organization in parties)
        if told:
            chosen: int | None = sentences[ordered[before - 1]]
        elif last is not None and not signed_for.isdisjoint(deals[last].parties):
            chosen = last
        else:
            chosen = next(party, last)  # "The document was signed by", right after it was told of
        if chosen is not None:
            signed[chosen] += together
    return signed


def list_parties(deal: Deal, signers: Sequence[Signatory]) -> list[str]:
    """Return the parties of a deal; where only one is named, whom the others signed for are parties too."""
    signed = [signer.organization for signer in signers if signer.organization] if len(deal.parties) == 1 else []
    return list(dict.fromkeys([*deal.parties, *signed]))


def list_signatories(signers: Sequence[Signatory]) -> list[Fact]:
    """Return each person once."""
    found = {signer.person: signer for signer in reversed(signers)}
    return [
        {"person": s.person, "organization": s.organization, "title": list(s.title) if s.title else None}
        for s in reversed(found.values())
    ]
