"""The command as a whole: help at once, one line for bad use, exit codes."""

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import click
import pytest

from flows import cli
from schemas.settings import Settings

HEAVY = ("prefect", "spacy", "duckdb", "pydantic", "rich")


@pytest.mark.alone
def test_help_comes_at_once() -> None:
    command = [sys.executable, "-c", "from flows.cli import main; main(['--help'])"]
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True)
        times.append(time.perf_counter() - begin)
        assert done.returncode == 0, done.stderr
    # The aim is half a second; the rest allows for a machine that is busy with other tests.
    assert min(times) < 1.5
    assert all(f"  {name} " in done.stdout for name in cli.COMMANDS)


def test_help_loads_no_library_that_takes_long() -> None:
    code = "import sys; from flows.cli import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stdout.split())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_is_found_and_documented(name: str) -> None:
    command = cli.positions.get_command(click.Context(cli.positions), name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trak"], "did you mean 'track'?"),
        (["frobnicate"], "there are track"),
        (["--frobnicate"], "No such option"),
        (["extract", "--workers", "0"], "--workers"),
        (["extract", "--rules", "nowhere"], "nowhere"),
        (["explain"], "TEXT"),
        (["explain", " "], "TEXT is empty"),
        (["explain", "x", "--published", "yesterday"], "yesterday"),
        (["track", "nowhere"], "nowhere: no such file or folder"),
    ],
)
def test_bad_use_is_told_in_one_line(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == cli.BAD_USE
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.endswith("…")]
    assert len(lines) == 1
    assert told in lines[0]


def test_without_a_command_the_help_stands_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == cli.BAD_USE
    told = capsys.readouterr().err
    assert told.startswith("Usage: positions [OPTIONS] COMMAND")
    assert "(see" not in told


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert cli.run(["rules", "schema", "--to", str(tmp_path / "file" / "schemas")]) == cli.FAILED
    assert capsys.readouterr().err == f"positions: {tmp_path}/file/schemas: Not a directory\n"


def test_a_setting_that_is_none_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSITIONS_BATCH_ARTICLES", "many")
    assert cli.run(["status"]) == cli.BAD_USE
    assert "POSITIONS_BATCH_ARTICLES" in capsys.readouterr().err


@pytest.mark.parametrize("given", [f"one{os.pathsep}two", '["one", "two"]'])
def test_rule_sets_of_the_environment_are_named_like_a_path(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("POSITIONS_RULES", given)
    assert Settings().rules == (Path("one"), Path("two"))


def test_ctrl_c_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.positions, "main", stop)
    assert cli.run([]) == cli.INTERRUPTED
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_rule_set_that_cannot_be_loaded_is_bad_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "x", "--rules", str(tmp_path)]) == cli.BAD_USE
    assert f"{tmp_path}/ruleset.yaml:1" in capsys.readouterr().err


def test_without_a_snapshot_readers_say_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["status"], ["sql", "SELECT 1"], ["export"]):
        assert cli.run([*arguments, "--home", str(tmp_path)]) == cli.FAILED
        assert "run `positions track` first" in capsys.readouterr().err


STOPPED_EARLY = """
import sys
from flows.start import main

class CtrlC:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            sys.meta_path.remove(self)
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
main()
"""


@pytest.mark.parametrize("moment", ["flows.cli", "click", "click.core", "flows.terminal"])
def test_ctrl_c_is_told_in_one_line_while_the_command_loads(moment: str) -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED_EARLY, moment], capture_output=True, text=True)
    assert done.returncode == cli.INTERRUPTED
    assert done.stderr == "positions: stopped before anything began\n"


def test_the_command_starts_where_ctrl_c_is_heard() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"positions": "flows.start:main"}


@pytest.mark.parametrize("command", ["track", "serve"])
def test_sources_that_are_not_there_are_told_before_a_server_or_memory_is_looked_for(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_for(*_: object) -> None:
        raise AssertionError("too early")

    for name in ("fitted", "find_or_start", "witnessed"):
        monkeypatch.setattr(f"flows.commands.{command}.{name}", looked_for)
    assert cli.run([command, "nowhere"]) == cli.BAD_USE
