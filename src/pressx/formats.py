"""Formats: what a record can be written as."""

from enum import StrEnum


class Format(StrEnum):
    """The values of `--format`."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    JSONLD = "jsonld"
    TTL = "ttl"
    TABLE = "table"


INDENTED = (Format.JSON, Format.JSONLD)
CUT = (Format.JSON, Format.JSONL)  # the others need every field
LINES = (Format.JSON, Format.JSONL)  # what one file of JSON Lines may hold
SINGLE = (Format.JSON, Format.JSONL, Format.JSONLD, Format.TTL)  # one file for each record, below a folder
