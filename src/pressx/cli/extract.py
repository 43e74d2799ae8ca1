"""`pressx extract`: options and paths on the outside, `extraction.extract` on the inside."""

import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.cli.console import Console, describe_bug
from pressx.cli.ending import ending
from pressx.cli.formats import Format, Sink, check_format, open_sink, render
from pressx.cli.inputs import STDIN, Input, name_records
from pressx.cli.status import ExitStatus
from pressx.errors import PressxError, ReadingError

if TYPE_CHECKING:
    from pressx.reading import Source
    from pressx.records import Release

INDENT = 2  # of a record on a terminal

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Files, folders (all *.txt and *.md in them), or - for standard input."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write one NAME.json for each input below DIR.")
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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done; show where a bug struck.")]


@dataclass(frozen=True)
class Request:
    """What the user asked for, checked."""

    inputs: Sequence[Input]
    output: Path | None
    date: str | None
    rules: str | None
    fields: Sequence[str]
    indent: int | None
    format: Format


@ending()
def extract_cli(
    paths: Paths = None,
    output: Output = None,
    given_date: GivenDate = None,
    rules: Rules = None,
    fields: Fields = None,
    indent: Indent = None,
    wanted_format: WantedFormat = Format.JSON,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Extract the facts of press releases as validated JSON.

    One input gives one JSON object; several inputs or a folder give JSON Lines, or one file each with --output.

    Example: pressx extract release.txt | jq '.people[].name'
    """
    console = Console(quiet=quiet, verbose=verbose)
    check_format(wanted_format, output, indent, fields)
    given = check_paths(paths)
    status, inputs = list_inputs(given, console)
    single = len(given) == 1 and not given[0].is_dir()
    request = Request(
        inputs=inputs,
        output=output,
        date=check_date(given_date),
        rules=str(rules) if rules else None,
        fields=check_fields(fields),
        indent=choose_indent(indent, terminal=single and not output and is_terminal()),
        format=wanted_format,
    )
    raise typer.Exit(max(status, run(request, console)))


def check_paths(paths: Sequence[Path] | None) -> Sequence[Path]:
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise typer.BadParameter("give a file, a folder, or a text on standard input", param_hint="PATH")
    return [STDIN]


def list_inputs(paths: Sequence[Path], console: Console) -> tuple[ExitStatus, Sequence[Input]]:
    """Return the inputs; the status says whether a folder held none. Raises PressxError when there is nothing to do."""
    from pressx.reading import find_inputs

    found: list[tuple[Path, Path]] = []
    status = ExitStatus.OK
    for given in paths:
        inputs = find_inputs([given])
        found += [(path, given) for path in inputs]
        if not inputs:
            console.report_error(f"{given}: no *.txt or *.md in this folder")
            status = ExitStatus.FAILED
    if not found:
        raise PressxError("there is nothing to extract")
    return status, name_records(found)


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


def check_fields(text: str | None) -> Sequence[str]:
    from pressx.writing import FIELDS

    if text is None:
        return FIELDS
    wanted = [field.strip() for field in text.split(",") if field.strip()]
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


def run(request: Request, console: Console) -> ExitStatus:
    """Extract every input and write it. Raises PressxError when the work can't start or go on."""
    if request.output:
        make_folder(request.output)
    shared = is_terminal() and not request.output
    with (
        open_sink(request.format, request.output) as sink,
        closing(console.track(request.inputs, shared=shared)) as inputs,
    ):
        worker = make_worker(request, console, sink)
        statuses = [worker(item) for item in inputs]
    failures = sum(status is not ExitStatus.OK for status in statuses)
    console.report_detail(f"{len(statuses) - failures} extracted, {failures} failed")
    return max(statuses)


def make_folder(path: Path) -> None:
    from pressx.writing import WritingError

    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WritingError(f"{path}: {error.strerror}") from error


def make_worker(request: Request, console: Console, sink: Sink) -> Callable[[Input], ExitStatus]:
    """Return what extracts and writes one input and says how that ended; the pipeline is loaded here, once."""
    from pressx.extraction import extract
    from pressx.pipeline import load

    nlp = load(rules=request.rules)

    def work(item: Input) -> ExitStatus:
        console.report_detail(f"{item.path}: reading")
        try:
            release = extract(nlp, read_input(item.path), request.date)
            text = render(release, request.format, request.indent, request.fields)
        except ReadingError as error:
            console.report_error(str(error))
            return ExitStatus.FAILED
        except Exception as error:  # noqa: BLE001  # a bug loses its input alone; the others are still extracted
            console.report_error(f"{item.path}: {describe_bug(error)}")
            console.report_detail(traceback.format_exc())
            return ExitStatus.BUG
        sink(text, item)
        report(release, item, console)
        return ExitStatus.OK

    return work


def read_input(path: Path) -> "Source":
    from pressx.reading import decode, read

    if path != STDIN:
        return read(path)
    if sys.stdin is None:
        raise ReadingError("-: standard input is closed")
    return decode(sys.stdin.buffer.read(), "-")


def report(release: "Release", item: Input, console: Console) -> None:
    for warning in release.warnings:
        console.report_warning(f"{item.path}: {warning}")
    counts = [
        f"{len(getattr(release, field))} {field}"
        for field in ("people", "organizations", "dates", "agreements", "quotations")
    ]
    console.report_detail(f"{item.path}: {', '.join(counts)}")
