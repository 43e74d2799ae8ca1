"""What `python tests/fuzz.py` calls with thousands of inputs works on one of each format."""

import pytest

from conftest import ROOT
from fuzz import FORMATS, Target, make_entry

TEXT = (ROOT / "samples" / "grant" / "release.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def target():
    return Target()


@pytest.mark.parametrize("kind", FORMATS, ids="".join)
def test_an_input_of_each_format_is_read(target, kind):
    refused = target.refused
    target.read(make_entry(FORMATS[kind](TEXT), *kind))
    assert target.refused == refused


def test_what_can_not_be_read_is_refused(target):
    refused = target.refused
    target.read(make_entry(b"\0\1\2"))
    assert target.refused == refused + 1


def test_a_text_is_extracted(target):
    count = target.count
    target.extract(TEXT)
    assert target.count == count + 1
