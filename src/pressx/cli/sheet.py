"""The sheet of a release on a terminal: its card, people, organizations, dates, agreements and quotations.

`pressx show` and `--format table` print it. Text of a release is `Text` and never markup; without colour the sheet says
the same.
"""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pressx.facts import KINDS, Fact, Record, list_facts
from pressx.outcomes import Outcome
from pressx.outputs import Unrecorded
from pressx.segments import cut
from pressx.timeline import Moment, describe_gap, order_dates
from pressx.writing import WritingError

WIDEST = 100  # columns; longer lines are hard to read
STYLES = {
    "person": "bold blue",
    "position": "cyan",
    "organization": "magenta",
    "date": "yellow",
    "agreement": "bold red",
    "quotation": "italic",
    "contact": "underline",
}
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")  # take no column: soft hyphen, joiners, byte order mark
UNNAMED = ("quotation", "contact")  # not tagged without colour: the text has marks, or the parts are tagged already


class Sheet:
    """Standard output as a screen. Raises WritingError where there is none."""

    def __init__(self) -> None:
        if sys.stdout is None:
            raise WritingError("standard output is closed")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # a terminal that has no such character still shows the others
        # With NO_COLOR Rich would still write the escape sequences of bold and dim.
        colors: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self.screen = Console(highlight=False, markup=False, emoji=False, color_system=colors)
        self.screen.width = min(self.screen.width, WIDEST)
        self.printed = False

    def print(self, record: Record) -> None:
        """Print the sheet of a record."""
        parts = [make_card(record), *list_sections(record, self.screen.encoding.startswith("utf"))]
        if len(parts) == 1:
            parts.append(Text("Nothing else was read from this text."))
        for part in parts:
            if self.printed:
                self.screen.print()
            self.screen.print(part)
            self.printed = True

    def print_text(self, record: Record, text: str) -> None:
        """Print the text itself with what facts rest on: in colours, or in brackets that name the kind."""
        colored = self.screen.color_system is not None
        facts = [fact for fact in list_facts(record) if colored or fact.kind not in UNNAMED]
        if colored:
            present = [kind for kind in KINDS if any(fact.kind == kind for fact in facts)]
            self.screen.print(*(Text(kind, style=STYLES[kind]) for kind in present), end="\n\n")
        self.screen.print(mark(text, facts, colored=colored), end="" if text.endswith("\n") else "\n")


def mark(text: str, facts: Iterable[Fact], *, colored: bool) -> Text:
    """Return the text with every mention coloured by its kind or, without colours, as `[kind: mention]`."""
    marked = Text()
    for segment in cut(facts, len(text)):
        words = sanitise(text[segment.start : segment.end])
        if colored:
            marked.append(words, " ".join(STYLES[fact.kind] for fact in segment.facts))
        else:
            marked.append("".join(f"[{fact.kind}: " for fact in segment.opening) + words + "]" * len(segment.closing))
    return marked


class TerminalOutput(Unrecorded):
    """The terminal, for `--format table`."""

    def __init__(self) -> None:
        self.sheet = Sheet()

    def write(self, outcome: Outcome) -> None:
        if outcome.text is not None:
            self.sheet.print(json.loads(outcome.text))


def make_card(record: Record) -> Panel:
    """Return the skeleton of the release in a frame."""
    facts = record["release"]
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column()
    for name in ("issuer", "place", "date"):
        lines.add_row(name, put(facts[name], missing="not found"))
    for contact in facts["contacts"]:
        parts = (contact[key] for key in ("name", "organization", "email", "phone", "url"))
        lines.add_row("contact", put(", ".join(filter(None, parts))))
    for warning in record["warnings"]:
        lines.add_row("note", put(warning))
    lines.add_row("read from", put(record["source"]["name"]))
    headline = put(facts["headline"], "bold", missing="without a headline")
    subheadline = [put(facts["subheadline"])] if facts["subheadline"] else []
    return Panel(Group(headline, *subheadline, Text(), lines), box=box.ROUNDED, padding=(0, 1), border_style="dim")


def list_sections(record: Record, drawn: bool) -> Iterator[RenderableType]:
    """Yield what was found, kind by kind; `drawn` allows characters that only Unicode has."""
    makers = {
        "people": make_people,
        "organizations": make_organizations,
        "dates": lambda entries: make_dates(entries, record["release"]["date"], drawn),
        "agreements": make_agreements,
        "quotations": make_quotations,
    }
    for name, make in makers.items():
        if entries := record[name]:
            heading = Text.assemble((name.capitalize(), "bold"), (f"  {len(entries)}", "dim"))
            yield Group(heading, Padding(make(entries), (0, 0, 0, 2)))


def make_people(people: Sequence[Record]) -> RenderableType:
    table = make_table("name", "title", "organization")
    for person in people:
        names = Text("\n").join([put(person["name"], STYLES["person"]), *put_aliases(person)])
        for number, position in enumerate(person["positions"]):
            status = "" if position["status"] == "current" else f"  ({position['status']})"
            title = Text.assemble(put(position["title"]), (status, "dim"))
            table.add_row(names if number == 0 else "", title, put(position["organization"]))
        if not person["positions"]:
            table.add_row(names, "", "")
    return table


def make_organizations(bodies: Sequence[Record]) -> RenderableType:
    table = make_table("name", "also called")
    for body in bodies:
        table.add_row(put(body["name"], STYLES["organization"]), put(", ".join(body["aliases"]), "dim"))
    return table


def make_dates(dates: Sequence[Record], own: str | None, drawn: bool) -> RenderableType:
    """Return a line of time, the release's own date marked on it; dates that no calendar can place stand below."""
    point, here, gap, nowhere = "●◆┊?" if drawn else "*#:?"
    line = Table.grid(padding=(0, 2, 0, 0))
    line.add_column(no_wrap=True)
    line.add_column()
    line.add_column()
    known, unknown = order_dates(dates)
    for moment in known:
        if distance := describe_gap(moment.gap):
            line.add_row("", Text(gap, "dim"), Text(distance, "dim"))
        mine = moment.date["value"] == own
        row = (put_date(moment), Text(here if mine else point, STYLES["date"]), put_words(moment, mine))
        line.add_row(*row)
    for moment in unknown:
        line.add_row(put_date(moment), nowhere, put_words(moment, moment.date["value"] == own))
    return line


def put_date(moment: Moment) -> Text:
    return put(moment.date["value"], STYLES["date"])


def put_words(moment: Moment, mine: bool) -> Text:
    """Return how the text writes a date."""
    forms = dict.fromkeys(sanitise_line(mention["text"]) for mention in moment.date["mentions"])
    return Text.assemble(", ".join(forms), ("  (this release)" if mine else "", "dim"))


def make_agreements(agreements: Sequence[Record]) -> RenderableType:
    return Group(*map(make_agreement, agreements))


def make_agreement(agreement: Record) -> RenderableType:
    facts = [agreement[key] for key in ("kind", "status", "date") if agreement[key]]
    heading = Text.assemble(put(agreement["text"], STYLES["agreement"]), "  ", put(", ".join(facts).replace("_", " ")))
    lines = Table.grid(padding=(0, 2, 0, 0))
    lines.add_column(style="dim", no_wrap=True)
    lines.add_column()
    for number, party in enumerate(agreement["parties"]):
        lines.add_row("" if number else "between", put(party["name"], STYLES["organization"]))
    for number, signatory in enumerate(agreement["signatories"]):
        lines.add_row("" if number else "signed by", put_signatory(signatory))
    if money := agreement["value"]:
        lines.add_row("value", Text.assemble(put(money["text"]), (put_amount(money), "dim")))
    if agreement["purpose"]:
        lines.add_row("purpose", put(agreement["purpose"]))
    return Group(heading, Padding(lines, (0, 0, 0, 2)))


def put_signatory(signatory: Record) -> Text:
    name = put(signatory["person"], STYLES["person"])
    title = put(f", {signatory['title']}" if signatory["title"] else "")
    body = put(f", for {signatory['organization']}" if signatory["organization"] else "")
    return Text.assemble(name, title, body)


def put_amount(money: Record) -> str:
    """Return the number and the currency of an amount, '' when it names no number."""
    amount = money["amount"]
    if amount is None:
        return ""
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return f"  ({number} {money['currency']})" if money["currency"] else f"  ({number})"


def make_quotations(quotations: Sequence[Record]) -> RenderableType:
    table = make_table("speaker", "words")
    for quotation in quotations:
        table.add_row(put(quotation["speaker"], STYLES["person"], missing="not known"), put(quotation["text"]))
    return table


def make_table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")


def put_aliases(entry: Record) -> list[Text]:
    return [put(f"also {', '.join(entry['aliases'])}", "dim")] if entry["aliases"] else []


def put(value: Any, style: str = "", missing: str = "") -> Text:
    """Return a value as text on one line."""
    return Text(sanitise_line(value), style) if value else Text(missing, "dim")


def sanitise_line(text: str) -> str:
    return sanitise(" ".join(text.split()))


def sanitise(text: str) -> str:
    """Return text that stays where it is printed: control characters and marks of direction could move or hide others."""
    return "".join(map(sanitise_character, text.replace("\r\n", "\n").replace("\r", "\n")))


def sanitise_character(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    if character in INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category.startswith("Z") or character in "\t\v\f":
        return "\n" if category in ("Zl", "Zp") else " "
    return "\ufffd"
