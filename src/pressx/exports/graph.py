"""A record as a graph: schema.org terms for what it says, PROV-O and Web Annotation terms for where it says so.

Every node has a name, `urn:sha256:<digest of the input>#<id>`, so that graphs of many releases can be joined by
putting one behind the other. What no public vocabulary has a word for (status and kind of an agreement, confidence)
is in `urn:pressx:terms#`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote

Record = Mapping[str, Any]
Datatype = Literal["string", "integer", "decimal", "date", "boolean"]

PREFIXES = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "px": "urn:pressx:terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DAY_LENGTH = 10
RULES = "urn:pressx:rule:"


@dataclass(frozen=True)
class Value:
    """A literal; the text is its lexical form."""

    text: str
    datatype: Datatype = "string"


@dataclass(frozen=True)
class Link:
    """A reference to another node."""

    iri: str


@dataclass
class Node:
    """A subject with its classes and properties, terms written with the prefixes of `PREFIXES`."""

    iri: str
    types: tuple[str, ...]
    properties: list[tuple[str, Value | Link]] = field(default_factory=list)

    def say(self, term: str, value: str | float | bool | None, datatype: Datatype = "string") -> None:
        """Add a literal unless there is no value."""
        if value is not None and value != "":
            self.properties.append((term, Value(clean(write_literal(value)), datatype)))

    def link(self, term: str, iri: str | None) -> None:
        """Add a reference unless there is none."""
        if iri is not None:
            self.properties.append((term, Link(iri)))


def write_literal(value: str | float | bool) -> str:
    """Return the lexical form; xsd:decimal knows no exponent."""
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def clean(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate becomes the replacement character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def make_graph(record: Record) -> list[Node]:
    """Return the nodes of a release, itself first; `record` is `Release.model_dump(mode="json")`."""
    return Graph(record).build()


class Graph:
    """Builds the nodes of one release."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.iri = f"urn:sha256:{record['source']['sha256']}"
        self.evidence: dict[str, Node] = {}
        self.agents: dict[str, Node] = {}

    def name(self, identifier: str) -> str:
        return f"{self.iri}#{identifier}"

    def refer(self, identifier: str | None) -> str | None:
        return self.name(identifier) if identifier else None

    def build(self) -> list[Node]:
        release = self.describe_release()
        facts = [
            *self.describe_people(),
            *self.describe_organizations(),
            *self.describe_dates(),
            *self.describe_agreements(),
            *self.describe_quotations(),
            *self.describe_contacts(),
        ]
        for node in facts:
            if node.types[0] not in ("schema:OrganizationRole", "schema:Role", "schema:MonetaryAmount"):
                release.link("schema:hasPart" if node.types[0] == "schema:Quotation" else "schema:mentions", node.iri)
        return [release, *facts, *self.evidence.values(), *self.agents.values()]

    def describe_release(self) -> Node:
        facts, generator = self.record["release"], self.record["generator"]
        node = Node(self.iri, ("schema:NewsArticle", "prov:Entity"))
        node.say("schema:name", self.record["source"]["name"])
        node.say("schema:genre", "press release")
        node.say("schema:headline", facts["headline"])
        node.say("schema:alternativeHeadline", facts["subheadline"])
        node.say("schema:dateline", facts["place"])
        if facts["date"]:
            node.say("schema:datePublished", facts["date"], "date" if len(facts["date"]) == DAY_LENGTH else "string")
        issuers = [body for body in self.record["organizations"] if body["name"] == facts["issuer"]]
        if issuers:
            node.link("schema:publisher", self.name(issuers[0]["id"]))
        elif facts["issuer"]:
            node.say("schema:creditText", facts["issuer"])
        node.say("px:generator", f"pressx {generator['pressx']}, {generator['model']}")
        return node

    def describe_people(self) -> Iterator[Node]:
        for person in self.record["people"]:
            node = self.describe_name(person, "schema:Person")
            for count, position in enumerate(person["positions"], start=1):
                role = Node(self.name(f"{person['id']}.{count}"), ("schema:OrganizationRole", "prov:Entity"))
                role.say("schema:roleName", position["title"])
                role.say("px:status", position["status"])
                role.link("schema:affiliation", self.refer(position["organization_id"]))
                self.derive(role, position, [position["evidence"]])
                node.link("schema:affiliation", role.iri)
                yield role
            yield node

    def describe_organizations(self) -> Iterator[Node]:
        for body in self.record["organizations"]:
            yield self.describe_name(body, "schema:Organization")

    def describe_name(self, entry: Record, kind: str) -> Node:
        node = Node(self.name(entry["id"]), (kind, "prov:Entity"))
        node.say("schema:name", entry["name"])
        for alias in entry["aliases"]:
            node.say("schema:alternateName", alias)
        self.derive(node, entry, entry["mentions"])
        return node

    def describe_dates(self) -> Iterator[Node]:
        for count, date in enumerate(self.record["dates"], start=1):
            node = Node(self.name(f"d{count}"), ("schema:StructuredValue", "px:Date", "prov:Entity"))
            node.say("schema:name", date["value"])
            node.say("px:precision", date["precision"])
            node.say("px:firstDay", date["first_day"], "date")
            node.say("px:lastDay", date["last_day"], "date")
            node.say("px:inferred", date["inferred"], "boolean")
            self.derive(node, date, date["mentions"])
            yield node

    def describe_agreements(self) -> Iterator[Node]:
        for agreement in self.record["agreements"]:
            node = Node(self.name(agreement["id"]), ("schema:Action", "px:Agreement", "prov:Entity"))
            node.say("schema:name", agreement["text"])
            node.say("schema:description", agreement["purpose"])
            node.say("px:kind", agreement["kind"])
            node.say("px:status", agreement["status"])
            node.say("px:date", agreement["date"])
            for party in agreement["parties"]:
                if party["id"]:
                    node.link("schema:participant", self.name(party["id"]))
                else:
                    node.say("px:party", party["name"])
            for count, signatory in enumerate(agreement["signatories"], start=1):
                role = self.describe_signatory(signatory, f"{agreement['id']}.s{count}")
                node.link("schema:participant", role.iri)
                yield role
            if money := agreement["value"]:
                amount = self.describe_money(money, f"{agreement['id']}.value")
                node.link("px:value", amount.iri)
                yield amount
            self.derive(node, agreement, agreement["evidence"])
            yield node

    def describe_signatory(self, signatory: Record, identifier: str) -> Node:
        role = Node(self.name(identifier), ("schema:Role",))
        role.say("schema:roleName", "signatory")
        role.link("schema:participant", self.refer(signatory["person_id"]))
        role.link("px:onBehalfOf", self.refer(signatory["organization_id"]))
        role.say("px:title", signatory["title"])
        return role

    def describe_money(self, money: Record, identifier: str) -> Node:
        node = Node(self.name(identifier), ("schema:MonetaryAmount",))
        node.say("schema:name", money["text"])
        node.say("schema:value", money["amount"], "decimal")
        node.say("schema:currency", money["currency"])
        return node

    def describe_quotations(self) -> Iterator[Node]:
        for count, quotation in enumerate(self.record["quotations"], start=1):
            node = Node(self.name(f"q{count}"), ("schema:Quotation", "prov:Entity"))
            node.say("schema:text", quotation["text"])
            node.link("schema:spokenByCharacter", self.refer(quotation["speaker_id"]))
            self.derive(node, quotation, [quotation])
            yield node

    def describe_contacts(self) -> Iterator[Node]:
        terms = {"name": "schema:name", "email": "schema:email", "phone": "schema:telephone", "url": "schema:url"}
        for count, contact in enumerate(self.record["release"]["contacts"], start=1):
            node = Node(self.name(f"c{count}"), ("schema:ContactPoint", "prov:Entity"))
            for key, term in terms.items():
                node.say(term, contact[key])
            node.say("schema:description", contact["organization"])
            self.derive(node, contact, contact["evidence"])
            yield node

    def derive(self, node: Node, entry: Record, evidence: Iterable[Record]) -> None:
        """Say where a fact was read and how sure it is."""
        if (confidence := entry.get("confidence")) is not None:
            node.say("px:confidence", float(confidence), "decimal")
        for cited in evidence:
            node.link("prov:wasDerivedFrom", self.cite(cited))

    def cite(self, evidence: Record) -> str:
        """Return the node of an interval and the rule that read it: half-open and from 0, as Web Annotation counts."""
        iri = self.name(f"char={evidence['start']},{evidence['end']};{quote(evidence['rule'], safe='')}")
        if iri not in self.evidence:
            agent = f"{RULES}{quote(evidence['rule'], safe='')}"
            node = self.evidence[iri] = Node(iri, ("oa:TextPositionSelector", "prov:Entity"))
            node.say("oa:start", evidence["start"], "integer")
            node.say("oa:end", evidence["end"], "integer")
            node.say("prov:value", evidence["text"])
            node.link("prov:wasQuotedFrom", self.iri)
            node.link("prov:wasAttributedTo", agent)
            self.agents.setdefault(agent, self.describe_agent(agent, evidence["rule"]))
        return iri

    def describe_agent(self, iri: str, rule: str) -> Node:
        agent = Node(iri, ("prov:SoftwareAgent",))
        agent.say("schema:name", rule)
        return agent
