"""Keeps the snapshot where a query that may write files is told, in whatever words, to write over it."""

import os
from contextlib import suppress
from pathlib import Path

from warehouse.query import log_of

DATABASE = slice(8, 12), b"DUCK"  # how a database begins, and nothing else that a query can write


class Overwritten(RuntimeError):
    """A query wrote over the snapshot, or beside it what belongs to it."""


class Kept:
    """A second name for the file of a snapshot, under which it stays when another file takes its place.

    Whoever writes a file with a query puts it in place of the old one when it is complete; to write into the old one
    is not allowed to anybody (save to whom all is allowed). Use it as a context manager.
    """

    def __init__(self, snapshot: Path) -> None:
        self._snapshot = snapshot.resolve()
        self._second = self._snapshot.with_name(f".{self._snapshot.name}.kept-{os.getpid()}")
        self._was = _marks(self._snapshot)
        self._had_log = log_of(self._snapshot).exists()

    def __enter__(self) -> "Kept":
        # Some disks know no second names; then what has happened is told all the same.
        with suppress(OSError):
            self._second.unlink(missing_ok=True)
            os.link(self._snapshot, self._second)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._second.unlink()

    def check(self) -> None:
        """Put the snapshot back where a query took its place. Raises Overwritten where it did.

        A snapshot that a run has published meanwhile is left alone.
        """
        log = log_of(self._snapshot)
        if log.exists() and not self._had_log:
            log.unlink()
            raise Overwritten(f"{log} belongs to the snapshot, which is only read; it was removed again")
        if _marks(self._snapshot) == self._was or _is_database(self._snapshot):
            return
        if _marks(self._second) != self._was:
            raise Overwritten(f"{self._snapshot} was the snapshot, and is destroyed; remove it and run a track again")
        self._second.replace(self._snapshot)
        os.link(self._snapshot, self._second)
        raise Overwritten(f"{self._snapshot} is the snapshot, which is only read; it was put back")


def _marks(file: Path) -> tuple[int, int, int] | None:
    """What differs once another file stands there, or something else in the file; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _is_database(file: Path) -> bool:
    where, mark = DATABASE
    try:
        with file.open("rb") as stream:
            return stream.read(where.stop)[where] == mark
    except OSError:
        return False
