"""Page: the template, the style and the script put together. Everything from a release is escaped."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pressx.facts import KINDS, Fact, Record, list_facts
from pressx.report.network import HEIGHT, WIDTH, Network, draw
from pressx.report.prose import Paragraph, lay_out
from pressx.timeline import Moment, describe_gap, order_dates
from pressx.version import VERSION

FOLDER = Path(__file__).parent
LABELS = dict(
    zip(KINDS, ("People", "Positions", "Organizations", "Dates", "Agreements", "Quotations", "Contacts"), strict=True)
)


@dataclass(frozen=True)
class Shown:
    """A release on the page: `key` opens the ids of its elements, `text` is None where only the record is known."""

    key: str
    record: Record
    text: str | None

    @cached_property
    def facts(self) -> Sequence[Fact]:
        return list(list_facts(self.record))

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def title(self) -> str:
        return str(self.record["release"]["headline"] or self.record["source"]["name"])

    @cached_property
    def issuer_id(self) -> str | None:
        bodies = self.record["organizations"]
        return next((body["id"] for body in bodies if body["name"] == self.record["release"]["issuer"]), None)

    @cached_property
    def date_id(self) -> str | None:
        own = self.record["release"]["date"]
        return next((fact.id for fact in self.facts if fact.kind == "date" and fact.name == own), None)

    @cached_property
    def network(self) -> Network | None:
        return draw(self.record)

    @cached_property
    def moments(self) -> Sequence[Moment]:
        known, unknown = order_dates(self.record["dates"])
        return [*known, *unknown]

    def lay_out(self) -> Iterator[Paragraph]:
        return lay_out(self.record, self.text or "", self.facts)

    def count(self, kind: str) -> int:
        return sum(fact.kind == kind for fact in self.facts)


def render(releases: Sequence[tuple[Record, str | None]]) -> str:
    """Return the page of releases, each a record (`Release.model_dump(mode="json")`) and its text if that is known.

    The same releases give the same characters. The page may run its own script and style, and load nothing.
    """
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (read_inline(name) for name in ("page.css", "page.js"))
    shown = [Shown(f"r{number}", record, text) for number, (record, text) in enumerate(releases, start=1)]
    return environment.get_template("page.html").render(
        releases=shown,
        title=shown[0].title if len(shown) == 1 else f"{len(shown)} press releases",
        labels=LABELS,
        counts={kind: sum(release.count(kind) for release in shown) for kind in KINDS},
        describe_gap=describe_gap,
        node={"width": WIDTH, "height": HEIGHT},
        version=VERSION,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def read_inline(name: str) -> Markup:
    """Return a file of ours that goes into the page as it is."""
    return Markup((FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704  # ours, and no part of a release


def digest(content: str) -> str:
    """Return the source expression of an inline element, as Content Security Policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
