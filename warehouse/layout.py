"""Prepares a database file: tables, views, macros and their comments, from the SQL beside this module."""

from pathlib import Path

import duckdb

from schemas.article import content_key
from warehouse.rows import single_value

HERE = Path(__file__).parent


class WarehouseDiffers(RuntimeError):
    """The file was written by a version whose tables do not fit the present ones."""


def definitions() -> str:
    """The SQL that defines the warehouse: tables first, then views."""
    return "\n".join((HERE / name).read_text("utf-8") for name in ("tables.sql", "views.sql"))


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing and define the views again where their SQL changed; nothing else is touched.

    Raises WarehouseDiffers where a table of the file lacks a column that the definitions name.
    """
    wanted = content_key(definitions())
    if _layout_key(connection) == wanted:
        return
    connection.execute("BEGIN")
    try:
        connection.execute(definitions())
        connection.execute("DELETE FROM warehouse_layout")
        connection.execute("INSERT INTO warehouse_layout VALUES (?)", [wanted])
        connection.execute("COMMIT")
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise WarehouseDiffers(
            "the tables of this file were made by another version of the product; "
            f"collect into a new folder instead ({error})"
        ) from error


def _layout_key(connection: duckdb.DuckDBPyConnection) -> str | None:
    known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'warehouse_layout'"
    if not single_value(connection, known):
        return None
    key: str | None = single_value(connection, "SELECT max(layout_key) FROM warehouse_layout")
    return key
