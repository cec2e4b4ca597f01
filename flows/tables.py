"""Shows rows as a table: as wide as the terminal, or as its content elsewhere."""

import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import click

WIDEST = 60  # characters of a cell where there is no terminal


def show(columns: Sequence[str], rows: Iterable[Sequence[Any]], most: int) -> None:
    """Print at most so many rows; says where there are more."""
    waiting = iter(rows)
    first = [[text_of(value) for value in row] for row in islice(waiting, most)]
    if sys.stdout.isatty():
        on_terminal(columns, first)
    else:
        plainly(columns, first)
    if next(waiting, None) is not None:
        click.echo(f"… the first {most} rows; --csv writes all", err=True)


def text_of(value: Any) -> str:
    """A value on one line."""
    return "" if value is None else " ".join(str(value).split())


def on_terminal(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose cells wrap."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns)
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)


def plainly(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns of text, long cells cut."""
    cut = [list(columns), *([shortened(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cut) for i in range(len(columns))]
    cut.insert(1, ["-" * width for width in widths])
    for row in cut:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def shortened(cell: str) -> str:
    """The cell, or its beginning."""
    return cell if len(cell) <= WIDEST else cell[: WIDEST - 1] + "…"
