"""Rendering: a record as the text of its format."""

from collections.abc import Collection

from pressx.exports.jsonld import dump_jsonld
from pressx.exports.turtle import dump_turtle
from pressx.formats import Format
from pressx.records import Release
from pressx.writing import FIELDS, dump


def render(release: Release, wanted: Format, indent: int | None = None, fields: Collection[str] = FIELDS) -> str:
    """Return a record as text; what is to become tables goes as JSON."""
    if wanted is Format.JSONLD:
        return dump_jsonld(release.model_dump(mode="json"), indent)
    if wanted is Format.TTL:
        return dump_turtle(release.model_dump(mode="json"))
    return dump(release, indent if wanted is Format.JSON else None, fields)
