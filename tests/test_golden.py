"""The samples: `pressx extract` gives their reviewed records byte for byte, but for a step of a confidence.

A sample is a folder with `release.txt` and `records.json`; adding one needs no code. After a change that is meant,
run `pytest tests/test_golden.py --update-golden` and review the difference.
"""

import json

import pytest

import pressx
from conftest import ROOT, are_alike
from pressx.cli.extract import INDENT

SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/release.txt"))


def make_record(nlp, folder):
    """Return what `cd samples/NAME; pressx extract release.txt --indent 2` prints."""
    source = pressx.read(folder / "release.txt")
    named = pressx.Source("release.txt", source.text, source.sha256, source.media_type, source.warnings)
    return pressx.dump(pressx.extract(nlp, named), INDENT) + "\n"


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_gives_its_record(request, nlp, folder):
    golden = folder / "records.json"
    record = make_record(nlp, folder)
    if request.config.getoption("--update-golden"):
        golden.write_bytes(record.encode())
    reviewed = golden.read_bytes().decode()
    assert are_alike(reviewed, record), "meant? then: pytest tests/test_golden.py --update-golden"


def test_there_are_a_dozen_samples():
    assert len(SAMPLES) >= 12


def test_the_command_prints_the_record(run, nlp):
    folder = SAMPLES[0]
    outcome = run("extract", "release.txt", "--indent", str(INDENT), folder=folder)
    assert (outcome.code, outcome.out) == (0, make_record(nlp, folder))
    warnings = json.loads(outcome.out)["warnings"]
    assert outcome.err == "".join(f"warning: release.txt: {warning}\n" for warning in warnings)
