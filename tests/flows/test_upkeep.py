"""`positions backup`, `restore`, `prune` and `doctor`."""

from pathlib import Path

import pytest
from filelock import FileLock

from flows import cli
from tests.warehouse.samples import ruleset, write_one
from warehouse.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A published warehouse."""
    home = tmp_path / "home"
    with Store.open(home / "working.duckdb") as store:
        store.save_ruleset(ruleset())
        write_one(store, 1)
        store.publish(home / "positions.duckdb")
    return home


def test_a_warehouse_goes_and_comes_back(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["backup", str(tmp_path / "backups"), "--home", str(home)]) == 0
    place = capsys.readouterr().out.strip()
    assert cli.run(["restore", place, "--home", str(home)]) == cli.FAILED
    assert "is there already; restore into a folder without a warehouse" in capsys.readouterr().err
    new = tmp_path / "new"
    assert cli.run(["restore", place, "--home", str(new)]) == 0
    assert "as published on" in capsys.readouterr().out
    assert (new / "exports" / "positions.csv").read_text("utf-8-sig").count("\n") == 2
    assert cli.run(["doctor", "--home", str(new)]) == 0


def test_old_texts_are_given_up(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["prune", "--before", "2026-01-01", "--home", str(home)]) == 0
    assert capsys.readouterr().out == "1 articles pruned\n"
    assert cli.run(["prune", "--before", "soon", "--home", str(home)]) == cli.BAD_USE


def told(home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and what is to be done."""
    code = cli.run(["doctor", "--home", str(home)])
    return code, [line for line in capsys.readouterr().out.splitlines() if line.startswith("!")]


def test_a_warehouse_that_is_well_needs_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(home, capsys) == (0, [])


def test_what_is_wrong_is_told_with_what_to_do(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, lines = told(tmp_path / "nowhere", capsys)
    assert code == 1
    assert [line.split()[1] for line in lines] == ["folder", "working", "snapshot"]

    (home / ".positions.duckdb.publishing").touch()
    working = bytearray((home / "working.duckdb").read_bytes())
    (home / "working.duckdb").write_bytes(working[: len(working) // 2])
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.setenv("POSITIONS_MODEL", "no_such_model")
    code, lines = told(home, capsys)
    assert code == 1
    assert [line.split()[1] for line in lines] == ["model", "left", "working", "server"]
    assert "positions restore" in lines[2]


def test_a_run_that_writes_is_no_fault(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FileLock(home / "working.duckdb.lock"), FileLock(home / "serving.lock"):
        assert cli.run(["doctor", "--home", str(home)]) == 0
    shown = capsys.readouterr().out
    assert "one is writing now" in shown
    assert "`positions serve` runs for it" in shown
