"""Batches: many entries in, exactly one outcome for each out, in the same order, whatever the number of processes.

`Extractor` is the function that everything else carries around: the loop here, the processes of `pool`, the actors of
Ray and the partitions of Spark each make one, which loads the pipeline, and give it entries.
"""

import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from pressx.entries import Entry, Fault
from pressx.errors import PressxError, ReadingError
from pressx.fingerprints import take_fingerprint
from pressx.formats import Format
from pressx.intake import Limits
from pressx.ordering import extract_in_order, settle
from pressx.outcomes import FailureKind, Outcome, fail

COUNTED = ("people", "organizations", "dates", "agreements", "quotations")

# Below this a second process costs more than it brings: it needs about a second to load the pipeline, in which one
# process extracts some ten releases of the corpus, which have 4,400 bytes each.
FEW_INPUTS = 16
FEW_BYTES = 64 * 1024


@dataclass(frozen=True)
class Settings:
    """What, besides the entry, decides the bytes of a record.

    No `fields` stand for all; facts with a confidence below `least` are left out; `keeps_text` asks for the text too.
    """

    date: str | None = None
    rules: str | None = None
    format: Format = Format.JSON
    indent: int | None = None
    fields: tuple[str, ...] = ()
    least: float = 0.0
    keeps_text: bool = False
    limits: Limits = field(default_factory=Limits)


class Extractor:
    """Makes outcomes of entries, one by one, each untouched by those before; the pipeline is loaded here, once.

    Raises RuleError and ModelError where the pipeline can't be loaded, and nothing afterwards.
    """

    def __init__(self, settings: Settings, threads: int = 1) -> None:
        from pressx.extraction import extract  # noqa: PLC0415  # spaCy, which who hands out work can do without
        from pressx.pipeline import load  # noqa: PLC0415  # see above
        from pressx.reading import wrap  # noqa: PLC0415  # see above

        self.settings = settings
        self.nlp = load(settings.rules, threads=threads)
        # What is loaded when first used is loaded now, outside the time and the memory zone of the first entry.
        extract(self.nlp, wrap("OSLO, May 5, 2024 -- Norvik AS named Ada Quill Director."))

    def __call__(self, entry: Entry) -> Outcome:
        """Return the outcome of one entry."""
        try:
            return self.extract(entry)
        except ReadingError as error:
            return fail(entry, FailureKind.UNREADABLE, str(error).removeprefix(f"{entry.name}: "))
        except MemoryError:
            return fail(entry, FailureKind.MEMORY, "does not fit into memory")
        except Exception as error:  # noqa: BLE001  # a bug loses its input alone; the others are still extracted
            reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
            return fail(entry, FailureKind.BUG, reason, traceback.format_exc())

    def extract(self, entry: Entry) -> Outcome:
        from pressx.extraction import extract  # noqa: PLC0415  # see above
        from pressx.reading import read_entry  # noqa: PLC0415
        from pressx.rendering import render  # noqa: PLC0415
        from pressx.selection import select_sure  # noqa: PLC0415
        from pressx.writing import FIELDS  # noqa: PLC0415

        wanted = self.settings
        fingerprint = take_fingerprint(entry)  # before the bytes are read: what changes in between is done again
        source = read_entry(entry, wanted.limits)
        with self.nlp.memory_zone():
            release = select_sure(extract(self.nlp, source, wanted.date), wanted.least)
        return Outcome(
            name=entry.name,
            record=entry.record,
            fingerprint=fingerprint,
            text=render(release, wanted.format, wanted.indent, wanted.fields or FIELDS),
            plain=source.text if wanted.keeps_text else None,
            warnings=release.warnings,
            found={name: len(getattr(release, name)) for name in COUNTED},
        )


def extract_all(
    entries: Iterable[Entry | Fault],
    settings: Settings,
    *,
    jobs: int = 1,
    timeout: float | None = None,
    is_done: Callable[[Entry], bool] = lambda _: False,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each entry, in their order.

    `jobs` is the most processes to use; a few small entries are extracted in this one, with as many threads. `timeout`
    is in seconds for one entry and always needs a process, which it can end. Entries that are done already are passed
    over. Once stopped, no entry is begun and those begun are finished. Raises RuleError and ModelError.
    """
    entries, few = look_ahead(entries)
    if timeout is None and (few or jobs == 1):
        yield from extract_here(entries, settings, jobs, is_done, is_stopped)
        return
    from pressx.pool import Pool  # noqa: PLC0415  # a few milliseconds that one input does not need

    with Pool(partial(Extractor, settings), jobs, timeout) as pool:
        yield from extract_in_order(pool, entries, is_done, is_stopped)


def extract_here(
    entries: Iterable[Entry | Fault],
    settings: Settings,
    threads: int,
    is_done: Callable[[Entry], bool],
    is_stopped: Callable[[], bool],
) -> Iterator[Outcome]:
    extractor: Extractor | None = None
    for entry in entries:
        outcome = settle(entry, is_done)
        if outcome is None and isinstance(entry, Entry):
            extractor = extractor or Extractor(settings, threads)
            outcome = extractor(entry)
        if outcome is not None:
            yield outcome
        if is_stopped():
            return


def look_ahead(entries: Iterable[Entry | Fault]) -> tuple[Iterator[Entry | Fault], bool]:
    """Return the entries again, and whether they are few and small."""
    stream = iter(entries)
    first: list[Entry | Fault] = []
    try:
        first.extend(islice(stream, FEW_INPUTS))
    except PressxError as error:  # what was found before it still has its outcome
        stream = fail_later(error)
    size = sum(measure(entry) for entry in first if isinstance(entry, Entry))
    return chain(first, stream), len(first) <= 1 or (len(first) < FEW_INPUTS and size < FEW_BYTES)


def fail_later(error: PressxError) -> Iterator[Entry | Fault]:
    """Raise an error when the next entry is asked for."""
    raise error
    yield


def measure(entry: Entry) -> int:
    """Return the bytes of an entry; 0 when that can't be known before it is read."""
    if entry.data is not None:
        return len(entry.data)
    try:
        return entry.path.stat().st_size if entry.path else 0
    except (OSError, ValueError):
        return 0
