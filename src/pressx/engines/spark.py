"""Spark: extraction as the function that `DataFrame.mapInPandas` takes.

    from pressx.engines.spark import SCHEMA, extract_frames
    releases.select("name", "text").mapInPandas(extract_frames, SCHEMA)

Each task loads the pipeline once for its partition. pressx and its packages have to be installed on the workers.
"""

from collections.abc import Iterator
from typing import Any

from pressx.engines.rows import COLUMNS, RowExtractor

SCHEMA = "name string, record string, error string"


def extract_frames(frames: Iterator[Any]) -> Iterator[Any]:
    """Yield for each pandas frame with the columns `name`, `text` and perhaps `date` one as SCHEMA says."""
    extract = RowExtractor()
    for frame in frames:
        dates = frame["date"] if "date" in frame else [None] * len(frame)
        found = extract(frame["name"], frame["text"], dates)
        result = frame[["name"]].copy()
        for number, column in enumerate(COLUMNS):
            result[column] = [row[number] for row in found]
        yield result
