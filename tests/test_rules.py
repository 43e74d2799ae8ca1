"""Rules and lexicons: each shipped rule proves itself, and a bad file is named with its line."""

import json
import re

import pytest
import spacy

import pressx
from pressx.errors import RuleError
from pressx.resources import find_model
from pressx.rules import load_rules, read_example, read_lexicons, read_rules

RULES = load_rules()
GOOD = {"id": "own.date", "label": "DATE", "pattern": "the ides of march", "examples": ["On [the Ides of March]."]}
BRACKETS = re.compile(r"[\[\]]")


@pytest.fixture(scope="module")
def blank():
    return spacy.blank("en")


def find(rules, blank, rule, text):
    """Return the intervals that one rule finds in a text."""
    return sorted((match.start, match.end) for match in rules.find(blank(text), rule.label) if match.rule == rule.id)


# The shipped rules


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=RULES.rules)
def test_a_shipped_rule_finds_what_its_examples_mark_and_nothing_else(blank, rule):
    for example in rule.examples:
        text, expected = read_example(example)
        assert expected, f"{example!r} marks nothing"
        assert (example, find(RULES, blank, rule, text)) == (example, expected)


@pytest.mark.parametrize("rule", RULES.rules.values(), ids=RULES.rules)
def test_a_shipped_rule_finds_nothing_in_its_counter_examples(blank, rule):
    for text in rule.counter_examples:
        assert (text, find(RULES, blank, rule, text)) == (text, [])


@pytest.mark.parametrize("path", sorted((find_model() / "lexicons").glob("*.txt")), ids=lambda path: path.stem)
def test_a_shipped_lexicon_lists_each_entry_once(path):
    entries = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    entries = [entry for entry in entries if entry and not entry.startswith("#")]
    assert entries
    assert [entry for entry in set(entries) if entries.count(entry) > 1] == []


# Examples


@pytest.mark.parametrize(
    ("example", "text", "spans"),
    [
        ("Signed on [May 5].", "Signed on May 5.", [(10, 15)]),
        ("[A] and [B]", "A and B", [(0, 1), (6, 7)]),
        ("nothing", "nothing", []),
        ("a stray ] stays", "a stray ] stays", []),
    ],
)
def test_read_example_takes_the_brackets_out(example, text, spans):
    assert read_example(example) == (text, spans)


# Bad files


def write_rules(folder, *lines):
    (folder / "rules").mkdir(exist_ok=True)
    path = folder / "rules" / "own.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "Not Good"}, "id: String should match"),
        ({"label": "date"}, "label: String should match"),
        ({"examples": []}, "examples: Tuple should have at least 1 item"),
        ({"examples": None}, "examples: "),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
        ({"pattern": ""}, "has an empty pattern"),
        ({"pattern": []}, "has an empty pattern"),
        ({"pattern": {"expression": "x"}}, 'has the one key "regex"'),
    ],
)
def test_a_bad_rule_is_named_by_file_and_line(tmp_path, change, reason):
    path = write_rules(tmp_path, json.dumps(GOOD), "", json.dumps({**GOOD, "id": "own.other", **change}))
    with pytest.raises(RuleError) as error:
        read_rules(tmp_path)
    assert str(error.value).startswith(f"{path}:3: ")
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_line_that_is_no_json_is_named(tmp_path):
    path = write_rules(tmp_path, json.dumps(GOOD), "{")
    with pytest.raises(RuleError, match=f"^{re.escape(str(path))}:2: Invalid JSON"):
        read_rules(tmp_path)


def test_an_id_used_twice_is_named(tmp_path):
    path = write_rules(tmp_path, json.dumps(GOOD), json.dumps(GOOD))
    with pytest.raises(RuleError, match=f"^{re.escape(str(path))}:2: the id 'own.date' is used twice$"):
        read_rules(tmp_path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pattern": {"regex": "(x"}}, "missing )"),
        ({"pattern": {"regex": "(?<={months}) x"}}, "look-behind requires fixed-width pattern"),
        ({"pattern": {"regex": "{nowhere} 5"}}, "there is no lexicon 'nowhere'"),
        ({"pattern": [{"LEXICON": "nowhere"}]}, "there is no lexicon 'nowhere'"),
        ({"pattern": [{"LOWERCASE": "x"}]}, "LOWERCASE"),
        ({"label": "DAY"}, "no component reads 'DAY'"),
    ],
)
def test_a_rule_that_nothing_can_read_is_named_by_file_and_line(tmp_path, change, reason):
    path = write_rules(tmp_path, json.dumps(GOOD), json.dumps({**GOOD, "id": "own.other", **change}))
    with pytest.raises(RuleError) as error:
        load_rules(str(tmp_path))
    assert str(error.value).startswith(f"{path}:2: ")
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_phrase_is_not_found_where_only_regular_expressions_see_its_letters(tmp_path, blank):
    write_rules(tmp_path, json.dumps(GOOD))
    rules = load_rules(str(tmp_path))
    assert find(rules, blank, rules.rules["own.date"], "The Ide\u017f of March") == []


def test_a_lexicon_that_is_no_text_is_named(tmp_path):
    (tmp_path / "lexicons").mkdir()
    path = tmp_path / "lexicons" / "months.txt"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RuleError, match=f"^{re.escape(str(path))}: "):
        read_lexicons(tmp_path)


# The user's own


def test_the_users_rules_win(tmp_path, blank):
    own = {**GOOD, "id": "date.month-day-year"}
    assert own["id"] in RULES.rules
    write_rules(tmp_path, json.dumps(own))
    rules = load_rules(str(tmp_path))
    assert len(rules.rules) == len(RULES.rules)
    assert rules.rules[own["id"]].pattern == own["pattern"]
    text, spans = read_example(own["examples"][0])
    assert find(rules, blank, rules.rules[own["id"]], text) == spans
    assert find(rules, blank, rules.rules[own["id"]], "March 15, 2024") == []


def test_the_users_rules_add_to_ours(tmp_path):
    write_rules(tmp_path, json.dumps(GOOD))
    assert set(load_rules(str(tmp_path)).rules) == {*RULES.rules, GOOD["id"]}


def test_the_users_lexicons_add_to_ours(tmp_path):
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "months.txt").write_text("# comment\n\nMarchember\n", encoding="utf-8")
    (tmp_path / "lexicons" / "own_words.txt").write_text("zap\n", encoding="utf-8")
    rules = load_rules(str(tmp_path))
    assert rules.lexicon("months") == RULES.lexicon("months") | {"marchember"}
    assert rules.lexicon("own_words") == {"zap"}


def test_the_users_words_reach_the_record(tmp_path):
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "months.txt").write_text("Thermidor\n", encoding="utf-8")
    (tmp_path / "lexicons" / "speech_verbs.txt").write_text("trumpeted\n", encoding="utf-8")
    text = (
        "Norvik Harbour Names Chief\n\nOSLO, March 4, 2024 -- Norvik Harbour AS named Ada Quill chief executive.\n\n"
        '"We will certainly grow with the port," trumpeted Ada Quill.\n'
    )
    speakers = [
        [quotation.speaker for quotation in pressx.extract(nlp, pressx.wrap(text)).quotations]
        for nlp in (pressx.load(), pressx.load(rules=str(tmp_path)))
    ]
    assert speakers[1] == ["Ada Quill"]


def test_all_three_forms_of_a_pattern_are_found(tmp_path, blank):
    forms = {
        "own.phrase": ("ides of march", "On the [Ides  of March]."),
        "own.tokens": ([{"LEXICON": "weekdays"}, {"LOWER": "noon"}], "By [Friday noon] then."),
        "own.regex": ({"regex": r"(?P<day>\d\d)th of (?i:{months})"}, "The [15th of March] it is."),
    }
    lines = [
        json.dumps({"id": name, "label": "DATE", "pattern": pattern, "examples": [example]})
        for name, (pattern, example) in forms.items()
    ]
    write_rules(tmp_path, *lines)
    rules = load_rules(str(tmp_path))
    for name, (_, example) in forms.items():
        text, spans = read_example(example)
        assert (name, find(rules, blank, rules.rules[name], text)) == (name, spans)
