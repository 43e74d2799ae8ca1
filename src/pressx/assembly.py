"""From annotated mentions to the record of a release: mentions become entities, Pydantic validates."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from pressx.confidence import (
    Confidence,
    describe_agreement,
    describe_date,
    describe_organization,
    describe_person,
    describe_position,
    describe_quotation,
    load_confidence,
)
from pressx.folding import squash
from pressx.reading import Source
from pressx.records import (
    SCHEMA_VERSION,
    Agreement,
    BlockRecord,
    Contact,
    Date,
    Evidence,
    Generator,
    Money,
    Organization,
    Party,
    Person,
    Position,
    Quotation,
    Release,
    ReleaseFacts,
    Signatory,
    SourceRecord,
)
from pressx.spans import Mention, read_group
from pressx.tokenization import get_layout, get_text
from pressx.version import VERSION

Interval = Sequence[int]

WEB_ENDING = re.compile(r"\w\.(?:com|org|net|news)$")


def assemble(doc: Doc, source: Source, warnings: Iterable[str] = (), confidence: Confidence | None = None) -> Release:
    """Return the record of an annotated release; `confidence` is a table other than the shipped one.

    Raises pydantic.ValidationError when a component broke a promise.
    """
    entities = Entities(doc)
    table = confidence or load_confidence()
    return Release(
        schema_version=SCHEMA_VERSION,
        generator=Generator(pressx=VERSION, model=read_model_name(doc)),
        source=SourceRecord(
            name=source.name, sha256=source.sha256, characters=len(source.text), media_type=source.media_type
        ),
        release=assemble_facts(doc, entities),
        people=assemble_people(doc, entities, table),
        organizations=assemble_organizations(doc, entities, table),
        dates=assemble_dates(doc, table),
        agreements=assemble_agreements(doc, entities, table),
        quotations=assemble_quotations(doc, entities, table),
        blocks=tuple(BlockRecord(kind=b.kind.value, start=b.start, end=b.end) for b in get_layout(doc).blocks),
        warnings=(*source.warnings, *warnings),
    )


def read_model_name(doc: Doc) -> str:
    """Return the name of the entity model that read the doc, "none" when none did."""
    return str(doc.spans["ner"].attrs.get("model", "none")) if "ner" in doc.spans else "none"


class Entities:
    """The people and organizations of a doc: for each key of a component its id and name in the record."""

    def __init__(self, doc: Doc) -> None:
        self.people = gather(read_group(doc, "people"))
        self.organizations = gather(read_group(doc, "organizations"))
        self.ids = number(self.people, "p") | number(self.organizations, "o")
        self.names = {key: choose_person_name(doc, mentions) for key, mentions in self.people.items()} | {
            key: choose_organization_name(doc, mentions) for key, mentions in self.organizations.items()
        }

    def get_id(self, key: str | None) -> str | None:
        return self.ids.get(key) if key else None

    def get_name(self, key: str | None) -> str | None:
        return self.names.get(key) if key else None


def gather(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """Return mentions by the key of their entity, entities in order of first mention; those that only refer are left out
    where nothing names the entity.
    """
    entities: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        entities[mention.value].append(mention)
    return {key: found for key, found in entities.items() if any(m.label != "REFERENCE" for m in found)}


def number(entities: Mapping[str, Any], prefix: str) -> dict[str, str]:
    return {key: f"{prefix}{count}" for count, key in enumerate(entities, start=1)}


def choose_person_name(doc: Doc, mentions: Iterable[Mention]) -> str:
    """Return the fullest form: more words are fuller, capitals alone are a headline's, an initial is fuller than none."""
    forms = [squash(get_text(doc)[m.start : m.end]) for m in mentions]
    return max(forms, key=lambda form: (len(form.split()), not form.isupper(), len(form)))


def choose_organization_name(doc: Doc, mentions: Iterable[Mention]) -> str:
    """Return the longest form, the first of equals, that is not a web address, nor set in capitals as a whole.

    A doubtful form does not count while there are others.
    """
    named = [mention for mention in mentions if mention.label != "REFERENCE"]
    sure = [mention for mention in named if not mention.fact.get("doubtful")]
    forms = [squash(get_text(doc)[m.start : m.end]) for m in sure or named]
    mixed = not all(form.isupper() for form in forms)
    return max(
        forms, key=lambda form: (not WEB_ENDING.search(form), not (mixed and form.isupper() and " " in form), len(form))
    )


def list_aliases(doc: Doc, mentions: Iterable[Mention], name: str) -> tuple[str, ...]:
    forms = [squash(get_text(doc)[m.start : m.end]) for m in mentions if m.label != "REFERENCE"]
    return tuple(form for form in dict.fromkeys(forms) if form != name)


def cite(doc: Doc, start: int, end: int, rule: str) -> Evidence:
    return Evidence(start=start, end=end, text=get_text(doc)[start:end], rule=rule)


def cite_mentions(doc: Doc, mentions: Iterable[Mention]) -> tuple[Evidence, ...]:
    return tuple(cite(doc, mention.start, mention.end, mention.rule) for mention in mentions)


def read_text(doc: Doc, interval: Interval | None) -> str | None:
    return squash(get_text(doc)[interval[0] : interval[1]]) if interval else None


def assemble_facts(doc: Doc, entities: Entities) -> ReleaseFacts:
    skeleton = {mention.label: mention for mention in reversed(read_group(doc, "skeleton"))}

    def read(label: str) -> str | None:
        mention = skeleton.get(label)
        return squash(get_text(doc)[mention.start : mention.end]) if mention else None

    issuer = skeleton.get("ISSUER")
    dates = doc.spans["dates"].attrs if "dates" in doc.spans else {}
    return ReleaseFacts(
        headline=read("HEADLINE"),
        subheadline=read("SUBHEADLINE"),
        issuer=entities.get_name(issuer.value) or read("ISSUER") if issuer else None,
        place=read("PLACE"),
        date=dates.get("release_date"),
        contacts=tuple(assemble_contact(doc, mention) for mention in read_group(doc, "contacts")),
    )


def assemble_contact(doc: Doc, mention: Mention) -> Contact:
    fact = mention.fact
    parts = ("name", "organization", "email", "phone", "url")
    return Contact(
        **{part: read_text(doc, fact.get(part)) for part in parts},
        evidence=tuple(
            cite(doc, start, end, mention.rule) for part in parts for start, end in [fact.get(part) or (0, 0)] if end
        ),
    )


def assemble_people(doc: Doc, entities: Entities, table: Confidence) -> tuple[Person, ...]:
    positions: dict[str, list[Mention]] = defaultdict(list)
    for mention in read_group(doc, "positions"):
        positions[mention.fact["person"]].append(mention)
    return tuple(
        Person(
            id=entities.ids[key],
            name=entities.names[key],
            aliases=list_aliases(doc, mentions, entities.names[key]),
            mentions=cite_mentions(doc, mentions),
            positions=tuple(assemble_position(doc, entities, mention, table) for mention in positions[key]),
            confidence=table.estimate("people", describe_person(mentions, entities.names[key])),
        )
        for key, mentions in entities.people.items()
    )


def assemble_position(doc: Doc, entities: Entities, mention: Mention, table: Confidence) -> Position:
    return Position(
        title=squash(get_text(doc)[mention.start : mention.end]),
        organization=entities.get_name(mention.fact["organization"]) or read_text(doc, mention.fact["workplace"]),
        organization_id=entities.get_id(mention.fact["organization"]),
        status=mention.fact["status"],
        evidence=cite(doc, mention.start, mention.end, mention.rule),
        confidence=table.estimate("positions", describe_position(mention, entities.people[mention.fact["person"]])),
    )


def assemble_organizations(doc: Doc, entities: Entities, table: Confidence) -> tuple[Organization, ...]:
    return tuple(
        Organization(
            id=entities.ids[key],
            name=entities.names[key],
            aliases=list_aliases(doc, mentions, entities.names[key]),
            mentions=cite_mentions(doc, mentions),
            confidence=table.estimate("organizations", describe_organization(mentions, entities.names[key])),
        )
        for key, mentions in entities.organizations.items()
    )


def assemble_dates(doc: Doc, table: Confidence) -> tuple[Date, ...]:
    """One record for one value, in order of first mention."""
    values = gather(read_group(doc, "dates"))
    return tuple(
        Date(
            value=value,
            precision=mentions[0].fact["precision"],
            first_day=mentions[0].fact["first_day"],
            last_day=mentions[0].fact["last_day"],
            inferred=all(mention.fact["inferred"] for mention in mentions),
            mentions=cite_mentions(doc, mentions),
            confidence=table.estimate("dates", describe_date(mentions)),
        )
        for value, mentions in values.items()
    )


def assemble_agreements(doc: Doc, entities: Entities, table: Confidence) -> tuple[Agreement, ...]:
    return tuple(
        assemble_agreement(doc, entities, mention, f"a{count}", table)
        for count, mention in enumerate(read_group(doc, "agreements"), start=1)
    )


def assemble_agreement(doc: Doc, entities: Entities, mention: Mention, identifier: str, table: Confidence) -> Agreement:
    fact = mention.fact
    money = fact["value"]
    return Agreement(
        id=identifier,
        text=squash(get_text(doc)[mention.start : mention.end]),
        kind=fact["kind"],
        status=fact["status"],
        date=fact["date"],
        value=Money(text=read_text(doc, money["span"]) or "", amount=money["amount"], currency=money["currency"])
        if money
        else None,
        parties=tuple(Party(name=entities.names[key], id=entities.ids[key]) for key in fact["parties"]),
        signatories=tuple(
            Signatory(
                person=entities.names[signatory["person"]],
                person_id=entities.ids[signatory["person"]],
                organization=entities.get_name(signatory["organization"]),
                organization_id=entities.get_id(signatory["organization"]),
                title=read_text(doc, signatory["title"]),
            )
            for signatory in fact["signatories"]
        ),
        purpose=read_text(doc, fact["purpose"]),
        evidence=tuple(cite(doc, start, end, rule) for start, end, rule in fact["evidence"]),
        confidence=table.estimate("agreements", describe_agreement(mention)),
    )


def assemble_quotations(doc: Doc, entities: Entities, table: Confidence) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(
            speaker=entities.get_name(mention.fact["speaker"]),
            speaker_id=entities.get_id(mention.fact["speaker"]),
            text=get_text(doc)[mention.start : mention.end],
            start=mention.start,
            end=mention.end,
            rule=mention.rule,
            confidence=table.estimate("quotations", describe_quotation(mention)),
        )
        for mention in read_group(doc, "quotations")
    )
