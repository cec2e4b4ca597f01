"""Small dealings with a connection: single values, and Arrow tables by name.

No result is left half read: DuckDB refuses other work until it is read to the end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.writing import writing


def single_row(connection: duckdb.DuckDBPyConnection, sql: str, parameters: object = None) -> tuple[Any, ...]:
    """The one row of a query that gives exactly one; raises ValueError for any other number."""
    rows = connection.execute(sql, parameters).fetchall()
    if len(rows) != 1:
        raise ValueError(f"expected one row, got {len(rows)}: {sql}")
    return tuple(rows[0])


def single_value(connection: duckdb.DuckDBPyConnection, sql: str, parameters: object = None) -> Any:
    """The value of a query that gives one row of one column."""
    (value,) = single_row(connection, sql, parameters)
    return value


def read_to_the_end(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> None:
    """Read every row of every table, of another database where one is named; raises where a block is damaged."""
    read_rows(connection, tables(connection, database))


def tables(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> list[str]:
    """The tables of a database, the current one where none is named, as SQL names them."""
    rows = connection.execute(
        "SELECT database_name, table_name FROM duckdb_tables() WHERE database_name = coalesce(?, current_database())",
        [database],
    ).fetchall()
    return [f'"{place}"."{name}"' for place, name in rows]


def read_rows(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Read every row of some tables; raises where a block is damaged."""
    for name in names:
        connection.execute(f"SELECT max(hash(one)) FROM {name} AS one").fetchall()


@contextmanager
def given(connection: duckdb.DuckDBPyConnection, name: str, frame: pa.Table) -> Iterator[None]:
    """Lets SQL read an Arrow table by name.

    After an error the name stays until it is given again: a transaction that failed allows no work but its
    rollback.
    """
    connection.register(name, frame)
    yield
    connection.unregister(name)


def append_unknown(connection: duckdb.DuckDBPyConnection, table: str, frame: pa.Table) -> None:
    """Insert the rows of a frame whose keys the table does not hold."""
    if len(frame):
        with given(connection, "fresh", frame):
            connection.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(frame.column_names)}) FROM fresh")


def append_absent(connection: duckdb.DuckDBPyConnection, table: str, frame: pa.Table, key: Sequence[str]) -> None:
    """The same where the database knows no key of the table; rows of the frame that are equal count once."""
    if len(frame):
        columns, by = ", ".join(frame.column_names), ", ".join(key)
        with given(connection, "fresh", frame):
            connection.execute(
                f"INSERT INTO {table} ({columns}) "
                f"SELECT DISTINCT {columns} FROM fresh ANTI JOIN {table} USING ({by}) ORDER BY ALL"
            )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is done within, or nothing of it. Raises CannotWrite where the disk is full."""
    with writing("the warehouse"):
        connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
