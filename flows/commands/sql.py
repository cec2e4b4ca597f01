"""`positions sql`: a query, or a prompt, on the published snapshot."""

import csv
import sys
from collections.abc import Iterator
from typing import Any

import click

from flows.commands.options import HOME, settings_of
from flows.tables import show
from warehouse.ask import Asking, BadQuery
from warehouse.defuse import defused
from warehouse.query import NoSnapshot

SHOWN = 200  # rows of an answer that a prompt or a terminal shows


@click.command()
@click.argument("query", required=False)
@HOME
@click.option("--csv", "as_csv", is_flag=True, help="Write all rows as CSV instead of a table.")
@click.option("--outside", is_flag=True, help="Let the query reach other files and addresses, to read and to write.")
def sql(query: str | None, as_csv: bool, outside: bool, **options: Any) -> None:
    """Answer a QUERY on the published snapshot; without one, ask for queries until an empty line or Ctrl-D.

    Begin with: FROM positions LIMIT 10. The views are described by: SELECT view_name, comment FROM duckdb_views()
    WHERE NOT internal. The snapshot is only read. In CSV an apostrophe stands before text that a spreadsheet might
    run as a formula.
    """
    try:
        with Asking(settings_of(options).snapshot_file, outside) as asking:
            if query:
                answer(asking, query, as_csv)
            else:
                converse(asking)
    except (NoSnapshot, BadQuery) as error:
        raise click.ClickException(str(error)) from error


def answer(asking: Asking, query: str, as_csv: bool) -> None:
    """Write the answer to one query. Raises BadQuery."""
    found = asking.ask(query)
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in found.rows)
    else:
        show(found.columns, found.rows, SHOWN)


def converse(asking: Asking) -> None:
    """Answer the queries of a prompt, or of standard input, each ending in a semicolon."""
    for query in queries():
        try:
            answer(asking, query, as_csv=False)
        except BadQuery as error:
            click.echo(str(error), err=True)


def queries() -> Iterator[str]:
    """The queries as they are typed."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 - arrow keys and history at the prompt

        click.echo("A query ends with a semicolon; Ctrl-D ends the prompt.", err=True)
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
