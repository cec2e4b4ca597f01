"""Lets readers see a published snapshot as it would be with another line of confidence."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.layout import definitions
from warehouse.opening import limit_memory
from warehouse.publish import FROZEN
from warehouse.query import under_line
from warehouse.writing import writing


@contextmanager
def at_line(snapshot: Path, line: float | None) -> Iterator[Path]:
    """The snapshot where no line is given, or its own; else a copy with that line, which goes with the `with` block.

    Raises NoSnapshot, and CannotWrite where there is no room for the copy.
    """
    if line is None or line == under_line(snapshot).line:
        yield snapshot
        return
    with tempfile.TemporaryDirectory(prefix="positions-line-") as room:
        copy = Path(room) / snapshot.name
        with writing(copy):
            shutil.copyfile(snapshot, copy)
        with duckdb.connect(str(copy)) as connection:
            limit_memory(connection)
            connection.execute("SET TimeZone = 'UTC'")
            for view in FROZEN:
                connection.execute(f"DROP TABLE {view}")
            connection.execute(definitions())
            connection.execute("DELETE FROM confidence_line WHERE retired_at IS NULL")
            connection.execute("INSERT INTO confidence_line VALUES (?, '-infinity', NULL)", [line])
        yield copy
