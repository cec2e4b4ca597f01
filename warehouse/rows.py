"""Reads single values and rows, and leaves no result half read: DuckDB refuses other work until one is."""

from typing import Any

import duckdb


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
