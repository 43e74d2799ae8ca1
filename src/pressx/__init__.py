"""pressx: what a careful reader would note down from a press release, as validated JSON.

    nlp = pressx.load()
    release = pressx.extract(nlp, pressx.read(Path("release.txt")))
    release.people[0].name

`load` returns an ordinary spaCy `Language`; `wrap` takes a text where `read` takes a path. Names are imported when
first used, so that importing a part of pressx doesn't import spaCy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pressx.version import VERSION

if TYPE_CHECKING:
    from pressx.entries import Entry, Fault, Intake, list_entries
    from pressx.errors import ModelError, PressxError, ReadingError, RuleError
    from pressx.extraction import extract
    from pressx.intake import Limits
    from pressx.pipeline import load
    from pressx.reading import Source, read, read_entry, wrap
    from pressx.records import (
        Agreement,
        Contact,
        Date,
        Evidence,
        Organization,
        Person,
        Position,
        Quotation,
        Release,
        ReleaseFacts,
    )
    from pressx.writing import dump

__version__ = VERSION
__all__ = [
    "Agreement",
    "Contact",
    "Date",
    "Entry",
    "Evidence",
    "Fault",
    "Intake",
    "Limits",
    "ModelError",
    "Organization",
    "Person",
    "Position",
    "PressxError",
    "Quotation",
    "ReadingError",
    "Release",
    "ReleaseFacts",
    "RuleError",
    "Source",
    "__version__",
    "dump",
    "extract",
    "list_entries",
    "load",
    "read",
    "read_entry",
    "wrap",
]

HOMES = {
    "pressx.entries": ("Entry", "Fault", "Intake", "list_entries"),
    "pressx.errors": ("ModelError", "PressxError", "ReadingError", "RuleError"),
    "pressx.extraction": ("extract",),
    "pressx.intake": ("Limits",),
    "pressx.pipeline": ("load",),
    "pressx.reading": ("Source", "read", "read_entry", "wrap"),
    "pressx.writing": ("dump",),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for; what has no other home is a record."""
    if name not in __all__:
        raise AttributeError(f"module 'pressx' has no attribute {name!r}")
    home = next((module for module, names in HOMES.items() if name in names), "pressx.records")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return __all__
