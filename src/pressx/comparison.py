"""Comparison: one record against the gold of its release, field by field."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pressx.gold import Entry, Gold, GoldAgreement, GoldDate, GoldPosition, GoldQuotation
from pressx.matching import (
    Directory,
    Pairs,
    align,
    fold_organization,
    fold_person,
    pair,
    share_words,
    split_words,
)
from pressx.records import Agreement, Date, Quotation, Release

Annotated = TypeVar("Annotated", bound=Entry)
Predicted = TypeVar("Predicted")
Identity = tuple[str, int | str | None]

SAME_TITLE = 0.75  # share of words from which on two titles are one
SAME_HEADLINE = 0.9
SAME_PARTIES = 0.5  # of all parties named on either side, those named on both
SAME_WORDING = 0.6  # ... or this share of the words, with one party in common
FIRST_WORDS, SEARCHED_WORDS = 6, 60  # the gold's first six are looked for in the prediction's first sixty
ALIKE = (
    {"cooperation", "partnership", "mou", "letter_of_intent", "other"},
    {"acquisition", "merger"},
    {"services", "supply", "distribution", "other"},
    {"settlement", "plea"},
    {"financing", "sponsorship", "other"},
)


class Counts(NamedTuple):
    """What was found and right, found and wrong, and not found."""

    right: int
    wrong: int
    missed: int


class Difference(NamedTuple):
    """One error: `kind` is missed, extra or differs."""

    field: str
    release: str
    kind: str
    shown: str


class Role(NamedTuple):
    """A predicted position with its person."""

    person: str
    title: str
    organization: str | None


@dataclass
class Comparison:
    """Outcome for one release; `hits` says, of what is right or wrong as a whole, how often it was right and asked."""

    release: str
    counts: dict[str, Counts] = field(default_factory=dict)
    hits: dict[str, tuple[int, int]] = field(default_factory=dict)
    verdicts: dict[str, list[bool | None]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def record(
        self,
        name: str,
        gold: Sequence[Annotated],
        predicted: Sequence[Predicted],
        pairs: Pairs,
        show: Callable[[Any], str],
    ) -> None:
        """Count one field; optional gold entries count neither way."""
        optional = sum(entry.optional for entry in gold)
        right = sum(not gold[place].optional for place in pairs.values())
        self.counts[name] = Counts(right, len(predicted) - len(pairs), len(gold) - optional - right)
        self.verdicts[name] = [
            number in pairs and (None if gold[pairs[number]].optional else True) for number in range(len(predicted))
        ]
        found = set(pairs.values())
        missed = (entry for place, entry in enumerate(gold) if place not in found and not entry.optional)
        extra = (entry for number, entry in enumerate(predicted) if number not in pairs)
        self.differences += [Difference(name, self.release, "missed", show(entry)) for entry in missed]
        self.differences += [Difference(name, self.release, "extra", show(entry)) for entry in extra]


def compare(name: str, gold: Gold, release: Release | None) -> Comparison:
    """Compare the record of a release with its gold; None stands for a record with nothing in it."""
    comparison = Comparison(name)
    Comparer(gold, comparison).run(release)
    return comparison


class Comparer:
    """Compares with one gold; knows whom its names stand for."""

    def __init__(self, gold: Gold, comparison: Comparison) -> None:
        self.gold = gold
        self.out = comparison
        self.people = Directory(gold.people, fold_person)
        self.organizations = Directory(gold.organizations, fold_organization)

    def run(self, release: Release | None) -> None:
        people = release.people if release else ()
        self.compare_names("people", [person.name for person in people])
        self.compare_names("organizations", [body.name for body in release.organizations] if release else [])
        self.compare_roles([Role(p.name, role.title, role.organization) for p in people for role in p.positions])
        self.compare_dates(release.dates if release else ())
        self.compare_agreements(release.agreements if release else ())
        self.compare_quotations(release.quotations if release else ())
        self.compare_facts(release)

    def identify(self, name: str | None) -> Identity:
        """Return whom a name stands for when it may be an organization's or a person's: gold names first."""
        body = self.organizations.find(name)
        if not isinstance(body, str):
            return "organization", body
        person = self.people.find(name)
        return ("person", person) if not isinstance(person, str) else ("unknown", body)

    def compare_names(self, kind: str, names: Sequence[str]) -> None:
        gold = self.gold.people if kind == "people" else self.gold.organizations
        fold = fold_person if kind == "people" else fold_organization
        self.out.record(kind, gold, names, align(gold, names, fold), lambda entry: getattr(entry, "name", entry))

    def compare_roles(self, roles: Sequence[Role]) -> None:
        """Titles need the person and the title, positions the organization too; where both can be had, they are."""
        gold = self.gold.positions
        for name, likeness in (("titles", self.liken_titles), ("positions", self.liken_positions)):

            def rank(role: Role, entry: GoldPosition, like: Callable[[Role, GoldPosition], float] = likeness) -> float:
                value = like(role, entry)
                return value and value + self.liken_positions(role, entry)

            self.out.record(name, gold, roles, pair(gold, roles, rank), show_role)

    def liken_titles(self, role: Role, entry: GoldPosition) -> float:
        value = share_words(role.title, entry.title)
        same = value >= SAME_TITLE and self.people.find(role.person) == self.people.find(entry.person)
        return value if same else 0.0

    def liken_positions(self, role: Role, entry: GoldPosition) -> float:
        same = self.organizations.find(role.organization) == self.organizations.find(entry.organization)
        left_open = entry.organization_implied and not role.organization
        return self.liken_titles(role, entry) if same or left_open else 0.0

    def compare_dates(self, dates: Sequence[Date]) -> None:
        """Count a value once, however many entries have it."""
        distinct = list({date.value: date for date in dates}.values())

        def liken(date: Date, entry: GoldDate) -> float:
            return float(date.value == entry.value)

        self.out.record("dates", self.gold.dates, distinct, pair(self.gold.dates, distinct, liken), show_date)

    def compare_agreements(self, agreements: Sequence[Agreement]) -> None:
        gold = self.gold.agreements
        pairs = pair(gold, agreements, self.liken_agreements)
        self.out.record("agreements", gold, agreements, pairs, show_agreement)
        numbers = {place: number for number, place in pairs.items()}
        required = [
            (agreements[numbers[place]] if place in numbers else None, entry)
            for place, entry in enumerate(gold)
            if not entry.optional
        ]
        stray = [agreement for number, agreement in enumerate(agreements) if number not in pairs]
        parties = [
            count_sets(self.list_parties(agreement), {self.identify(party) for party in entry.parties})
            for agreement, entry in required
        ]
        parties += [Counts(0, len(self.list_parties(agreement)), 0) for agreement in stray]
        signatories = [
            count_sets(self.list_signatories(agreement), self.list_signatories(entry)) for agreement, entry in required
        ]
        signatories += [Counts(0, len(agreement.signatories), 0) for agreement in stray]
        self.out.counts["parties"] = add(parties)
        self.out.counts["signatories"] = add(signatories)
        matched = [(agreement, entry) for agreement, entry in required if agreement is not None]
        for name, test in (
            ("kind", lambda agreement, entry: are_alike(agreement.kind, entry.kind)),
            ("status", lambda agreement, entry: agreement.status == entry.status),
            ("agreement_date", lambda agreement, entry: agreement.date == entry.date),
        ):
            self.out.hits[name] = sum(test(*both) for both in matched), len(matched)

    def list_parties(self, agreement: Agreement | None) -> set[Identity]:
        return {self.identify(party.name) for party in agreement.parties} if agreement else set()

    def list_signatories(self, agreement: Agreement | GoldAgreement | None) -> set[str]:
        return {str(self.people.find(signatory.person)) for signatory in agreement.signatories} if agreement else set()

    def liken_agreements(self, agreement: Agreement, entry: GoldAgreement) -> float:
        mine, theirs = self.list_parties(agreement), set(map(self.identify, entry.parties))
        shared = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0
        wording = share_words(agreement.text, entry.text)
        same = shared >= SAME_PARTIES or (wording >= SAME_WORDING and mine & theirs)
        # Of several the one told in the same words is meant, and at last the one of the same kind.
        return shared + wording / 2 + 0.01 * (agreement.kind == entry.kind) if same else 0

    def compare_quotations(self, quotations: Sequence[Quotation]) -> None:
        """Quotes need the words, quotations the speaker too."""
        gold = self.gold.quotations

        def liken_speakers(quotation: Quotation, entry: GoldQuotation) -> float:
            same = self.identify(quotation.speaker) == self.identify(entry.speaker)
            return liken_words(quotation, entry) if same else 0.0

        for name, likeness in (("quotes", liken_words), ("quotations", liken_speakers)):
            self.out.record(name, gold, quotations, pair(gold, quotations, likeness), show_quotation)

    def compare_facts(self, release: Release | None) -> None:
        gold, facts = self.gold.release, release.release if release else None

        def find(issuer: str | None) -> int | str | None:
            return self.organizations.find(issuer)

        for name, same in (
            ("headline", lambda one, other: (not one and not other) or share_words(one, other) >= SAME_HEADLINE),
            ("issuer", lambda one, other: find(one) == find(other)),
            ("place", are_same_place),
            ("date", lambda one, other: one == other),
        ):
            wanted, found = getattr(gold, name), getattr(facts, name, None)
            right = bool(same(wanted, found))
            self.out.hits[f"release_{name}"] = int(right), 1
            if not right:
                shown = f"gold {wanted!r}\tgot {found!r}"
                self.out.differences.append(Difference(f"release_{name}", self.out.release, "differs", shown))


def count_sets(predicted: set[Any], gold: set[Any]) -> Counts:
    return Counts(len(predicted & gold), len(predicted - gold), len(gold - predicted))


def add(counts: Iterable[Counts]) -> Counts:
    return Counts(*(sum(column) for column in zip(Counts(0, 0, 0), *counts, strict=True)))


def are_alike(kind: str, other: str) -> bool:
    """Whether two kinds of agreement are near enough: careful readers differ within these groups."""
    return kind == other or any({kind, other} <= group for group in ALIKE)


def are_same_place(wanted: str | None, found: str | None) -> bool:
    """Whether the city is the same; a state or country behind it does no harm."""
    if not wanted or not found:
        return not wanted and not found
    city, words = split_words(wanted), split_words(found)
    return bool(set(city) & set(words)) and city[0] in words[:2]


def liken_words(quotation: Quotation, entry: GoldQuotation) -> float:
    first, searched = split_words(entry.text)[:FIRST_WORDS], split_words(quotation.text)[:SEARCHED_WORDS]
    return float(bool(first) and " ".join(first) in " ".join(searched))


def show_role(role: Role | GoldPosition) -> str:
    return f"{role.person} | {role.title} | {role.organization}"


def show_date(date: Date | GoldDate) -> str:
    return f"{date.value} ({date.text if isinstance(date, GoldDate) else date.mentions[0].text})"


def show_agreement(agreement: Agreement | GoldAgreement) -> str:
    parties: Iterator[str] = (party if isinstance(party, str) else party.name for party in agreement.parties)
    return f"{agreement.kind} | {agreement.text} | {', '.join(parties)}"


def show_quotation(quotation: Quotation | GoldQuotation) -> str:
    return f"{quotation.speaker}: {quotation.text[:70]}"
