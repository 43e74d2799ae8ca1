"""Intake: which fields of tables are read, and how large an input may be before it is refused."""

from dataclasses import dataclass, field

MEGABYTE = 1_000_000

# Text and JSON shrink to a third or a tenth of their bytes, repetitive tables to a fiftieth; a thousandth is a bomb.
MOST_RATIO = 200
SMALL = 64 * MEGABYTE  # an archive that unpacks to this little is no danger, whatever its ratio


@dataclass(frozen=True)
class Limits:
    """The most of everything that is still read. A reader counts what it really gets; no header is believed.

    size: bytes of one input, unpacked, and characters of its text. The longest release known to us has 0.2 MB, and a
        PDF with photographs rarely more than 20 MB.
    unpacked: bytes that one packed file or archive may unpack to, all that is in it together.
    pages: pages of a PDF document.
    depth: how many archives, tables and messages may lie inside each other.
    """

    size: int = 32 * MEGABYTE
    unpacked: int = 16_000 * MEGABYTE
    pages: int = 1_000
    depth: int = 3


@dataclass(frozen=True)
class Intake:
    """How inputs are found: the fields of JSON Lines, or columns of CSV, that are read, and the limits."""

    text_field: str = "text"
    id_field: str | None = None
    date_field: str | None = None
    limits: Limits = field(default_factory=Limits)
