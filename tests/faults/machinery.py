"""Runs the command as a user does, in processes of its own, and reads everything that it left behind."""

import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from tests.benchmarks.news import articles

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()"]
# Moments differ from run to run, and so do the log of runs and the moments of publication.
LOGS = {"run", "publication", "published_file"}
MOMENT = "TIMESTAMP WITH TIME ZONE"
STARTING = "starting"


@dataclass(frozen=True)
class Shell:
    """Where commands run: a folder for the warehouse, and the environment they see."""

    home: Path
    environment: dict[str, str]
    command: Sequence[str] = tuple(COMMAND)

    def with_home(self, home: Path) -> "Shell":
        """The same with another warehouse."""
        return replace(self, home=home, environment=self.environment | {"POSITIONS_HOME": str(home)})

    def with_workers(self, number: int) -> "Shell":
        """The same with so many processes that read."""
        return replace(self, environment=self.environment | {"POSITIONS_WORKERS": str(number)})

    def start(self, *arguments: object) -> "subprocess.Popen[str]":
        """Begin a command, in a process group of its own."""
        return subprocess.Popen(
            [*self.command, *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=280)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def stages_told(process: "subprocess.Popen[str]") -> dict[str, float]:
    """Let a command run to its end; gives the seconds that it was in each stage it told of."""
    assert process.stderr
    stage, began, seconds = STARTING, time.monotonic(), Counter[str]()
    for line in process.stderr:
        if "…" in line and not line.startswith("positions"):
            seconds[stage] += time.monotonic() - began
            stage, began = line.split("(")[0].strip(" …\n"), time.monotonic()
    seconds[stage] += time.monotonic() - began
    assert process.wait() == 0
    return dict(seconds)


def kill_after(process: "subprocess.Popen[str]", stage: str, seconds: float) -> str:
    """Kill the whole process group so long after it told of a stage; gives the stage it was in, or `ended`."""
    assert process.stderr
    told = [STARTING]

    def kill() -> None:
        with suppress(ProcessLookupError):  # it has just ended by itself
            os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, kill)
    if stage == STARTING:
        timer.start()
    for line in process.stderr:
        if "…" in line and not line.startswith("positions"):
            told.append(line.split("(")[0].strip(" …\n"))
        if stage != STARTING and told[-1] == stage and timer.ident is None:
            timer.start()
    process.wait()
    timer.cancel()
    return told[-1] if process.returncode == -signal.SIGKILL else "ended"


def write_portions(folder: Path, number: int, portions: int) -> list[Path]:
    """So many made-up articles in so many files, of which every tenth holds twelve times as many as the others."""
    records = [json.dumps({name: a[name] for name in ("title", "published", "url", "text")}) for a in articles(number)]
    weights = [1 if place % 10 else 12 for place in range(portions)]
    sizes = [1 + weight * (number - portions) // sum(weights) for weight in weights]
    sizes[0] += number - sum(sizes)
    folder.mkdir(parents=True)
    files, waiting = [], iter(records)
    for count, size in enumerate(sizes):
        files.append(folder / f"portion{count:03}.jsonl")
        files[-1].write_text("\n".join(islice(waiting, size)) + "\n", "utf-8")
    return files


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, moments aside, of which it counts only whether there is one."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index"
        ).fetchall()
        columns: dict[str, list[str]] = {}
        for table, name, kind in found:
            columns.setdefault(table, []).append(f'"{name}" IS NULL' if kind == MOMENT else f'"{name}"')
        return {
            table: connection.execute(f'SELECT {", ".join(names)} FROM "{table}" ORDER BY ALL').fetchall()
            for table, names in columns.items()
            if table not in LOGS
        }


def csv_rows(file: Path) -> Iterator[list[str]]:
    """The rows of an exported file without the moment of recording; fails where a row is cut off."""
    text = file.read_text("utf-8-sig")
    assert text.endswith("\n"), f"{file} is cut off"
    records = list(csv.reader(text.splitlines(keepends=True), strict=True))
    kept = [place for place, name in enumerate(records[0]) if name != "recorded_at"]
    for record in records:
        assert len(record) == len(records[0]), f"{file}: a row is cut off"
        yield [record[place] for place in kept]


def check_whole(home: Path) -> int:
    """Check that what is published can be read and fits together; gives the number of its articles."""
    for file in (home / "exports").glob("*.csv"):
        list(csv_rows(file))
    snapshot = home / "positions.duckdb"
    if not snapshot.exists():
        return 0
    rows = rows_of(snapshot)
    ids = {row[0] for row in rows["article"]}
    assert {row[0] for row in rows["tagging"]} <= ids
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        (counts,) = connection.execute(
            "SELECT (SELECT count(*) FROM position WHERE retired_at IS NULL), (SELECT count(*) FROM positions_all)"
        ).fetchall()
    assert counts[0] == counts[1]
    return len(ids)


def files_in(home: Path) -> Sequence[str]:
    """All files of a warehouse, relative to its folder."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


class Watched:
    """Looks at what is published all the time while other work goes on; `faults` are what it saw, `looks` how often."""

    def __init__(self, home: Path) -> None:
        self.faults: list[BaseException] = []
        self.looks = self.articles = 0
        self._home = home
        # A second look while one goes on would share DuckDB's handle, and with it the rows of an older snapshot.
        self._turn = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def look(self) -> None:
        """Check what is published now; it must be whole, and hold no fewer articles than before."""
        with self._turn:
            found = check_whole(self._home)
            assert found >= self.articles, "the snapshot went back"
            self.articles = found
            self.looks += 1

    def _watch(self) -> None:
        while not self._ended.wait(0.5):
            try:
                self.look()
            except BaseException as error:  # told by the test, whatever it is
                self.faults.append(error)
                return
