"""One `positions serve` a warehouse, with deployments of its own, until Ctrl-C; nothing is sent anywhere."""

import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from flows import cli
from flows.server import URL
from flows.serving import AlreadyServed, alone, name_for

ROOT = Path(__file__).parents[2]
RUN_ENDED = re.compile("Flow run 'track .* Finished in state Completed")
TOLD = "import os, flows; print(os.environ['DO_NOT_TRACK'], os.environ['PREFECT_SERVER_ANALYTICS_ENABLED'])"


def test_a_warehouse_is_served_once_and_again_when_that_has_ended(tmp_path: Path) -> None:
    told = pytest.raises(AlreadyServed, match="home: another `positions serve` runs for it; end that one first")
    with alone(tmp_path / "home"), alone(tmp_path / "other"), told, alone(tmp_path / "home"):
        pass
    with alone(tmp_path / "home"):
        pass


def test_a_second_serve_is_told_so_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with alone(tmp_path):
        assert cli.run(["serve", str(ROOT / "sample"), "--home", str(tmp_path)]) == cli.FAILED
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == [f"positions: {tmp_path}: another `positions serve` runs for it; end that one first"]


def test_deployments_bear_the_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_for(Path("data")) == name_for(tmp_path / "data") != name_for(Path("other"))


def test_telemetry_is_off_wherever_flows_or_a_server_start() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")}
    told = subprocess.run([sys.executable, "-c", TOLD], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1", "false"]
    assert tomllib.loads((ROOT / "prefect.toml").read_text("utf-8"))["server"]["analytics_enabled"] is False


@pytest.mark.slow
def test_it_serves_runs_until_it_is_interrupted(folder: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PREFECT_HOME": str(tmp_path / "prefect"), "POSITIONS_HOME": str(tmp_path / "home")}
    environment.pop(URL, None)  # of a server that another test has started
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve", str(folder), "--every", "60"]
    log = tmp_path / "log.txt"
    with log.open("w") as file:
        served = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    end = time.monotonic() + 200
    while not RUN_ENDED.search(log.read_text()) and time.monotonic() < end:
        assert served.poll() is None, log.read_text()
        time.sleep(0.5)
    told = len(log.read_text())
    served.send_signal(signal.SIGINT)
    assert served.wait(60) == 0, log.read_text()
    assert re.search(r"^track runs at \d\d:\d\d, next at \d\d:\d\d, and every 60 minutes", log.read_text(), re.M)
    assert " | INFO " not in log.read_text()[told:], "it ends without log lines of Prefect"
    assert (tmp_path / "home/positions.duckdb").exists(), log.read_text()
    assert "Traceback" not in log.read_text()
