"""Who is told of a process that was cut short, and that it ends with what it cannot do without."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows import server, witness
from tests.flows.test_pool import gone

KEPT = "; what was done is kept, the next run does the rest"
WITNESSED = """
import os, sys, time
from flows.login import NoLogin
from flows.server import NoServer, ServerLost
from flows.witness import witnessed
with witnessed(sys.argv[1], "positions track failed: news"):
    print(flush=True)
    {ends}
"""


def run(program: str, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        env=os.environ | {"PYTHONPATH": str(Path.cwd()), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told_after(ends: str, place: Path) -> list[str]:
    """What the command is told of a process that ends so."""
    process = run(WITNESSED.format(ends=ends), f"tee '{place}'")
    process.communicate(timeout=30)  # its witness holds on to standard error until it has told
    return place.read_text("utf-8").splitlines() if place.exists() else []


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("ends", "why", "what_next"),
    [
        ("os.kill(os.getpid(), 9)", "It was killed, by somebody or for lack of memory.", witness.PASSES),
        ("os.kill(os.getpid(), 15)", "It was killed, by somebody or for lack of memory.", witness.PASSES),
        ("raise ServerLost('it does not answer')", "it does not answer", witness.PASSES),
        ("raise NoServer('no server answers')", "no server answers", witness.STAYS),
        ("raise NoLogin('others can read it')", "others can read it", witness.STAYS),
    ],
)
def test_a_process_that_is_cut_short_is_told(ends: str, why: str, what_next: str, tmp_path: Path) -> None:
    told = ["positions track failed: news", why, what_next]
    assert told_after(ends, tmp_path / "told by mail.txt") == told


@pytest.mark.timeout(60)
@pytest.mark.parametrize("ends", ["pass", "raise KeyboardInterrupt", "raise ValueError", "sys.exit(1)"])
def test_what_ends_by_itself_is_not_told_by_a_witness(ends: str, tmp_path: Path) -> None:
    assert told_after(ends, tmp_path / "told") == []


def test_without_a_command_there_is_no_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness.children, "python", lambda *_: pytest.fail("a process was started"))
    with witness.witnessed(None, "positions track failed: news"):
        pass


def test_a_witness_that_somebody_ended_stops_nobody(tmp_path: Path) -> None:
    with witness.witnessed(f"tee '{tmp_path}/told'", "positions track failed: news") as seen:
        assert seen._process
        seen._process.kill()
        seen._process.wait()
        seen.tell("something else")


@contextmanager
def health(answers: threading.Event) -> Iterator[str]:
    """A server that says it is well while it answers, and keeps everybody waiting when it does not."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.wait(60)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.daemon_threads = True
    threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_address[1]}/api"
    finally:
        answers.set()
        site.shutdown()
        site.server_close()


WITHOUT = """
import sys, time
from flows.lost import ended_without
from flows.witness import witnessed
with witnessed(sys.argv[1], "positions track failed: news") as witness, ended_without(witness):
    print(flush=True)
    time.sleep(60)
"""


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.timeout(60)
def test_a_server_that_stands_still_is_seen_within_fifteen_seconds(tmp_path: Path) -> None:
    answers = threading.Event()
    answers.set()
    with health(answers) as url:
        process = run(WITHOUT, f"tee '{tmp_path}/told'", **{server.URL: url})
        assert process.stdout
        process.stdout.readline()
        time.sleep(3)  # it answers, so nothing happens
        assert process.poll() is None
        answers.clear()
        began = time.monotonic()
        _, told = process.communicate(timeout=40)
        assert time.monotonic() - began < 17
    assert process.returncode == 1
    why = f"Prefect's server at {url} does not answer"
    assert told == f"positions: {why}; what was done is kept, the next run does the rest\n"
    assert (tmp_path / "told").read_text("utf-8").splitlines()[:2] == ["positions track failed: news", why]


WITH = """
import sys, time
from flows.lost import ended_with
from flows.server import Server
from flows.witness import witnessed
with witnessed(sys.argv[1], "positions track failed: news") as witness:
    server = Server()
    with ended_with(server, witness):
        print(server._process.pid, flush=True)
        time.sleep(60)
"""


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("damage", "number", "why", "kept", "what_next"),
    [
        (
            "",
            signal.SIGKILL,
            "signal 9 ended it",
            "; what was done is kept, the next run does the rest",
            witness.PASSES,
        ),
        ("no database", None, "file is not a database", "", witness.STAYS),
    ],
)
def test_the_end_of_a_server_that_boots_is_seen_at_once(
    damage: str, number: int | None, why: str, kept: str, what_next: str, tmp_path: Path
) -> None:
    """Whatever its process does meanwhile: here it sleeps."""
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect/prefect.db").write_text(damage, "utf-8")
    process = run(WITH, f"tee '{tmp_path}/told'", PREFECT_HOME=str(tmp_path / "prefect"))
    assert process.stdout
    pid = int(process.stdout.readline())
    if number:
        os.kill(pid, number)
    _, line = process.communicate(timeout=40)
    assert process.returncode == 1
    assert line.startswith("positions: Prefect's temporary server did not start: ")
    assert line.endswith(f"{why}{kept}\n")
    told = (tmp_path / "told").read_text("utf-8").splitlines()
    assert told[0] == "positions track failed: news"
    assert told[1].endswith(why)
    assert told[2:] == [what_next]


RUN_OF_SERVE = """
import os, sys, time
if os.fork() == 0:
    from flows.lost import SERVED_BY, end_when_lost
    os.environ |= {"PREFECT__FLOW_RUN_ID": "1", SERVED_BY: str(os.getppid())}
    end_when_lost(None, None, None)
    print(os.getpid(), flush=True)
    time.sleep(60)
time.sleep(60)
"""


@pytest.mark.timeout(60)
def test_a_run_ends_with_what_serves_it() -> None:
    answers = threading.Event()
    answers.set()
    with health(answers) as url:
        serve = run(RUN_OF_SERVE, **{server.URL: url})
        assert serve.stdout
        pid = int(serve.stdout.readline())
        time.sleep(3)
        assert Path(f"/proc/{pid}").exists()
        serve.send_signal(signal.SIGKILL)
        assert gone(pid)
    assert serve.communicate()[1].startswith("positions: `positions serve` is gone; what was done is kept")


def test_a_run_of_a_command_is_left_to_that_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import lost

    monkeypatch.setattr(lost, "watch", lambda *_: pytest.fail("it is watched twice"))
    monkeypatch.setenv(server.URL, "http://127.0.0.1:9/api")
    monkeypatch.delenv("PREFECT__FLOW_RUN_ID", raising=False)
    lost.end_when_lost(None, None, None)  # type: ignore[arg-type]


def test_what_prefect_tells_at_length_of_a_lost_connection_is_kept_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect._internal import observers

    from flows import lost

    monkeypatch.setattr(lost, "watch", lambda *_: None)
    monkeypatch.setenv(server.URL, "http://127.0.0.1:9/api")
    monkeypatch.setenv("PREFECT__FLOW_RUN_ID", "1")
    loggers = [
        observers.FlowRunCancellingObserver(on_cancelling=lambda _: None).logger,
        observers.FlowRunSuspendingObserver(on_suspended=lambda _: None).logger,
    ]
    kept = [(logger, logger.level) for logger in loggers]
    try:
        lost.end_when_lost(None, None, None)  # type: ignore[arg-type]
        assert not any(logger.isEnabledFor(logging.WARNING) for logger in loggers)
        assert all(logger.isEnabledFor(logging.ERROR) for logger in loggers)
    finally:
        for logger, level in kept:
            logger.setLevel(level)
