"""Archives: the members of zip and tar files. Nothing is written to disk, so their paths and links lead nowhere."""

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Self

from pressx.containers.member import Loss, Member, show
from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, Limits
from pressx.media import identify, is_known
from pressx.unpacking import Budget, read_whole

# zipfile keeps the directory of an archive in memory, at about ten times its size in the file: 200,000 members or more.
MOST_DIRECTORY = 16 * MEGABYTE
# A tar header that goes on in a block of its own holds a path or attributes; tarfile reads it whole.
MOST_HEADER = MEGABYTE
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
LONGEST_COMMENT = 65535
ENCRYPTED = 0x1
EXTENDED = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
)
BROKEN_MEMBER = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def is_wanted(name: str) -> bool:
    """Whether a member is of a known format; what macOS adds for its own use is not meant."""
    path = PurePosixPath(name.replace("\\", "/"))
    return is_known(path.name) and not path.name.startswith("._") and "__MACOSX" not in path.parts


def read_zip(stream: BinaryIO, limits: Limits, budget: Budget) -> Iterator[Member | Loss]:
    """Yield the members of known formats in the order of the directory. Raises ReadingError when there is none."""
    check_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError) as error:
        raise ReadingError(f"is a broken zip archive: {describe(error)}") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir() and is_wanted(info.filename):
                yield read_zipped(archive, info, limits, budget)


def check_directory(stream: BinaryIO) -> None:
    """Raise ReadingError when a zip file has no directory at its end, or one too large to be held in memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - LONGEST_COMMENT - END_OF_DIRECTORY.size))
    tail = stream.read()
    start = tail.rfind(b"PK\x05\x06")
    if start < 0 or len(tail) - start < END_OF_DIRECTORY.size:
        raise ReadingError("is a broken zip archive: it has no directory at its end")
    directory = END_OF_DIRECTORY.unpack_from(tail, start)[5]
    if min(directory, size) > MOST_DIRECTORY:
        raise ReadingError("is a zip archive with too many members to open; a tar archive may have any number")
    stream.seek(0)


def read_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, budget: Budget) -> Member | Loss:
    name = show(info.filename)
    if info.flag_bits & ENCRYPTED:
        return Loss(name, "is encrypted")
    try:
        with archive.open(info) as stream:
            data = read_whole(stream, limits)
    except ReadingError as error:
        budget.spend(limits.size)
        return Loss(name, str(error))
    except BROKEN_MEMBER as error:
        return Loss(name, f"is broken in its archive: {describe(error)}")
    budget.spend(len(data))
    return Member(name, data, identify(info.filename))


class CheckedHeader(tarfile.TarInfo):
    """A tar header that fails when it is broken, where tarfile would take it for the archive's end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if not any(buf) and buf:
                raise  # the zeros that end an archive
            raise ReadingError(f"is a broken tar archive: {describe(error)}") from error
        if header.type in EXTENDED and header.size > MOST_HEADER:
            raise ReadingError("is a broken tar archive: a header is larger than any path")
        return header


def read_tar(stream: BinaryIO, limits: Limits) -> Iterator[Member | Loss]:
    """Yield the members of known formats as they come. Raises ReadingError where the archive breaks off."""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=CheckedHeader, errorlevel=1) as archive:
            while (header := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # else it would keep the headers of all members
                if not header.isdir() and is_wanted(header.name):
                    yield read_tarred(archive, header, limits)
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        raise ReadingError(f"is a broken tar archive: {describe(error)}") from error


def read_tarred(archive: tarfile.TarFile, header: tarfile.TarInfo, limits: Limits) -> Member | Loss:
    name = show(header.name)
    if not header.isreg():
        return Loss(
            name,
            "is a link, which pressx does not follow in an archive"
            if header.islnk() or header.issym()
            else "is no file",
        )
    stream = archive.extractfile(header)
    if stream is None:
        return Loss(name, "is no file")
    try:
        return Member(name, read_whole(stream, limits), identify(header.name))
    except ReadingError as error:
        if header.size <= limits.size:
            raise  # the stream broke
        return Loss(name, str(error))


def describe(error: Exception) -> str:
    """Return the message of an error on one line."""
    return " ".join(str(error).split()) or type(error).__name__
