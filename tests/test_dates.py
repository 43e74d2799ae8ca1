"""Calendar expressions: a table of sentences with what they must give, the release's own date, and spans of values."""

import re
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pressx.calendar_values import measure
from pressx.dates import Dates
from pressx.folding import fold
from pressx.records import VALUE_PATTERN
from pressx.rules import load_rules
from pressx.spans import read_group
from pressx.tokenization import cut_glued_words, make_doc

TABLE = Path(__file__).parent / "data" / "dates.tsv"
MARK = re.compile(r"\[([^\]\n]+)\]\(([^)\n]+)\)")

PIPELINE = spacy.blank("en")
cut_glued_words(PIPELINE)
DATES = Dates(load_rules())


def read_table():
    """Return the base day, the plain text and the expected (words, value) pairs of each line."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(None if base == "-" else base, MARK.sub(r"\1", text), MARK.findall(text)) for base, text in cases]


CASES = read_table()


def annotate(text, base=None):
    return DATES(make_doc(PIPELINE, text, date=base))


def find(text, base=None):
    doc = annotate(text, base)
    return [(doc.text[m.start : m.end], m.value) for m in read_group(doc, "dates")]


@pytest.mark.parametrize(("base", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_each_sentence_gives_its_dates_and_no_other(base, text, expected):
    assert find(text, base) == expected


def test_the_table_is_as_large_as_promised():
    negatives = [text for _, text, expected in CASES if not expected]
    assert len(CASES) >= 250
    assert len(negatives) >= 60


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mill Opens\n\nLEEDS, England, March 3, 2025 /PRNewswire/ -- The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS \u2013 March 3, 2025 \u2013 The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS--(BUSINESS WIRE)--March 3, 2025-- The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS, 3 March 2025 - The mill opened.", "2025-03-03"),
        ("Mill Opens\n\n(Leeds, England - March 3, 2025) The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nMarch 3, 2025, Leeds, England — The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLeeds (Harbour Wire) Monday Mar 3, 2025 @ 3:25 PM Central — The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS, MARCH 3, 14:00 GMT, 2025 \u2013 The mill opened.", "2025-03-03"),
        ("FOR IMMEDIATE RELEASE March 3, 2025\n\nMill Opens\n\nThe mill opened.", "2025-03-03"),
        ("Mill Opens\nMarch 3, 2025\nThe mill opened.", "2025-03-03"),
        ("March 3, 2025\n\nMill Opens\n\nThe mill opened on March 5, 2024.", "2025-03-03"),
        ("Mill Opens May 5, 2025\n\nLEEDS, March 3, 2025 -- The mill will open.", "2025-03-03"),
        ("Mill Opens\n\nFOR IMMEDIATE RELEASE\n\nRelease Date: March 3, 2025\n\nThe mill opened.", "2025-03-03"),
        ("Mill Opens\n\nMARCH 3, 2025 EAST LEEDS, England - The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS, England, March 3, 2025; The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLeeds, uk - march 3, 2025\n\nThe mill opened.", "2025-03-03"),
        ("Mill Opens\n\nLEEDS, England, March 3, 2025. The mill opened.", "2025-03-03"),
        ("Mill Opens\n\nOn March 3, 2025, Harbour Foods opened a mill.", None),
        ("Mill Opens\n\nLEEDS, March 3 -- The mill opened.", None),
        ("Mill Opens\n\nThe mill in Leeds opened on March 3, 2025.", None),
        ("Mill Opens\n\nThe mill opened.\n\nWHEN: March 3, 2025\nWHERE: Leeds", None),
        ("", None),
    ],
)
def test_the_release_date_is_the_one_stated_at_the_top(text, day):
    assert annotate(text).spans["dates"].attrs["release_date"] == day


def test_the_given_day_serves_only_a_text_without_its_own():
    assert annotate("The mill opened.", "2025-03-03").spans["dates"].attrs["release_date"] == "2025-03-03"
    stated = annotate("LEEDS, May 5, 2024 -- It opens next year.", "2025-03-03")
    assert stated.spans["dates"].attrs["release_date"] == "2024-05-05"
    assert read_group(stated, "dates")[-1].value == "2025"


@pytest.mark.parametrize(
    ("value", "precision", "first_day", "last_day"),
    [
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2025-09-03", "day", "2025-09-03", "2025-09-03"),
        ("2025", "year", "2025-01-01", "2025-12-31"),
        ("2025-Q3", "quarter", "2025-07-01", "2025-09-30"),
        ("2025-H2", "half", "2025-07-01", "2025-12-31"),
        ("2025-SU", "season", None, None),
        ("199X", "decade", "1990-01-01", "1999-12-31"),
        ("2025-10-15/2025-10-17", "range", "2025-10-15", "2025-10-17"),
        ("2024/2025", "range", "2024-01-01", "2025-12-31"),
        ("XXXX-09-03", "day", None, None),
    ],
)
def test_a_value_spans_its_days(value, precision, first_day, last_day):
    extent = measure(value)
    assert (extent.precision, extent.first_day, extent.last_day) == (precision, first_day, last_day)


def test_what_is_no_value_is_refused():
    with pytest.raises(ValueError, match="no value"):
        measure("soon")


@pytest.mark.parametrize(
    ("text", "inferred", "first_day"),
    [
        ("It opened on March 5, 2024.", False, "2024-03-05"),
        ("It opens on September 3.", True, "2025-09-03"),
        ("It grew last year.", True, "2024-01-01"),
        ("It grew in fiscal 2024.", False, None),
    ],
)
def test_facts_tell_what_was_worked_out(text, inferred, first_day):
    (mention,) = read_group(annotate(text, "2025-06-11"), "dates")
    assert (mention.fact["inferred"], mention.fact["first_day"]) == (inferred, first_day)


def test_windows_lose_nothing_that_a_full_scan_finds():
    text = "\n".join(f"{text} {'The mill is old and the river is wide. ' * 9}" for _, text, _ in CASES)
    doc = PIPELINE.make_doc(text)
    found = DATES.reader.read(fold(text), DATES.scanner.scan(doc, fold(text)))
    assert not DATES.scanner.everywhere
    assert found == DATES.reader.read(fold(text), DATES.scanner.rules.find(doc, "DATE"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["May", "June 3", "2025", "31", "12/13/24", "'90s", "Q4", "FY25", "Monday", "today", "year"]
            ),
            st.sampled_from(["-", "to", "and", ",", "last", "next", "between", "\n", "(", "same quarter last year"]),
            st.text(max_size=6),
        ),
        max_size=25,
    ),
    st.one_of(st.none(), st.dates(date.min, date.max).map(date.isoformat)),
)
def test_any_text_gives_valid_values(pieces, base):
    for mention in read_group(annotate(" ".join(pieces), base), "dates"):
        assert re.match(VALUE_PATTERN, mention.value)
        assert mention.fact["precision"]
