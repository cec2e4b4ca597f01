"""Pipes, devices and standard input: read once, as far as they give something, and no further than is allowed."""

import io
import os
import select
import stat
import time
from pathlib import Path
from typing import BinaryIO

from typing_extensions import Buffer

from schemas.settings import Settings

AT_ONCE = 60.0  # seconds of waiting at most, before the time that is over is looked at


class Stream(io.RawIOBase):
    """The bytes of an open pipe, device or socket, as far as they are allowed: `given_up` tells why it ends before.

    The time counts in which nothing is there to be read, not that in which what was read is worked on.
    """

    def __init__(self, descriptor: int, settings: Settings) -> None:
        self.given_up: str | None = None
        self._descriptor = descriptor
        self._settings = settings
        self._bytes_left = settings.stream_bytes
        self._seconds_left = settings.stream_seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer, or what is left of the stream: who looks at its first bytes wants all of them."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and (read := self._read(view[filled:])):
            filled += read
        return filled

    def _read(self, view: memoryview) -> int:
        while self._has_come():
            try:
                read = os.readv(self._descriptor, [view])
            except BlockingIOError:
                continue  # somebody else has read it
            if read > self._bytes_left:
                self.given_up = f"it gives more than {self._settings.stream_bytes:,} bytes (POSITIONS_STREAM_BYTES)"
            read = min(read, self._bytes_left)
            self._bytes_left -= read
            return read
        return 0

    def _has_come(self) -> bool:
        """Wait until there is something, or nothing any more, to be read; False where that takes too long."""
        if self.given_up:
            return False
        ready = select.poll()
        ready.register(self._descriptor, select.POLLIN)
        began = time.monotonic()
        while not ready.poll(1000 * min(max(self._seconds_left, 0.0), AT_ONCE)):
            now = time.monotonic()
            self._seconds_left -= now - began
            began = now
            if self._seconds_left <= 0:
                limit = f"{self._settings.stream_seconds:g} seconds (POSITIONS_STREAM_SECONDS)"
                self.given_up = f"neither more nor its end came within {limit}"
                return False
        self._seconds_left -= time.monotonic() - began
        return True

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def is_stream(path: Path) -> bool:
    """Whether the path names something that can be read but once, or without end; False where nobody can tell."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def opened(path: Path, settings: Settings) -> BinaryIO | Stream:
    """The bytes of a file or stream. Raises OSError."""
    if not is_stream(path) or path.is_dir():
        return path.open("rb")
    # Without O_NONBLOCK, opening a pipe waits for somebody who writes into it.
    return Stream(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY), settings)


def bounded(stream: BinaryIO, settings: Settings) -> BinaryIO | Stream:
    """An open stream within bounds; a file, and what is none of the system's, is left as it is."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return stream
    return stream if stat.S_ISREG(os.fstat(descriptor).st_mode) else Stream(os.dup(descriptor), settings)
