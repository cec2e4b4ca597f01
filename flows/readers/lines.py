"""Lines of a stream of any length, in memory that does not grow with it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Line:
    """A line, its number counted from one, without its end."""

    number: int
    data: bytes


@dataclass(frozen=True)
class TooLong:
    """A line that is longer than allowed, passed over."""

    number: int
    data: bytes  # how it begins
    limit: int

    @property
    def detail(self) -> str:
        """What is wrong, and what is allowed."""
        return f"the line is longer than {self.limit:,} bytes; longer ones are not read"


def lines_of(stream: BinaryIO, limit: int) -> Iterator[Line | TooLong]:
    """The lines of the stream, none held that is longer than the limit, in bytes."""
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) > limit and not data.endswith(b"\n"):
            yield TooLong(number, data[:1000], limit)
            skip_line(stream, limit)
        else:
            yield Line(number, data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data)
        if data == b"\n":
            number += skip_blank(stream)


def skip_blank(stream: BinaryIO) -> int:
    """Read on behind blank lines, many at a time; gives how many they were."""
    number = 0
    while isinstance(stream, io.BufferedReader) and (ahead := stream.peek()).startswith(b"\n"):
        blank = len(ahead) - len(ahead.lstrip(b"\n"))
        stream.read(blank)
        number += blank
    return number


def skip_line(stream: BinaryIO, step: int) -> None:
    """Read on behind the end of the present line."""
    while (data := stream.readline(step)) and not data.endswith(b"\n"):
        pass
