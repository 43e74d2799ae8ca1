"""Rows: the releases in tables, one a line of JSON Lines or one a row of CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from pressx.containers.member import Loss, Member, show
from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, Intake
from pressx.media import PLAIN, Kind
from pressx.reading.decoding import MARKS, decode

SAMPLE = 65536  # bytes that show encoding and separators
SEPARATORS = ",;\t|"
TEXT = Kind(PLAIN, "", "")
LONGEST_ID = 200  # characters


def read_json_lines(stream: BinaryIO, intake: Intake) -> Iterator[Member | Loss]:
    """Yield each row; what is wrong with one loses it alone. Raises ReadingError when no line can be read."""
    for number, line in enumerate(read_lines(stream, intake.limits.size), start=1):
        place = f"line {number}"
        if line is None:
            yield Loss(place, f"is longer than {intake.limits.size / MEGABYTE:g} MB")
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if not text.strip():
                continue
            row = json.loads(text)
        except UnicodeDecodeError as error:
            yield Loss(place, f"is not UTF-8: {error.reason}")
        except (ValueError, RecursionError) as error:
            yield Loss(place, f"is not JSON: {' '.join(str(error).split())}")
        else:
            yield read_row(row, place, number, intake) if isinstance(row, dict) else Loss(place, "is not an object")


def read_lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Yield each line, None in place of one that is too long to be held in memory."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MEGABYTE)
        yield None


def read_csv(stream: BinaryIO, intake: Intake) -> Iterator[Member | Loss]:
    """Yield each row below the first, which names the columns. Raises ReadingError where the table can't be read on."""
    csv.field_size_limit(intake.limits.size)
    sample = stream.read(SAMPLE)
    encoding = find_encoding(sample)
    lines = Lines(io.BufferedReader(Rejoined(sample, stream)), encoding, intake.limits.size)
    rows = csv.reader(lines, find_dialect(sample.decode(encoding, errors="replace")))
    try:
        columns = next(rows, [])
        missing = [name for name in list_fields(intake) if name not in columns]
        if missing:
            raise ReadingError(describe_columns(missing, columns))
        for cells in rows:
            lines.begin_row()
            if cells:
                row = dict(zip(columns, cells, strict=False))
                yield read_row(row, f"line {rows.line_num}", rows.line_num, intake)
    except csv.Error as error:
        raise ReadingError(f"line {rows.line_num} can't be read, nor what follows: {error}") from error


class Rejoined(io.RawIOBase):
    """A stream with what was read of it put back."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = io.BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def find_encoding(sample: bytes) -> str:
    """Return the encoding of a table by its first bytes. Raises ReadingError when these are no text."""
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(encoding, encoding.rsplit("-", 1)[0])
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        if len(sample) - error.start > len("\U0001f600".encode()):  # more than a character cut at the end
            return decode(sample).guessed or "utf-8"
    else:
        decode(sample)
    return "utf-8"


class Lines:
    """The lines of a table with their ends. Iterating raises ReadingError when a row is too long or no text."""

    def __init__(self, stream: BinaryIO, encoding: str, longest: int) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._longest = longest
        self.begin_row()

    def begin_row(self) -> None:
        """Count from here: a row may go over many lines, and all of it is in memory."""
        self._left = self._longest

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(self._left + 1)
        except UnicodeDecodeError as error:
            raise ReadingError(f"is not {error.encoding.upper()} throughout: {error.reason}") from error
        self._left -= len(line)
        if self._left < 0:
            raise ReadingError(f"holds a row of more than {self._longest / MEGABYTE:g} million characters")
        if not line:
            raise StopIteration
        return line


def find_dialect(sample: str) -> Any:
    """Return how cells are parted: by the separator that the line of the columns has most of; quotes are doubled."""

    class Dialect(csv.excel):
        delimiter = max(SEPARATORS, key=sample.partition("\n")[0].count)

    return Dialect


def list_fields(intake: Intake) -> list[str]:
    return [name for name in (intake.text_field, intake.id_field, intake.date_field) if name is not None]


def describe_columns(missing: list[str], columns: list[str]) -> str:
    """Return the message about columns that are not there, with some of those that are."""
    shown = ", ".join(show(name[:40]) for name in columns[:20]) or "none"
    return f"has no column {', '.join(map(repr, missing))}, but: {shown}"


def read_row(row: Mapping[str, Any], place: str, number: int, intake: Intake) -> Member | Loss:
    """Return the release of a row, called after its id, or its line number when it has none."""
    name, warnings = str(number), []
    identifier = row.get(intake.id_field) if intake.id_field else None
    if isinstance(identifier, str | int) and str(identifier).strip():
        name = show(str(identifier).strip()[:LONGEST_ID])
    text = row.get(intake.text_field)
    if not isinstance(text, str):
        return Loss(
            place, f"has no text in {intake.text_field!r}" if text is None else f"{intake.text_field!r} is not a text"
        )
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return Loss(place, "holds half of a surrogate pair")
    day, given = None, row.get(intake.date_field) if intake.date_field else None
    if given not in (None, ""):
        day = read_day(given)
        if day is None:
            warnings.append(f"The date in {intake.date_field!r} is not of the form 2025-09-02; it was not used.")
    return Member(name, data, TEXT, day, tuple(warnings))


def read_day(value: object) -> str | None:
    """Return the day that an ISO date or time begins with."""
    text = str(value).strip()
    if len(text) > len("2025-09-02") and text[10] not in "T ":
        return None
    try:
        return date.fromisoformat(text[:10]).isoformat() if text[4:5] == "-" else None
    except ValueError:
        return None
