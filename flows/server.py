"""The Prefect API of a run: the one that is running, else a temporary one that boots while other work goes on."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from flows.temporary_server import FOR_A_RUN

BOOT_SECONDS = 180.0  # a first start also lays out Prefect's database
PAUSE = 0.05
URL = "PREFECT_API_URL"


class NoServer(RuntimeError):
    """Prefect's API cannot be reached or started."""


class Server:
    """A temporary server in a process of its own, which ends when this one does."""

    def __init__(self, kind: str = FOR_A_RUN, port: int = 0) -> None:
        self.url = f"http://127.0.0.1:{_free_port(port)}/api"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.temporary_server", kind, self.url],
            stdin=subprocess.PIPE,  # closed when this process ends, however it ends
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the run, which still has to tell the server how it ended
        )

    def wait(self) -> None:
        """Return once it answers. Raises NoServer."""
        end = time.monotonic() + BOOT_SECONDS
        while not answers(self.url):
            if self.ended or time.monotonic() > end:
                raise NoServer("Prefect's temporary server did not start; `prefect server start` tells why")
            time.sleep(PAUSE)

    @property
    def ended(self) -> bool:
        """Whether its process has ended."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it now; without this call it ends with this process."""
        self._process.terminate()
        self._process.communicate()


def configured_url() -> str | None:
    """The address of the server that the environment, or the profile in use, names."""
    if url := os.environ.get(URL):
        return url
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    with contextlib.suppress(FileNotFoundError):
        profiles = tomllib.loads((home / "profiles.toml").read_text("utf-8"))
        name = os.environ.get("PREFECT_PROFILE", profiles.get("active"))
        url = profiles.get("profiles", {}).get(name, {}).get(URL)
    return url


def answers(url: str) -> bool:
    """Whether a Prefect API is at the address."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def find_or_start(kind: str = FOR_A_RUN, port: int = 0) -> Server | None:
    """Start a temporary server where none is configured; gives None where one runs. Raises NoServer."""
    url = configured_url()
    if url is None:
        server = Server(kind, port)
        os.environ[URL] = server.url
        return server
    if not answers(url):
        raise NoServer(f"no Prefect server answers at {url}; start it, or unset {URL} to run without one")
    return None


@contextlib.contextmanager
def connected(server: Server | None) -> Iterator[None]:
    """What runs inside reaches the API. Nobody watches a temporary server, so no heartbeat is sent to it."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    if server is None:
        yield
        return
    server.wait()
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def _free_port(wanted: int) -> int:
    """The wanted port where it is free, else another one."""
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise NoServer("no port of this machine is free")
