"""Deals: the tellings of one arrangement brought together, weighed, and its parties, kind and status settled."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pressx.narratives import Narrative
from pressx.tellings import Telling

# Kinds that words of one arrangement may be told in; the first that is found is the most telling.
LOOSE = frozenset({"cooperation", "partnership", "other", "mou", "letter_of_intent"})
LIKE = (
    LOOSE | {"joint_venture", "distribution", "license", "services", "supply"},
    frozenset({"acquisition", "merger", "other", "letter_of_intent", "mou"}),
    frozenset({"financing", "sponsorship", "other", "partnership"}),
    frozenset({"settlement", "plea", "other"}),
)


# Kinds of paper that plan a deal of another kind: the paper is what was signed, and what names the arrangement.
PAPERS = ("letter_of_intent", "mou")

# Rules for words that leave the kind open.
GENERIC = frozenset({"agreement.other.agreement", "agreement.other.sign-with"})


@dataclass(frozen=True)
class Deal:
    """One arrangement: every telling of it, the one that names it best, and how likely a reader would note it down."""

    best: Telling
    tellings: tuple[Telling, ...]
    kind: str
    status: str
    parties: tuple[str, ...]
    weight: float


class Ranker:
    """Weighs a deal by the marks of its tellings; logistic, so that the weight is a probability."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights

    def list_marks(self, tellings: Sequence[Telling], kind: str) -> dict[str, float]:
        """Return the marks of a deal with their values."""
        marks = {mark: 1.0 for telling in tellings for mark in telling.marks}
        marks[f"kind.{kind}"] = 1.0
        marks["told"] = math.log(len(tellings))
        only = [telling for telling in tellings if "about" not in telling.marks]
        marks["only_about"] = float(not only)
        marks["only_quote"] = float(all("quote" in telling.marks for telling in tellings))
        marks["plural"] = float(all("plural" in telling.marks for telling in tellings))
        return marks

    def weigh(self, tellings: Sequence[Telling], kind: str) -> float:
        total = self.weights["intercept"] + sum(
            self.weights.get(mark, 0.0) * value for mark, value in self.list_marks(tellings, kind).items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def rank_telling(telling: Telling) -> tuple[float, int]:
    """How well a telling names its arrangement: by parties, by governing verb, by place; of equals the earlier."""
    marks = telling.marks
    value = 2.0 * ("two" in marks) + 1.0 * ("act" in marks) + 0.5 * ("with" in marks or "object" in marks)
    value += 0.7 * ("lead" in marks) + 0.2 * ("top" in marks) - 1.0 * ("quote" in marks) - 2.0 * ("about" in marks)
    value += 0.3 * (telling.kind != "other") + 1.0 * (telling.kind in ("mou", "letter_of_intent"))
    return value, -telling.start


def group_tellings(tellings: Iterable[Telling], akin: Mapping[str, str]) -> list[list[Telling]]:
    """Return the tellings of each arrangement; those that name two parties found one, the others join it.

    `akin` gives keys of organizations whose names begin alike one common key.
    """
    groups: list[list[Telling]] = []
    loose = []
    for telling in tellings:
        if len(telling.parties) < 2:
            loose.append(telling)
            continue
        group = next((group for group in groups if any(same_deal(telling, other, akin) for other in group)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    alone: list[list[Telling]] = []
    for telling in loose:
        group = next((group for group in [*groups, *alone] if any(fits(telling, other) for other in group)), None)
        if group is None:
            alone.append([telling])
        else:
            group.append(telling)
    return [*groups, *alone]


def same_deal(one: Telling, other: Telling, akin: Mapping[str, str]) -> bool:
    first = {akin.get(key, key) for key in one.parties}
    second = {akin.get(key, key) for key in other.parties}
    shared = first & second
    smaller = min(len(first), len(second))
    return len(shared) >= 2 and len(shared) * 2 >= smaller


def fits(one: Telling, other: Telling) -> bool:
    """Whether a telling with one party may speak of the arrangement of another."""
    return bool(set(one.parties) & set(other.parties)) and is_like(one.kind, other.kind)


def is_like(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kinds for kinds in LIKE)


def settle(tellings: Sequence[Telling], ranker: Ranker, narrative: Narrative) -> Deal:
    """Return the deal of a group of tellings; of parties whose names begin alike the one named most is meant."""
    ordered = sorted(tellings, key=rank_telling, reverse=True)
    best = ordered[0]
    kind = settle_kind(ordered)
    named: dict[str, str] = {}
    for key in (key for telling in ordered for key in telling.parties):
        root = narrative.akin.get(key, key)
        if root not in named or narrative.counts[key] > narrative.counts[named[root]]:
            named[root] = key
    parties = tuple(dict.fromkeys(named[narrative.akin.get(key, key)] for key in best.parties))
    if kind in PAPERS:
        best = next(telling for telling in ordered if telling.kind == kind)
    told = tuple(sorted(tellings, key=lambda telling: telling.start))
    return Deal(best, told, kind, settle_status(ordered, kind), parties, ranker.weigh(tellings, kind))


def settle_kind(ordered: Sequence[Telling]) -> str:
    """Return the kind: a memorandum or letter of intent above all, then the most definite of the headline and the lead,
    else the best telling's that says more than "agreement".
    """
    for special in PAPERS:
        if any(telling.kind == special and not telling.marks & {"about", "quote"} for telling in ordered):
            return special
    if ordered[0].kind in LOOSE:
        for telling in ordered:
            if (
                telling.kind not in LOOSE | {"acquisition", "financing"}
                and {"two"} <= telling.marks
                and telling.marks & {"top", "lead"}
            ):
                return telling.kind
    return next((telling.kind for telling in ordered if telling.rule not in GENERIC), ordered[0].kind)


def settle_status(ordered: Sequence[Telling], kind: str) -> str:
    """Return the status of the best telling of the kind; that an acquisition is agreed or closed need be said only once."""
    best = next((telling for telling in ordered if telling.kind == kind), ordered[0])
    if kind in ("acquisition", "merger") and best.status in ("signed", "completed"):
        said = [telling.status for telling in ordered if "explicit" in telling.marks]
        for status in ("completed", "signed"):
            if status in said:
                return status
    return best.status
