"""Gzip and zstd around any format: read through, with broken ends and bombs told apart."""

import gzip
import io
import zlib
from typing import BinaryIO, Literal

import pyarrow as pa
from typing_extensions import Buffer

Compression = Literal["gzip", "zstd"]
MAGIC: dict[bytes, Compression] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
SUFFIXES = (".gz", ".zst", ".zstd")
NO_BOMB_BELOW = 10_000_000  # bytes
MOST_TIMES = 100  # text shrinks to a tenth; what shrinks to less than a hundredth repeats itself, and is no news


class Broken(ValueError):
    """The compressed bytes end early, are damaged, or expand beyond all measure."""


def compression_of(start: bytes) -> Compression | None:
    """What the first bytes tell about the compression."""
    return next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)


class Expanded(io.RawIOBase):
    """The expanded bytes of a compressed stream; reading raises Broken."""

    def __init__(self, packed: BinaryIO, compression: Compression) -> None:
        self._packed = Counted(packed)
        self._stream = (
            gzip.GzipFile(fileobj=self._packed)
            if compression == "gzip"
            else pa.input_stream(pa.PythonFile(self._packed, mode="r"), compression="zstd")
        )
        self._compression = compression
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        try:
            data = self._stream.read(memoryview(buffer).nbytes)
        except (EOFError, OSError, zlib.error, pa.ArrowException) as error:
            raise Broken(f"the {self._compression} data is damaged or cut off: {error}") from error
        self._given += len(data)
        if self._given > max(NO_BOMB_BELOW, MOST_TIMES * self._packed.count):
            raise Broken(f"the {self._compression} data expands more than {MOST_TIMES} times; allowed is less")
        memoryview(buffer)[: len(data)] = data
        return len(data)


class Counted(io.RawIOBase):
    """A stream that counts the bytes it gave."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        data = self._stream.read(memoryview(buffer).nbytes)
        self.count += len(data)
        memoryview(buffer)[: len(data)] = data
        return len(data)


def expand_body(data: bytes, encoding: str | None, limit: int) -> bytes:
    """An HTTP body without its content encoding, at most `limit` + 1 bytes of it; raises Broken."""
    name = (encoding or "identity").strip().lower()
    if name in ("identity", ""):
        return data[: limit + 1]
    if name not in ("gzip", "x-gzip", "deflate"):
        raise Broken(f"the body is encoded as {name[:40]!r}; allowed are gzip, deflate and identity")
    expander = zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out itself whether the header is gzip's or zlib's
    try:
        return expander.decompress(data, limit + 1)
    except zlib.error as error:
        raise Broken(f"the {name} body is damaged: {error}") from error
