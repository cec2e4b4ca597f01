"""`positions sql`: a query, or a prompt, on the published snapshot."""

import csv
import os
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import click

from flows.commands.options import CONFIDENCE, HOME, settings_of
from flows.tables import show
from flows.terminal import data_out, say
from warehouse.ask import Asking, BadQuery, Limits, Stuck
from warehouse.at_line import at_line
from warehouse.defuse import defused
from warehouse.query import NoSnapshot, under_line

FAILED = 1
SHOWN = 200  # rows of an answer that a prompt or a terminal shows
NO_TEXT = (bool, int, float, Decimal, date, time, timedelta, type(None))  # cells that hold no words of others


class Stopped(click.ClickException):
    """Ctrl-C ended the query, and with it the command."""

    exit_code = 130


@click.command()
@click.argument("query", required=False)
@HOME
@click.option("--csv", "as_csv", is_flag=True, help="Write all rows as CSV instead of a table.")
@CONFIDENCE
@click.option("--outside", is_flag=True, help="Let the query reach other files and addresses, to read and to write.")
def sql(query: str | None, as_csv: bool, outside: bool, confidence: float | None, **options: Any) -> None:
    """Answer a QUERY on the published snapshot; without one, ask for queries until an empty line or Ctrl-D.

    Begin with: FROM positions LIMIT 10. The views are described by: SELECT view_name, comment FROM duckdb_views()
    WHERE NOT internal. The snapshot is only read. POSITIONS_QUERY_MEGABYTES, POSITIONS_QUERY_SPILL_MEGABYTES and
    POSITIONS_QUERY_SECONDS bound what a query takes; Ctrl-C stops it. In CSV an apostrophe stands before what a
    spreadsheet might run as a formula.
    """
    settings = settings_of(options)
    limits = Limits(settings.query_megabytes, settings.query_spill_megabytes, settings.query_seconds)
    try:
        with at_line(settings.snapshot_file, confidence) as snapshot:
            shown = f"positions: {under_line(snapshot)}; positions_all has all"
            with Asking(snapshot, outside, limits) as asking:
                if query:
                    answer(asking, query, as_csv)
                    say(shown, err=True)
                else:
                    if sys.stdin.isatty():
                        say(shown, err=True)
                    converse(asking)
    except (NoSnapshot, BadQuery) as error:
        raise click.ClickException(str(error)) from error
    except Stuck as error:
        # The query goes on in this process, whose proper end would wait for it.
        say(f"positions: {error}", err=True)
        sys.stdout.flush()
        os._exit(Stopped.exit_code if isinstance(error.__context__, KeyboardInterrupt) else FAILED)
    except KeyboardInterrupt:
        raise Stopped("stopped") from None


def answer(asking: Asking, query: str, as_csv: bool) -> None:
    """Write the answer to one query. Raises BadQuery."""
    found = asking.ask(query)
    if as_csv:
        writer = csv.writer(data_out(), lineterminator="\n")
        writer.writerow(map(cell, found.columns))
        writer.writerows(map(cell, row) for row in found.rows)
    else:
        show(found.columns, found.rows, SHOWN)


def cell(value: Any) -> Any:
    """The value as CSV holds it."""
    return value if isinstance(value, NO_TEXT) else defused(str(value))


def converse(asking: Asking) -> None:
    """Answer the queries of a prompt, or of standard input, each ending in a semicolon.

    At a prompt Ctrl-C stops the query, or drops what was typed of the next one, and the prompt stays.
    """
    waiting = queries()
    while True:
        try:
            query = next(waiting, None)
            if query is None:
                return
            answer(asking, query, as_csv=False)
        except BadQuery as error:
            say(error, err=True)
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                raise
            say("\nstopped; Ctrl-D ends the prompt", err=True)
            waiting = queries(greet=False)


def queries(greet: bool = True) -> Iterator[str]:
    """The queries as they are typed."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 - arrow keys and history at the prompt

        if greet:
            say("A query ends with a semicolon; Ctrl-C stops it, Ctrl-D ends the prompt.", err=True)
    lines: list[str] = []
    while (line := next_line("positions> " if not lines else "      ...> ")) is not None:
        lines.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
    if "".join(lines).strip():
        yield "\n".join(lines)


def next_line(prompt: str) -> str | None:
    """A line of standard input, None at its end."""
    try:
        return input(prompt if sys.stdin.isatty() else "")
    except EOFError:
        return None
