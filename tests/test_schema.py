"""The published schema: what is committed is what `pressx schema` prints, and it holds."""

import json

from conftest import ROOT
from pressx.cli.status import ExitStatus
from pressx.records import Release

SCHEMA = ROOT / "docs" / "pressx.schema.json"


def test_the_committed_schema_is_what_the_command_prints(run):
    outcome = run("schema")
    assert (outcome.code, outcome.err) == (ExitStatus.OK, "")
    assert SCHEMA.read_text(encoding="utf-8") == outcome.out, "run: pressx schema > docs/pressx.schema.json"


def test_every_field_is_required_and_no_other_is_allowed():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for name, part in [("Release", schema), *schema["$defs"].items()]:
        assert (name, sorted(part["required"])) == (name, sorted(part["properties"]))
        assert (name, part["additionalProperties"]) == (name, False)


def test_every_field_is_documented():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    silent = [
        f"{name}.{field}"
        for name, part in [("Release", schema), *schema["$defs"].items()]
        for field, value in part["properties"].items()
        if "description" not in value and not refers(value, schema)
    ]
    assert silent == []


def refers(value, schema):
    """Whether a field is one record or a list of records, which describe themselves."""
    reference = value.get("$ref") or value.get("items", {}).get("$ref")
    return reference is not None and "description" in schema["$defs"][reference.rsplit("/", 1)[1]]


def test_a_record_has_the_keys_of_the_schema_in_its_order(read_release):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    record = read_release("Norvik Harbour AS named Ada Quill as chief executive on March 4, 2024.").model_dump()
    assert list(record) == list(schema["properties"]) == list(Release.model_fields)
