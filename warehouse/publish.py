"""Publishes a copy of the working file that readers open whenever they like."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.clock import last_moment, next_moment
from warehouse.opening import limit_memory
from warehouse.rows import read_rows, read_to_the_end, single_row, single_value, tables
from warehouse.writing import DISK_FAULTS, first_line, is_damage

NOT_OURS = "holds something else than a snapshot of a warehouse; remove it or publish to another place"


# The order puts what is asked for together close together.
FROZEN = {
    "positions": "issue, actor, target, stated_on, position_id",
    "position_daily": "issue, actor, target, stated_on, stance, conditional",
    "daily_stand": "issue, actor, target, stated_on",
    "current_position": "issue, actor, target",
    "state_of_play": "issue",
    "position_change": "issue, actor, target, stated_on",
    "standoff": "issue, demander, refuser, demanded_since",
}


class CannotPublish(RuntimeError):
    """The place of the snapshot cannot be written, or holds something else."""


def publish(
    connection: duckdb.DuckDBPyConnection, set_aside: Callable[[], AbstractContextManager[Path]], snapshot: Path
) -> bool:
    """Copy the database to `snapshot`, whole or not at all; readers of the old copy keep their rows.

    `set_aside` closes the connection and gives the file, which holds everything then. Gives False, and writes
    nothing, where the snapshot already holds everything. Raises CannotPublish where its place cannot be written.
    Damage of what is copied leaves as the database tells it.
    """
    copy = snapshot.with_name(f".{snapshot.name}.publishing")
    if snapshot.exists() and _holds_everything(connection, snapshot):
        return False
    try:
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        _remove(copy)
        connection.execute("INSERT INTO publication VALUES (?)", [next_moment(connection)])
        with set_aside() as working_file:
            shutil.copyfile(working_file, copy)
        _freeze(copy)
        _flush(copy)
        copy.replace(snapshot)
        _flush(snapshot.parent)
    except DISK_FAULTS as error:
        if is_damage(error):
            raise
        raise CannotPublish(f"{snapshot}: cannot be published ({first_line(error)})") from error
    finally:
        _remove(copy)  # a copy that failed takes the room that a full disk lacks
    return True


def _holds_everything(connection: duckdb.DuckDBPyConnection, snapshot: Path) -> bool:
    """Whether the snapshot is whole, has these tables and views, and was published after all that was recorded."""
    layout = single_value(connection, "SELECT max(layout_key) FROM warehouse_layout")
    last = last_moment(connection)
    return last is not None and _is_whole(snapshot, (last, layout))


def _is_whole(snapshot: Path, wanted: tuple[datetime, str]) -> bool:
    """Whether the snapshot was published at that moment, with a layout of that key, and can be read to its end."""
    with duckdb.connect() as connection:  # one of its own: damage that is met ends the database that meets it
        limit_memory(connection, 50)
        connection.execute("SET TimeZone = 'UTC'")
        try:
            connection.execute(f"ATTACH '{_quoted(snapshot)}' AS snapshot (READ_ONLY)")
            published_at, layout = single_row(
                connection,
                "SELECT (SELECT max(published_at) FROM snapshot.publication), "
                "(SELECT max(layout_key) FROM snapshot.warehouse_layout)",
            )
            if published_at is None or (published_at.astimezone(UTC), layout) != wanted:
                return False
            read_to_the_end(connection, "snapshot")
        except duckdb.CatalogException as error:
            raise CannotPublish(f"{snapshot}: {NOT_OURS}") from error
        except duckdb.Error as error:
            if not _was_a_database(snapshot):
                raise CannotPublish(f"{snapshot}: {NOT_OURS}") from error
            return False
    return True


def _was_a_database(file: Path) -> bool:
    """Whether the file begins as a database does, or is empty: what a failed disk leaves of a snapshot."""
    with file.open("rb") as stream:
        start = stream.read(12)
    return not start or start.endswith(b"DUCK")


def _freeze(copy: Path) -> None:
    """Turn the costly views of the copy into tables: a snapshot does not change, and readers want answers fast.

    The copy is read to its end meanwhile, as damage would be copied along.
    """
    with duckdb.connect(str(copy)) as connection, ThreadPoolExecutor(1) as meanwhile:
        limit_memory(connection)
        connection.execute("SET TimeZone = 'UTC'")
        whole = meanwhile.submit(read_rows, connection.cursor(), tables(connection))
        for view, order in FROZEN.items():
            comments = connection.execute(
                "SELECT 'TABLE ' || view_name, comment FROM duckdb_views() WHERE view_name = $view "
                "UNION ALL SELECT 'COLUMN ' || table_name || '.\"' || column_name || '\"', comment "
                "FROM duckdb_columns() WHERE table_name = $view",
                {"view": view},
            ).fetchall()
            connection.execute(f"CREATE TABLE frozen AS FROM {view} ORDER BY {order}")
            connection.execute(f"DROP VIEW {view}")
            connection.execute(f"ALTER TABLE frozen RENAME TO {view}")
            for what, comment in comments:
                words = comment.replace("'", "''")
                connection.execute(f"COMMENT ON {what} IS '{words}'")
        whole.result()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(copy: Path) -> None:
    for file in (copy, copy.with_name(f"{copy.name}.wal")):
        if file.exists():
            file.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
