"""Confidence is a share of right values, and means what it says on releases that it was not counted on."""

import importlib.util
import json
import sys

import pytest

from conftest import ROOT, SHARED
from pressx.confidence import LEAN, Confidence, Count, load_confidence
from pressx.errors import ModelError
from pressx.resources import find_model

DEV = SHARED / "eval" / "dev"
MOST = 0.06  # expected calibration error


@pytest.fixture(scope="module")
def calibration():
    """The benchmark, which is no module of a package."""
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "benchmarks" / "calibration.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = module
    spec.loader.exec_module(module)
    return module


def test_a_chain_nobody_counted_has_the_share_of_the_chain_before():
    table = Confidence({"people": {"": Count(right=9, total=10), "seen": Count(right=4, total=4)}})
    assert table.estimate("people", ["never"]) == 0.9
    assert table.estimate("people", []) == 0.9


def test_a_chain_with_few_cases_leans_on_the_one_before():
    table = Confidence({"people": {"": Count(right=9, total=10), "seen": Count(right=0, total=1)}})
    assert table.estimate("people", ["seen"]) == round(LEAN * 0.9 / (LEAN + 1), 2)


def test_a_table_that_does_not_read_says_which(tmp_path):
    path = tmp_path / "confidence.json"
    path.write_text('{"people": {"": {"right": "all"}}}')
    with pytest.raises(ModelError, match=r"confidence\.json is missing or damaged"):
        load_confidence(path)


def test_the_shipped_table_counts_more_right_than_none_and_no_more_than_all():
    table = json.loads((find_model() / "confidence.json").read_text(encoding="utf-8"))
    assert set(table) == {"people", "positions", "organizations", "dates", "agreements", "quotations"}
    for chains in table.values():
        assert chains[""]["total"] == max(count["total"] for count in chains.values())
        assert all(0 <= count["right"] <= count["total"] for count in chains.values())


def test_the_error_is_the_mean_distance_over_bins(calibration):
    sure = [("people", 0.9, True)] * 9 + [("people", 0.9, False)]
    assert calibration.measure_error(sure) == pytest.approx(0)
    assert calibration.measure_error([*sure, *[("dates", 0.2, True)] * 10]) == pytest.approx(0.4)


@pytest.mark.skipif(not DEV.is_dir(), reason="needs the annotated releases beside the checkout")
def test_of_the_values_given_a_number_that_share_is_right(nlp, calibration):
    judged = list(calibration.judge(nlp, DEV / "gold", DEV / "texts"))
    assert calibration.measure_error(judged) <= MOST
