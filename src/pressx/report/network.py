"""Network: people, organizations and agreements of a release as a drawing in columns, each tie a line between two.

People stand left, organizations in the middle, agreements right. Who is tied to nobody is left out. Each column is ordered by
where its neighbours stand (Sugiyama's barycentre method), which keeps lines from crossing, and the same record always gives
the same drawing.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pressx.facts import Record

COLUMNS = ("person", "organization", "agreement")
WIDTH, HEIGHT = 252, 42  # of a node, in units of the drawing
ROW = 54  # from one node to the next in a column
GAP = 84  # between columns, room for the curves
TOP = 34  # for the headings of the columns
LABEL = 27  # columns of a terminal that a label may be wide: what fits into a node, measured with wide letters
SWEEPS = 8  # the order stands still after three or four on the corpus; more cost nothing


@dataclass(frozen=True)
class Node:
    """`fact` is the id in the record, None for a party that stands in none of its lists; x and y are its corner."""

    kind: str
    fact: str | None
    name: str
    label: str
    detail: str
    x: float
    y: float


@dataclass(frozen=True)
class Edge:
    """A tie; `facts` are those that it is about, `path` the SVG path of its curve."""

    kind: str
    facts: Sequence[str]
    path: str


@dataclass(frozen=True)
class Network:
    """What is drawn, in units; `headings` are the titles of the columns with the middle of each."""

    width: int
    height: int
    headings: Sequence[tuple[str, float]]
    nodes: Sequence[Node]
    edges: Sequence[Edge]


@dataclass(frozen=True)
class Tie:
    """Two ends and what the tie is: a status of a position, `party` or `signatory`."""

    one: str
    other: str
    kind: str
    fact: str


def draw(record: Record) -> Network | None:
    """Return the drawing of a record, None when nothing in it is tied to anything."""
    ties = list(list_ties(record))
    tied = {end for tie in ties for end in (tie.one, tie.other)}
    actors = {key: actor for key, actor in list_actors(record).items() if key in tied}
    if not actors:
        return None
    columns = order(actors, ties)
    height = TOP + ROW * max(map(len, columns.values()))
    places = {}
    for number, keys in enumerate(columns.values()):
        step = (height - TOP) / len(keys)
        for row, key in enumerate(keys):
            places[key] = (number * (WIDTH + GAP), round(TOP + step * (row + 0.5) - HEIGHT / 2, 1))
    return Network(
        width=len(columns) * (WIDTH + GAP) - GAP,
        height=height,
        headings=[(kind, number * (WIDTH + GAP) + WIDTH / 2) for number, kind in enumerate(columns)],
        nodes=[
            Node(*actors[key][:3], clip(actors[key][2]), clip(actors[key][3]), *places[key])
            for keys in columns.values()
            for key in keys
        ],
        edges=[
            Edge(tie.kind, [fact for fact in (tie.one, tie.other, tie.fact) if fact[0] != "?"], connect(places, tie))
            for tie in ties
        ],
    )


Actor = tuple[str, str | None, str, str]
"""Kind, id of the fact, name, and a line that says more."""


def list_actors(record: Record) -> Mapping[str, Actor]:
    """Return everybody who could be drawn, by id; a party in no list goes by '?' and its name."""
    actors: dict[str, Actor] = {}
    for person in record["people"]:
        title = next((position["title"] for position in person["positions"]), "")
        actors[person["id"]] = ("person", person["id"], person["name"], title)
    for body in record["organizations"]:
        actors[body["id"]] = ("organization", body["id"], body["name"], "")
    for agreement in record["agreements"]:
        facts = (agreement[key] for key in ("kind", "status", "date"))
        detail = ", ".join(filter(None, facts)).replace("_", " ")
        actors[agreement["id"]] = ("agreement", agreement["id"], agreement["text"], detail)
        for party in agreement["parties"]:
            if party["id"] is None:
                actors[f"?{party['name']}"] = ("organization", None, party["name"], "not in the lists")
    return actors


def list_ties(record: Record) -> Iterator[Tie]:
    """Yield the ties of a record, each pair once for each kind."""
    seen = set()
    for tie in list_all_ties(record):
        if (tie.one, tie.other, tie.kind) not in seen:
            seen.add((tie.one, tie.other, tie.kind))
            yield tie


def list_all_ties(record: Record) -> Iterator[Tie]:
    for person in record["people"]:
        for number, position in enumerate(person["positions"], start=1):
            if position["organization_id"]:
                yield Tie(person["id"], position["organization_id"], position["status"], f"{person['id']}.{number}")
    for agreement in record["agreements"]:
        for party in agreement["parties"]:
            yield Tie(party["id"] or f"?{party['name']}", agreement["id"], "party", agreement["id"])
        for signatory in agreement["signatories"]:
            if signatory["person_id"]:
                yield Tie(signatory["person_id"], agreement["id"], "signatory", agreement["id"])


def order(actors: Mapping[str, Actor], ties: Sequence[Tie]) -> Mapping[str, Sequence[str]]:
    """Return the keys of each column that has any, neighbours near each other."""
    columns = {kind: [key for key, actor in actors.items() if actor[0] == kind] for kind in COLUMNS}
    columns = {kind: keys for kind, keys in columns.items() if keys}
    neighbours = defaultdict(list)
    for tie in ties:
        neighbours[tie.one].append(tie.other)
        neighbours[tie.other].append(tie.one)
    for _ in range(SWEEPS):
        for keys in columns.values():
            heights = {key: (row + 0.5) / len(column) for column in columns.values() for row, key in enumerate(column)}
            keys.sort(
                key=lambda key: sum(heights[other] for other in neighbours[key]) / len(neighbours[key])
            )  # used at once
    return columns


def connect(places: Mapping[str, tuple[float, float]], tie: Tie) -> str:
    """Return a curve from the right side of the one node to the left side of the other."""
    (x, y), (end_x, end_y) = sorted((places[tie.one], places[tie.other]))
    x, y, end_y = x + WIDTH, y + HEIGHT / 2, end_y + HEIGHT / 2
    middle = (x + end_x) / 2
    return f"M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {end_y:g} {end_x:g} {end_y:g}"


def clip(text: str) -> str:
    """Return text on one line that fits into a node, the end cut off where it does not."""
    line = " ".join(text.split())
    room = LABEL
    for position, character in enumerate(line):
        room -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if room < 0:
            return f"{line[: position - 1]}…"
    return line
