"""Shows rows: as wide as a terminal, or whole elsewhere; as JSON, too."""

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import Any

from flows.terminal import data_out, plain, say

MEASURED = 1_000  # rows by which columns are aligned; the rest follows as it comes


def show(columns: Sequence[str], rows: Iterable[Sequence[Any]], most: int) -> None:
    """Print rows: at most so many on a terminal, where it says so if there are more, and all of them elsewhere."""
    waiting = (tuple(map(text_of, row)) for row in rows)
    heads = [text_of(column) for column in columns]
    if not sys.stdout.isatty():
        plainly(heads, waiting)
        return
    on_terminal(heads, islice(waiting, most))
    if next(waiting, None) is not None:
        say(f"… the first {most} rows; --csv, --json and pipes get all", err=True)


def show_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print all rows, a JSON object a line."""
    out = data_out()
    for row in rows:
        cells = {name: value_of(value) for name, value in zip(columns, row, strict=True)}
        out.write(f"{json.dumps(cells, ensure_ascii=False)}\n")


def value_of(value: Any) -> Any:
    """A value as JSON has it: days, moments and whatever else it knows nothing of as text, no number as null."""
    if isinstance(value, Decimal | float):
        return float(value) if isfinite(value) else None
    if isinstance(value, list | tuple):
        return [value_of(one) for one in value]
    if isinstance(value, dict):
        return {str(key): value_of(one) for key, one in value.items()}
    return value if isinstance(value, bool | int | str | None) else str(value)


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


def plainly(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns of text, no cell cut."""
    waiting = iter(rows)
    first = list(islice(waiting, MEASURED))
    widths = [max(map(len, column)) for column in zip(columns, *first, strict=True)]
    for row in chain([columns, ["-" * width for width in widths]], first, waiting):
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
