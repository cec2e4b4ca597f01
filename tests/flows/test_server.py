"""Which Prefect API a run uses, and that a temporary one does not outlive it."""

import os
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows import server

START = """
import os, sys
from flows import server
started = server.find_or_start()
started.wait()
print(started.url, started._process.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_the_environment_names_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(server.URL, "http://127.0.0.1:9/api")
    assert server.configured_url() == "http://127.0.0.1:9/api"


def test_a_profile_names_a_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(server.URL, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    assert server.configured_url() is None
    (tmp_path / "profiles.toml").write_text(
        'active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "http://h/api"\n[profiles.none]\n', "utf-8"
    )
    assert server.configured_url() == "http://h/api"
    monkeypatch.setenv("PREFECT_PROFILE", "none")
    assert server.configured_url() is None


def test_a_configured_server_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(server.URL, "http://127.0.0.1:9/api")
    with pytest.raises(server.NoServer, match="no Prefect server answers at"):
        server.find_or_start()


@pytest.mark.parametrize(
    ("said", "code", "why"),
    [
        (["Traceback …", "  File x", "sqlite3.OperationalError: disk I/O error", "(Background …)"], 3, "sqlite3.Op"),
        (["NoisyError: first", "RuntimeError: last", "Application startup failed. Exiting."], 3, "RuntimeError: last"),
        (["x.ValidationError: 1 validation error for S", "port", "  should be an integer"], 1, "x.ValidationError: 1 "),
        (["something odd", ""], 3, "it ended with 3; its last line: something odd"),
        ([], -9, "signal 9 ended it"),
    ],
)
def test_the_reason_why_a_server_ended_is_one_line(said: list[str], code: int, why: str) -> None:
    found = server.reason(said, code)
    assert found.startswith(why)
    assert "\n" not in found
    assert "port should be" in found or "Validation" not in found


@pytest.mark.slow
def test_a_server_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    (tmp_path / "prefect.db").write_text("no database")
    with pytest.raises(server.NoServer, match=r"did not start: .*file is not a database$"):
        server.Server().wait()
    monkeypatch.setenv("PREFECT_SERVER_API_DEFAULT_LIMIT", "many")
    with pytest.raises(server.NoServer, match=r"did not start: .*default_limit Input should be a valid integer"):
        server.Server().wait()


class Stranger(BaseHTTPRequestHandler):
    """Says that it is well, whoever asks."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.mark.slow
def test_the_answer_of_a_stranger_is_not_taken_for_the_own_servers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at a port that it has already, nor at one that it takes while the own server boots or has died."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    with HTTPServer(("127.0.0.1", 0), Stranger) as stranger:
        started = server.Server(port=stranger.server_port)
        try:
            assert started.url != f"http://127.0.0.1:{stranger.server_port}/api"
        finally:
            started.stop()
    port = stranger.server_port
    started = server.Server(port=port)
    assert started.url == f"http://127.0.0.1:{port}/api"
    with pytest.raises(OSError, match="in use"):
        HTTPServer(("127.0.0.1", port), Stranger)
    started._process.kill()
    started._process.wait()
    with HTTPServer(("127.0.0.1", port), Stranger) as stranger:
        threading.Thread(target=stranger.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        with pytest.raises(server.NoServer, match="did not start: signal 9 ended it"):
            started.wait()
        stranger.shutdown()


@pytest.mark.slow
def test_servers_that_start_at_once_do_not_share_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = []
    for name in ("one", "other"):
        monkeypatch.setenv("PREFECT_HOME", str(tmp_path / name))
        started.append(server.Server(port=port))
    try:
        for one in started:
            one.wait()
            assert server.lets_in(one.url, one.login)
        assert started[0].url != started[1].url
        assert not server.lets_in(started[1].url, started[0].login)
    finally:
        for one in started:
            one.stop()


@pytest.mark.slow
def test_a_temporary_server_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path)}
    environment.pop(server.URL, None)
    killed = subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True)
    url, pid = killed.stdout.split()
    assert killed.returncode == -9
    end = time.monotonic() + 30
    while server.answers(url) and time.monotonic() < end:
        time.sleep(0.1)
    assert not server.answers(url)
    assert ended(pid)


def ended(pid: str) -> bool:
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and time.monotonic() < end:
        time.sleep(0.1)
    return not Path(f"/proc/{pid}").exists()
