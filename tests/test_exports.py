"""Exports: tables that a spreadsheet opens safely, and graphs that rdflib reads as we meant them."""

import csv
import json
import re
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from made import make_release
from pressx.cli import app
from pressx.exports.graph import PREFIXES
from pressx.exports.jsonld import dump_jsonld
from pressx.exports.tables import COLUMNS, TABLES, TableWriter, guard
from pressx.exports.turtle import dump_turtle
from pressx.writing import WritingError

# rdflib warns of what rdflib itself does.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

RELEASE = make_release(
    "one.txt",
    headline="Norvik Harbour and Delle Line agree",
    issuer="Norvik Harbour AS",
    place="OSLO",
    date="2024-03-05",
    people=[
        ("Ada Quill", ["Quill"], [("Chief Executive Officer", "Norvik Harbour AS"), ("Treasurer", None)]),
        ("Bo Lind", [], []),
    ],
    organizations=[("Norvik Harbour AS", ["Norvik"]), ("Delle Line", [])],
    agreements=[("supply", ["Norvik Harbour AS", "Delle Line", "Somebody Else"], [("Ada Quill", "Norvik Harbour AS")])],
    quotations=[("Ada Quill", 'We "grow"\n\twith \\ the port')],
    dates=["2024-03-05"],
)
RECORD = RELEASE.model_dump(mode="json")
SCHEMA, PROV, OA, PX = (rdflib.Namespace(PREFIXES[name]) for name in ("schema", "prov", "oa", "px"))


def read_table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def write_tables(folder, *records):
    with TableWriter(folder) as tables:
        for record in records:
            tables.add(record)
    return {path.stem: read_table(path) for path in folder.iterdir()}


# Tables


def test_every_kind_has_a_table_with_its_columns(tmp_path):
    tables = write_tables(tmp_path / "new" / "folder", RECORD)
    assert set(tables) == set(TABLES) == set(COLUMNS)
    for table, rows in tables.items():
        assert all(tuple(row) == ("source", *COLUMNS[table]) for row in rows)
        assert rows, f"{table} has no row to look at"


def test_the_manual_lists_the_columns():
    manual = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        (listed,) = re.findall(rf"^\| `{table}\.csv` \|[^|]*\| (.*) \|$", manual, re.MULTILINE)
        assert tuple(re.findall(r"`(\w+)`", listed)) == columns or listed == "as `people.csv`"
    assert COLUMNS["organizations"] == COLUMNS["people"]


def test_the_manual_explains_every_term():
    manual = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    terms = set(re.findall(r"\b(?:schema|px|oa|prov):\w+", dump_turtle(RECORD)))
    implied = {"schema:genre", "prov:Entity", "prov:SoftwareAgent", "schema:value", "schema:currency"}
    assert {term for term in terms if term not in manual} <= implied


def test_the_rows_say_what_the_record_says(tmp_path):
    tables = write_tables(tmp_path, RECORD)
    assert [(row["person"], row["title"], row["organization"]) for row in tables["positions"]] == [
        ("Ada Quill", "Chief Executive Officer", "Norvik Harbour AS"),
        ("Ada Quill", "Treasurer", ""),
    ]
    assert tables["agreements"][0]["parties"] == "Norvik Harbour AS; Delle Line; Somebody Else"
    assert [row["id"] for row in tables["parties"]] == ["o1", "o2", ""]
    assert tables["signatories"][0]["person"] == "Ada Quill"
    assert tables["quotations"][0]["text"] == 'We "grow"\n\twith \\ the port'
    assert tables["people"][0]["confidence"] == "0.9"
    assert tables["dates"][0]["inferred"] == "false"


def test_the_files_are_rfc_4180_in_utf_8_with_a_byte_order_mark(tmp_path):
    write_tables(tmp_path, RECORD)
    data = (tmp_path / "quotations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource,")
    assert data.endswith(b"\r\n")
    assert b'"We ""grow""\n\twith' in data


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_cell_never_starts_a_formula(tmp_path, start):
    name = f'{start}HYPERLINK("evil")'
    tables = write_tables(tmp_path, make_release("=1+1.txt", people=[(name, [], [])]).model_dump(mode="json"))
    assert tables["people"][0]["name"] == f"'{name}"
    assert tables["people"][0]["source"] == "'=1+1.txt"


@given(st.text())
def test_a_guarded_cell_loses_nothing(text):
    assert guard(text) in (text, f"'{text}")
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_many_records_share_the_tables(tmp_path):
    tables = write_tables(
        tmp_path, RECORD, make_release("two.txt", people=[("Cy Dahl", [], [])]).model_dump(mode="json")
    )
    assert [row["source"] for row in tables["people"]] == ["one.txt", "one.txt", "two.txt"]


def test_a_run_that_fails_leaves_the_old_tables_alone(tmp_path):
    write_tables(tmp_path, RECORD)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    broken = make_release("two.txt").model_dump(mode="json") | {"quotations": [{}]}
    with pytest.raises(KeyError), TableWriter(tmp_path) as tables:
        tables.add(broken)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WritingError, match="file"), TableWriter(tmp_path / "file"):
        pass


def test_a_lone_surrogate_costs_no_table(tmp_path):
    tables = write_tables(tmp_path, make_release("\udc80.txt").model_dump(mode="json"))
    assert tables["releases"][0]["source"] == "\\udc80.txt"


# Graphs


def parse(record=RECORD):
    """Return the graph that rdflib reads from both forms, which must be the same."""
    turtle = rdflib.Graph().parse(data=dump_turtle(record), format="turtle")
    linked = rdflib.Graph().parse(data=dump_jsonld(record), format="json-ld")
    assert set(turtle) == set(linked)
    return turtle


def find_named(graph, name):
    return next(graph.subjects(SCHEMA.name, rdflib.Literal(name)))


def test_every_term_of_a_public_vocabulary_exists():
    graph = parse()
    terms = {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}
    known = {"https://schema.org/": rdflib.SDO, "http://www.w3.org/ns/prov#": rdflib.PROV}
    checked = 0
    for prefix, vocabulary in known.items():
        for term in terms:
            if term.startswith(prefix):
                assert term in vocabulary, term
                checked += 1
    assert checked > 20
    names = {"start", "end", "TextPositionSelector"}  # rdflib has no list of the Web Annotation vocabulary
    assert {term.removeprefix(str(OA)) for term in terms if term.startswith(str(OA))} <= names


def test_a_person_is_affiliated_through_a_role():
    graph = parse()
    person, body = find_named(graph, "Ada Quill"), find_named(graph, "Norvik Harbour AS")
    (role,) = (role for role in graph.objects(person, SCHEMA.affiliation) if (role, SCHEMA.affiliation, body) in graph)
    assert (role, SCHEMA.roleName, rdflib.Literal("Chief Executive Officer")) in graph
    assert (person, SCHEMA.alternateName, rdflib.Literal("Quill")) in graph


def test_a_fact_is_derived_from_characters_of_the_release():
    graph = parse()
    (evidence,) = graph.objects(find_named(graph, "Bo Lind"), PROV.wasDerivedFrom)
    assert (evidence, PROV.value, rdflib.Literal("Bo Lind")) in graph
    assert (evidence, OA.start, rdflib.Literal(0)) in graph
    assert (evidence, OA.end, rdflib.Literal(7)) in graph
    assert (evidence, PROV.wasQuotedFrom, rdflib.URIRef(f"urn:sha256:{RELEASE.source.sha256}")) in graph


def test_an_agreement_has_its_parties_and_signatories():
    graph = parse()
    agreement = find_named(graph, "supply agreement")
    parties = set(graph.objects(agreement, SCHEMA.participant))
    assert find_named(graph, "Delle Line") in parties
    assert (agreement, PX.party, rdflib.Literal("Somebody Else")) in graph
    (role,) = graph.subjects(SCHEMA.roleName, rdflib.Literal("signatory"))
    assert role in parties
    assert (role, SCHEMA.participant, find_named(graph, "Ada Quill")) in graph


def test_a_quotation_has_its_words_and_its_speaker():
    graph = parse()
    (quotation,) = graph.subjects(rdflib.RDF.type, SCHEMA.Quotation)
    assert graph.value(quotation, SCHEMA.text) == rdflib.Literal('We "grow"\n\twith \\ the port')
    assert graph.value(quotation, SCHEMA.spokenByCharacter) == find_named(graph, "Ada Quill")


def test_graphs_of_several_releases_may_stand_in_one_file():
    other = make_release("two.txt", people=[("Ada Quill", [], [])]).model_dump(mode="json")
    both = rdflib.Graph().parse(data=f"{dump_turtle(RECORD)}\n{dump_turtle(other)}\n", format="turtle")
    assert len(both) == len(set(parse()) | set(parse(other)))
    assert not any(isinstance(term, rdflib.BNode) for triple in both for term in triple)


@given(st.text(st.characters(), min_size=1))
def test_any_text_survives_the_graph(text):
    record = make_release("x", quotations=[(None, "said")]).model_dump(mode="json")
    record["quotations"][0]["text"] = text
    graph = rdflib.Graph().parse(data=dump_turtle(record), format="turtle")
    expected = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    (quotation,) = graph.subjects(rdflib.RDF.type, SCHEMA.Quotation)
    assert str(graph.value(quotation, SCHEMA.text)) == expected
    assert json.loads(dump_jsonld(record))


# The option


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text("Norvik Harbour Opens Quay\n\nOSLO, March 4, 2024 -- Norvik Harbour AS opened a quay today.\n")
    return path


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_extract_writes_tables(release, tmp_path):
    result = call("extract", release, "--format", "csv", "--output", tmp_path / "tables", "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert read_table(tmp_path / "tables" / "releases.csv")[0]["headline"] == "Norvik Harbour Opens Quay"


def test_extract_writes_graphs_to_files_named_after_their_format(release, tmp_path):
    result = call("extract", release, "--format", "ttl", "--output", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stdout) == (0, "")
    assert [path.name for path in Path(tmp_path, "out").glob("[!.]*")] == ["one.ttl"]
    assert len(rdflib.Graph().parse(tmp_path / "out" / "one.ttl")) > 5


def test_extract_writes_a_graph_to_standard_output(release):
    result = call("extract", release, "--format", "jsonld", "--quiet")
    assert result.exit_code == 0
    assert len(rdflib.Graph().parse(data=result.stdout, format="json-ld")) > 5


def test_extract_shows_tables(release):
    result = call("extract", release, "--format", "table", "--quiet")
    assert result.exit_code == 0
    assert "2024-03-04" in result.stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--format", "csv"], "--output"),
        (["--format", "table", "--output", "x"], "terminal"),
        (["--format", "ttl", "--indent", "2"], "indent"),
        (["--format", "ttl", "--fields", "people"], "fields"),
    ],
)
def test_options_that_contradict_each_other_are_refused(release, options, reason):
    result = call("extract", release, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
