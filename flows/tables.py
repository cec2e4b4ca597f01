"""Shows rows as a table: as wide as the terminal, or as its content elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from flows.terminal import plain, say

WIDEST = 60  # characters of a cell where there is no terminal


def show(columns: Sequence[str], rows: Iterable[Sequence[Any]], most: int) -> None:
    """Print at most so many rows; says where there are more."""
    waiting = iter(rows)
    first = [[text_of(value) for value in row] for row in islice(waiting, most)]
    heads = [text_of(column) for column in columns]
    if sys.stdout.isatty():
        on_terminal(heads, first)
    else:
        plainly(heads, first)
    if next(waiting, None) is not None:
        say(f"… the first {most} rows; --csv writes all", err=True)


def text_of(value: Any) -> str:
    """A value on one line, with nothing that acts on a terminal."""
    return "" if value is None else plain(" ".join(str(value).split()))


def on_terminal(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose cells wrap."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        table.add_column(Text(column))
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def plainly(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns of text, long cells cut."""
    cut = [list(columns), *([shortened(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cut) for i in range(len(columns))]
    cut.insert(1, ["-" * width for width in widths])
    for row in cut:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def shortened(cell: str) -> str:
    """The cell, or its beginning."""
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"
