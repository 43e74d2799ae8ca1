"""Delegations: stretches of an outline that name the people of one body, whose titles go without it.

"On the side of Northwind there were Ann Poe, Rector; Tom Roe, Registrar" and "For the clinic, Director Ann Poe signed".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pressx.outlines import Outline
from pressx.rules import RuleSet


@dataclass(frozen=True)
class Delegation:
    """A half-open interval of the outline and the body that the people in it are with."""

    start: int
    end: int
    organization: str


def find_delegations(rules: RuleSet, outline: Outline) -> list[Delegation]:
    """Return the delegations of an outline in text order; they may overlap."""
    return [
        Delegation(*match.groups["members"], outline.places[match.groups["organization"][0]].value)
        for match in rules.find_text(outline.text, "DELEGATION")
    ]


def find_sender(delegations: Iterable[Delegation], offset: int) -> str | None:
    """Return the body whose delegation an offset stands in, that of the shortest where they overlap."""
    around = [delegation for delegation in delegations if delegation.start <= offset < delegation.end]
    closest = min(around, key=lambda delegation: delegation.end - delegation.start, default=None)
    return closest.organization if closest else None
