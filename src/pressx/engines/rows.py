"""Rows: texts that come as the rows of a table, whoever hands them out."""

from collections.abc import Iterable
from pathlib import Path

from pressx.batch import Extractor, Settings
from pressx.entries import Entry

COLUMNS = ("record", "error")
"""What a row gets: the record as JSON, or why there is none; the other of the two is None."""


class RowExtractor:
    """Extracts rows; make one in each process, which loads the pipeline. Raises RuleError and ModelError."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.extractor = Extractor(settings or Settings())

    def __call__(
        self, names: Iterable[str], texts: Iterable[str], dates: Iterable[str | None]
    ) -> list[tuple[str | None, str | None]]:
        """Return record and error of each row; a date is the ISO day of a release that does not state its own."""
        return [self.extract(*row) for row in zip(names, texts, dates, strict=True)]

    def extract(self, name: str, text: str, date: str | None) -> tuple[str | None, str | None]:
        data = text.encode("utf-8", "surrogatepass")
        outcome = self.extractor(Entry(str(name), None, data, Path("row.json"), "text/plain", date=date or None))
        return outcome.text, outcome.failure.reason if outcome.failure else None
