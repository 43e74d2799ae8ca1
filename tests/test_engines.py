"""Ray and Spark give the records that the local engine gives."""

import json
import sys

import pytest

import pressx
from conftest import ROOT
from pressx.batch import Settings, extract_all
from pressx.engines.rows import RowExtractor
from pressx.entries import Fault, list_entries

SAMPLES = ROOT / "samples"
TEXTS = {path.parent.name: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("[a-e]*/release.txt"))}
UNDATED = "Norvik Opens Quay\n\nNorvik Harbour AS opens a quay on September 8, the port said. Ada Quill spoke.\n"


def without_source(record):
    """Return a record without its source, which says how the text came."""
    return {key: value for key, value in json.loads(record).items() if key != "source"}


@pytest.fixture(scope="module")
def expected(nlp):
    return {name: without_source(pressx.dump(pressx.extract(nlp, pressx.wrap(text)))) for name, text in TEXTS.items()}


@pytest.fixture(scope="module")
def ray():
    ray = pytest.importorskip("ray", reason="Ray is an extra")
    from pressx.engines.ray import connect  # noqa: PLC0415  # it may not be there

    yield connect(None)
    ray.shutdown()


def test_rows_give_records_or_reasons():
    rows = RowExtractor()(["a", "b"], [UNDATED, "\0"], ["2025-08-28", None])
    assert json.loads(rows[0][0])["dates"][0]["value"] == "2025-09-08"
    assert rows[0][1] is None
    assert rows[1] == (None, "is binary, not text: it holds NUL characters")


@pytest.mark.usefixtures("ray")
def test_ray_gives_the_outcomes_of_the_local_engine(tmp_path):
    from pressx.engines.ray import extract_entries  # noqa: PLC0415  # it may not be there

    (tmp_path / "broken.txt").write_bytes(b"\0\1\2" * 9)
    entries = [*list_entries([SAMPLES / "grant", SAMPLES / "wire", tmp_path]), Fault("gone", "is gone")]
    settings = Settings(least=0.5)
    found = list(extract_entries(iter(entries), settings, jobs=1))
    assert found == list(extract_all(iter(entries), settings, jobs=1)), "order, records, failures and warnings"
    assert sum(outcome.failure is not None for outcome in found) == 2


def test_ray_maps_over_a_dataset(ray, expected):
    from pressx.engines.ray import extract_dataset  # noqa: PLC0415  # it may not be there

    dataset = ray.data.from_items([{"id": name, "body": text} for name, text in TEXTS.items()])
    rows = extract_dataset(dataset, name_column="id", text_column="body").take_all()
    assert {row["id"]: without_source(row["record"]) for row in rows} == expected
    assert {row["error"] for row in rows} == {None}


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning")  # its own
def test_spark_maps_over_frames(monkeypatch, expected):
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not among the packages of the tests")
    pytest.importorskip("pandas", reason="mapInPandas needs pandas")
    from pressx.engines.spark import SCHEMA, extract_frames  # noqa: PLC0415  # it may not be there

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    session = sql.SparkSession.builder.master("local[1]").appName("pressx").getOrCreate()
    frame = session.createDataFrame([*TEXTS.items(), ("broken", "\0")], "name string, text string")
    rows = {row["name"]: row for row in frame.mapInPandas(extract_frames, SCHEMA).collect()}
    session.stop()
    assert rows.pop("broken")["error"] == "is binary, not text: it holds NUL characters"
    assert {name: without_source(row["record"]) for name, row in rows.items()} == expected


def test_spark_frames_without_spark(expected):
    pandas = pytest.importorskip("pandas", reason="mapInPandas needs pandas")
    from pressx.engines.spark import extract_frames  # noqa: PLC0415  # it may not be there

    frame = pandas.DataFrame({"name": list(TEXTS), "text": list(TEXTS.values())})
    (result,) = extract_frames(iter([frame]))
    assert {row.name: without_source(row.record) for row in result.itertuples(index=False)} == expected
