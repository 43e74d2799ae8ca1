"""The command `pressx`. Importing it imports neither spaCy nor the pipeline: `--help` answers at once."""

from typing import Annotated

import typer

from pressx.cli.annotate import annotate_cli
from pressx.cli.evaluate import evaluate_cli
from pressx.cli.extract import extract_cli
from pressx.cli.info import info_cli
from pressx.cli.load import load_cli
from pressx.cli.report import report_cli
from pressx.cli.rules import rules_app
from pressx.cli.schema import schema_cli
from pressx.cli.show import show_cli
from pressx.version import VERSION

__all__ = ["app", "main"]

app = typer.Typer(
    name="pressx",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract_cli)
app.command("schema")(schema_cli)
app.command("info")(info_cli)
app.command("show")(show_cli)
app.command("report")(report_cli)
app.command("load")(load_cli)
app.command("evaluate")(evaluate_cli)
app.command("annotate")(annotate_cli)
app.add_typer(rules_app)


def print_version(wanted: bool) -> None:
    if wanted:
        print(f"pressx {VERSION}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read press releases: people, titles, organizations, dates, agreements and quotations as validated JSON."""


def main() -> None:
    """Run the command and exit with an ExitStatus."""
    app()
