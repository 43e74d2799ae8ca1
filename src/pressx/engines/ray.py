"""Ray: extraction on Ray Data, by actors that load the pipeline once.

`extract_dataset` is for programs that have a Dataset; `extract_entries` is what `pressx extract --engine ray` runs.
"""

import json
import logging
from collections.abc import Callable, Generator, Iterable
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pressx.batch import Extractor, Settings
from pressx.engines.rows import COLUMNS, RowExtractor
from pressx.entries import Entry, Fault
from pressx.errors import PressxError, ReadingError
from pressx.intake import Limits
from pressx.ordering import settle
from pressx.outcomes import Failure, FailureKind, Outcome, fail
from pressx.reading import read_file

# Entries given to Ray at a time: so many lie in its store at once, and for so many the actors are started anew, which
# takes a few seconds.
PORTION = 2_000
BATCH = 16  # entries that an actor takes at a time, about half a second of work
Columns = dict[str, Any]


class RowActor:
    """Extracts batches of the rows of a Dataset."""

    def __init__(self, settings: Settings, name_column: str, text_column: str, date_column: str | None) -> None:
        self.extract = RowExtractor(settings)
        self.columns = name_column, text_column
        self.date_column = date_column

    def __call__(self, batch: Columns) -> Columns:
        """Return the batch with the columns `record` and `error`."""
        names, texts = (batch[column] for column in self.columns)
        dates = batch[self.date_column] if self.date_column else [None] * len(names)
        rows = self.extract(names, texts, dates)
        return {**batch, **{column: [row[number] for row in rows] for number, column in enumerate(COLUMNS)}}


class EntryActor:
    """Extracts batches of entries, each given by its fields as JSON and its bytes."""

    def __init__(self, settings: Settings) -> None:
        self.extract = Extractor(settings)

    def __call__(self, batch: Columns) -> Columns:
        """Return positions and outcomes."""
        entries = map(unpack_entry, batch["entry"], batch["data"])
        return {"position": batch["position"], "outcome": [pack_outcome(self.extract(entry)) for entry in entries]}


def extract_dataset(
    dataset: Any,
    settings: Settings | None = None,
    *,
    name_column: str = "name",
    text_column: str = "text",
    date_column: str | None = None,
    actors: int = 1,
) -> Any:
    """Return a Ray Dataset with the columns `record` (JSON) and `error`, one of them None in each row.

    The dates are ISO days of releases that do not state their own.
    """
    given = (settings or Settings(), name_column, text_column, date_column)
    return dataset.map_batches(RowActor, fn_constructor_args=given, batch_size=BATCH, compute=make_pool(actors))


def make_pool(actors: int) -> Any:
    """Return the strategy of so many actors."""
    import ray.data  # noqa: PLC0415  # an extra that only this engine needs

    return ray.data.ActorPoolStrategy(size=actors)


def connect(address: str | None) -> Any:
    """Return the module `ray`, connected: to a cluster, or to one on this machine made for the time being.

    Raises PressxError when Ray is not installed or not there.
    """
    try:
        import ray  # noqa: PLC0415  # an extra that only this engine needs
        import ray.data  # noqa: PLC0415
    except ImportError:
        raise PressxError("--engine ray needs the extra ray: pip install 'pressx[ray]'") from None
    if not ray.is_initialized():
        try:
            ray.init(
                address=address or "local", log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False
            )
        except (ConnectionError, OSError, ValueError, RuntimeError) as error:
            raise PressxError(f"Ray at {address or 'local'}: {' '.join(str(error).split())}") from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells its plans and progress on standard error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    return ray


def extract_entries(
    entries: Iterable[Entry | Fault],
    settings: Settings,
    *,
    jobs: int,
    address: str | None = None,
    is_done: Callable[[Entry], bool] = lambda _: False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each entry, in their order, as `batch.extract_all` does; `jobs` is the number of actors.

    Files are read here and sent to the actors, so that the machines need share none. Raises PressxError.
    """
    ray = connect(address)
    stream = iter(entries)
    while not is_stopped() and (portion := list(islice(stream, PORTION))):
        settled = [settle(entry, is_done) or load_bytes(entry, settings.limits) for entry in portion]
        rows = [
            {"position": position, "entry": pack_entry(entry), "data": entry.data}
            for position, entry in enumerate(settled)
            if isinstance(entry, Entry)
        ]
        found: dict[int, Outcome] = {}
        if rows:
            dataset = ray.data.from_items(rows, override_num_blocks=max(1, min(len(rows) // BATCH, 8 * jobs)))
            pool = make_pool(min(jobs, len(rows)))
            mapped = dataset.map_batches(EntryActor, fn_constructor_args=(settings,), batch_size=BATCH, compute=pool)
            found = {row["position"]: unpack_outcome(row["outcome"]) for row in mapped.iter_rows()}
        for position, entry in enumerate(settled):
            yield found[position] if isinstance(entry, Entry) else entry


def load_bytes(entry: Entry | Fault, limits: Limits) -> Entry | Outcome:
    """Return the entry with its bytes, or the failure to read them."""
    assert isinstance(entry, Entry), "faults are settled"
    if entry.data is not None:
        return entry
    try:
        return replace(entry, data=read_file(entry.path, limits), path=None)
    except ReadingError as error:
        return fail(entry, FailureKind.UNREADABLE, str(error))


def pack_entry(entry: Entry) -> str:
    """Return all but the bytes of an entry."""
    fields = {**vars(entry), "record": str(entry.record), "path": None, "data": None}
    return json.dumps(fields)


def unpack_entry(fields: str, data: bytes) -> Entry:
    read = json.loads(fields)
    return Entry(**{**read, "record": Path(read["record"]), "warnings": tuple(read["warnings"]), "data": bytes(data)})


def pack_outcome(outcome: Outcome) -> str:
    return json.dumps({**asdict(outcome), "record": str(outcome.record)})


def unpack_outcome(text: str) -> Outcome:
    read = json.loads(text)
    failure = read["failure"]
    changed = {
        "record": Path(read["record"]),
        "warnings": tuple(read["warnings"]),
        "failure": Failure(FailureKind(failure["kind"]), failure["reason"], failure["trace"]) if failure else None,
    }
    return Outcome(**{**read, **changed})
