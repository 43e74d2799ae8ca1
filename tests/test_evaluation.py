"""Evaluation: what counts as right, and figures that agree with the reference scorer to the last digit."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made import make_release, write_record
from pressx.cli import app
from pressx.comparison import Counts, compare
from pressx.evaluation import ACCURACIES, FIELDS, evaluate, export, list_gold, measure
from pressx.gold import Gold, GoldError, read_gold
from pressx.matching import fold_organization, fold_person, share_words
from pressx.recorded import read_records

SHARED = Path(__file__).parents[2] / "shared" / "eval"

GOLD = {
    "release": {
        "headline": "Norvik Harbour names chief",
        "issuer": "Norvik Harbour",
        "place": "OSLO",
        "date": "2024-03-05",
    },
    "people": [{"name": "Ada Quill", "also": ["Quill"]}, {"name": "Bo Lind"}, {"name": "Cy Dahl", "optional": True}],
    "positions": [
        {"person": "Ada Quill", "title": "Chief Executive Officer", "organization": "Norvik Harbour"},
        {"person": "Bo Lind", "title": "Treasurer", "organization": "Delle Line", "organization_implied": True},
    ],
    "organizations": [{"name": "Norvik Harbour", "also": ["NH"]}, {"name": "Delle Line"}],
    "dates": [{"value": "2024-03-05", "text": "March 5, 2024"}, {"value": "2024-Q3", "text": "third quarter"}],
    "agreements": [
        {
            "text": "supply contract",
            "kind": "supply",
            "status": "signed",
            "parties": ["Norvik Harbour", "Delle Line"],
            "signatories": [{"person": "Ada Quill", "organization": None}],
            "date": None,
            "value": None,
            "purpose": None,
        }
    ],
    "quotations": [{"speaker": "Ada Quill", "text": "We will grow with the port and its people"}],
}
RIGHT = {
    "people": [
        ("Ada Quill", [], [("Chief Executive Officer", "Norvik Harbour")]),
        ("Bo Lind", [], [("Treasurer", "Delle Line")]),
    ],
    "organizations": [("Norvik Harbour", ["NH"]), ("Delle Line", [])],
    "dates": ["2024-03-05", "2024-Q3"],
    "agreements": [("supply", ["Norvik Harbour", "Delle Line"], [("Ada Quill", None)])],
    "quotations": [("Ada Quill", "We will grow with the port and its people for years.")],
    "headline": "Norvik Harbour names chief",
    "issuer": "Norvik Harbour",
    "place": "OSLO",
    "date": "2024-03-05",
}


def count(**changes):
    """Return the counts of a record that is right but for `changes`."""
    return compare("x", Gold.model_validate(GOLD), make_release("x", **(RIGHT | changes))).counts


# What matches what


def test_a_right_record_has_no_error():
    comparison = compare("x", Gold.model_validate(GOLD), make_release("x", **RIGHT))
    assert comparison.differences == []
    assert {name: (counts.wrong, counts.missed) for name, counts in comparison.counts.items()} == dict.fromkeys(
        FIELDS, (0, 0)
    )
    assert {name: right == asked == 1 for name, (right, asked) in comparison.hits.items()} == dict.fromkeys(
        ACCURACIES, True
    )


def test_no_record_misses_all_that_is_required():
    comparison = compare("x", Gold.model_validate(GOLD), None)
    assert comparison.counts["people"] == Counts(0, 0, 2)
    assert comparison.counts["parties"] == Counts(0, 0, 2)
    assert comparison.hits["release_headline"] == (0, 1)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ada Quill", "Bo Lind"], Counts(2, 0, 0)),
        (["Dr. Ada Quill, PhD", "BO LIND"], Counts(2, 0, 0)),
        (["Quill"], Counts(1, 0, 1)),
        (["Ada Quill", "Quill"], Counts(1, 1, 1)),  # the same person a second time is an error
        (["Cy Dahl"], Counts(0, 0, 2)),  # optional: neither right nor wrong
        (["Dee Ohm"], Counts(0, 1, 2)),
    ],
)
def test_people(names, expected):
    assert count(people=[(name, [], []) for name in names])["people"] == expected


@pytest.mark.parametrize(
    ("title", "body", "titles", "positions"),
    [
        ("Chief Executive Officer", "Norvik Harbour", 1, 1),
        ("the chief executive officer", "NH", 1, 1),
        ("Chief Executive Officer", "Delle Line", 1, 0),
        ("Chief Executive Officer", None, 1, 0),
        ("Officer", "Norvik Harbour", 0, 0),
    ],
)
def test_positions(title, body, titles, positions):
    counts = count(people=[("Ada Quill", [], [(title, body)])])
    assert (counts["titles"].right, counts["positions"].right) == (titles, positions)


def test_an_implied_organization_may_be_left_out():
    assert count(people=[("Bo Lind", [], [("Treasurer", None)])])["positions"].right == 1


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        (["Norvik Harbour", "Delle Line"], Counts(2, 0, 0)),
        (["Norvik Harbour", "Somebody"], Counts(0, 2, 2)),  # a third of the parties, other words: another agreement
        (["Norvik Harbour"], Counts(1, 0, 1)),
    ],
)
def test_parties(parties, expected):
    assert count(agreements=[("financing", parties, [])])["parties"] == expected


@pytest.mark.parametrize(
    ("speaker", "words", "quotes", "quotations"),
    [
        ("Quill", "We will grow with the port", 1, 1),
        ("Bo Lind", "We will grow with the port", 1, 0),
        (None, "We will grow with the port", 1, 0),
        ("Ada Quill", "We will grow with the town", 0, 0),
    ],
)
def test_quotations(speaker, words, quotes, quotations):
    counts = count(quotations=[(speaker, words)])
    assert (counts["quotes"].right, counts["quotations"].right) == (quotes, quotations)


@pytest.mark.parametrize(("place", "right"), [("Oslo, Norway", 1), ("BERGEN", 0), (None, 0)])
def test_place(place, right):
    comparison = compare("x", Gold.model_validate(GOLD), make_release("x", **(RIGHT | {"place": place})))
    assert comparison.hits["release_place"] == (right, 1)


def test_names_are_compared_without_what_does_not_identify():
    assert fold_person("Prof. Zoë O'Brien, M.D.") == "zoe obrien"
    assert fold_organization("The Norvik Harbour Co., Ltd.") == "norvik harbour"
    assert fold_organization("The Company") == "company"
    assert share_words("Head of the Port", "port head") == 1.0
    assert share_words("of the", "of the") == 0.0


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0), (1.0, 1.0, 1.0)),
        ((0, 0, 1), (0.0, 0.0, 0.0)),
        ((0, 1, 0), (0.0, 1.0, 0.0)),
        ((1, 1, 1), (0.5, 0.5, 0.5)),
    ],
)
def test_precision_recall_and_f1(counts, expected):
    assert measure(Counts(*counts)) == expected


# The reference scorer


def score(gold, predictions):
    command = [sys.executable, SHARED / "score.py", gold, predictions, "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def evaluate_folders(gold, predictions):
    """Evaluate records by name; a record that is not there is none."""
    pairs = []
    for path in list_gold(gold):
        record = predictions / path.name
        pairs.append((path, next(read_records(record)) if record.exists() else None))
    return json.loads(json.dumps(export(evaluate(pairs))))


def spoil(gold, generator):
    """Return a record that is partly right: things are lost, confused and made up, names come in other forms."""

    def sometimes(items, share=0.8):
        return [item for item in items if generator.random() < share]

    def name(entry):
        return generator.choice([entry.name, entry.name, entry.name.upper(), f"The {entry.name} Inc.", *entry.also])

    bodies = [(name(body), body.also) for body in sometimes(gold.organizations)] + [("Norvik Harbour", [])]
    everybody = [body for body, _ in bodies] + [person.name for person in gold.people]
    roles = [
        (role.person, (role.title, generator.choice([role.organization, None, "Norvik Harbour"])))
        for role in sometimes(gold.positions)
    ]
    people = [
        (name(person), (), [role for who, role in roles if who == person.name]) for person in sometimes(gold.people)
    ]
    people.append(("Ada Quill", (), [("Chief Executive Officer", "Norvik Harbour")]))
    agreements = [
        (
            generator.choice([entry.kind, "other", "services"]),
            sometimes(entry.parties) or ["Norvik Harbour"],
            [(signed.person, signed.organization) for signed in sometimes(entry.signatories)],
        )
        for entry in sometimes(gold.agreements) + sometimes(gold.agreements, 0.1)
    ]
    quotations = [
        (generator.choice([quotation.speaker, *everybody[:1], None]), f"{quotation.text} and so on")
        for quotation in sometimes(gold.quotations)
    ]
    facts = {field: value if generator.random() < 0.8 else None for field, value in gold.release.model_dump().items()}
    dates = list(dict.fromkeys([*(date.value for date in sometimes(gold.dates)), "1999-01-01"]))
    return make_release(
        "x", people=people, organizations=bodies, agreements=agreements, quotations=quotations, dates=dates, **facts
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference scorer is not here")
@pytest.mark.parametrize("seed", [1, 2])
def test_figures_agree_with_the_reference_scorer_on_real_gold(tmp_path, seed):
    generator = random.Random(seed)  # repeatable noise
    gold = SHARED / "dev" / "gold"
    for path in list_gold(gold):
        if generator.random() < 0.95:
            write_record(spoil(read_gold(path), generator), tmp_path, path.stem)
    assert evaluate_folders(gold, tmp_path) == score(gold, tmp_path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference scorer is not here")
def test_figures_agree_with_the_reference_scorer_on_odd_gold(tmp_path):
    """Names that fold to nothing, an empty gold, a speaker that is nobody, agreements with the same parties."""
    gold, predictions = tmp_path / "gold", tmp_path / "predictions"
    gold.mkdir()
    empty = {name: [] for name in GOLD} | {"release": dict.fromkeys(("headline", "issuer", "place", "date"))}
    odd = GOLD | {
        "people": [*GOLD["people"], {"name": "..."}, {"name": "Mr."}, {"name": "Dr."}],
        "agreements": GOLD["agreements"] * 2,
        "organizations": [*GOLD["organizations"], {"name": "---"}],
    }
    for name, content in {"a": GOLD, "b": empty, "c": odd, "d": GOLD}.items():
        (gold / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    write_record(make_release("a", **RIGHT), predictions)
    write_record(make_release("b", **RIGHT), predictions)
    changed = {
        "people": [("Mr.", [], [("Treasurer", "---")]), ("...", [], []), ("Quill", [], [("CEO", None)])],
        "agreements": [("supply", ["Mr."], [("Dr.", None)]), ("services", ["NH", "Delle Line"], [("Bo Lind", "NH")])],
        "quotations": [(None, "..."), ("Mr.", "We will grow with the port"), ("Quill", "We will grow with the port")],
    }
    write_record(make_release("c", **(RIGHT | changed)), predictions)
    assert evaluate_folders(gold, predictions) == score(gold, predictions)


# The command


@pytest.fixture
def folders(tmp_path):
    gold, inputs = tmp_path / "gold", tmp_path / "inputs"
    gold.mkdir()
    for name in ("a", "b"):
        (gold / f"{name}.json").write_text(json.dumps(GOLD), encoding="utf-8")
    write_record(make_release("a", **RIGHT), inputs)
    write_record(make_release("b", **(RIGHT | {"people": [("Ada Quill", [], [])]})), inputs)
    return gold, inputs


def call(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def test_the_table_names_every_figure(folders):
    result = call(*folders)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "2 releases"
    assert "people             4   1.000  0.750  0.857   0.667 - 1.000" in lines
    assert {line.split()[0] for line in lines if line} >= {*FIELDS, *ACCURACIES, "score"}


def test_errors_are_listed_before_the_table(folders):
    result = call(*folders, "--errors", "people")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == ["people\tb\tmissed\tBo Lind", "2 releases"]


def test_json_has_the_figures_unrounded(folders):
    result = call(*folders, "--json")
    assert json.loads(result.stdout)["fields"]["people"]["f1"] == 6 / 7


def test_texts_are_extracted(folders):
    gold, inputs = folders
    for record in inputs.iterdir():
        record.unlink()
    (inputs / "a.txt").write_text(
        "Norvik Harbour names chief\n\nOSLO, March 5, 2024 -- Ada Quill leads Norvik Harbour."
    )
    (inputs / "b.txt").write_bytes(b"\0\1\2")
    result = call(gold, inputs, "--json")
    assert result.exit_code == 1
    assert "b.txt" in result.stderr
    figures = json.loads(result.stdout)
    assert figures["missing"] == ["b"]
    assert figures["accuracy"]["release_date"] == 0.5


def test_a_gold_release_without_input_is_named(folders):
    gold, inputs = folders
    (inputs / "b.json").unlink()
    result = call(gold, inputs)
    assert result.exit_code == 0
    assert "warning: b: no record" in result.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda gold, _: [path.unlink() for path in gold.iterdir()], "no gold files"),
        (lambda _, inputs: [path.unlink() for path in inputs.iterdir()], "holds no record"),
        (lambda gold, _: (gold / "a.json").write_text("{}"), "a.json: release: Field required"),
        (lambda gold, _: (gold / "a.json").write_text("{"), "a.json: Invalid JSON"),
    ],
)
def test_what_cannot_be_evaluated_says_why(folders, change, reason):
    change(*folders)
    result = call(*folders)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


def test_an_unknown_field_is_refused(folders):
    result = call(*folders, "--errors", "persons")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "persons" in result.stderr


def test_nothing_to_evaluate_is_an_error():
    with pytest.raises(GoldError, match="no gold"):
        evaluate([])
