"""JSON-LD: the graph of a record as JSON with its context inside, so that no reader needs the network."""

import json
from typing import Any

from pressx.exports.graph import PREFIXES, Link, Node, Record, Value, make_graph

VOCABULARY = "schema:"
CONTEXT = {"@vocab": PREFIXES["schema"], **PREFIXES}


def dump_jsonld(record: Record, indent: int | None = None) -> str:
    """Return the JSON-LD of a release."""
    document = {"@context": CONTEXT, "@graph": [describe(node) for node in make_graph(record)]}
    separators = (",", ":") if indent is None else None
    return json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)


def describe(node: Node) -> dict[str, Any]:
    """Return the JSON of a node; a term said once is a value, else a list. schema.org terms go without their prefix."""
    described: dict[str, Any] = {"@id": node.iri, "@type": [term.removeprefix(VOCABULARY) for term in node.types]}
    for term, value in node.properties:
        key = term.removeprefix(VOCABULARY)
        said = spell(value)
        if key not in described:
            described[key] = said
        elif isinstance(described[key], list):
            described[key].append(said)
        else:
            described[key] = [described[key], said]
    return described


def spell(value: Value | Link) -> Any:
    if isinstance(value, Link):
        return {"@id": value.iri}
    if value.datatype == "string":
        return value.text
    if value.datatype == "integer":
        return int(value.text)
    return {"@value": value.text, "@type": f"xsd:{value.datatype}"}
