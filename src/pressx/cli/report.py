"""`pressx report`: releases with what was found in them, as one HTML page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import ending
from pressx.cli.outcomes import Outcomes
from pressx.cli.status import ExitStatus

if TYPE_CHECKING:
    from pressx.recorded import Recorded

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Releases (*.txt, *.md), records (*.json, *.jsonl), or folders of them."),
]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE.html", help="Write the page there.")]
GivenDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the releases that do not state their own.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done; show where a bug struck.")]


@ending()
def report_cli(
    paths: Paths,
    output: Output,
    given_date: GivenDate = None,
    rules: Rules = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write one HTML page with the releases, what was found in them, and a drawing of who is tied to whom.

    The page needs no network and no other file. A release that is given twice is shown once.

    Example: pressx report releases/ --output report.html
    """
    console = Console(quiet=quiet, verbose=verbose)
    from pressx.cli.extract import check_date
    from pressx.errors import PressxError
    from pressx.recorded import Reader, find_files
    from pressx.report.page import render
    from pressx.writing import write_file

    files = [file for path in paths for file in find_files(path)]
    if not files:
        raise PressxError("there is nothing to report: no *.txt, *.md, *.json or *.jsonl in what was given")
    check_output(output, files)
    outcomes, reader = Outcomes(console), Reader(str(rules) if rules else None, check_date(given_date))
    found: dict[str, Recorded] = {}
    for file in files:
        with outcomes.guard(file):
            for recorded in reader.read(file):
                console.report_detail(f"{file}: {recorded.release.source.name}")
                if recorded.release.source.sha256 in found:
                    console.report_detail(f"{file}: {recorded.release.source.name} is on the page already")
                found.setdefault(recorded.release.source.sha256, recorded)
                for warning in recorded.release.warnings if recorded.text is not None else ():
                    console.report_warning(f"{file}: {warning}")
    if found:
        page = render([(one.release.model_dump(mode="json"), find_text(one, console)) for one in found.values()])
        write_file(page, output)
        console.report_detail(f"{output}: {len(found)} release{'s' * (len(found) != 1)}")
    if outcomes.status is not ExitStatus.OK:
        raise typer.Exit(outcomes.status)


def check_output(output: Path, files: Sequence[Path]) -> None:
    if any(output.resolve() == file.resolve() for file in files):
        raise typer.BadParameter(f"{output} is one of the releases", param_hint="--output")


def find_text(recorded: "Recorded", console: Console) -> str | None:
    """Return the text of a record, None with a warning where it is not at hand: the page then shows the facts alone."""
    from pressx.errors import ReadingError

    try:
        return recorded.find_text()
    except ReadingError as error:
        console.report_warning(f"{error}; its facts are shown alone")
        return None
