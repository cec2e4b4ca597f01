"""The Prefect API of a run: the one that is running, else a temporary one that boots while other work goes on."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from base64 import b64encode
from collections import deque
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from threading import Thread

from flows.login import login, prefect_home
from flows.temporary_server import FOR_A_RUN

BOOT_SECONDS = 180.0  # a first start also lays out Prefect's database
PAUSE = 0.05
URL = "PREFECT_API_URL"
LOGIN = "PREFECT_API_AUTH_STRING"
WAITING = 128  # connections that a server has not taken yet, of which it takes none while it boots
LINES_KEPT = 50  # of what a server says of itself: the last ones tell why it ended
REASON = re.compile(r"[\w.]*(?:Error|Exception|NoLogin)\b.*")


class NoServer(RuntimeError):
    """Prefect's API cannot be reached or started."""


class ServerLost(NoServer):
    """Prefect's API is gone, for no reason that would stay: the next run may find it."""


def said(error: NoServer) -> str:
    """The error in a line for people."""
    kept = "; what was done is kept, the next run does the rest" if isinstance(error, ServerLost) else ""
    return f"{error}{kept}"


class Server:
    """A temporary server in a process of its own, which ends when this one does.

    It is handed a socket that listens already: as long as its process is there, nobody else can answer at its address.
    """

    def __init__(self, kind: str = FOR_A_RUN, port: int = 0) -> None:
        self.login = login()
        self._answered = self._stopped = False
        with listening(port) as inherited:
            self.url = f"http://127.0.0.1:{inherited.getsockname()[1]}/api"
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.temporary_server", kind, self.url, str(inherited.fileno())],
                stdin=subprocess.PIPE,  # closed when this process ends, however it ends
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,  # Ctrl-C is for the run, which still has to tell the server how it ended
                pass_fds=[inherited.fileno()],
            )
        self._said: deque[str] = deque(maxlen=LINES_KEPT)
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        """Take what it says, so that it never waits for somebody to."""
        assert self._process.stderr
        self._said.extend(self._process.stderr)

    def wait(self) -> None:
        """Return once it answers. Raises NoServer, and ServerLost where somebody ended it."""
        end = time.monotonic() + BOOT_SECONDS
        while not answers(self.url) or self.ended:
            if error := self.gone():
                raise error
            if time.monotonic() > end:
                self.stop()
                raise NoServer(f"Prefect's temporary server did not answer for {BOOT_SECONDS:.0f} s: {self.reason()}")
            time.sleep(PAUSE)
        self._answered = True

    def gone(self) -> NoServer | None:
        """The error of its having ended, though nobody here stopped it; None while it is there."""
        if not self.ended or self._stopped:
            return None
        if self._answered:
            return ServerLost("Prefect's server was ended")
        why = f"Prefect's temporary server did not start: {self.reason()}"
        return ServerLost(why) if self._process.returncode < 0 else NoServer(why)

    def reason(self) -> str:
        """Why it ended, in one line, as far as it said so."""
        self._listening.join(timeout=5)
        return reason(list(self._said), self._process.wait())

    @property
    def ended(self) -> bool:
        """Whether its process has ended."""
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it now; without this call it ends with this process."""
        self._stopped = True
        self._process.terminate()
        self._process.wait()


def reason(said: Sequence[str], code: int) -> str:
    """The last error that a server told of, else how it ended."""
    places = [place for place, line in enumerate(said) if REASON.match(line)]
    if places:
        # The check of settings says only in the two lines below which of them is at fault, and why.
        lines = said[places[-1] :][: 3 if "validation error" in said[places[-1]] else 1]
        return " ".join(line.strip() for line in lines)
    ended = f"signal {-code} ended it" if code < 0 else f"it ended with {code}"
    last = next((line.strip() for line in reversed(said) if line.strip()), None)
    return f"{ended}; its last line: {last}" if last else ended


def configured(name: str) -> str | None:
    """What a setting of Prefect is in the environment, else in the profile in use."""
    if found := os.environ.get(name):
        return found
    home = prefect_home()
    with contextlib.suppress(FileNotFoundError):
        profiles = tomllib.loads((home / "profiles.toml").read_text("utf-8"))
        profile = os.environ.get("PREFECT_PROFILE", profiles.get("active"))
        found = profiles.get("profiles", {}).get(profile, {}).get(name)
    return found


def configured_url() -> str | None:
    """The address of the server that the environment, or the profile in use, names."""
    return configured(URL)


def answers(url: str) -> bool:
    """Whether a Prefect API is at the address."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False


def lets_in(url: str, known_login: str | None) -> bool:
    """Whether the API at the address takes the login, or asks for none. Raises NoServer where it has gone silent."""
    request = urllib.request.Request(f"{url}/version")
    if known_login:
        request.add_header("Authorization", f"Basic {b64encode(known_login.encode()).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code not in (401, 403)
    except OSError as error:
        raise NoServer(f"the Prefect server at {url} stopped answering ({error})") from error


def find_or_start(kind: str = FOR_A_RUN, port: int = 0) -> Server | None:
    """Start a temporary server where none is configured; gives None where one runs. Raises NoServer."""
    url = configured_url()
    if url is None:
        server = Server(kind, port)
        os.environ |= {URL: server.url, LOGIN: server.login}
        return server
    if not answers(url):
        raise NoServer(f"no Prefect server answers at {url}; start it, or unset {URL} to run without one")
    if not lets_in(url, configured(LOGIN)):
        raise NoServer(f"the Prefect server at {url} wants another login; {LOGIN} says which, as user:password")
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


def listening(wanted: int) -> socket.socket:
    """A socket that listens at the wanted port of this machine where that is free, else at another one."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", port), backlog=WAITING)
    raise NoServer("no port of this machine is free")
