"""`pressx rules`: a user's rules are tried on their examples, and every value can be asked where it came from."""

import json
import re

import pytest
import spacy
from typer.testing import CliRunner

from pressx.cli import app
from pressx.examination import examine
from pressx.explanation import OffsetError, explain
from pressx.reading import wrap
from pressx.resources import find_model
from pressx.rules import RuleSet, load_rules

IDES = {"id": "own.ides", "label": "ORG", "pattern": "the ides of march", "examples": ["On [the Ides of March]."]}
MARCH = {"id": "own.march", "label": "ORG", "pattern": {"regex": r"\bof March\b"}, "examples": ["a day [of March]"]}
TEXT = """\
Norvik Harbour Names Ada Quill Chief Executive Officer

OSLO, Norway, March 4, 2024 -- Norvik Harbour AS today named Ada Quill as its Chief Executive Officer.

"We will grow with the port and with all who work in it," said Quill, who starts on April 1.

About Norvik Harbour
Norvik Harbour AS runs the port of Norvik and has done so for many years.
"""


def call(*arguments):
    return CliRunner().invoke(app, ["rules", *map(str, arguments)])


@pytest.fixture
def write_rules(tmp_path):
    def write(*rules):
        (tmp_path / "own" / "rules").mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{json.dumps(rule)}\n" for rule in rules)
        (tmp_path / "own" / "rules" / "own.jsonl").write_text(lines, encoding="utf-8")
        return tmp_path / "own"

    return write


@pytest.fixture
def release(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


# check


def list_faults(folder):
    """Return what fails of the rules in a folder alone."""
    examination = examine(RuleSet((folder,)), {"own.ides"}, [])
    return [(fault.rule, fault.reason) for fault in examination.faults]


def test_examples_that_hold_are_no_fault(write_rules):
    assert list_faults(write_rules(IDES, MARCH)) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"examples": ["On [the Ides] of March."]}, "does not find 'the Ides'"),
        ({"examples": ["On [the Idus of March]."]}, "does not find 'the Idus of March'"),
        ({"examples": ["On [the Ides of March], the ides of march."]}, "finds 'the ides of march'"),
        ({"counter_examples": ["beware the ides of March"]}, "finds 'the ides of March'"),
    ],
)
def test_an_example_that_fails_is_a_fault(write_rules, change, reason):
    assert ("own.ides", reason) in list_faults(write_rules(IDES | change))


def test_a_phrase_that_another_rule_takes_names_that_rule(write_rules):
    same = IDES | {"id": "own.zwilling"}
    assert list_faults(write_rules(IDES, same)) == [
        ("own.ides", "does not find 'the Ides of March', own.zwilling does")
    ]


def test_rules_that_claim_the_same_characters_overlap(write_rules):
    doc = spacy.blank("en")("It was the ides of March.")
    examination = examine(RuleSet((write_rules(IDES, MARCH),)), {"own.ides"}, [doc])
    (overlap,) = examination.overlaps
    assert (overlap.rule, overlap.other, overlap.count) == ("own.ides", "own.march", 2)
    assert overlap.text == "the Ides of March"


def test_overlaps_among_rules_of_others_are_not_shown(write_rules):
    assert examine(RuleSet((write_rules(IDES, MARCH),)), set(), []).overlaps == []


def test_a_counter_example_is_read_as_it_stands(write_rules):
    rule = MARCH | {"counter_examples": ["the [of] April"]}
    assert list_faults(write_rules(rule)) == []


def test_check_says_what_never_fires(write_rules, release, tmp_path):
    result = call("check", write_rules(IDES, MARCH), release)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "silent   own.ides: never fires\n" in result.stdout
    assert "overlap  own.ides and own.march, 1 time: the Ides of March\n" in result.stdout
    assert "2 of them yours" in result.stdout
    (tmp_path / "march.txt").write_text("On the ides of March we opened a new quay.")
    assert "silent" not in call("check", tmp_path / "own", tmp_path / "march.txt").stdout


def test_a_rule_about_names_and_titles_fires_where_they_were_found(nlp):
    """Such rules see the words PERSON, TITLE and ORG, which no release holds."""
    fired = examine(load_rules(), set(), [nlp(TEXT)]).fired
    assert [rule for rule in fired if rule.startswith("position.")]


def test_check_without_texts_calls_nothing_silent(write_rules):
    assert "silent" not in call("check", write_rules(IDES)).stdout


def test_check_fails_with_an_example(write_rules):
    result = call("check", write_rules(IDES | {"examples": ["On [the Ides]."]}))
    assert (result.exit_code, result.stderr) == (1, "")
    assert re.fullmatch(
        r"fails    own\.ides \(.*/own\.jsonl:1\): does not find 'the Ides' in: On \[the Ides\]\.",
        result.stdout.splitlines()[0],
    )


def test_check_tries_the_shipped_rules_too():
    result = call("check", find_model())
    count = len(load_rules().rules)
    assert f"{count} rules, {count} of them yours" in result.stdout
    assert (result.exit_code, "fails" in result.stdout) == (0, False)


def test_check_names_a_rule_file_that_does_not_validate(write_rules):
    result = call("check", write_rules({"id": "own.ides"}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "own.jsonl:1: label: Field required" in result.stderr


def test_check_names_a_text_that_cannot_be_read(write_rules, tmp_path):
    result = call("check", write_rules(IDES), tmp_path / "none.txt")
    assert result.exit_code == 1
    assert "none.txt" in result.stderr


# explain


def ask(nlp, text, offset, rules=None):
    return explain(nlp, rules or load_rules(), wrap(text), offset)


def test_a_value_names_its_rule(nlp):
    explanation = ask(nlp, TEXT, TEXT.index("March 4"))
    assert explanation.character == "M"
    (value,) = (value for value in explanation.values if value.what.startswith(".dates"))
    assert (value.shown, value.text, value.rule) == ("2024-03-04", "March 4, 2024", "date.month-day-year")
    assert (value.start, value.end) == (TEXT.index("March 4"), TEXT.index(" -- "))


def test_a_rule_that_lost_names_the_winner(nlp):
    losses = ask(nlp, TEXT, TEXT.index("March 4")).losses
    (loss,) = (loss for loss in losses if loss.claim.rule == "date.month-day")
    assert loss.claim.text == "March 4"
    assert loss.reason == "inside the longer DATE 'March 4, 2024' of dates, found by date.month-day-year"


def test_a_span_of_the_model_that_nothing_came_of_is_lost(nlp):
    """A component may keep less than the model marked, or nothing: both are told with the probability."""
    doc = nlp(TEXT)
    spans = doc.spans["ner"]
    explanations = [ask(nlp, TEXT, span.start_char) for span in spans]
    model = {span.id_ for span in spans}
    told = [
        {claim.rule for claim in (*found.values, *found.spans, *(loss.claim for loss in found.losses))}
        for found in explanations
    ]
    assert spans
    assert all(model & rules for rules in told)
    lost = [loss for found in explanations for loss in found.losses if loss.claim.what == "model"]
    assert all("probability" in loss.claim.shown for loss in lost)


def test_an_offset_that_nothing_claims(nlp):
    explanation = ask(nlp, "Boats and men\n\nAll is well.\n", 14)
    assert (explanation.values, explanation.spans) == ((), ())


@pytest.mark.parametrize("offset", [-1, len(TEXT)])
def test_an_offset_outside_the_text_is_refused(nlp, offset):
    with pytest.raises(OffsetError, match=f"there is no character {offset}"):
        ask(nlp, TEXT, offset)


def test_explain_prints_what_was_found(release):
    result = call("explain", release, "--at", TEXT.index("March 4"))
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == f"character {TEXT.index('March 4')}, 'M', in a block of kind dateline"
    assert "  .dates[0].mentions[0]  2024-03-04" in lines
    assert [line for line in lines if line.endswith(":")] == ["values of the record:", "what they rest on:", "lost:"]


def test_explain_uses_the_rules_of_the_user(release, write_rules):
    rule = {"id": "own.quay", "label": "ORG", "pattern": "port of Norvik", "examples": ["the [Port of Norvik]"]}
    result = call("explain", release, "--at", TEXT.index("port of"), "--rules", write_rules(rule))
    assert result.exit_code == 0
    assert "own.quay" in result.stdout


def test_explain_refuses_an_offset_outside(release):
    result = call("explain", release, "--at", 10_000)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no character 10000" in result.stderr


def test_explain_shows_control_characters_as_such(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(TEXT.replace("Ada Quill", "Ada\x1b Quill"), encoding="utf-8")
    result = call("explain", path, "--at", TEXT.index("Ada") + 3)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
