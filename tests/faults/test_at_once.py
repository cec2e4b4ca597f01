"""Two runs, a reader, an export and a report at the same time: nobody is told more than that another run is writing.

POSITIONS_FAULTS_SECONDS asks for so many seconds of it.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults.machinery import Shell, check_whole, csv_rows, rows_of, write_portions
from warehouse.query import connect_snapshot

SECONDS = float(os.environ.get("POSITIONS_FAULTS_SECONDS", "20"))
PORTIONS = max(40, int(SECONDS))  # more than are tracked in the time, so that there is always something new


@contextmanager
def raised_in_threads() -> Iterator[list[str]]:
    """What ends a thread inside, which threads keep to themselves."""
    raised: list[str] = []
    before = threading.excepthook
    threading.excepthook = lambda told: raised.append(f"{told.exc_type.__name__}: {told.exc_value}")
    try:
        yield raised
    finally:
        threading.excepthook = before


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_all_at_once(tmp_path: Path, shell: Shell) -> None:
    shell = shell.with_workers(2)
    portions = write_portions(tmp_path / "articles", 3 * PORTIONS, PORTIONS)
    assert shell.run("track", portions[0]).returncode == 0
    end = time.monotonic() + SECONDS
    outcomes: Counter[str] = Counter()
    faults: list[str] = []

    def run(name: str, *arguments: object) -> None:
        done = shell.run(name, *arguments)
        told = done.stderr.splitlines()
        busy = name == "track" and done.returncode == 1 and "another run is writing" in told[-1] and len(told) == 2
        outcomes[f"{name}, another run is writing" if busy else name] += 1
        if done.returncode and not busy:
            faults.append(f"{name}: {done.stderr}")

    def repeat(name: str, arguments: Iterable[tuple[object, ...]]) -> None:
        for given in arguments:
            if time.monotonic() > end:
                return
            run(name, *given)

    def read() -> None:
        seen = 0
        while time.monotonic() < end:
            with connect_snapshot(shell.home / "positions.duckdb") as connection:
                (counts,) = connection.execute(
                    "SELECT (SELECT count(*) FROM position WHERE retired_at IS NULL),"
                    " (SELECT count(*) FROM positions_all),"
                    " (SELECT count(*) FROM article), (SELECT count(*) FROM article_state WHERE state = 'pending')"
                ).fetchall()
            if counts[0] != counts[1] or counts[2] < seen or counts[3]:
                faults.append(f"read: {counts} after {seen}")
            seen = counts[2]
            outcomes["read"] += 1

    def look() -> None:
        while time.monotonic() < end:
            for file in (shell.home / "exports").glob("*.csv"):
                list(csv_rows(file))
            outcomes["CSV files read"] += 1
            time.sleep(0.2)

    work = [
        threading.Thread(target=repeat, args=("track", cycle([(portion,) for portion in portions[1::2]]))),
        threading.Thread(target=repeat, args=("track", cycle([(portion,) for portion in portions[2::2]]))),
        threading.Thread(target=read),
        threading.Thread(target=look),
        threading.Thread(target=repeat, args=("export", cycle([()]))),  # where runs write theirs
        threading.Thread(target=repeat, args=("report", cycle([()]))),
    ]
    with raised_in_threads() as raised:
        for thread in work:
            thread.start()
        for thread in work:
            thread.join()
    print(f"{SECONDS:g} s at once: {dict(outcomes)}")
    assert faults == []
    assert raised == []
    assert all(outcomes[name] for name in ("track", "read", "CSV files read", "export", "report"))
    assert shell.run("track", *portions).returncode == 0
    assert check_whole(shell.home) == 3 * PORTIONS
    published, working = (rows_of(shell.home / f"{name}.duckdb") for name in ("positions", "working"))
    assert {name: published[name] for name in working} == working
