"""Gzip, zstd, bzip2 and xz around any format: read through, with broken ends and bombs told apart."""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Literal, Protocol, cast

import brotli
import pyarrow as pa
from typing_extensions import Buffer

Compression = Literal["gzip", "zstd", "bzip2", "xz"]
MAGIC: dict[bytes, Compression] = {
    b"\x1f\x8b": "gzip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
}
SUFFIXES = (".gz", ".zst", ".zstd", ".bz2", ".xz")
MOST_MEMORY = 100_000_000  # bytes, that a window of xz may ask for
MOST_ENCODINGS = 3  # one around another
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
        stream = OPENERS[compression](self._packed)
        self._read = getattr(
            stream, "read1", stream.read
        )  # no more at once than is there: the next bytes may be damaged
        self._compression = compression
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        try:
            data = self._read(memoryview(buffer).nbytes)
        except (EOFError, OSError, zlib.error, lzma.LZMAError, pa.ArrowException) as error:
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


class Readable(Protocol):
    """What expanded bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes."""


class Xz:
    """An xz stream whose window may not ask for all memory there is."""

    def __init__(self, packed: io.RawIOBase) -> None:
        self._packed = packed
        self._expander = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MOST_MEMORY)

    def read(self, size: int = -1, /) -> bytes:
        while True:
            if self._expander.eof:
                rest = self._expander.unused_data or self._packed.read(io.DEFAULT_BUFFER_SIZE) or b""
                if not rest.lstrip(b"\0"):
                    return b""
                self._expander = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MOST_MEMORY)
                data = self._expander.decompress(rest.lstrip(b"\0"), size)
            else:
                packed = (self._packed.read(io.DEFAULT_BUFFER_SIZE) or b"") if self._expander.needs_input else b""
                if not packed and self._expander.needs_input:
                    raise EOFError("it ends before its end was told")
                data = self._expander.decompress(packed, size)
            if data:
                return data


OPENERS: dict[Compression, Callable[[io.RawIOBase], Readable]] = {
    "gzip": lambda packed: gzip.GzipFile(fileobj=cast(BinaryIO, packed)),
    "zstd": lambda packed: cast(Readable, pa.input_stream(pa.PythonFile(packed, mode="r"), compression="zstd")),
    "bzip2": lambda packed: bz2.BZ2File(cast(BinaryIO, packed)),
    "xz": Xz,
}


def expand_body(data: bytes, encoding: str | None, limit: int, *, may_be_plain: bool = False) -> bytes:
    """An HTTP body without its content encodings, at most `limit` + 1 bytes of it; raises Broken.

    Archives keep headers of bodies that they have expanded: there a body `may_be_plain` whatever its header says.
    """
    names = [name.strip().lower() for name in (encoding or "").split(",")]
    for name in reversed([name for name in names if name not in ("identity", "")][:MOST_ENCODINGS]):
        data = data if may_be_plain and looks_plain(data) else expanded_once(data, name, limit)
    return data[: limit + 1]


def expanded_once(data: bytes, name: str, limit: int) -> bytes:
    """The same for one encoding."""
    try:
        if name == "br":
            return bytes(brotli.Decompressor().process(data, output_buffer_limit=limit + 1))
        if name == "zstd":
            return bytes(pa.input_stream(pa.BufferReader(data), compression="zstd").read(limit + 1))
        if name in ("gzip", "x-gzip", "deflate"):
            return inflated(data, limit)
    except (zlib.error, brotli.error, OSError, pa.ArrowException) as error:
        raise Broken(f"the {name} body is damaged: {error}") from error
    raise Broken(f"the body is encoded as {name[:40]!r}; allowed are gzip, deflate, br, zstd and identity")


def inflated(data: bytes, limit: int) -> bytes:
    """What gzip or deflate made smaller, with zlib's header or without. Raises zlib.error."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data, limit + 1)  # finds the header out itself
    except zlib.error:
        found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, limit + 1)
        if not found:  # a few bytes of anything pass for the beginning of a stream that has no header
            raise
        return found


def looks_plain(data: bytes) -> bool:
    """Whether a body begins as a page does."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"[")
