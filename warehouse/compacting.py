"""Gives back the room in a working file that nothing uses any more: DuckDB keeps it for later, and shrinks no file."""

import shutil
from pathlib import Path

import duckdb

FREE_SHARE = 1 / 4  # of the file, from which on rewriting it is worth its time
LEAST = 16_000_000  # bytes of a file whose room matters
MEGABYTES = 200  # that rewriting may take


def without_free_room(working_file: Path) -> None:
    """Put a copy without free blocks in the place of a working file that has many; whoever calls holds its lock.

    Nothing is changed where that fails: a full disk and damage are told when the file itself is used.
    """
    working_file = working_file.resolve()
    new = working_file.with_name(f".{working_file.name}.compact")
    new.unlink(missing_ok=True)  # of a run that was killed
    has_log = working_file.with_name(f"{working_file.name}.wal").exists()
    if has_log or working_file.stat().st_size < LEAST:
        return
    try:
        with duckdb.connect() as connection:
            connection.execute(f"SET memory_limit = '{MEGABYTES + working_file.stat().st_size // 3_000_000} MB'")
            connection.execute(f"ATTACH '{_quoted(working_file)}' AS working (READ_ONLY)")
            if not _has_much(connection):
                return
            connection.execute(f"ATTACH '{_quoted(new)}' AS compact")
            connection.execute("COPY FROM DATABASE working TO compact")
            connection.execute("DETACH compact")
        shutil.copymode(working_file, new)
        new.replace(working_file)
    except (OSError, duckdb.Error):
        new.unlink(missing_ok=True)


def _has_much(connection: duckdb.DuckDBPyConnection) -> bool:
    rows = connection.execute(
        "SELECT free_blocks, total_blocks FROM pragma_database_size() WHERE database_name = 'working'"
    ).fetchall()
    return any(free > FREE_SHARE * total for free, total in rows)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
