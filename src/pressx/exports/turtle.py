"""Turtle: the graph of a record as text.

Our own lines rather than a library's: the nodes come ready and the grammar needed is that of terms and escapes.
rdflib would hold a whole graph in memory and sort it, where ours are written one by one; the tests read every line
back with it. Documents may be put one behind the other, since no node is nameless.
"""

import re

from pressx.exports.graph import PREFIXES, Link, Node, Record, Value, make_graph

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')
HEAD = "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items())


def dump_turtle(record: Record) -> str:
    """Return the Turtle document of a release."""
    return "\n\n".join([HEAD, *(describe(node) for node in make_graph(record))])


def describe(node: Node) -> str:
    """Return the statements about one subject."""
    said = [f"a {', '.join(node.types)}", *(f"{term} {spell(value)}" for term, value in node.properties)]
    return f"<{node.iri}> " + " ;\n    ".join(said) + " ."


def spell(value: Value | Link) -> str:
    if isinstance(value, Link):
        return f"<{value.iri}>"
    text = SPECIAL.sub(lambda match: ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}"), value.text)
    return f'"{text}"' if value.datatype == "string" else f'"{text}"^^xsd:{value.datatype}'
