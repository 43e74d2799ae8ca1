"""Accuracy on the annotated releases beside the checkout cannot sink unnoticed.

`tests/data/floors.json` holds for each set the least that each figure may be, and a fingerprint of the annotations
that these floors were measured on. `pytest tests/test_eval.py --pin-floors` raises them to what is measured.
"""

import hashlib
import json
import math
import subprocess
import sys

import pytest

import pressx
from conftest import ROOT, SHARED

EVAL = SHARED / "eval"
INSTITUTIONAL = ROOT / "models" / "training" / "institutional"
FLOORS = ROOT / "tests" / "data" / "floors.json"
SLACK = 0.005  # below what was measured: half a fact in a hundred may move with a package's version

needs_shared = pytest.mark.skipif(not EVAL.is_dir(), reason="needs the annotated releases beside the checkout")


def take_fingerprint(folder):
    """Return a hash of all texts and annotations of a set."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*.*")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def measure(nlp, folder, predictions):
    """Return the figures of the owner's own scorer by name."""
    for path in sorted((folder / "texts").glob("*.txt")):
        record = pressx.dump(pressx.extract(nlp, pressx.read(path)))
        (predictions / f"{path.stem}.json").write_text(record, encoding="utf-8")
    command = [sys.executable, EVAL / "score.py", folder / "gold", predictions, "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert result["missing"] == []
    fields = {name: figures["f1"] for name, figures in result["fields"].items()}
    return {"score": result["score"], **fields, **result["accuracy"]}


def pin(floors, figures, *, lower):
    """Return the floors raised to the figures; sinking ones stay unless `lower` says so."""
    measured = {name: math.floor((figures[name] - SLACK) * 100) / 100 if figures[name] < 1 else 1.0 for name in floors}
    return measured if lower else {name: max(floor, measured[name]) for name, floor in floors.items()}


@needs_shared
@pytest.mark.parametrize("name", ["dev", "seed", "institutional"])
def test_no_figure_is_below_its_floor(request, nlp, tmp_path, name):
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
    folder = INSTITUTIONAL if name == "institutional" else EVAL / name
    figures = measure(nlp, folder, tmp_path)
    fingerprint = take_fingerprint(folder)
    if request.config.getoption("--pin-floors"):
        floors = pin(pinned[name]["floors"], figures, lower=request.config.getoption("--lower-floors"))
        pinned[name] = {"fingerprint": fingerprint, "floors": floors}
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    assert fingerprint == pinned[name]["fingerprint"], "other annotations; run: pytest tests/test_eval.py --pin-floors"
    below = {
        field: f"{figures[field]:.3f} < {floor}"
        for field, floor in pinned[name]["floors"].items()
        if figures[field] < floor
    }
    assert below == {}


def test_floors_rise_by_themselves_and_sink_only_when_told():
    figures = {"people": 0.87654, "dates": 0.5, "places": 1.0}
    floors = {"people": 0.8, "dates": 0.6, "places": 0.9}
    assert pin(floors, figures, lower=False) == {"people": 0.87, "dates": 0.6, "places": 1.0}
    assert pin(floors, figures, lower=True) == {"people": 0.87, "dates": 0.49, "places": 1.0}
