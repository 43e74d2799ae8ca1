"""Fingerprints: whether an input, or what a record is made with, is still what it was."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pressx.entries import Entry
from pressx.resources import find_model
from pressx.version import VERSION

# What a record depends on and that is neither an option nor data of ours.
PACKAGES = ("spacy", "onnxruntime", "tokenizers", "numpy")


def take_fingerprint(entry: Entry) -> str | None:
    """Return what changes when the record of an entry would; None for what can't be read twice, such as a pipe.

    It holds the SHA-256 of the bytes, and what the entry says about them.
    """
    if entry.data is not None:
        digest = hashlib.sha256(entry.data).hexdigest()
    elif entry.path is not None and entry.path.is_file():
        try:
            with entry.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
    else:
        return None
    return repr((digest, entry.media_type, entry.packing, entry.date, entry.warnings))


def take_settings_fingerprint(rules: str | None, options: dict[str, Any]) -> str:
    """Return the SHA-256 of all that makes records besides the inputs: program, model, rules and options."""
    digest = hashlib.sha256()
    versions = {"pressx": VERSION, **{package: version(package) for package in PACKAGES}}
    digest.update(json.dumps([versions, options], sort_keys=True, default=str).encode())
    for folder in (find_model(), *([Path(rules)] if rules else [])):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    content = hashlib.file_digest(file, "sha256").hexdigest()
                digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
