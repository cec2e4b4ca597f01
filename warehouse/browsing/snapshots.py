"""Keeps the published snapshot open for many readers, and opens the next one once it is published."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.query import NoSnapshot, Snapshot, connect_snapshot

Stamp = tuple[int, int, int]  # what tells one published file from the next


class Snapshots:
    """The snapshot, opened once and shared. Use `look` for each thing that is read; `close` at the end.

    Two databases of one name cannot be open in a process, so the next one is opened once nobody looks any more.
    """

    def __init__(self, file: Path, megabytes: int = 1000) -> None:
        self._file = file
        self._room = tempfile.TemporaryDirectory(prefix="positions-page-")
        self._first = {"memory_limit": f"{megabytes} MB", "temp_directory": f"{self.room}/spilled"}
        self._turn = threading.Condition()
        self._looking = 0
        self._open: Snapshot | None = None
        self._stamp: Stamp | None = None

    @property
    def room(self) -> Path:
        """A folder that the database may write to."""
        return Path(self._room.name)

    @property
    def stamp(self) -> Stamp | None:
        """What tells the open snapshot from others; for what is remembered of it."""
        return self._stamp

    @contextmanager
    def look(self) -> Iterator[Snapshot]:
        """A connection of one's own to the snapshot that is published now. Raises NoSnapshot."""
        cursor = self._begin()
        try:
            yield cursor
        finally:
            cursor.close()
            self._end()

    def close(self) -> None:
        """Close the snapshot, and remove the folder."""
        with self._turn:
            self._shut()
        self._room.cleanup()

    def _begin(self) -> Snapshot:
        with self._turn:
            stamp = _stamp_of(self._file)
            if stamp != self._stamp or self._open is None:
                self._turn.wait_for(lambda: self._looking == 0)
                if stamp != self._stamp or self._open is None:
                    self._shut()
                    self._open = connect_snapshot(self._file, may_write=self.room, first=self._first)
                    self._stamp = stamp
            cursor = self._open.cursor()
            self._looking += 1
            return cursor

    def _end(self) -> None:
        with self._turn:
            self._looking -= 1
            self._turn.notify_all()

    def _shut(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open, self._stamp = None, None


def _stamp_of(file: Path) -> Stamp:
    try:
        told = file.stat()
    except OSError as error:
        raise NoSnapshot(f"{file}: no snapshot is published here; run `positions track` first") from error
    return told.st_ino, told.st_mtime_ns, told.st_size
