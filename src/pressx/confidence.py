"""Confidence: how often values found in the same way were right on annotated releases.

Each value has signals, from the general to the particular: the rule that found it, how sure the model was, how often the
name stands in the text. `models/pressx_en/confidence.json` holds for each chain of signals how many values had it and how
many of these were right, counted on releases that neither trained the model nor serve to report its score. A chain with
few cases leans on the shorter chain it continues.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pressx.errors import ModelError
from pressx.resources import find_model
from pressx.spans import Mention

LEAN = 6.0  # how many cases the shorter chain weighs: of 2, 6, 12 and 25 the one with the least calibration error
STEPS = (0.5, 0.7, 0.85, 0.95, 0.99)


class Count(BaseModel):
    """How many values there were and how many of them were right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: int
    total: int


class Confidence:
    """Gives a value the share of right ones among values with its signals."""

    def __init__(self, table: Mapping[str, Mapping[str, Count]]) -> None:
        self.table = table

    def estimate(self, kind: str, signals: Sequence[str]) -> float:
        """Return a number from 0 to 1 with two decimals; `kind` is a list of the record, such as "people"."""
        counts = self.table[kind]
        value = counts[""].right / counts[""].total
        for length in range(1, len(signals) + 1):
            count = counts.get(" / ".join(signals[:length]))
            if count is None:
                break
            value = (count.right + LEAN * value) / (count.total + LEAN)
        return round(value, 2)


@lru_cache(maxsize=4)
def load_confidence(path: Path | None = None) -> Confidence:
    """Return the shipped table, or the one at `path`. Raises ModelError."""
    found = path or find_model() / "confidence.json"
    try:
        table = json.loads(found.read_text(encoding="utf-8"))
        return Confidence(
            {
                kind: {chain: Count.model_validate(count) for chain, count in counts.items()}
                for kind, counts in table.items()
            }
        )
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise ModelError(f"confidence table: {found} is missing or damaged; install pressx again") from error


def describe_person(mentions: Sequence[Mention], name: str) -> tuple[str, ...]:
    """Return the signals of a person."""
    words = "one word" if len(name.split()) == 1 else "full name"
    return describe_certainty(mentions), words, describe_number(len(mentions))


def describe_organization(mentions: Sequence[Mention], name: str) -> tuple[str, ...]:
    """Return the signals of an organization."""
    words = "one word" if len(name.split()) == 1 else "several words"
    return describe_probability(mentions[0].fact.get("body", 1.0)), describe_number(len(mentions)), words


def describe_position(mention: Mention, person: Sequence[Mention]) -> tuple[str, ...]:
    """Return the signals of a position; `person` holds the mentions of who has it."""
    body = "organization" if mention.fact["organization"] else "no organization"
    return mention.rule, body, describe_certainty(person)


def describe_date(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the signals of a date."""
    inferred = all(mention.fact["inferred"] for mention in mentions)
    return mentions[0].fact["precision"], "inferred" if inferred else "written", mentions[0].rule


def describe_agreement(mention: Mention) -> tuple[str, ...]:
    """Return the signals of an agreement."""
    evidence, parties = len(mention.fact["evidence"]), len(mention.fact["parties"])
    return describe_number(evidence), f"{min(parties, 3)} parties", mention.rule


def describe_quotation(mention: Mention) -> tuple[str, ...]:
    """Return the signals of a quotation."""
    return mention.rule, "long" if mention.end - mention.start > 60 else "short"


def describe_certainty(mentions: Sequence[Mention]) -> str:
    """Return how sure the model was of the name where it was surest; a rule that names it is as good as certain."""
    return describe_probability(max(mention.fact.get("probability", 1.0) for mention in mentions))


def describe_probability(probability: float) -> str:
    passed = [step for step in STEPS if probability >= step]
    return f"probability {passed[-1]}" if passed else "probability 0"


def describe_number(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else "often"  # words for numbers
