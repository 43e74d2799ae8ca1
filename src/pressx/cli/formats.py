"""`--format`: what a record is written as, and where that goes.

`render` is what a worker does to a record; a sink is what the one writer of a run does to the rendered text.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pressx.cli.inputs import Input

if TYPE_CHECKING:
    from pressx.records import Release

Sink = Callable[[str, Input], None]


class Format(StrEnum):
    """The values of the option."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    JSONLD = "jsonld"
    TTL = "ttl"
    TABLE = "table"


INDENTED = (Format.JSON, Format.JSONLD)
CUT = (Format.JSON, Format.JSONL)  # the others need every field


def check_format(wanted: Format, output: Path | None, indent: int | None, fields: str | None) -> None:
    """Refuse options that do not go together."""
    if wanted is Format.CSV and output is None:
        raise typer.BadParameter("csv is a folder of tables: say which with --output DIR", param_hint="--format")
    if wanted is Format.TABLE and output is not None:
        raise typer.BadParameter("table is for the terminal: leave --output out", param_hint="--format")
    if indent and wanted not in INDENTED:
        raise typer.BadParameter(f"{wanted} can't be indented", param_hint="--indent")
    if fields is not None and wanted not in CUT:
        raise typer.BadParameter(f"{wanted} needs all fields", param_hint="--fields")


def render(release: "Release", wanted: Format, indent: int | None, fields: Sequence[str]) -> str:
    """Return a record as text; what is to become tables goes as JSON."""
    if wanted is Format.JSONLD:
        from pressx.exports.jsonld import dump_jsonld

        return dump_jsonld(release.model_dump(mode="json"), indent)
    if wanted is Format.TTL:
        from pressx.exports.turtle import dump_turtle

        return dump_turtle(release.model_dump(mode="json"))
    from pressx.writing import dump

    return dump(release, indent if wanted is Format.JSON else None, fields)


@contextmanager
def open_sink(wanted: Format, output: Path | None) -> Iterator[Sink]:
    """Give what puts a rendered record in its place. Raises WritingError."""
    from pressx.writing import write_file, write_stream

    if wanted is Format.CSV and output is not None:
        from pressx.exports.tables import TableWriter

        with TableWriter(output) as tables:
            yield lambda text, _: tables.add(json.loads(text))
    elif wanted is Format.TABLE:
        from pressx.cli.sheet import Sheet

        sheet = Sheet()
        yield lambda text, _: sheet.print(json.loads(text))
    elif output is not None:
        yield lambda text, item: write_file(text, output / item.record.with_suffix(f".{wanted}"))
    else:
        yield lambda text, _: write_stream(text)
