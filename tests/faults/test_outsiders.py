"""Whoever has no login gets nothing from Prefect's API, be it a web page, another program or another user."""

import base64
import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from flows import server
from flows.login import FILE, login
from flows.temporary_server import FOR_A_RUN, WHOLE
from tests.flows.server import content, serving
from tests.warehouse.browser import Browser, find_chromium

pytestmark = pytest.mark.slow
RECIPE = "recipe"
SHELL_STEP = {"prefect.deployments.steps.run_shell_script": {"script": "touch /tmp/taken"}}
ASKED_FOR: dict[str, tuple[str, str, Any]] = {
    "change what a deployment pulls": ("PATCH", "/deployments/{id}", {"pull_steps": [SHELL_STEP]}),
    "start a run elsewhere": (
        "POST",
        "/deployments/{id}/create_flow_run",
        {"parameters": {"sources": ["/etc"], "settings": {"home": "/tmp/taken", "fetch_private": True}}},
    ),
    "read runs": ("POST", "/flow_runs/filter", {}),
    "read logs": ("POST", "/logs/filter", {}),
    "read a deployment": ("GET", "/deployments/{id}", None),
    "delete a deployment": ("DELETE", "/deployments/{id}", None),
    "clear the database": ("POST", "/admin/database/clear", {"confirm": True}),
    "get a token": ("GET", "/csrf-token?client=outsider", None),
    "learn the version": ("GET", "/admin/version", None),
}
# In a page of another origin: each request as scripts send it, and as forms do, which ask for no permission first.
ATTACK = """
(async () => {
  const got = {};
  for (const [what, [method, path, body]] of Object.entries(ASKED)) {
    for (const mode of ["cors", "no-cors"]) {
      const type = mode === "cors" ? "application/json" : "text/plain";
      const options = {method: mode === "cors" ? method : (method === "GET" ? "GET" : "POST"), mode};
      if (body !== null) Object.assign(options, {body: JSON.stringify(body), headers: {"Content-Type": type}});
      try {
        const answer = await fetch(API + path, options);
        got[what + ", " + mode] = [answer.status, await answer.text()];
      } catch (error) { got[what + ", " + mode] = ["refused", ""]; }
    }
  }
  return got;
})()
"""
READ_RUNS = """
(async () => {
  const token = await (await fetch(API + "/csrf-token?client=page", {headers: {Authorization: LOGIN}})).json();
  const headers = {Authorization: LOGIN, "Content-Type": "application/json",
                   "Prefect-Csrf-Token": token.token, "Prefect-Csrf-Client": "page"};
  return (await fetch(API + "/deployments/filter", {method: "POST", body: "{}", headers})).json();
})()
"""


@dataclass(frozen=True)
class Guarded:
    """A server that runs: its API, its login, the folder it keeps things in, and a deployment that it has."""

    url: str
    login: str
    home: Path
    deployment: str

    @contextmanager
    def known(self) -> Iterator[httpx.Client]:
        """A client with the login, as Prefect's own is."""
        user, password = self.login.split(":", 1)
        with httpx.Client(base_url=self.url, auth=(user, password), timeout=30) as client:
            token = client.get("/csrf-token", params={"client": "known"}).raise_for_status().json()["token"]
            client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "known"})
            yield client

    def requests(self) -> dict[str, tuple[str, str, Any]]:
        """What an outsider may ask for."""
        return {what: (how, path.format(id=self.deployment), body) for what, (how, path, body) in ASKED_FOR.items()}

    def is_untouched(self) -> bool:
        """Whether the deployment is as it was made, and no run was started."""
        with self.known() as client:
            kept = client.get(f"/deployments/{self.deployment}").raise_for_status().json()
            runs = client.post("/flow_runs/filter", json={}).raise_for_status().json()
        return not kept["pull_steps"] and runs == []


@pytest.fixture(scope="module")
def prefect_home() -> Iterator[Path]:
    """A home of Prefect of this module alone."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("PREFECT_HOME", folder)
        patched.delenv(server.URL, raising=False)
        yield Path(folder)


@pytest.fixture(scope="module", params=[FOR_A_RUN, WHOLE, RECIPE])
def guarded(request: pytest.FixtureRequest, prefect_home: Path) -> Iterator[Guarded]:
    """The server of a run, that of `positions serve`, and that of the recipe in README.md."""
    if request.param == RECIPE:
        with recipe() as url:
            yield deployed(url, prefect_home)
    else:
        started = server.Server(request.param)
        try:
            started.wait()
            yield deployed(started.url, prefect_home)
        finally:
            started.stop()


@contextmanager
def recipe() -> Iterator[str]:
    """`python -m flows.guarded_server`, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/api"
    command = [sys.executable, "-m", "flows.guarded_server"]
    process = subprocess.Popen(command, env=os.environ | {server.URL: url}, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while not server.answers(url):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def deployed(url: str, home: Path) -> Guarded:
    """The server with a deployment, which was made with the login."""
    guarded = Guarded(url, login(), home, "")
    with guarded.known() as client:
        flow = posted(client, "/flows/", {"name": "track"})["id"]
        made = posted(client, "/deployments/", {"name": "hourly", "flow_id": flow})
    return Guarded(url, guarded.login, home, made["id"])


@pytest.mark.parametrize("known_token", [None, "positions:guessed"])
def test_a_client_without_the_login_is_told_nothing(guarded: Guarded, known_token: str | None) -> None:
    basic = {"Authorization": f"Basic {base64.b64encode(known_token.encode()).decode()}"} if known_token else {}
    with httpx.Client(base_url=guarded.url, headers=basic, timeout=30) as client:
        for what, (method, path, body) in guarded.requests().items():
            answer = client.request(method, path, json=body)
            assert answer.status_code in (401, 403), what
            assert guarded.deployment not in answer.text, what
        assert client.get("/health").status_code == 200
    assert guarded.is_untouched()


@pytest.mark.parametrize("path", ["/events/out", "/events/in", "/logs/out"])
def test_a_socket_without_the_login_is_closed(guarded: Guarded, path: str) -> None:
    address = guarded.url.replace("http://", "ws://") + path
    with pytest.raises(InvalidStatus), connect(address) as plain:
        plain.recv(timeout=10)
    with connect(address, subprotocols=["prefect"]) as socket_:  # type: ignore[list-item]
        socket_.send(json.dumps({"type": "auth", "token": "positions:guessed"}))
        with pytest.raises(ConnectionClosed):
            socket_.recv(timeout=10)


def test_whoever_has_the_login_but_no_token_changes_nothing(guarded: Guarded) -> None:
    with guarded.known() as client:
        del client.headers["Prefect-Csrf-Token"]
        _, path, steps = guarded.requests()["change what a deployment pulls"]
        assert client.patch(path, json=steps).status_code == 403
    assert guarded.is_untouched()


def test_other_origins_and_host_names_are_refused(guarded: Guarded) -> None:
    own = guarded.url.removesuffix("/api")
    ask = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}
    with guarded.known() as client:
        for origin, allowed in (("https://evil.example", None), ("null", None), (own, own)):
            for answer in (
                client.options("/flow_runs/filter", headers={"Origin": origin, **ask}),
                client.get("/version", headers={"Origin": origin}),
            ):
                assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        port = urlsplit(guarded.url).port
        for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", ""):
            assert client.get("/version", headers={"Host": host}).status_code == 400
        assert client.get("/version").status_code == 200


@pytest.fixture
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if not program:
        pytest.skip("no Chromium is installed: no web page is let loose on Prefect's API")
    rebound = "--host-resolver-rules=MAP evil.example 127.0.0.1"
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Browser(program, Path(folder), rebound) as opened,
    ):
        yield opened


def test_a_web_page_of_another_origin_gets_nothing(guarded: Guarded, browser: Browser) -> None:
    named = f"const API = {json.dumps(guarded.url)}, ASKED = {json.dumps(guarded.requests())};"
    with serving() as site:
        site.answers["/"] = content("<!doctype html><title>Somebody's page</title>")
        browser.visit(site.url("/"))
        got = browser.run(named + ATTACK)
    assert len(got) == 2 * len(ASKED_FOR)
    # "no-cors" requests leave the browser, and their answers are opaque to the page: status 0, without content.
    assert {what: answer for what, answer in got.items() if answer not in (["refused", ""], [0, ""])} == {}
    assert guarded.is_untouched()


def test_a_page_whose_name_turns_to_this_machine_gets_nothing(guarded: Guarded, browser: Browser) -> None:
    port = urlsplit(guarded.url).port
    browser.visit(f"http://evil.example:{port}/")
    assert browser.run("document.body.innerText") == "Invalid host header"
    named = f"const API = '/api', ASKED = {json.dumps(guarded.requests())};"
    got = browser.run(named + ATTACK)
    assert {answer[0] for what, answer in got.items() if what.endswith(", cors")} == {400}
    assert guarded.is_untouched()


def test_the_servers_own_page_works_with_the_login(guarded: Guarded, browser: Browser) -> None:
    basic = f"Basic {base64.b64encode(guarded.login.encode()).decode()}"
    browser.visit(guarded.url + "/health")
    found = browser.run(f"const API = {json.dumps(guarded.url)}, LOGIN = {json.dumps(basic)};" + READ_RUNS)
    assert [one["id"] for one in found] == [guarded.deployment]


def test_what_is_kept_can_be_read_by_its_owner_alone(guarded: Guarded) -> None:
    for file in (guarded.home / FILE, guarded.home / "prefect.db"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert guarded.login in (guarded.home / FILE).read_text("utf-8")


def test_a_command_without_the_login_is_told_so_in_one_line(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(server.URL, guarded.url)
    for wrong in ("", "positions:guessed"):
        monkeypatch.setenv(server.LOGIN, wrong)
        with pytest.raises(server.NoServer, match=r"wants another login; PREFECT_API_AUTH_STRING says which.*$"):
            server.find_or_start()
    monkeypatch.setenv(server.LOGIN, guarded.login)
    assert server.find_or_start() is None


@pytest.mark.parametrize("kind", [FOR_A_RUN, WHOLE])
def test_old_runs_leave_prefects_database(kind: str, prefect_home: Path) -> None:
    started = server.Server(kind)
    started.wait()
    with Guarded(started.url, login(), prefect_home, "").known() as client:
        flow = posted(client, "/flows/", {"name": "track"})["id"]
        for name in ("old", "new"):
            posted(client, "/flow_runs/", {"flow_id": flow, "name": f"{name} {kind}", "state": {"type": "COMPLETED"}})
    started.stop()
    with sqlite3.connect(prefect_home / "prefect.db") as database:
        database.execute("UPDATE flow_run SET end_time = '2020-01-01 00:00:00.000000' WHERE name = ?", [f"old {kind}"])
    database.close()
    again = server.Server(kind)
    try:
        again.wait()
        end = time.monotonic() + 20
        while (names := names_of_runs(prefect_home, kind)) != [f"new {kind}"]:
            assert time.monotonic() < end, names
            time.sleep(0.2)
    finally:
        again.stop()


def posted(client: httpx.Client, path: str, body: dict[str, Any]) -> Any:
    """What Prefect answers; it says 503 while its database is locked, and whoever asks is to ask again."""
    for _ in range(20):
        answer = client.post(path, json=body)
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(0.5)
    return answer.raise_for_status().json()


def names_of_runs(prefect_home: Path, kind: str) -> list[str]:
    """The runs that the database holds, of this kind of server."""
    with sqlite3.connect(prefect_home / "prefect.db") as database:
        found = database.execute("SELECT name FROM flow_run WHERE name LIKE ? ORDER BY name", [f"% {kind}"]).fetchall()
    database.close()
    return [name for (name,) in found]
