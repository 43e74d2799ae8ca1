"""What `--min-confidence` leaves out, and what becomes of facts that spoke of it."""

from made import make_release
from pressx.records import Release
from pressx.selection import select_sure

RELEASE = make_release(
    "a.txt",
    people=[("Ada Quill", (), [("CEO", "Norvik Harbour AS")])],
    organizations=[("Norvik Harbour AS", ()), ("Bjelland Shipping", ())],
    agreements=[("supply", ["Norvik Harbour AS", "Bjelland Shipping"], [("Ada Quill", "Norvik Harbour AS")])],
    quotations=[("Ada Quill", "We will grow")],
    dates=["2024-03-04"],
)


def doubt(release, field, number, value):
    """Return the record with another confidence of one fact."""
    facts = list(getattr(release, field))
    facts[number] = facts[number].model_copy(update={"confidence": value})
    return release.model_copy(update={field: tuple(facts)})


def test_facts_at_the_threshold_stay():
    assert select_sure(RELEASE, 0.9) == RELEASE


def test_nothing_is_left_above_all_facts():
    left = select_sure(RELEASE, 0.91)
    assert [len(getattr(left, field)) for field in ("people", "organizations", "dates", "agreements", "quotations")] == [
        0, 0, 0, 0, 0,
    ]  # fmt: skip
    assert left.release == RELEASE.release
    assert left.blocks == RELEASE.blocks


def test_what_speaks_of_an_organization_left_out_still_names_it():
    left = select_sure(doubt(RELEASE, "organizations", 0, 0.4), 0.8)
    assert [body.id for body in left.organizations] == ["o2"]
    (position,) = left.people[0].positions
    assert (position.organization, position.organization_id) == ("Norvik Harbour AS", None)
    (deal,) = left.agreements
    assert [(party.name, party.id) for party in deal.parties] == [
        ("Norvik Harbour AS", None),
        ("Bjelland Shipping", "o2"),
    ]
    assert (deal.signatories[0].organization, deal.signatories[0].organization_id) == ("Norvik Harbour AS", None)
    assert deal.signatories[0].person_id == "p1"
    Release.model_validate(left.model_dump())


def test_what_speaks_of_a_person_left_out_still_names_them():
    left = select_sure(doubt(RELEASE, "people", 0, 0.4), 0.8)
    assert left.people == ()
    assert (left.quotations[0].speaker, left.quotations[0].speaker_id) == ("Ada Quill", None)
    assert left.agreements[0].signatories[0].person_id is None


def test_a_doubtful_position_goes_alone():
    person = RELEASE.people[0]
    doubtful = person.model_copy(update={"positions": (person.positions[0].model_copy(update={"confidence": 0.5}),)})
    left = select_sure(RELEASE.model_copy(update={"people": (doubtful,)}), 0.8)
    assert [person.name for person in left.people] == ["Ada Quill"]
    assert left.people[0].positions == ()
