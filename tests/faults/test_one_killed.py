"""Of the processes of a run a single one is killed: the run goes on, or ends soon, tells of it, and leaves none behind.

POSITIONS_FAULTS="600 20" asks for so many articles and kills.
"""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from flows.server import LOGIN, URL, Server
from tests.faults.machinery import Shell, check_whole, rows_of, write_portions
from tests.faults.processes import command_of, kill, processes_of, wait_for

ARTICLES, KILLS = map(int, os.environ.get("POSITIONS_FAULTS", "240 5").split())
WITHIN = 30.0  # seconds from the kill to the end of the last process, where the run does not finish
CHANCE = random.Random(14)

WORKER, SERVER, ENGINE = "flows.worker", "flows.temporary_server", "prefect.engine"
# Which process is killed in which kind of run, so many seconds at most after it, or the one named last, is there.
VICTIMS = {
    "a process that reads, while it starts": ("track", WORKER, WORKER, 2.0),
    "a process that reads, at work": ("track", WORKER, WORKER, 8.0),
    "the server, in a run": ("track alone", SERVER, WORKER, 6.0),
    "the main process, in a run": ("track", "main() track", WORKER, 6.0),
    "serve, in a run": ("serve", "main() serve", WORKER, 6.0),
    "a run of serve": ("serve", ENGINE, WORKER, 3.0),
    "the server of serve": ("serve", SERVER, WORKER, 6.0),
    "the server, while it starts": ("track alone", SERVER, SERVER, 5.0),
    "the main process, while it starts": ("track", "main() track", "main() track", 5.0),
    "a server that others use too": ("track there", SERVER, WORKER, 3.0),
}


@pytest.fixture(scope="session")
def portion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of all runs."""
    return write_portions(tmp_path_factory.mktemp("portion") / "articles", ARTICLES, 1)[0]


@pytest.fixture(scope="session")
def undisturbed(portion: Path, tmp_path_factory: pytest.TempPathFactory, server_url: dict[str, str]) -> Path:
    """The warehouse of a run of which no process was killed."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    assert Shell(home, settings_for(home) | server_url).with_workers(1).run("track", portion).returncode == 0
    return home


def settings_for(home: Path) -> dict[str, str]:
    """The environment of commands with a Prefect of their own, so that a kill is not met by other tests."""
    without = {name: value for name, value in os.environ.items() if name not in (URL, LOGIN)}
    return without | {
        "PYTHONPATH": str(Path.cwd()),
        "POSITIONS_HOME": str(home),
        "POSITIONS_WORKERS": "2",
        "POSITIONS_BATCH_ARTICLES": "20",
        "POSITIONS_ON_FAILURE": f"tee -a '{told_at(home)}'",
        "PREFECT_HOME": str(home.parent / "prefect"),
    }


def told_at(home: Path) -> Path:
    """The file in which the command of the settings leaves what it is told."""
    return home.parent / "told.txt"


def kinds() -> list[str]:
    """The kinds of kills, in turn, as many as are asked for."""
    return list(islice(cycle(VICTIMS), KILLS))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """Where a command runs; whatever of it is left at the end is killed."""
    home = tmp_path / "home"
    yield Shell(home, settings_for(home))
    for pid in processes_of(home):
        kill(pid)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", kinds())
def test_one_process_is_killed(
    kind: str, shell: Shell, portion: Path, undisturbed: Path, tmp_path: Path, server_url: dict[str, str]
) -> None:
    run, victim, after, most = VICTIMS[kind]
    seconds = CHANCE.uniform(0, most)
    if run == "track there":
        with pytest.MonkeyPatch.context() as patched:
            for name in ("POSITIONS_HOME", "PREFECT_HOME"):
                patched.setenv(name, shell.environment[name])
            server = Server()
        server.wait()
        shell.environment.update({URL: server.url, LOGIN: server.login})
    elif run == "track":
        shell.environment.update(server_url)

    log = tmp_path / "log.txt"
    with log.open("w") as file:
        command = [*shell.command, *(["serve", "--every", "1"] if run == "serve" else ["track"]), str(portion)]
        started = subprocess.Popen(
            command, env=shell.environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
        )
    # A kill is told from the first line on.
    assert wait_for(lambda: log.read_text() and processes_of(shell.home, after), 120), log.read_text()
    time.sleep(seconds)
    pids = processes_of(shell.home, victim)
    hit = bool(pids) and kill(CHANCE.choice(pids))
    killed = time.monotonic()

    if kind == "a run of serve":  # Prefect's log goes on, and so does serve, until it is told to end
        assert wait_for(lambda: told_at(shell.home).exists(), WITHIN), log.read_text()
        kill(started.pid)
    assert wait_for(lambda: started.poll() is not None or time.monotonic() > killed + WITHIN, 120)
    finished = victim == WORKER and started.wait(timeout=120) == 0
    assert wait_for(lambda: not processes_of(shell.home), max(5, killed + WITHIN - time.monotonic())), [
        command_of(Path(f"/proc/{pid}")) for pid in processes_of(shell.home)
    ]
    took = time.monotonic() - killed
    print(
        f"{kind}, after {seconds:.1f} s: {'finished' if finished else 'ended'} {took:.1f} s later",
        "" if hit else "(none there)",
    )

    assert "Traceback" not in log.read_text()
    if hit:
        assert told_at(shell.home).exists() == (not finished), log.read_text()
    if victim == SERVER:
        assert "Prefect's" in log.read_text().splitlines()[-1]
    last = Shell(shell.home, shell.environment | server_url).with_workers(1).run("track", portion)
    assert last.returncode == 0, last.stderr
    assert check_whole(shell.home) == ARTICLES
    assert rows_of(shell.home / "positions.duckdb") == rows_of(undisturbed / "positions.duckdb")
