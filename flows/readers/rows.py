"""Rows of a table, of which a stray quote swallows no others."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.days import NotADay, day_of
from flows.readers.record import Context, plain

LARGEST_CELL = 16_000_000  # characters; a quote that is never closed swallows no more than this
READ_AGAIN = 64_000_000  # characters in all: behind so many, quotes are taken as they stand

csv.field_size_limit(LARGEST_CELL)  # the module has one limit for all, far too small for articles


@dataclass(frozen=True)
class Header:
    """The names of the columns, what separates them, and the line on which they stand."""

    names: list[str]
    separator: str
    lines: int


class Lines:
    """The lines of a table, of which those that a row took can be given back."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self._may_give_back = READ_AGAIN

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._text)
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Let these lines, the last that were taken, come again."""
        self._may_give_back -= sum(map(len, lines))
        self._waiting.extendleft(reversed(lines))

    @property
    def may_give_back(self) -> bool:
        """Whether lines may still be read again: each quote could ask for all that is behind it."""
        return self._may_give_back > 0


def rows_of(lines: Lines, header: Header, context: Context) -> Iterator[tuple[int, list[str] | str]]:
    """The number of each row behind the header, counted from two, with its cells, or why it has none."""
    rows = csv.reader(lines, delimiter=header.separator, strict=False)
    number = 1
    while True:
        number += 1
        lines.taken.clear()
        try:
            row: list[str] | str = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            row = f"{error}; is a quote left open?"
            rows = csv.reader(lines, delimiter=header.separator, strict=False)
        if len(lines.taken) > 1 and lines.may_give_back and (own := rows_swallowed(lines.taken, header, context)):
            lines.give_back(lines.taken[1:])
            row = own
        yield number, row


def rows_swallowed(taken: list[str], header: Header, context: Context) -> list[str] | None:
    """The cells of the first line where a quote in it swallowed whole rows; None where it opens a long cell."""
    first = bare_cells(taken[0], header)
    if not is_a_row(first, header, context):
        return None
    return first if any(is_a_row(bare_cells(line, header), header, context) for line in taken[1:100]) else None


def bare_cells(line: str, header: Header) -> list[str]:
    """The cells of a line in which quotes mean nothing."""
    found = next(csv.reader([line], delimiter=header.separator, quoting=csv.QUOTE_NONE), [])
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in found]


def is_a_row(found: list[str], header: Header, context: Context) -> bool:
    """Whether cells are a row of their own: as many as the columns, with a day where the day belongs."""
    if len(found) != len(header.names):
        return False
    wanted = set(map(plain, context.source.columns.published))
    for name, cell in zip(header.names, found, strict=True):
        if plain(name) in wanted:
            try:
                day_of(cell, context.source)
            except NotADay:
                return False
            return True
    return False
