"""Gold: what a careful reader notes down for one release, as models, and how a record is turned into a draft of it.

The form is that of the annotation guidelines: entries by name rather than by id, one for each distinct fact, copied
from the release with white space read as one space. `optional` entries are neither required nor counted as wrong.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pressx.errors import PressxError
from pressx.folding import squash
from pressx.records import VALUE_PATTERN, Agreement, AgreementKind, AgreementStatus, PositionStatus, Release

QUOTED_WORDS = 12  # the guidelines ask for the first eight or more

Name = Annotated[str, Field(min_length=1)]
Value = Annotated[str, Field(pattern=VALUE_PATTERN)]


class GoldError(PressxError):
    """A gold file that can't be read or is not in the gold's form; the message names file and entry."""


class Entry(BaseModel):
    """Base of what a gold file lists; keys that nothing here reads (a remark, a hint) are kept out of the way."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    optional: bool = False


class GoldFacts(BaseModel):
    """The release itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    headline: str | None
    issuer: str | None
    place: str | None
    date: str | None


class GoldName(Entry):
    """A person or an organization."""

    name: Name
    also: tuple[Name, ...] = ()


class GoldPosition(Entry):
    """A role of a person; `organization_implied` when the text leaves the organization to context."""

    person: Name
    title: Name
    organization: str | None = None
    organization_implied: bool = False
    status: PositionStatus | None = None


class GoldDate(Entry):
    """A value on the calendar and one mention of it."""

    value: Value
    text: Name


class GoldSignatory(Entry):
    """Who signed, and for whom."""

    person: Name
    organization: str | None = None


class GoldAgreement(Entry):
    """A formal arrangement."""

    text: Name
    kind: AgreementKind
    status: AgreementStatus
    parties: tuple[Name, ...]
    signatories: tuple[GoldSignatory, ...] = ()
    date: Value | None = None
    value: str | None = None
    purpose: str | None = None


class GoldQuotation(Entry):
    """The first words of what somebody said."""

    speaker: Name
    text: Name


class Gold(BaseModel):
    """Everything a careful reader notes down for one release."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    release: GoldFacts
    people: tuple[GoldName, ...]
    positions: tuple[GoldPosition, ...]
    organizations: tuple[GoldName, ...]
    dates: tuple[GoldDate, ...]
    agreements: tuple[GoldAgreement, ...]
    quotations: tuple[GoldQuotation, ...]


def read_gold(path: Path) -> Gold:
    """Return a gold file. Raises GoldError."""
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise GoldError(f"{path}: {place + ': ' if place else ''}{first['msg']}") from error


def draft(release: Release) -> Gold:
    """Return a record in the gold's form, for a reader to correct.

    A quotation whose speaker is unknown is left out: the gold holds attributed ones alone.
    """
    people = merge((person.name, person.aliases) for person in release.people)
    organizations = merge((body.name, body.aliases) for body in release.organizations)
    known = {entry.name for entry in (*people, *organizations)}
    facts = release.release
    if facts.issuer is not None and facts.issuer not in known:
        organizations = (*organizations, GoldName(name=facts.issuer))
    return Gold(
        release=GoldFacts(headline=facts.headline, issuer=facts.issuer, place=facts.place, date=facts.date),
        people=people,
        positions=tuple(dict.fromkeys(draft_positions(release))),
        organizations=organizations,
        dates=tuple(GoldDate(value=date.value, text=squash(date.mentions[0].text)) for date in release.dates),
        agreements=tuple(draft_agreement(agreement) for agreement in release.agreements),
        quotations=tuple(
            GoldQuotation(speaker=quotation.speaker, text=" ".join(quotation.text.split()[:QUOTED_WORDS]))
            for quotation in release.quotations
            if quotation.speaker is not None and quotation.text.strip()
        ),
    )


def merge(entries: Iterable[tuple[str, Sequence[str]]]) -> tuple[GoldName, ...]:
    """Return names with their other forms; entries of one name, which the gold does not know apart, are one."""
    forms: dict[str, dict[str, None]] = {}
    for name, others in entries:
        forms.setdefault(name, {}).update(dict.fromkeys(form for form in others if form != name))
    return tuple(GoldName(name=name, also=tuple(others)) for name, others in forms.items())


def draft_positions(release: Release) -> Iterator[GoldPosition]:
    for person in release.people:
        for position in person.positions:
            yield GoldPosition(
                person=person.name,
                title=position.title,
                organization=position.organization,
                status=None if position.status == "current" else position.status,
            )


def draft_agreement(agreement: Agreement) -> GoldAgreement:
    return GoldAgreement(
        text=agreement.text,
        kind=agreement.kind,
        status=agreement.status,
        parties=tuple(party.name for party in agreement.parties),
        signatories=tuple(
            GoldSignatory(person=signatory.person, organization=signatory.organization)
            for signatory in agreement.signatories
        ),
        date=agreement.date,
        value=agreement.value.text if agreement.value else None,
        purpose=agreement.purpose,
    )


def dump_gold(gold: Gold) -> str:
    """Return a gold file: one entry a line, since it is made to be corrected by hand."""
    blocks = [f' "release": {dump_entry(gold.release)}']
    for field in Gold.model_fields:
        entries = getattr(gold, field)
        if field == "release":
            continue
        lines = ",\n".join(f"  {dump_entry(entry)}" for entry in entries)
        blocks.append(f' "{field}": [\n{lines}\n ]' if lines else f' "{field}": []')
    return "{\n" + ",\n".join(blocks) + "\n}"


def dump_entry(entry: BaseModel) -> str:
    """Return one line of JSON; what the gold form leaves out by default is left out."""
    text = json.dumps(strip(entry.model_dump(mode="json")), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def strip(value: Any) -> Any:
    """Return JSON values without flags that are false, an empty `also` and a status that is not given."""
    if isinstance(value, list):
        return [strip(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: strip(item)
        for key, item in value.items()
        if not (item is False or (key == "also" and not item) or (key == "status" and item is None))
    }
