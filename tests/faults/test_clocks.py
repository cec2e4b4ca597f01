"""The same rows wherever and whenever the command runs: zones, locales, clocks that jump or are wrong."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows.readers import read
from schemas.settings import Settings
from tests.faults.machinery import Shell, csv_rows, rows_of, write_portions
from tests.flows.readers.builders import jsonl, record
from tests.warehouse.samples import article
from warehouse import clock
from warehouse.store import Store

ELSEWHERE = (sys.executable, "-m", "tests.faults.elsewhere")
CHANGES_OF_THE_CLOCK = ("2024-03-31", "2024-10-27")
# Days on two sides of the present, in an order that goes back and forth within a run.
JUMPS = "0 3650 -7300 0.5 -0.04 9000 -1"


def german(folder: Path) -> dict[str, str]:
    """What makes programs write a comma before decimals; empty where this machine cannot be taught to."""
    made = folder / "de_DE.UTF-8"
    if not shutil.which("localedef"):
        return {}
    command = ["localedef", "--no-archive", "-i", "de_DE", "-f", "UTF-8", str(made)]
    done = subprocess.run(command, capture_output=True)
    return {"LOCPATH": str(folder), "LC_ALL": "de_DE.UTF-8"} if done.returncode == 0 else {}


def tracked(shell: Shell, portions: Sequence[Path]) -> dict[str, object]:
    """What a warehouse and its exports hold after a run a portion."""
    for portion in portions:
        done = shell.run("track", portion)
        assert done.returncode == 0, done.stderr
    exports = {file.name: sorted(csv_rows(file)) for file in (shell.home / "exports").glob("*.csv")}
    return {"rows": rows_of(shell.home / "working.duckdb"), "exports": exports}


@pytest.mark.slow
def test_rows_do_not_depend_on_place_and_clock(shell: Shell, tmp_path: Path) -> None:
    portions = write_portions(tmp_path / "articles", 40, 2)
    with portions[1].open("ab") as file:
        file.write(b"".join(jsonl([record(10, date=f"{day}T02:30:00+02:00")]) for day in CHANGES_OF_THE_CLOCK))
    here = replace(shell, environment=shell.environment | {"TZ": "UTC"})
    there = replace(shell, command=ELSEWHERE).with_home(tmp_path / "there")
    place = {"TZ": "Pacific/Kiritimati", "CLOCK_JUMPS": JUMPS, **german(tmp_path)}
    there = replace(there, environment=there.environment | place)
    assert tracked(there, portions) == tracked(here, portions)
    with duckdb.connect(str(there.home / "working.duckdb"), read_only=True) as connection:
        moments = connection.execute("SELECT recorded_at FROM article ORDER BY rowid").fetchall()
    assert moments == sorted(moments), "what was stored later is recorded later"


def test_the_warehouse_keeps_its_own_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = iter([datetime(2040, 1, 1, tzinfo=UTC), *[datetime(1999, 1, 1, tzinfo=UTC)] * 20])

    class Set(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return next(shown)

    monkeypatch.setattr(clock, "datetime", Set)
    with Store.open(tmp_path / "working.duckdb") as store:
        store.save_articles([article(1)], [])
        store.save_articles([article(2)], [])
        assert store.today() == date(2040, 1, 1)
        assert store.publish(tmp_path / "positions.duckdb")
        assert not store.publish(tmp_path / "positions.duckdb")


@pytest.mark.parametrize(("ahead", "reasons"), [(-400, set()), (0, set()), (2, set()), (3, {"future_date"})])
def test_what_is_dated_later_than_tomorrow_waits(tmp_path: Path, ahead: int, reasons: set[str]) -> None:
    today = date(2024, 3, 12)
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([record(1, date=str(today + timedelta(days=ahead)))]))
    found = list(read(path, Settings(), today=today))
    assert {one.reason for one in found if hasattr(one, "reason")} == reasons
    assert len(found) == 1


@pytest.mark.slow
def test_articles_that_a_slow_clock_held_back_come_with_the_right_one(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl([record(1, date="2022-01-27")]))
    slow = replace(shell, command=ELSEWHERE, environment=shell.environment | {"CLOCK_JUMPS": "-9000"})
    done = slow.run("track", tmp_path / "a.jsonl")
    assert done.returncode == 1
    assert "1 future_date" in done.stdout
    done = shell.run("track", tmp_path / "a.jsonl")
    assert done.returncode == 0
    assert "1 new" in done.stdout
