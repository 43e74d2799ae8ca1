"""`pressx extract`: options and paths on the outside, `extraction.extract` on the inside."""

import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import Interrupted, ending, stopping
from pressx.cli.formats import can_resume, check_format, check_resume, open_output
from pressx.cli.intake import (
    DEFAULT,
    TEXT_FIELD,
    DateField,
    IdField,
    MaxDepth,
    MaxPages,
    MaxSize,
    MaxUnpacked,
    TextField,
    TextOutput,
    build_intake,
)
from pressx.cli.listing import STDIN, Listing, holds_one
from pressx.cli.outcomes import Outcomes
from pressx.cli.running import Address, Engine, EngineChoice, Failures, Jobs, Resume, Timeout, check_engine
from pressx.cli.status import ExitStatus
from pressx.formats import Format
from pressx.intake import MEGABYTE

if TYPE_CHECKING:
    from pressx.batch import Settings
    from pressx.entries import Entry, Intake
    from pressx.outcomes import Outcome

INDENT = 2  # of a record on a terminal

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        help="Files, folders (all files of known formats in them), archives, tables, or - for standard input.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR|FILE.jsonl",
        help="Write one NAME.json for each input below DIR, or all lines to FILE.",
    ),
]
GivenDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the releases that do not state their own.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]
Fields = Annotated[
    str | None, typer.Option("--fields", metavar="A,B", help="Keep only these keys of the record, e.g. people,dates.")
]
Indent = Annotated[
    int | None, typer.Option("--indent", min=0, max=16, metavar="N", help="Indent the JSON by N spaces; 0: one line.")
]
WantedFormat = Annotated[
    Format, typer.Option("--format", "-f", help="What to write; csv makes tables in --output DIR, table is to look at.")
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, metavar="X", help="Leave out facts whose confidence is below X, e.g. 0.8."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done; show where a bug struck.")]


@dataclass(frozen=True)
class Request:
    """What the user asked for, checked."""

    paths: Sequence[Path]
    intake: "Intake"
    settings: "Settings"
    output: Path | None
    text_output: Path | None
    resume: bool
    jobs: int
    timeout: float | None
    failures: Path | None
    engine: Engine
    address: str | None


@ending()
def extract_cli(
    paths: Paths = None,
    output: Output = None,
    given_date: GivenDate = None,
    rules: Rules = None,
    fields: Fields = None,
    indent: Indent = None,
    wanted_format: WantedFormat = Format.JSON,
    text_output: TextOutput = None,
    least: MinConfidence = 0.0,
    jobs: Jobs = None,
    timeout: Timeout = None,
    resume: Resume = False,
    failures: Failures = None,
    engine: EngineChoice = Engine.LOCAL,
    address: Address = None,
    text_field: TextField = TEXT_FIELD,
    id_field: IdField = None,
    date_field: DateField = None,
    max_size: MaxSize = DEFAULT.size // MEGABYTE,
    max_unpacked: MaxUnpacked = DEFAULT.unpacked // MEGABYTE,
    max_pages: MaxPages = DEFAULT.pages,
    max_depth: MaxDepth = DEFAULT.depth,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Extract the facts of press releases as validated JSON.

    One input gives one JSON object; several inputs or a folder give JSON Lines, or one file each with --output.

    Example: pressx extract release.txt | jq '.people[].name'
    """
    check_format(wanted_format, output, indent, fields)
    check_engine(engine, address, timeout)
    if resume:
        check_resume(wanted_format, output)
    from pressx.batch import Settings

    given = check_paths(paths)
    single = len(given) == 1 and holds_one(given[0])
    intake = build_intake(text_field, id_field, date_field, max_size, max_unpacked, max_pages, max_depth)
    request = Request(
        paths=given,
        intake=intake,
        settings=Settings(
            date=check_date(given_date),
            rules=str(rules) if rules else None,
            format=wanted_format,
            indent=choose_indent(indent, terminal=single and not output and is_terminal()),
            fields=check_fields(fields),
            least=least,
            keeps_text=text_output is not None,
            limits=intake.limits,
        ),
        output=output,
        text_output=text_output,
        resume=resume,
        jobs=jobs or count_cores(),
        timeout=timeout,
        failures=failures,
        engine=engine,
        address=address,
    )
    raise typer.Exit(run(request, Console(quiet=quiet, verbose=verbose)))


def check_paths(paths: Sequence[Path] | None) -> Sequence[Path]:
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise typer.BadParameter("give a file, a folder, or a text on standard input", param_hint="PATH")
    return [STDIN]


def check_date(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        day = ""
    if day != text:  # Python also reads 20250902 and 2025-W36-2
        raise typer.BadParameter(f"{text!r} is not a day such as 2025-09-02", param_hint="--date")
    return day


def check_fields(text: str | None) -> tuple[str, ...]:
    from pressx.writing import FIELDS

    if text is None:
        return FIELDS
    wanted = tuple(field.strip() for field in text.split(",") if field.strip())
    unknown = [field for field in wanted if field not in FIELDS]
    if unknown or not wanted:
        raise typer.BadParameter(
            f"{', '.join(unknown) or 'nothing'} is not among {', '.join(FIELDS)}", param_hint="--fields"
        )
    return wanted


def choose_indent(wanted: int | None, *, terminal: bool) -> int | None:
    if wanted is None:
        return INDENT if terminal else None
    return wanted or None


def is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def count_cores() -> int:
    """Return the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(request: Request, console: Console) -> ExitStatus:
    """Extract every input and write it. Raises PressxError when the work can't start or go on, and Interrupted."""
    listing = Listing(request.paths, request.intake)
    with ExitStack() as stack:
        outcomes = Outcomes(console, stack.enter_context(open_failures(request.failures)))
        output = stack.enter_context(open_output(request.settings, request.output, resume=request.resume))
        is_stopped = stack.enter_context(stopping(console, lambda: listing.count))
        single = len(request.paths) == 1 and holds_one(request.paths[0])
        shared = single or (is_terminal() and not request.output)
        advance = stack.enter_context(console.follow(listing.measure, shared=shared))

        def is_done(entry: "Entry") -> bool:
            console.report_detail(f"{entry.name}: reading")
            return output.is_done(entry)

        found = begin(request, listing, is_done, is_stopped)
        for outcome in stack.enter_context(closing(found)):
            keep_text(outcome, request.text_output)
            output.write(outcome)
            outcomes.report(outcome)
            advance(outcomes.count, outcomes.failed)
        if is_stopped():
            hint = "; --resume goes on from there" if can_resume(request.settings.format, request.output) else ""
            raise Interrupted(f"after {outcomes.count} inputs, the last of them {outcomes.last}{hint}")
    console.report_detail(outcomes.summarise())
    return outcomes.status


def begin(
    request: Request, listing: Listing, is_done: "Callable[[Entry], bool]", is_stopped: Callable[[], bool]
) -> "Generator[Outcome, None, None]":
    """Return the outcomes as the engine yields them. Raises PressxError when it can't start."""
    if request.engine is Engine.RAY:
        from pressx.engines.ray import extract_entries

        return extract_entries(
            listing,
            request.settings,
            jobs=request.jobs,
            address=request.address,
            is_done=is_done,
            is_stopped=is_stopped,
        )
    from pressx.batch import extract_all

    return extract_all(
        listing, request.settings, jobs=request.jobs, timeout=request.timeout, is_done=is_done, is_stopped=is_stopped
    )


def keep_text(outcome: "Outcome", folder: Path | None) -> None:
    """Write the text of an input beside its record, where it was asked for. Raises WritingError."""
    if folder is not None and outcome.plain is not None and outcome.record is not None:
        from pressx.writing import write_text

        write_text(outcome.plain, folder / outcome.record.with_suffix(".txt"))


@contextmanager
def open_failures(path: Path | None) -> Iterator[FileIO | None]:
    """Give the file that takes the failures of this run, emptied. Raises WritingError."""
    if path is None:
        yield None
        return
    from pressx.writing import naming

    with naming(path):
        file = FileIO(path, "w")
    with file:
        yield file
