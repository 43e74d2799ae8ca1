"""`pressx annotate`: a draft of gold to correct by hand."""

from pathlib import Path
from typing import Annotated

import typer

from pressx.cli.console import Console
from pressx.cli.ending import ending

File = Annotated[Path, typer.Argument(metavar="FILE", help="A release (*.txt, *.md) or its record (*.json).")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="GOLD.json", help="Write the draft there.")]
GivenDate = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of a release that does not state its own.")
]
Rules = Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Your own rules and lexicons; they win.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


@ending()
def annotate_cli(
    file: File, output: Output = None, given_date: GivenDate = None, rules: Rules = None, quiet: Quiet = False
) -> None:
    """Write what pressx reads from a release in the form of gold files, to be corrected by hand.

    docs/evaluation.md says what a correct file holds; pressx evaluate measures against it.

    Example: pressx annotate release.txt --output gold/release.json
    """
    console = Console(quiet=quiet)
    from pressx.cli.extract import check_date
    from pressx.gold import draft, dump_gold
    from pressx.recorded import Reader
    from pressx.writing import write_file, write_stream

    release = Reader(str(rules) if rules else None, check_date(given_date)).read_one(file).release
    for warning in release.warnings:
        console.report_warning(f"{file}: {warning}")
    if unattributed := sum(quotation.speaker is None for quotation in release.quotations):
        console.report_warning(f"{file}: left out {unattributed} quotation{'s' * (unattributed > 1)} without a speaker")
    text = dump_gold(draft(release))
    if output:
        write_file(text, output)
    else:
        write_stream(text)
