"""`--format` and `--output`: what a record is written as, and where that goes."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pressx.formats import CUT, INDENTED, LINES, SINGLE, Format

if TYPE_CHECKING:
    from pressx.batch import Settings
    from pressx.outputs import Output

LINES_SUFFIX = ".jsonl"


def check_format(wanted: Format, output: Path | None, indent: int | None, fields: str | None) -> None:
    """Refuse options that do not go together."""
    if wanted is Format.CSV and output is None:
        raise typer.BadParameter("csv is a folder of tables: say which with --output DIR", param_hint="--format")
    if wanted is Format.TABLE and output is not None:
        raise typer.BadParameter("table is for the terminal: leave --output out", param_hint="--format")
    if indent and wanted not in INDENTED:
        raise typer.BadParameter(f"{wanted} can't be indented", param_hint="--indent")
    if indent and output is not None and is_lines(output):
        raise typer.BadParameter("JSON Lines can't be indented", param_hint="--indent")
    if fields is not None and wanted not in CUT:
        raise typer.BadParameter(f"{wanted} needs all fields", param_hint="--fields")
    if output is not None and is_lines(output) and wanted not in LINES:
        raise typer.BadParameter(f"{wanted} does not go into a file of JSON Lines", param_hint="--output")


def check_resume(wanted: Format, output: Path | None) -> None:
    """Refuse to go on where nothing is kept of what was done."""
    if not can_resume(wanted, output):
        raise typer.BadParameter("only what goes to --output as JSON or RDF can be resumed", param_hint="--resume")


def can_resume(wanted: Format, output: Path | None) -> bool:
    return output is not None and wanted in SINGLE


def is_lines(output: Path) -> bool:
    """Whether an output is one file of JSON Lines, not a folder."""
    return output.suffix.lower() == LINES_SUFFIX and not output.is_dir()


def open_output(settings: "Settings", output: Path | None, *, resume: bool) -> "Output":
    """Return where records go. Raises WritingError."""
    from pressx.fingerprints import take_settings_fingerprint
    from pressx.outputs import FolderOutput, LinesOutput, StreamOutput, TablesOutput

    if settings.format is Format.TABLE:
        from pressx.cli.sheet import TerminalOutput

        return TerminalOutput()
    if output is None:
        return StreamOutput()
    if settings.format is Format.CSV:
        return TablesOutput(output)
    fingerprint = take_settings_fingerprint(settings.rules, asdict(settings))
    if is_lines(output):
        return LinesOutput(output, fingerprint, resume=resume)
    return FolderOutput(output, f".{settings.format}", fingerprint, resume=resume)
