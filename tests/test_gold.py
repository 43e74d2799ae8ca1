"""Gold: a record becomes a draft that the reference checker accepts, and gold files are read or refused."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made import make_release, write_record
from pressx.cli import app
from pressx.comparison import compare
from pressx.gold import GoldError, draft, dump_gold, read_gold

SHARED = Path(__file__).parents[2] / "shared" / "eval"
TEXT = """\
Norvik Harbour and Delle Line Sign Supply Agreement

OSLO, March 5, 2024 -- Norvik Harbour AS ("Norvik") and Delle Line today signed a supply agreement worth $5 million.

"We will grow with the port and with all who work in it," said Ada Quill, Chief Executive Officer of Norvik Harbour AS.
"""


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "texts" / "one.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_draft_says_what_the_record_says():
    record = make_release(
        "x",
        issuer="Norvik Harbour",
        people=[("Ada Quill", ["Quill"], [("Chief\nExecutive", "Norvik Harbour")])],
        organizations=[("Norvik Harbour", [])],
        agreements=[("supply", ["Norvik Harbour", "Delle Line"], [("Ada Quill", "Norvik Harbour")])],
        quotations=[("Ada Quill", " ".join(map(str, range(30))))],
        dates=["2024-03-05"],
    )
    gold = json.loads(dump_gold(draft(record)))
    assert gold["people"] == [{"name": "Ada Quill", "also": ["Quill"]}]
    assert gold["organizations"] == [{"name": "Norvik Harbour"}]
    assert gold["agreements"][0]["signatories"] == [{"person": "Ada Quill", "organization": "Norvik Harbour"}]
    assert gold["quotations"] == [{"speaker": "Ada Quill", "text": "0 1 2 3 4 5 6 7 8 9 10 11"}]
    assert gold["dates"] == [{"value": "2024-03-05", "text": "2024-03-05"}]


def test_a_draft_holds_one_entry_a_name():
    record = make_release(
        "x", people=[("Ada Quill", ["Quill"], [("Chair", None)]), ("Ada Quill", ["Ms. Quill"], [("Chair", None)])]
    )
    gold = draft(record)
    assert [(person.name, person.also) for person in gold.people] == [("Ada Quill", ("Quill", "Ms. Quill"))]
    assert len(gold.positions) == 1


def test_an_issuer_is_an_organization():
    assert [body.name for body in draft(make_release("x", issuer="Norvik Harbour")).organizations] == ["Norvik Harbour"]


def test_a_quotation_nobody_is_known_to_have_said_is_left_out():
    assert draft(make_release("x", quotations=[(None, "We will grow")])).quotations == ()


def test_a_draft_is_one_line_an_entry():
    lines = dump_gold(draft(make_release("x", people=[("Ada Quill", [], []), ("Bo Lind", [], [])]))).splitlines()
    assert lines[2:6] == [' "people": [', '  {"name": "Ada Quill"},', '  {"name": "Bo Lind"}', " ],"]


def test_a_draft_measured_against_its_own_record_is_right(tmp_path):
    record = make_release(
        "x", people=[("Ada Quill", [], [("Chair", None)])], quotations=[("Ada Quill", "We will grow")]
    )
    (tmp_path / "x.json").write_text(dump_gold(draft(record)), encoding="utf-8")
    assert compare("x", read_gold(tmp_path / "x.json"), record).differences == []


def test_annotate_writes_to_standard_output_and_to_a_file(release, tmp_path):
    printed = call("annotate", release)
    written = call("annotate", release, "--output", tmp_path / "gold" / "one.json")
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert (tmp_path / "gold" / "one.json").read_text(encoding="utf-8") == printed.stdout
    assert json.loads(printed.stdout)["release"]["date"] == "2024-03-05"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference checker is not here")
def test_the_reference_checker_accepts_a_draft(release, tmp_path):
    call("annotate", release, "--output", tmp_path / "gold" / "one.json")
    command = [sys.executable, SHARED / "check_gold.py", release.parent, tmp_path / "gold"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1 files, 0 faults\n")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold of others is not here")
@pytest.mark.parametrize("name", ["dev", "train", "seed"])
def test_every_gold_file_there_is_can_be_read(name):
    paths = sorted((SHARED / name / "gold").glob("*.json"))
    assert paths
    for path in paths:
        read_gold(path)


def test_a_record_can_be_annotated_too(tmp_path):
    result = call("annotate", write_record(make_release("x", quotations=[(None, "We will grow")]), tmp_path))
    assert result.exit_code == 0
    assert "left out 1 quotation" in result.stderr


def test_what_is_no_record_is_refused(tmp_path):
    (tmp_path / "x.json").write_text('{"people": []}', encoding="utf-8")
    result = call("annotate", tmp_path / "x.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not a record of pressx" in result.stderr


def test_several_records_are_refused(tmp_path):
    line = make_release("x").model_dump_json()
    (tmp_path / "x.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    result = call("annotate", tmp_path / "x.jsonl")
    assert result.exit_code == 2
    assert "holds 2 records" in result.stderr


def test_a_gold_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(GoldError, match=r"none\.json: No such file"):
        read_gold(tmp_path / "none.json")


def test_the_example_of_the_manual_is_gold(tmp_path):
    manual = (Path(__file__).parents[1] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "x.json").write_text(example, encoding="utf-8")
    assert dump_gold(read_gold(tmp_path / "x.json")) == example.strip()
