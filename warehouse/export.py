"""Writes the queries under exports/ as files: one query a file, whole or not at all, with a data dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from warehouse.dictionary import export_dictionary, exported_from
from warehouse.formats import FORMATS, CannotExport, replace_whole
from warehouse.query import Unknown, connect_snapshot, id_of

__all__ = ["CannotExport", "Filter", "description", "export", "export_names", "is_exported"]

EXPORTS = Path(__file__).parent / "exports"
DICTIONARY = "dictionary.md"


@dataclass(frozen=True)
class Filter:
    """Which rows are exported; None: all. An issue takes in those below it, an actor counts as a target too.

    `sample` draws so many of them, with `by` the share of each frame, issue, actor or outlet.
    """

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    issue: str | None = None
    sample: int | None = None
    by: str | None = None


def export_names() -> tuple[str, ...]:
    """The names of all exports, in alphabetical order."""
    return tuple(sorted(path.stem for path in EXPORTS.glob("*.sql")))


def description(name: str) -> str:
    """What an export holds: the first comment of its query."""
    first = _query(name).splitlines()[0]
    if not first.startswith("--"):
        raise CannotExport(f"exports/{name}.sql:1: begin with a comment that says what a row is")
    return first.removeprefix("--").strip()


def export(
    snapshot: Path,
    to: Path,
    names: Sequence[str] | None = None,
    only: Filter | None = None,
    file_format: str = "csv",
) -> list[Path]:
    """Write the named exports (all where None) into the folder `to`, and give the paths of the files.

    A file dictionary.md comes with them: what every column means, and the moment to ask for the same rows again.
    Raises CannotExport for a name or format that is none, or a filter that a named export lacks, an actor or
    issue that nobody knows, days the wrong way round; NoSnapshot where nothing is published.
    """
    only = only or Filter()
    if file_format not in FORMATS:
        raise CannotExport(f"{file_format}: no such format; there are {', '.join(sorted(FORMATS))}")
    queries = {name: _query(name) for name in (names or export_names())}
    to = to.resolve()
    with connect_snapshot(snapshot, may_write=to) as connection:
        _refuse_filters_without_use(connection, queries, only)
        only = _with_ids(connection, only)
        _refuse_filters_without_rows(only)
        files = [_write(connection, name, query, only, to, file_format) for name, query in queries.items()]
        sections = {file.name: (description(file.stem), _query(file.stem)) for file in files}
        text = export_dictionary(connection, sections, vars(only))
    # Last: who finds the dictionary of a snapshot finds its files, too.
    replace_whole(to / DICTIONARY, lambda part: part.write_text(text, "utf-8"))
    return files


def is_exported(snapshot: Path, to: Path) -> bool:
    """Whether the folder `to` holds all exports of the snapshot, with all rows, as CSV; no clock is asked.

    Raises NoSnapshot where nothing is published.
    """
    files = [f"{name}.csv" for name in export_names()]
    if not all((to / name).exists() for name in (*files, DICTIONARY)):
        return False
    with connect_snapshot(snapshot) as connection:
        wanted = exported_from(connection, vars(Filter()))
    told = (to / DICTIONARY).read_text("utf-8")
    return wanted in told and all(f"## {name}\n" in told for name in files)


def _query(name: str) -> str:
    if name not in export_names():
        raise CannotExport(f"{name}: no such export; there are {', '.join(export_names())}")
    return (EXPORTS / f"{name}.sql").read_text("utf-8").strip()


def _write(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, only: Filter, to: Path, file_format: str
) -> Path:
    given = {key: getattr(only, key) for key in _parameters(connection, query)}
    connection.execute(f"CREATE OR REPLACE TEMP TABLE exported AS {query}", given)
    file = to / f"{name}.{file_format}"
    replace_whole(file, lambda part: FORMATS[file_format](connection, part))
    return file


def _refuse_filters_without_use(connection: duckdb.DuckDBPyConnection, queries: dict[str, str], only: Filter) -> None:
    """A filter that an export does not know is refused: rows that look chosen and are not would mislead."""
    for key, value in vars(only).items():
        without = [name for name, query in queries.items() if key not in _parameters(connection, query)]
        if value is not None and without:
            raise CannotExport(f"--{key} does not apply to {', '.join(without)}; name the exports it is for")


def _with_ids(connection: duckdb.DuckDBPyConnection, only: Filter) -> Filter:
    """The filter with ids where names were given; a mistyped one is refused: an empty file would pass for an answer."""
    try:
        actor = only.actor and id_of(connection, "actor", only.actor)
        issue = only.issue and id_of(connection, "issue", only.issue)
    except Unknown as error:
        raise CannotExport(str(error)) from error
    return replace(only, actor=actor, issue=issue)


def _refuse_filters_without_rows(only: Filter) -> None:
    """Days the wrong way round are refused, too, and a way to draw where nothing is drawn."""
    if only.by and only.sample is None:
        raise CannotExport(f"--by {only.by} tells how --sample draws; say how many with --sample")
    if only.since and only.until and only.since > only.until:
        raise CannotExport(f"--since {only.since} is later than --until {only.until}")


def _parameters(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    (statement,) = connection.extract_statements(query)
    return set(statement.named_parameters)
