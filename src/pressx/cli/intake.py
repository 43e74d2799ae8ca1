"""The options that say how inputs are found and how large they may be."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pressx.intake import MEGABYTE, Limits

if TYPE_CHECKING:
    from pressx.entries import Intake

TEXT_FIELD = "text"
DEFAULT = Limits()
TABLES = "Tables"
LIMITS = "Limits"

TextField = Annotated[
    str,
    typer.Option(
        "--text-field",
        metavar="NAME",
        rich_help_panel=TABLES,
        help="Field or column that holds the release, of JSON Lines and CSV.",
    ),
]
IdField = Annotated[
    str | None,
    typer.Option(
        "--id-field",
        metavar="NAME",
        rich_help_panel=TABLES,
        help="Field that names a row; its line number does without.",
    ),
]
DateField = Annotated[
    str | None,
    typer.Option(
        "--date-field",
        metavar="NAME",
        rich_help_panel=TABLES,
        help="Field with the date of a release that does not state its own (YYYY-MM-DD).",
    ),
]
TextOutput = Annotated[
    Path | None,
    typer.Option(
        "--text-output", metavar="DIR", help="Write the text that offsets count, NAME.txt for each input, below DIR."
    ),
]
MaxSize = Annotated[
    int, typer.Option("--max-size", min=1, metavar="MB", rich_help_panel=LIMITS, help="Refuse a larger input.")
]
MaxUnpacked = Annotated[
    int,
    typer.Option(
        "--max-unpacked", min=1, metavar="MB", rich_help_panel=LIMITS, help="Stop at an archive that unpacks to more."
    ),
]
MaxPages = Annotated[
    int,
    typer.Option(
        "--max-pages", min=1, metavar="N", rich_help_panel=LIMITS, help="Refuse a PDF document with more pages."
    ),
]
MaxDepth = Annotated[
    int,
    typer.Option(
        "--max-depth",
        min=0,
        metavar="N",
        rich_help_panel=LIMITS,
        help="Open archives, tables and e-mails inside others this deep.",
    ),
]


def build_intake(
    text_field: str,
    id_field: str | None,
    date_field: str | None,
    max_size: int,
    max_unpacked: int,
    max_pages: int,
    max_depth: int,
) -> "Intake":
    """Return the options as the functions take them."""
    from pressx.entries import Intake

    limits = Limits(max_size * MEGABYTE, max_unpacked * MEGABYTE, max_pages, max_depth)
    return Intake(text_field, id_field, date_field, limits)
