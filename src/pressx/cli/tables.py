"""`--format table`: the facts of a release as aligned tables on a terminal."""

import sys
import unicodedata
from typing import Any

from pressx.exports.tables import TABLES, Record

# What a reader at a terminal wants to see of each table, in this order.
COLUMNS = {
    "releases": ("headline", "issuer", "place", "date"),
    "people": ("name", "aliases"),
    "positions": ("person", "title", "organization", "status"),
    "organizations": ("name", "aliases"),
    "dates": ("value", "text"),
    "agreements": ("kind", "status", "date", "text", "value", "parties", "signatories"),
    "quotations": ("speaker", "text"),
}


def print_tables(record: Record) -> None:
    """Print the tables of one release; `record` is `Release.model_dump(mode="json")`."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.print(Text(f"{sanitise(record['source']['name'])}\n", style="bold"))
    for kind, columns in COLUMNS.items():
        rows = list(TABLES[kind](record))
        shown = [name for name in columns if any(row[name] for row in rows)]
        if not shown:
            continue
        table = Table(*shown, title=kind, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(sanitise(row[name])) for name in shown))
        console.print(table)


def sanitise(value: Any) -> str:
    """Return a value on one line; control characters and marks of direction could rewrite the terminal around it."""
    line = " ".join(str("" if value is None else value).split())
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in line)
