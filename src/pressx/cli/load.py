"""`pressx load`: many releases into one SQLite file."""

from pathlib import Path
from typing import Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import ending
from pressx.cli.outcomes import Outcomes
from pressx.cli.status import ExitStatus

Database = Annotated[Path, typer.Argument(metavar="DB.sqlite", help="The archive; it is made when it is not there.")]
Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH", help="Releases (*.txt, *.md), records (*.json, *.jsonl), or folders of them."),
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is done; show where a bug struck.")]


@ending()
def load_cli(
    database: Database, paths: Paths, rules: Rules = None, quiet: Quiet = False, verbose: Verbose = False
) -> None:
    """Put the records of many releases into an SQLite file with full-text search.

    Texts are extracted first. A release that is there already is replaced. docs/archive.md describes the tables.

    Example: pressx load news.sqlite releases/
    """
    console = Console(quiet=quiet, verbose=verbose)
    from pressx.archive import Archive
    from pressx.errors import PressxError
    from pressx.recorded import Reader, find_files

    files = [file for path in paths for file in find_files(path)]
    if not files:
        raise PressxError("there is nothing to load: no *.txt, *.md, *.json or *.jsonl in what was given")
    outcomes, reader = Outcomes(console), Reader(str(rules) if rules else None)
    with Archive(database) as archive:
        for file in files:
            with outcomes.guard(file):
                for recorded in reader.read(file):
                    new = archive.put(recorded.release.model_dump(mode="json"), recorded.text)
                    for warning in recorded.release.warnings if recorded.text is not None else ():
                        console.report_warning(f"{file}: {warning}")
                    name = recorded.release.source.name
                    console.report_detail(f"{file}: {name} {'added' if new else 'replaced'}")
    if outcomes.status is not ExitStatus.OK:
        raise typer.Exit(outcomes.status)
