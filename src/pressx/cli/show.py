"""`pressx show`: a release as a reader at a terminal wants to see it."""

from pathlib import Path
from typing import Annotated

import typer

from pressx.cli.ending import ending

File = Annotated[Path, typer.Argument(metavar="FILE", help="A release (*.txt, *.md) or its record (*.json).")]
Text = Annotated[bool, typer.Option("--text", help="Show the release itself with what was found in it marked.")]
GivenDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of a release that does not state its own.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]


@ending()
def show_cli(file: File, text: Text = False, given_date: GivenDate = None, rules: Rules = None) -> None:
    """Show what pressx reads from a release: its card, people, organizations, dates, agreements and quotations.

    --text of a record reads the release again, which must lie where it was and be unchanged.

    Example: pressx show release.txt --text
    """
    from pressx.cli.extract import check_date
    from pressx.cli.sheet import Sheet
    from pressx.recorded import Reader

    recorded = Reader(str(rules) if rules else None, check_date(given_date)).read_one(file)
    record = recorded.release.model_dump(mode="json")
    if text:
        Sheet().print_text(record, recorded.find_text())
    else:
        Sheet().print(record)
