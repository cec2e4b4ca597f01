"""Prepares a database file: tables, views, macros and their comments, from the SQL beside this module."""

from contextlib import suppress
from pathlib import Path

import duckdb

from schemas.article import content_key
from warehouse.rows import single_value
from warehouse.upgrade import NewerFile, upgrade

HERE = Path(__file__).parent
DEFINITIONS = (
    "tables.sql",
    "views.sql",
    "thread.sql",
    "current.sql",
    "change.sql",
    "standoff.sql",
    "play.sql",
    "event.sql",
    "review.sql",
    "judgement.sql",
)
FIRST_DESCRIBED = (
    "positions",
    "position",
    "thread_member",
    "article",
    "current_position",
    "position_daily",
    "correction",
)


class WarehouseDiffers(RuntimeError):
    """The file was written by a version whose tables do not fit the present ones."""


def definitions() -> str:
    """The SQL that defines the warehouse: tables first, then views."""
    return "\n".join((HERE / name).read_text("utf-8") for name in DEFINITIONS)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables up to date, create what is missing, and define the views again where their SQL changed.

    Nothing else is touched. Raises WarehouseDiffers where a table of the file lacks a column that the definitions name,
    or a later version made it.
    """
    wanted = content_key(definitions())
    if _layout_key(connection) == wanted:
        return
    connection.execute("BEGIN")
    try:
        step = upgrade(connection)
        connection.execute(definitions())
        _describe_columns_of_views(connection)
        connection.execute("DELETE FROM warehouse_layout")
        connection.execute("INSERT INTO warehouse_layout (layout_key, step) VALUES (?, ?)", [wanted, step])
        connection.execute("COMMIT")
    except duckdb.OperationalError:  # the disk or the memory, not the tables
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
    except NewerFile as error:
        connection.execute("ROLLBACK")
        raise WarehouseDiffers(str(error)) from error
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise WarehouseDiffers(
            "the tables of this file were made by another version of the product, of which nothing is known here; "
            f"collect into a new folder instead ({error})"
        ) from error


def _describe_columns_of_views(connection: duckdb.DuckDBPyConnection) -> None:
    """A view's column without words of its own takes those of the first table or view that has them."""
    columns = connection.execute(
        "SELECT table_name, column_name, comment, table_name IN (SELECT view_name FROM duckdb_views()) "
        "FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    order = {name: place for place, name in enumerate(FIRST_DESCRIBED)}
    columns.sort(key=lambda row: order.get(row[0], len(order)))
    known: dict[str, str] = {}
    for _, column, comment, _ in columns:
        if comment:
            known.setdefault(column, comment)
    for table, column, comment, is_view in columns:
        if is_view and not comment and column in known:
            words = known[column].replace("'", "''")
            connection.execute(f"""COMMENT ON COLUMN {table}."{column}" IS '{words}'""")


def _layout_key(connection: duckdb.DuckDBPyConnection) -> str | None:
    known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'warehouse_layout'"
    if not single_value(connection, known):
        return None
    key: str | None = single_value(connection, "SELECT max(layout_key) FROM warehouse_layout")
    return key
