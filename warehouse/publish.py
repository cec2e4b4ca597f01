"""Publishes a copy of the working file that readers open whenever they like."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import duckdb

from warehouse.clock import last_moment, next_moment
from warehouse.opening import limit_memory
from warehouse.query import log_of
from warehouse.rows import read_rows, single_value, tables
from warehouse.writing import DISK_FAULTS, first_line, is_damage

NOT_OURS = "holds something else than a snapshot of a warehouse; remove it or publish to another place"
TAKEN = "another program has it open for writing, and may hold something else there; close it in that program"
FREEZING = 600  # megabytes: what joins a million positions with their articles, stories and threads
READABLE = 0o444  # what others may do with a snapshot, as far as the owner's mask lets them


# The order puts what is asked for together close together.
FROZEN = {
    "positions_all": "issue, actor, target, stated_on, position_id",
    "position_daily": "issue, actor, target, stated_on, stance, conditional",
    "said": "thread_id, actor, stated_on, position_id",
    "thread": "issue, thread_id",
    "current_position": "issue, actor, target",
    "state_of_play": "issue, stance, rank",
    "thread_play": "thread_id, stance, rank",
    "position_change": "issue, actor, target, stated_on, position_id",
    "standoff": "issue, demander, refuser, demanded_since, thread_id",
    "dyad": "actor, target, issue, thread_id",
    "actor_play": "actor, stance, rank",
    "network": "source, target, month, stance",
}


class CannotPublish(RuntimeError):
    """The place of the snapshot cannot be written, or holds something else."""


def publish(connection: duckdb.DuckDBPyConnection, working_file: Path, snapshot: Path) -> bool:
    """Copy the database, which is open as `connection`, to `snapshot`, whole or not at all.

    Readers of the old copy keep their rows, and nobody may write into the new one. A link is followed. Gives False, and
    writes nothing, where the snapshot already holds everything and nobody changed it. Raises CannotPublish where its
    place cannot be written. Damage of what is copied leaves as the database tells it.
    """
    snapshot = snapshot.resolve()
    copy = snapshot.with_name(f".{snapshot.name}.publishing")
    try:
        if snapshot.exists() and _holds_everything(connection, snapshot):
            return False
        snapshot.parent.mkdir(parents=True, exist_ok=True)
        _remove(copy)
        moment = next_moment(connection)
        connection.execute("INSERT INTO publication VALUES (?)", [moment])
        connection.execute("CHECKPOINT")
        _copy(working_file, copy)
        _freeze(copy)
        copy.chmod(copy.stat().st_mode & READABLE)
        _flush(copy)
        connection.execute(
            "INSERT INTO published_file SELECT ?, max(layout_key), ? FROM warehouse_layout", [moment, _digest(copy)]
        )
        # What a program wrote into the old copy does not belong to the new one, which no reader could open beside it.
        log_of(snapshot).unlink(missing_ok=True)
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
    """Whether the snapshot is, byte for byte, what was published after all that was recorded, with these views.

    Raises CannotPublish where another thing may be lost with it.
    """
    digest = _digest(snapshot)
    found = connection.execute(
        "SELECT published_at, layout_key FROM published_file WHERE digest = ? ORDER BY published_at DESC LIMIT 1",
        [digest],
    ).fetchall()
    if not found:
        _refuse_if_not_ours(snapshot)
        return False
    published_at, layout = found[0]
    return (
        published_at.astimezone(UTC) == last_moment(connection)
        and layout == single_value(connection, "SELECT max(layout_key) FROM warehouse_layout")
        and not log_of(snapshot).exists()
    )


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_if_not_ours(snapshot: Path) -> None:
    """Raise CannotPublish where the file is no snapshot, or nobody can tell."""
    with duckdb.connect() as connection:  # one of its own: damage that is met ends the database that meets it
        limit_memory(connection, 50)
        try:
            connection.execute(f"ATTACH '{_quoted(snapshot)}' AS snapshot (READ_ONLY)")
            connection.execute("SELECT max(published_at) FROM snapshot.publication").fetchall()
        except duckdb.CatalogException as error:
            raise CannotPublish(f"{snapshot}: {NOT_OURS}") from error
        except duckdb.Error as error:
            if "Could not set lock" in str(error):
                raise CannotPublish(f"{snapshot}: {TAKEN}") from error
            if not _was_a_database(snapshot):
                raise CannotPublish(f"{snapshot}: {NOT_OURS}") from error


def _was_a_database(file: Path) -> bool:
    """Whether the file begins as a database does, or is empty: what a failed disk leaves of a snapshot."""
    with file.open("rb") as stream:
        start = stream.read(12)
    return not start or start.endswith(b"DUCK")


def _copy(working_file: Path, copy: Path) -> None:
    """Copy the file, in a process of its own: one that has a database open loses its lock where it reads it by hand."""
    program = (
        "import shutil, sys\ntry: shutil.copyfile(*sys.argv[1:])\nexcept OSError as error: sys.exit(error.strerror)"
    )
    command = [sys.executable, "-I", "-S", "-c", program, str(working_file), str(copy)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    if done.returncode != 0:
        raise OSError(done.stderr.strip() or f"the copy ended with {done.returncode}")


def _freeze(copy: Path) -> None:
    """Turn the costly views of the copy into tables: a snapshot does not change, and readers want answers fast.

    The copy is read to its end meanwhile, as damage would be copied along.
    """
    with duckdb.connect(str(copy)) as connection, ThreadPoolExecutor(1) as meanwhile:
        limit_memory(connection, FREEZING)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("DROP TABLE published_file")  # it tells of snapshots, and no snapshot of itself
        whole = meanwhile.submit(read_rows, connection.cursor(), tables(connection))
        for view, order in FROZEN.items():
            with _comments_kept(connection, view):
                connection.execute(f"CREATE TABLE frozen AS FROM {view} ORDER BY {order}")
                connection.execute(f"DROP VIEW {view}")
                connection.execute(f"ALTER TABLE frozen RENAME TO {view}")
            if view == "positions_all":
                _say_line(connection)
        whole.result()


def _say_line(connection: duckdb.DuckDBPyConnection) -> None:
    """Let `positions` name its line as a number, which no longer changes: rows are found sooner so."""
    line = single_value(connection, "SELECT line_at('infinity')")
    with _comments_kept(connection, "positions"):
        connection.execute(
            "CREATE OR REPLACE VIEW positions AS FROM positions_all "
            f"WHERE counts_by_default(scope, confidence, verdict, {float(line)!r})"
        )


@contextmanager
def _comments_kept(connection: duckdb.DuckDBPyConnection, view: str) -> Iterator[None]:
    """What takes the place of a view, and its columns, are described as it was."""
    comments = connection.execute(
        "SELECT '.', comment FROM duckdb_views() WHERE view_name = $view "
        "UNION ALL SELECT column_name, comment FROM duckdb_columns() WHERE table_name = $view",
        {"view": view},
    ).fetchall()
    yield
    ((is_table,),) = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [view]).fetchall()
    kind = "TABLE" if is_table else "VIEW"
    for column, comment in comments:
        if comment is not None:
            what = f"{kind} {view}" if column == "." else f'COLUMN {view}."{column}"'
            words = comment.replace("'", "''")
            connection.execute(f"COMMENT ON {what} IS '{words}'")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(copy: Path) -> None:
    for file in (copy, log_of(copy)):
        if file.exists():
            file.unlink()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
