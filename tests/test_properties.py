"""What holds for every text, whatever stands in it."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import pressx
from pressx import dump
from pressx.records import Release
from strategies import releases, texts

AWKWARD = (
    "",
    "\n",
    "\ufeff",
    "\x00",
    "\r",
    "“",
    '"' * 99,
    "(" * 999,
    "About ",
    "###",
    "A" * 5_000,
    "a, " * 2_000,
    "Dr. " * 500,
    "January 1, 2024 " * 200,
    "said " * 500,
    "🇳🇴" * 200,
    "\u202eterces\u202c",
    "e\u0301" * 200,
    "9" * 4_000,
    "1/2/3/4/5/6/7/8/9/" * 100,
    "A.B.C.D." * 300,
    "US$" + "9" * 400 + " million deal with Acme Inc.",
)


def collect_intervals(value):
    """Yield every part of a record that names characters."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value
        for part in value.values():
            yield from collect_intervals(part)
    elif isinstance(value, list):
        for part in value:
            yield from collect_intervals(part)


def shift(value, by):
    """Return a record with all its offsets moved."""
    if isinstance(value, dict):
        moved = {key: shift(part, by) for key, part in value.items()}
        return moved | {key: value[key] + by for key in ("start", "end") if key in value}
    return [shift(part, by) for part in value] if isinstance(value, list) else value


def check_release(text, release):
    """Assert all that a record promises of its text."""
    record = json.loads(dump(release))
    assert Release.model_validate_json(json.dumps(record)) == release
    for part in collect_intervals(record):
        assert text[part["start"] : part["end"]] == part["text"]
    check_tiling(text, record["blocks"])
    check_references(record)


def check_tiling(text, blocks):
    ends = [0, *(block["end"] for block in blocks)]
    assert [block["start"] for block in blocks] == ends[:-1]
    assert ends[-1] == len(text)
    assert all(block["start"] < block["end"] for block in blocks)


def check_references(record):
    """Assert that ids are unique and that every id that is spoken of is there under the name given with it."""
    names = {entry["id"]: entry["name"] for kind in ("people", "organizations") for entry in record[kind]}
    assert len(names) == len(record["people"]) + len(record["organizations"])
    positions = [part for person in record["people"] for part in person["positions"]]
    parties = [part for agreement in record["agreements"] for part in agreement["parties"]]
    signatories = [part for agreement in record["agreements"] for part in agreement["signatories"]]
    spoken = [
        *((part["organization_id"], part["organization"]) for part in (*positions, *signatories)),
        *((part["speaker_id"], part["speaker"]) for part in record["quotations"]),
        *((part["person_id"], part["person"]) for part in signatories),
        *((part["id"], part["name"]) for part in parties),
    ]
    assert [(key, name) for key, name in spoken if key is not None and names.get(key) != name] == []
    assert len({date["value"] for date in record["dates"]}) == len(record["dates"])


@given(text=texts())
@example(text="Ada Quill signed for Norvik Harbour AS.\r\n\r\nCAO Wenli signed for the\u00a0IRC on March\u00a05, 2024.")
def test_any_text_gives_a_valid_release(read_release, text):
    check_release(text, read_release(text))


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text[:12]))
def test_awkward_texts_give_valid_releases(read_release, text):
    check_release(text, read_release(text))


@given(text=releases())
def test_a_text_always_gives_the_same_bytes(read_release, text):
    assert dump(read_release(text)) == dump(read_release(text))


@given(text=releases(), other=texts())
def test_what_was_read_before_changes_nothing(nlp, text, other):
    first = dump(pressx.extract(nlp, pressx.wrap(text)))
    pressx.extract(nlp, pressx.wrap(other))
    assert dump(pressx.extract(nlp, pressx.wrap(text))) == first


@given(text=releases(), lines=st.sampled_from(["\n", "\n\n\n", "\r\n\r\n", " \n\n"]))
def test_blank_lines_in_front_shift_offsets_and_change_nothing_else(read_release, text, lines):
    text = "Norvik Harbour" + text  # which must not begin with white space of its own
    plain, shifted = (json.loads(dump(read_release(given_text))) for given_text in (text, lines + text))
    moved = shift(plain, len(lines))
    moved["blocks"][0]["start"] = 0
    moved["source"] = shifted["source"]
    assert shifted == moved


@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), (" ", "\u00a0"), ('"', "\u201d"), ("'", "\u2019")])
@given(text=releases())
def test_line_ends_blanks_and_quotes_keep_offsets(read_release, old, new, text):
    text = text.replace(old, new)
    check_release(text, read_release(text))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_no_fact(read_release, end):
    text = (
        "Norvik Harbour Names Ada Quill CEO\n\n"
        "OSLO, Norway, March 4, 2024 -- Norvik Harbour AS named Ada Quill as CEO.\n\n"
        "The port signed a memorandum of understanding with Harrow & Pike LLC on March 1.\n\n"
        "About Norvik Harbour\nNorvik Harbour AS runs the port.\n"
    )
    facts = [list_facts(read_release(variant)) for variant in (text, text.replace("\n", end))]
    assert facts[0] == facts[1]


def list_facts(release):
    """Return what a release says, without where."""
    return (
        [(person.name, [position.title for position in person.positions]) for person in release.people],
        [organization.name for organization in release.organizations],
        [date.value for date in release.dates],
        [(agreement.kind, [party.name for party in agreement.parties]) for agreement in release.agreements],
        (release.release.headline, release.release.place, release.release.date, release.release.issuer),
        [block.kind for block in release.blocks],
    )
