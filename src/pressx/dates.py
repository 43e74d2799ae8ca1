"""Dates of a release: expressions of the calendar, resolved against its own date and never against the clock."""

from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pressx.calendar_expressions import Expression, Reader
from pressx.calendar_ranges import join_ranges
from pressx.calendar_values import measure
from pressx.date_resolution import Resolver
from pressx.date_scanner import Scanner
from pressx.release_dates import find_release_date
from pressx.rules import RuleSet, load_rules
from pressx.spans import Mention, fold_doc, write_group
from pressx.tokenization import get_given_date

LABEL = "DATE"


@Language.factory("pressx_dates", assigns=["doc.spans"], default_config={"rules": None})
def create_dates(nlp: Language, name: str, rules: str | None) -> "Dates":
    """Return the component; `rules` is a folder of the user's own rules."""
    return Dates(load_rules(rules))


class Dates:
    """Finds dates and the release's own date, and writes the span group `dates`."""

    def __init__(self, rules: RuleSet) -> None:
        self.scanner = Scanner(rules, LABEL)
        self.reader = Reader(rules)
        self.resolver = Resolver(rules)

    def __call__(self, doc: Doc) -> Doc:
        folded, expressions = self.read(doc)
        day = self.find_day(doc, folded, expressions)
        return write_group(
            doc, "dates", self.resolve(folded, expressions, day), release_date=day.isoformat() if day else None
        )

    def find(self, doc: Doc) -> list[Mention]:
        """Return the mentions in `doc`; pure."""
        folded, expressions = self.read(doc)
        return self.resolve(folded, expressions, self.find_day(doc, folded, expressions))

    def read(self, doc: Doc) -> tuple[str, list[Expression]]:
        folded = fold_doc(doc)
        return folded, list(join_ranges(folded, self.reader.read(folded, self.scanner.scan(doc, folded))))

    def find_day(self, doc: Doc, folded: str, expressions: list[Expression]) -> date | None:
        """Return the day of the release: the one it states, else the one that the user gave."""
        given = get_given_date(doc)
        return find_release_date(folded, expressions) or (date.fromisoformat(given) if given else None)

    def resolve(self, folded: str, expressions: list[Expression], day: date | None) -> list[Mention]:
        return [
            Mention(e.start, e.end, LABEL, e.rule, value, build_fact(value, inferred, fiscal=e.point.fiscal))
            for e, value, inferred in self.resolver.resolve(folded, expressions, day)
        ]


def build_fact(value: str, inferred: bool, *, fiscal: bool) -> dict[str, Any]:
    extent = measure(value, fiscal=fiscal)
    return {
        "precision": extent.precision,
        "first_day": extent.first_day,
        "last_day": extent.last_day,
        "inferred": inferred,
    }
