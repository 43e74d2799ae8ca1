"""Selection: the facts of a record that are sure enough for who asked."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from pressx.records import Agreement, Date, Organization, Person, Position, Quotation, Release

Fact = TypeVar("Fact", Person, Position, Organization, Date, Agreement, Quotation)


def select_sure(release: Release, least: float) -> Release:
    """Return the record without the facts whose confidence is below `least`.

    A fact that stays keeps its words: it still names an entity that was left out, whose id there becomes null.
    """
    organizations = keep_sure(release.organizations, least)
    people = keep_sure(release.people, least)
    listed = {person.id for person in people} | {organization.id for organization in organizations}
    return release.model_copy(
        update={
            "people": tuple(unlink_person(person, listed, least) for person in people),
            "organizations": organizations,
            "dates": keep_sure(release.dates, least),
            "agreements": tuple(unlink_agreement(deal, listed) for deal in keep_sure(release.agreements, least)),
            "quotations": tuple(
                quotation.model_copy(update={"speaker_id": find_listed(quotation.speaker_id, listed)})
                for quotation in keep_sure(release.quotations, least)
            ),
        }
    )


def keep_sure(facts: Iterable[Fact], least: float) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.confidence >= least)


def find_listed(identifier: str | None, listed: Collection[str]) -> str | None:
    return identifier if identifier in listed else None


def unlink_person(person: Person, listed: Collection[str], least: float) -> Person:
    """Return the person with the positions that are sure, which point to listed organizations only."""
    positions = tuple(
        position.model_copy(update={"organization_id": find_listed(position.organization_id, listed)})
        for position in keep_sure(person.positions, least)
    )
    return person.model_copy(update={"positions": positions})


def unlink_agreement(agreement: Agreement, listed: Collection[str]) -> Agreement:
    """Return the agreement with parties and signatories that point to listed entities only."""
    parties = tuple(party.model_copy(update={"id": find_listed(party.id, listed)}) for party in agreement.parties)
    signatories = tuple(
        signatory.model_copy(
            update={
                "person_id": find_listed(signatory.person_id, listed),
                "organization_id": find_listed(signatory.organization_id, listed),
            }
        )
        for signatory in agreement.signatories
    )
    return agreement.model_copy(update={"parties": parties, "signatories": signatories})
