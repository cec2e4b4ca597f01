"""ZIP and TAR archives, WACZ among them: each file in them is read as if it lay in a folder; none is unpacked."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from typing_extensions import Buffer

from flows.readers.compressed import MOST_TIMES, NO_BOMB_BELOW, Broken
from flows.readers.files import Items, read_stream
from flows.readers.record import Context, reject

DEEPEST = 2  # archives within one another
MOST_FILES = 100_000
LONGEST_HEAD = 10_000_000  # bytes between two files of a TAR archive
FAULTS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
PAGES_OF_WACZ = "archive/"  # the folder of its WARC files; what lies beside them tells of these


class Bounded(io.RawIOBase):
    """The bytes of a file in an archive, or of an archive; Broken is raised when they are damaged or too many."""

    def __init__(self, stream: BinaryIO, take: Callable[[int], None]) -> None:
        self._stream = stream
        self._take = take

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        try:
            data = self._stream.read(memoryview(buffer).nbytes)
        except Broken:
            raise
        except FAULTS as error:
            raise Broken(f"the file is damaged or locked: {error}") from error
        self._take(len(data))
        memoryview(buffer)[: len(data)] = data
        return len(data)


class Budget:
    """How many bytes the files of an archive may hold together; taking more raises Broken."""

    def __init__(self, size: int) -> None:
        self.size = size  # bytes of the archive itself, as far as they are known
        self._given = 0

    def take(self, number: int) -> None:
        """Count bytes that were given."""
        self._given += number
        if self._given > max(NO_BOMB_BELOW, MOST_TIMES * self.size):
            raise Broken(f"the archive expands more than {MOST_TIMES} times; allowed is less")


def read_archive(stream: BinaryIO, context: Context) -> Items:
    """What the files of an archive hold; origin: path/file, and what its format adds."""
    if context.within >= DEEPEST:
        yield reject(context.origin, "too_deep", f"archives lie within archives; allowed are {DEEPEST} around a file")
        return
    start = cast("io.BufferedReader", stream).peek(4)[:2] if isinstance(stream, io.BufferedReader) else stream.read(2)
    if not isinstance(stream, io.BufferedReader):
        stream.seek(0)
    number = 0
    try:
        for number, (name, file) in enumerate(of_zip(stream) if start == b"PK" else of_tar(stream), 1):
            if number > MOST_FILES:
                yield reject(context.origin, "enormous", f"the archive has more than {MOST_FILES:,} files")
                return
            yield from read_member(name, file, context)
    except (*FAULTS, Broken) as error:
        yield reject(context.origin, "broken_archive", f"{error}; what lies behind cannot be read", str(error))
    else:
        if number == 0:
            yield reject(context.origin, "empty_file", "the archive holds no files")


def read_member(name: str, file: BinaryIO, context: Context) -> Items:
    """What one file of an archive holds; a fault in it is one rejection."""
    format_ = None if context.source.format == "archive" else context.source.format
    source = context.source.model_copy(update={"format": format_})
    inner = replace(context, source=source, origin=f"{context.origin}/{name}", within=context.within + 1)
    try:
        yield from read_stream(file, PurePosixPath(name).name, inner)
    except Broken as error:
        yield reject(inner.origin, "broken_archive", f"{error}; what lies behind is lost", str(error))


def of_zip(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """The files of a ZIP archive."""
    budget = Budget(stream.seek(0, io.SEEK_END))
    with zipfile.ZipFile(stream) as archive:
        files = [info for info in archive.infolist() if not info.is_dir() and is_wanted(info.filename)]
        if "datapackage.json" in archive.namelist():
            files = [info for info in files if info.filename.startswith(PAGES_OF_WACZ)] or files
        for info in files:
            yield info.filename, cast(BinaryIO, Bounded(cast(BinaryIO, Opened(archive, info)), budget.take))


class Opened(io.RawIOBase):
    """A file of a ZIP archive, opened when it is first read, so that one that is locked is a fault of its own."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info
        self._file: IO[bytes] | None = None

    def read(self, size: int = -1, /) -> bytes:
        if self._file is None:
            self._file = self._archive.open(self._info)
        return self._file.read(size)


def of_tar(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    """The files of a TAR archive, read through in their order."""
    budget = Budget(0)
    left = LONGEST_HEAD

    def read_on(number: int) -> None:
        nonlocal left
        budget.size += number
        left -= number
        if left < 0:
            raise Broken("there is more between two files than any archive has")

    with tarfile.open(fileobj=Bounded(stream, read_on), mode="r|") as archive:
        for info in archive:
            file = archive.extractfile(info) if info.isfile() and is_wanted(info.name) else None
            left = LONGEST_HEAD + (info.size if info.isfile() else 0)
            if file is not None:
                bounded = Bounded(cast(BinaryIO, file), budget.take)
                yield info.name, cast(BinaryIO, bounded)
                while bounded.read(io.DEFAULT_BUFFER_SIZE):  # what was not read stands before the next file
                    pass
            archive.members = []  # type: ignore[attr-defined]  # which it would keep all


def is_wanted(name: str) -> bool:
    """Whether a file is one that somebody put there: hidden ones and what a Mac adds are none."""
    return not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
