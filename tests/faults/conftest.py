"""One Prefect server for all commands of these tests, so that each need not boot its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machinery import Shell


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What tells commands where the server is."""
    from flows.server import LOGIN, URL, Server

    with pytest.MonkeyPatch.context() as patched:
        prefect_home = str(tmp_path_factory.mktemp("prefect"))
        patched.setenv("PREFECT_HOME", prefect_home)
        server = Server()
        try:
            server.wait()
            yield {URL: server.url, LOGIN: server.login, "PREFECT_HOME": prefect_home}
        finally:
            server.stop()


@pytest.fixture
def shell(tmp_path: Path, server_url: dict[str, str]) -> Shell:
    """Where commands run, with an empty warehouse; one process reads, as starting others takes longest."""
    here = {"PYTHONPATH": str(Path.cwd()), "POSITIONS_WORKERS": "1", "POSITIONS_BATCH_ARTICLES": "10"}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    here["TMPDIR"] = str(temporary)
    return Shell(tmp_path / "home", {**os.environ, **server_url, **here}).with_home(tmp_path / "home")
