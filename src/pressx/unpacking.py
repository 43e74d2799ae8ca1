"""Unpacking: .gz and .zst as streams that count what comes out of them."""

import gzip
import io
import zlib
from typing import BinaryIO, Protocol

from pressx.errors import ReadingError
from pressx.intake import MEGABYTE, MOST_RATIO, SMALL, Limits

CHUNK = 65536
WINDOW_LOG = 27  # 128 MB of memory, the most that the zstd command grants without being asked


class Readable(Protocol):
    """What gives bytes; not all that does is a BinaryIO by name."""

    def read(self, size: int, /) -> bytes: ...


class Budget:
    """How many bytes one file may still unpack to, all that is in it together."""

    def __init__(self, packed: int, limits: Limits) -> None:
        """`packed` is the size of the file in bytes, 0 when unknown as for a pipe."""
        self.most = min(limits.unpacked, max(SMALL, MOST_RATIO * packed)) if packed else limits.unpacked
        self.left = self.most

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked. Raises ReadingError when they are too many."""
        self.left -= count
        if self.left < 0:
            raise ReadingError(f"unpacks to more than {self.most // MEGABYTE} MB")


class UnpackedStream(io.RawIOBase):
    """What a packed stream holds. Reading raises ReadingError when it is broken or larger than its budget."""

    def __init__(self, packed: BinaryIO, packing: str, budget: Budget) -> None:
        self._inner, self._broken = open_packing(packed, packing)
        self._packing = packing
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # typeshed's buffers are wider
        try:
            data = self._inner.read(min(len(buffer), CHUNK))
        except self._broken as error:
            raise ReadingError(f"is broken {self._packing} data: {' '.join(str(error).split())}") from error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def open_packing(packed: BinaryIO, packing: str) -> tuple[Readable, tuple[type[Exception], ...]]:
    """Return the unpacked stream and the errors that reading it raises when it is broken. Raises ReadingError."""
    if packing == ".gz":
        return gzip.GzipFile(fileobj=packed), (gzip.BadGzipFile, EOFError, zlib.error)
    try:
        from backports import zstd  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReadingError("needs the extra for .zst files: pip install 'pressx[zst]'") from error
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
    return zstd.ZstdFile(packed, options=options), (zstd.ZstdError, EOFError)


def open_stream(stream: BinaryIO, packing: str, budget: Budget) -> BinaryIO:
    """Return the stream without its packing, the stream itself when it has none."""
    if not packing:
        return stream
    return io.BufferedReader(UnpackedStream(stream, packing, budget), CHUNK)


def read_whole(stream: Readable, limits: Limits) -> bytes:
    """Return what a stream holds. Raises ReadingError when that is more than one input may have."""
    parts, length = [], 0
    while part := stream.read(min(MEGABYTE, limits.size + 1 - length)):
        parts.append(part)
        length += len(part)
        if length > limits.size:
            raise ReadingError(f"is larger than {limits.size / MEGABYTE:g} MB")
    return b"".join(parts)


def unpack(data: bytes, packing: str, limits: Limits) -> bytes:
    """Return data without its packing. Raises ReadingError."""
    if not packing:
        return data
    return read_whole(open_stream(io.BytesIO(data), packing, Budget(len(data), limits)), limits)
