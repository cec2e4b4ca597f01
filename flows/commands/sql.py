"""`positions sql`: a query, or a prompt, on the published snapshot."""

import csv
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import click

from flows.commands.options import CONFIDENCE, HOME, JSON, settings_of
from flows.tables import show, show_json
from flows.terminal import data_out, say
from warehouse.ask import Asking, BadQuery, Limits, Stuck
from warehouse.at_line import at_line
from warehouse.defuse import defused
from warehouse.query import NoSnapshot, under_line

FAILED = 1
SHOWN = 200  # rows of an answer that a terminal shows
GREETING = (
    "A query ends with a semicolon. \\d lists what can be asked, \\d NAME the columns of one. "
    "Ctrl-C clears the line or stops the query; \\q or Ctrl-D ends the prompt."
)
LISTED = """
    SELECT name, comment FROM (
        SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal
    ) ORDER BY name
"""
COLUMNS = """
    SELECT column_name AS column, lower(data_type) AS type, comment
    FROM duckdb_columns() WHERE NOT internal AND table_name = '{}' ORDER BY column_index
"""
NO_TEXT = (bool, int, float, Decimal, date, time, timedelta, type(None))  # cells that hold no words of others
Write = Callable[[Sequence[str], Iterable[Sequence[Any]]], None]  # columns, and the rows below them


class Stopped(click.ClickException):
    """Ctrl-C ended the query, and with it the command."""

    exit_code = 130


@click.command()
@click.argument("query", required=False)
@HOME
@click.option("--csv", "as_csv", is_flag=True, help="Write all rows as CSV instead of a table.")
@JSON
@CONFIDENCE
@click.option("--outside", is_flag=True, help="Let the query reach other files and addresses, to read and to write.")
def sql(
    query: str | None, as_csv: bool, as_json: bool, outside: bool, confidence: float | None, **options: Any
) -> None:
    """Answer a QUERY on the published snapshot; without one, ask for queries until Ctrl-D.

    Begin with: FROM positions LIMIT 10. In place of a query, \\d lists what can be asked, and \\d NAME the columns of
    one. At the prompt a query ends with a semicolon; Ctrl-C clears the line or stops the query. The snapshot is only
    read. POSITIONS_QUERY_MEGABYTES, POSITIONS_QUERY_SPILL_MEGABYTES and POSITIONS_QUERY_SECONDS bound what a query
    takes. A terminal shows the first 200 rows, pipes get all. In CSV an apostrophe stands before what a spreadsheet
    might run as a formula.
    """
    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two ways to write the same rows; choose one")
    written = to_csv if as_csv else show_json if as_json else to_people
    settings = settings_of(options)
    limits = Limits(settings.query_megabytes, settings.query_spill_megabytes, settings.query_seconds)
    try:
        with at_line(settings.snapshot_file, confidence) as snapshot:
            shown = f"positions: {under_line(snapshot)}; positions_all has all"
            with Asking(snapshot, outside, limits) as asking:
                if query:
                    answer(asking, query, written)
                    say(shown, err=True)
                else:
                    if sys.stdin.isatty():
                        say(shown, err=True)
                    converse(asking, written)
    except (NoSnapshot, BadQuery) as error:
        raise click.ClickException(str(error)) from error
    except Stuck as error:
        # The query goes on in this process, whose proper end would wait for it.
        say(f"positions: {error}", err=True)
        sys.stdout.flush()
        os._exit(Stopped.exit_code if isinstance(error.__context__, KeyboardInterrupt) else FAILED)
    except KeyboardInterrupt:
        raise Stopped("stopped") from None


def answer(asking: Asking, query: str, written: Write) -> None:
    """Write the answer to one query. Raises BadQuery."""
    found = asking.ask(meant(query))
    written(found.columns, found.rows)


def meant(query: str) -> str:
    """The query, or the one that a word with a backslash stands for. Raises BadQuery."""
    words = query.strip().rstrip(";").split()
    if not words or not words[0].startswith("\\"):
        return query
    if words[0] != "\\d" or len(words) > 2:
        raise BadQuery(f"{' '.join(words)}: there are \\d, \\d NAME and, at the prompt, \\q")
    return COLUMNS.format(words[1].replace("'", "''")) if len(words) == 2 else LISTED


def to_people(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table."""
    show(columns, rows, SHOWN)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write all rows as CSV."""
    writer = csv.writer(data_out(), lineterminator="\n")
    writer.writerow(map(cell, columns))
    writer.writerows(map(cell, row) for row in rows)


def cell(value: Any) -> Any:
    """The value as CSV holds it."""
    return value if isinstance(value, NO_TEXT) else defused(str(value))


def converse(asking: Asking, written: Write) -> None:
    """Answer the queries of a prompt, or of standard input, each ending in a semicolon.

    At a prompt Ctrl-C stops the query, or clears what was typed of the next one, and the prompt stays.
    """
    if sys.stdin.isatty():
        import readline  # noqa: F401 - arrow keys and history at the prompt

        say(GREETING, err=True)
    waiting = queries()
    while True:
        query: str | None = None
        try:
            query = next(waiting, None)
            if query is None:
                return
            answer(asking, query, written)
        except BadQuery as error:
            say(error, err=True)
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                raise
            say("\nstopped" if query else "", err=True)
            waiting = queries()


def queries() -> Iterator[str]:
    """The queries as they are typed; a line with a backslash stands alone."""
    lines: list[str] = []
    while (line := next_line("positions> " if not lines else "      ...> ")) is not None:
        if line.strip() == "\\q":
            return
        lines.append(line)
        if line.rstrip().endswith(";") or (len(lines) == 1 and line.startswith("\\")):
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
