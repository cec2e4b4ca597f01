"""Opens the working file for the one writer: behind a lock, prepared, and never in place of something else."""

from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.compacting import without_free_room
from warehouse.layout import prepare
from warehouse.rows import read_to_the_end, single_row
from warehouse.writing import first_line, is_damage, out_of_memory, writing

HEADERS = 12_288  # bytes before the first block of a database file

MEGABYTES = 200  # that the database may take of the writer's memory, beside what grows with the file


class AnotherRunIsWriting(RuntimeError):
    """The warehouse is being written by another run."""


class CannotOpen(RuntimeError):
    """The working file is no database, or is damaged."""

    def __init__(self, working_file: Path, told: str) -> None:
        super().__init__(
            f"{working_file}: cannot be opened as a warehouse ({told}); nothing was changed: "
            "put back a copy of it, or collect into a new folder"
        )


def open_alone(working_file: Path) -> tuple[duckdb.DuckDBPyConnection, FileLock]:
    """The working file, made where absent, and the lock that keeps others out. Raises what Store.open raises."""
    with writing(working_file.parent):
        working_file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{working_file}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise AnotherRunIsWriting(f"{working_file}: another run is writing it; wait until it has ended") from error
    try:
        with writing(working_file):
            _make(working_file)
        _refuse_if_cut_off(working_file)
        without_free_room(working_file)
        return connected(working_file), lock
    except BaseException:
        lock.release()
        raise


def _make(working_file: Path) -> None:
    """An empty database where there is no file: put in place in one step, so that a kill leaves none in half.

    Raises CannotOpen where only the log of a file is there: an empty one in its place would end the log.
    """
    if not working_file.exists():
        log = working_file.with_name(f"{working_file.name}.wal")
        if log.exists():
            raise CannotOpen(working_file, f"{log} is there, and the file it belongs to is gone")
        new = working_file.with_name(f".{working_file.name}.new")
        new.unlink(missing_ok=True)
        duckdb.connect(str(new)).close()
        new.replace(working_file)


def _refuse_if_cut_off(working_file: Path) -> None:
    """Read a file that is shorter than it says of itself to its end before anything is written behind the gap.

    Its last blocks may have been free ones. Raises CannotOpen where they were not.
    """
    try:
        with duckdb.connect(str(working_file), read_only=True) as connection:
            blocks, size = single_row(connection, "SELECT total_blocks, block_size FROM pragma_database_size()")
            if working_file.stat().st_size < HEADERS + blocks * size:
                read_to_the_end(connection)
    except duckdb.Error as error:
        if is_damage(error):
            raise CannotOpen(working_file, f"it was cut off or damaged: {first_line(error)}") from error
        # Anything else shows again when it is opened for writing, where it is told.


def what_is_wrong(working_file: Path) -> str | None:
    """Read a working file that nobody writes to its end; gives what is wrong with it, None where nothing is."""
    try:
        with duckdb.connect(str(working_file), read_only=True) as connection:
            read_to_the_end(connection)
    except duckdb.Error as error:
        return first_line(error)
    return None


def connected(working_file: Path) -> duckdb.DuckDBPyConnection:
    """The prepared file; the caller holds its lock. Raises AnotherRunIsWriting, CannotOpen and OutOfMemory."""
    try:
        connection = duckdb.connect(str(working_file))
        limit_memory(connection)
        connection.execute("SET TimeZone = 'UTC'")
        prepare(connection)
    except duckdb.OutOfMemoryException as error:
        raise out_of_memory(working_file, error) from error
    except duckdb.Error as error:
        told = first_line(error)
        if "Could not set lock" in told:
            raise AnotherRunIsWriting(f"{working_file}: another program has it open; close it there") from error
        raise CannotOpen(working_file, told) from error
    return connection


def limit_memory(connection: duckdb.DuckDBPyConnection, megabytes: int = MEGABYTES) -> None:
    """Let the database hold so much in memory, and for its indexes a third of what the file holds.

    By default it takes four fifths of the machine.
    """
    sizes = connection.execute("SELECT total_blocks * block_size FROM pragma_database_size()").fetchall()
    indexes = sum(size for (size,) in sizes) / 3e6
    connection.execute(f"SET memory_limit = '{megabytes + round(indexes)} MB'")
