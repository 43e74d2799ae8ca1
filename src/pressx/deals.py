"""Deals: the tellings of one arrangement brought together, weighed, and its parties, kind and status settled."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pressx.counterparties import PAPERS
from pressx.narratives import Narrative
from pressx.tellings import Telling
from pressx.weights import weigh

# Kinds that words of one arrangement may be told in; the first that is found is the most telling.
LOOSE = frozenset({"cooperation", "partnership", "other", "mou", "letter_of_intent"})
LIKE = (
    LOOSE | {"joint_venture", "distribution", "license", "services", "supply"},
    frozenset({"acquisition", "merger", "other", "letter_of_intent", "mou"}),
    frozenset({"financing", "sponsorship", "other"}),
    frozenset({"sponsorship", "partnership"}),
    frozenset({"settlement", "plea", "other"}),
)

# Kinds of which two parties may have one of each: who invests in a company may found a joint venture with it too.
APART = frozenset({"acquisition", "financing", "joint_venture", "license", "settlement", "supply"})

# "The agreement" is the one of the sentence before: characters between the two, and tellings that a sentence may hold.
NEAR = 4
NEAR_TELLINGS = 6

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
        # "in collaboration with Acme" says with whom something was done, and rarely that anything was agreed.
        marks["passing"] = float(all(".in-" in telling.rule for telling in tellings))
        # "Northwind Partners With Harrow" in the headline of one of them needs no second telling.
        marks["titled"] = float(any({"top", "two", "own"} <= telling.marks for telling in tellings))
        marks["plural"] = float(all("plural" in telling.marks for telling in tellings))
        return marks

    def weigh(self, tellings: Sequence[Telling], kind: str) -> float:
        return weigh(self.list_marks(tellings, kind), self.weights)


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
    forms: list[set[frozenset[str]]] = []  # the sets of parties under which each group was told
    headlined: list[int] = []
    paired: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    loose: list[Telling] = []
    anaphors: list[Telling] = []
    told: set[str] = set()  # the kinds so far
    for telling in tellings:
        if "anaphor" in telling.marks:
            anaphors.append(telling)
            continue
        # "Ann Poe and Tom Roe signed the memorandum", whose bodies no other telling joins: it was told of before.
        known = "definite" in telling.marks and any(is_like(kind, telling.kind) for kind in told)
        if len(telling.parties) < 2:
            (anaphors if known else loose).append(telling)
            continue
        roots = frozenset(akin.get(key, key) for key in telling.parties)
        pairs = list(combinations(sorted(roots), 2))
        near = sorted({number for pair in pairs for number in paired[pair]})
        near = [n for n in near if any(same_deal(roots, other) for other in forms[n])]
        headed = (n for n in headlined if is_headed(telling, roots, groups[n], forms[n]))
        number = next((n for n in near if not is_apart(telling, groups[n])), next(headed, len(groups)))
        if number == len(groups) and known:
            anaphors.append(telling)
            continue
        told.add(telling.kind)
        if number == len(groups):
            groups.append([])
            forms.append(set())
            if "top" in telling.marks:
                headlined.append(number)
        groups[number].append(telling)
        forms[number].add(roots)
        for pair in pairs:
            paired[pair].add(number)
    return join_anaphors(join_loose(groups, loose), anaphors)


def join_loose(groups: list[list[Telling]], loose: Iterable[Telling]) -> list[list[Telling]]:
    """Return the groups with each telling of one party in the first that tells of the party in a like kind, else alone."""
    first: dict[tuple[str, str], int] = {}

    def note(telling: Telling, number: int) -> None:
        for key in telling.parties:
            first[key, telling.kind] = min(number, first.get((key, telling.kind), number))

    for number, group in enumerate(groups):
        for telling in group:
            note(telling, number)
    joined = [list(group) for group in groups]
    kinds = {telling.kind for group in groups for telling in group}
    for telling in loose:
        kinds.add(telling.kind)
        # A memorandum "with a regional bank" isn't what was agreed with somebody named.
        alone = telling.kind in PAPERS and "described" in telling.marks
        like = [kind for kind in kinds if kind == telling.kind or (is_like(kind, telling.kind) and not alone)]
        fitting = (first.get((key, kind), len(joined)) for key in telling.parties for kind in like)
        number = min(fitting, default=len(joined))
        if number == len(joined):
            joined.append([])
        joined[number].append(telling)
        note(telling, number)
    return joined


def join_anaphors(groups: list[list[Telling]], anaphors: Iterable[Telling]) -> list[list[Telling]]:
    """Return the groups with each telling of "this partnership" in the one of its kind that is told most, else of a like
    kind, else in one of their own.
    """
    joined = [list(group) for group in groups]
    most: dict[str, int] = {}  # the group told most of those that tell in a kind
    for number, group in enumerate(groups):
        for telling in group:
            if len(group) > len(groups[most.setdefault(telling.kind, number)]):
                most[telling.kind] = number
    ordered = sorted(((told, n) for n, group in enumerate(groups) for told in group), key=lambda one: one[0].start)
    for telling in anaphors:
        like = [number for kind, number in most.items() if is_like(kind, telling.kind)]
        number = most.get(telling.kind, max(like, key=lambda number: len(joined[number]), default=len(joined)))
        if (before := find_before(telling, ordered)) is not None:
            number = before
        if number == len(joined):
            joined.append([])
            most[telling.kind] = number
        joined[number].append(telling)
    return joined


def find_before(telling: Telling, ordered: Sequence[tuple[Telling, int]]) -> int | None:
    """Return the group of the arrangement that the sentence before told of, when it was the only one of a like kind."""
    position = bisect_left(ordered, telling.sentence[0], key=lambda one: one[0].start)
    near = ordered[max(0, position - NEAR_TELLINGS) : position]
    like = {
        number
        for told, number in near
        if told.sentence[1] + NEAR >= telling.sentence[0]
        and (told.kind == telling.kind or (telling.rule in GENERIC and is_like(told.kind, telling.kind)))
    }
    return like.pop() if len(like) == 1 else None


def same_deal(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two sets of parties, of names that begin alike only one, are those of one arrangement."""
    shared = len(first & second)
    return shared >= 2 and shared * 2 >= min(len(first), len(second))


def is_headed(
    telling: Telling, roots: frozenset[str], group: Iterable[Telling], forms: Iterable[frozenset[str]]
) -> bool:
    """Whether a paper is the one that the headline told of another member of the family: "Northwind Signs MOU With Harrow"
    above "its fund Quay Capital signed a memorandum with Harrow".
    """
    if telling.kind not in PAPERS or "top" in telling.marks or not any(roots & form for form in forms):
        return False
    return all(other.kind == telling.kind and "top" in other.marks for other in group)


def is_apart(telling: Telling, group: Iterable[Telling]) -> bool:
    """Whether a telling is of another arrangement than a group of the same parties."""
    kinds = {other.kind for other in group}
    if not telling.marks.isdisjoint(("before", "second")) and telling.kind not in kinds:
        return True
    return telling.kind in APART and bool(kinds & APART) and not any(is_like(kind, telling.kind) for kind in kinds)


def is_like(one: str, other: str) -> bool:
    return one == other or any({one, other} <= kinds for kinds in LIKE)


def settle(tellings: Sequence[Telling], ranker: Ranker, narrative: Narrative) -> Deal:
    """Return the deal of a group of tellings; of parties whose names begin alike the one of the better telling is meant."""
    ordered = sorted(tellings, key=rank_telling, reverse=True)
    best = ordered[0]
    kind = settle_kind(ordered)
    named: dict[str, str] = {}
    members = [key for telling in ordered for key in telling.members]
    for key in [*(key for telling in ordered for key in telling.parties), *members]:
        named.setdefault(narrative.akin.get(key, key), key)
    parties = tuple(dict.fromkeys(named[narrative.akin.get(key, key)] for key in [*best.parties, *members]))
    if kind in PAPERS:
        best = next(telling for telling in ordered if telling.kind == kind)
    told = tuple(sorted(tellings, key=lambda telling: telling.start))
    return Deal(best, told, kind, settle_status(ordered, kind), parties, ranker.weigh(tellings, kind))


def settle_kind(ordered: Sequence[Telling]) -> str:
    """Return the kind: a memorandum or letter of intent above all, then the most definite of the headline and the lead,
    else the best telling's that says more than "agreement".
    """
    for special in PAPERS:
        if any(telling.kind == special and is_firm(telling) for telling in ordered):
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


def is_firm(telling: Telling) -> bool:
    """Whether a telling of a paper says that the arrangement is one: "the partnership follows an initial letter" does not."""
    implied = "implied" in telling.marks and not telling.marks & {"act", "object", "anaphor"}
    return not implied and not telling.marks & {"about", "quote"}


def settle_status(ordered: Sequence[Telling], kind: str) -> str:
    """Return the status of the best telling of the kind; that an acquisition is agreed or closed need be said only once."""
    best = next((telling for telling in ordered if telling.kind == kind), ordered[0])
    if kind in ("acquisition", "merger") and best.status in ("signed", "completed"):
        said = [telling.status for telling in ordered if "explicit" in telling.marks]
        for status in ("completed", "signed"):
            if status in said:
                return status
    return best.status
