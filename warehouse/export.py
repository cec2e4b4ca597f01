"""Writes the queries under exports/ as files: one query a file, whole or not at all."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.defuse import defused_column
from warehouse.query import connect_snapshot

EXPORTS = Path(__file__).parent / "exports"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as the local code page
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


class CannotExport(ValueError):
    """What was asked for cannot be exported."""


@dataclass(frozen=True)
class Filter:
    """Which rows are exported; None: all. An issue takes in those below it, an actor counts as a target too."""

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    issue: str | None = None


def export_names() -> tuple[str, ...]:
    """The names of all exports, in alphabetical order."""
    return tuple(sorted(path.stem for path in EXPORTS.glob("*.sql")))


def description(name: str) -> str:
    """What an export holds: the first comment of its query."""
    first = _query(name).splitlines()[0]
    if not first.startswith("--"):
        raise CannotExport(f"exports/{name}.sql: line 1: begin with a comment that says what a row is")
    return first.removeprefix("--").strip()


def export(snapshot: Path, to: Path, names: Sequence[str] | None = None, only: Filter | None = None) -> list[Path]:
    """Write the named exports (all where None) as CSV into the folder `to`, and give the paths of the files.

    Raises CannotExport for a name that is none, or a filter that a named export does not know.
    """
    only = only or Filter()
    chosen = list(names) if names else list(export_names())
    queries = {name: _query(name) for name in chosen}
    to = to.resolve()
    to.mkdir(parents=True, exist_ok=True)
    with connect_snapshot(snapshot, may_write=to) as connection:
        return [_write(connection, query, only, to / f"{name}.csv") for name, query in queries.items()]


def _query(name: str) -> str:
    if name not in export_names():
        raise CannotExport(f"{name}: no such export; there are {', '.join(export_names())}")
    return (EXPORTS / f"{name}.sql").read_text("utf-8").strip()


def _write(connection: duckdb.DuckDBPyConnection, query: str, only: Filter, file: Path) -> Path:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE exported AS {query}", _parameters(connection, query, only))
    whole, part = file.with_name(f".{file.name}.whole"), file.with_name(f".{file.name}.part")
    try:
        connection.execute(
            f"COPY (SELECT {_columns(connection)} FROM exported) TO '{_quoted(part)}' "
            f"(FORMAT csv, HEADER, TIMESTAMPFORMAT '{MOMENT_FORMAT}')"
        )
        with whole.open("wb") as target, part.open("rb") as source:
            target.write(BYTE_ORDER_MARK)
            shutil.copyfileobj(source, target)
        whole.replace(file)
    finally:
        whole.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return file


def _parameters(connection: duckdb.DuckDBPyConnection, query: str, only: Filter) -> dict[str, object]:
    (statement,) = connection.extract_statements(query)
    known = statement.named_parameters
    for name, value in vars(only).items():
        if value is not None and name not in known:
            raise CannotExport(f"--{name} does not apply here: {query.splitlines()[0].removeprefix('--')}")
    return {name: getattr(only, name) for name in known}


def _columns(connection: duckdb.DuckDBPyConnection) -> str:
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'exported' ORDER BY column_index"
    ).fetchall()
    return ", ".join(defused_column(name) if kind == "VARCHAR" else f'"{name}"' for name, kind in columns)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
