"""Answers a query on the published snapshot, for programs that know no database."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb

from warehouse.kept import Kept, Overwritten
from warehouse.query import connect_snapshot, log_of
from warehouse.statements import BadQuery, reading_statements, refuse_writing_to
from warehouse.writing import first_line

__all__ = ["Answer", "Asking", "BadQuery", "Limits", "Stuck"]

AT_ONCE = 1000  # rows
AGAIN, PATIENCE = 0.05, 5.0  # seconds until a query that has not stopped is told so again, and is given up

Result = TypeVar("Result")


@dataclass(frozen=True)
class Limits:
    """What one query may take: memory and room on the disk in megabytes of 10**6 bytes, and seconds."""

    megabytes: int = 1000
    spill_megabytes: int = 4000
    seconds: float = 600.0


@dataclass(frozen=True)
class Answer:
    """The columns of an answer, and its rows as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Stuck(RuntimeError):
    """A query that does not stop when it is told to: the process that asked it should end."""


class Asking:
    """An open snapshot that answers queries, with `outside` on other files and addresses, too.

    Use it as a context manager. Raises NoSnapshot. KeyboardInterrupt stops a query, and the next one is answered.
    """

    def __init__(self, snapshot: Path, outside: bool = False, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._only_reads = not outside
        self._files = [snapshot.resolve(), log_of(snapshot.resolve())]
        self._room = Path(tempfile.mkdtemp(prefix="positions-sql-"))
        spill = {
            "memory_limit": f"{self._limits.megabytes} MB",
            "temp_directory": str(self._room / "spilled"),
            "max_temp_directory_size": f"{self._limits.spill_megabytes} MB",
        }
        try:
            self._connection = connect_snapshot(snapshot, outside=outside, first=spill)
        except BaseException:
            shutil.rmtree(self._room, ignore_errors=True)
            raise
        self._kept = Kept(snapshot).__enter__() if outside else None
        self._thread = ThreadPoolExecutor(1, "query")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not Stuck:  # else this would wait for as long as the query takes
            self._thread.shutdown()
            self._connection.close()
        shutil.rmtree(self._room, ignore_errors=True)
        if self._kept:
            with suppress(Overwritten):
                self._kept.check()
            self._kept.__exit__()

    def ask(self, query: str) -> Answer:
        """The answer to a query in SQL, of the last one where there are several. Raises BadQuery and Stuck.

        Unless the snapshot was opened with `outside`, statements that do anything but read are refused.
        """
        statements = self._statements(query)
        clock = Clock(self._limits.seconds)
        for statement in statements:
            self._waited(partial(self._connection.execute, statement), clock)
            self._check_snapshot()
        columns = tuple(column[0] for column in self._connection.description or ()) if statements else ()
        return Answer(columns, self._rows(clock) if columns else iter(()))

    def _statements(self, query: str) -> list[str]:
        if self._only_reads:
            return reading_statements(self._connection, query)
        refuse_writing_to(self._connection, query, self._files)
        return [query]

    def _rows(self, clock: "Clock") -> Iterator[tuple[Any, ...]]:
        while rows := self._waited(partial(self._connection.fetchmany, AT_ONCE), clock):
            yield from rows
        self._check_snapshot()

    def _check_snapshot(self) -> None:
        """Raise BadQuery where the snapshot was written over, however its name was spelt."""
        try:
            if self._kept:
                self._kept.check()
        except Overwritten as error:
            raise BadQuery(str(error)) from error

    def _waited(self, work: Callable[[], Result], clock: "Clock") -> Result:
        """What the database gives. It works in a thread of its own, as it hears of Ctrl-C late where it works itself.

        Raises BadQuery where it cannot, or takes more than is allowed.
        """
        running = self._thread.submit(work)
        try:
            with clock:
                return running.result(clock.left)
        except StillRunning as error:
            self._stop(running)
            limit = f"{self._limits.seconds:g} seconds (POSITIONS_QUERY_SECONDS)"
            raise BadQuery(f"the query was stopped: it took longer than {limit}") from error
        except duckdb.OutOfMemoryException as error:
            allowed = f"{self._limits.megabytes:,} MB of memory (POSITIONS_QUERY_MEGABYTES)"
            on_disk = f"{self._limits.spill_megabytes:,} MB on the disk (POSITIONS_QUERY_SPILL_MEGABYTES)"
            told = f"the query needs more than {allowed} and {on_disk}: {first_line(error)}"
            raise BadQuery(told) from error
        except duckdb.Error as error:
            raise BadQuery(str(error)) from error
        except KeyboardInterrupt:
            self._stop(running)
            raise

    def _stop(self, running: "Future[Any]") -> None:
        """Interrupt a query until it has ended, as an interruption that comes before its first step is lost."""
        until = time.monotonic() + PATIENCE
        try:
            while not running.done():
                self._connection.interrupt()
                time.sleep(AGAIN)
                if time.monotonic() > until:
                    raise Stuck(
                        f"the query is at something that cannot be stopped; given up after {PATIENCE:g} seconds"
                    )
        except KeyboardInterrupt:
            raise Stuck("stopped, in the middle of the query") from None


class Clock:
    """Counts the seconds that a query works, not those that its rows wait to be read. A context manager."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        self.left -= time.monotonic() - self._since
