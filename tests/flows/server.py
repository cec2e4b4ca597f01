"""A web server on loopback that the tests start themselves, with every fault a server can have."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = BaseHTTPRequestHandler
Answers = Callable[[Handler], None]


@dataclass
class Site:
    """A running server: what its paths answer, and what it was asked."""

    address: str
    answers: dict[str, Answers] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    moments: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    conditions: list[str | None] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.address}{path}"


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port of loopback."""
    site = Site("")

    class FaultyHandler(BaseHTTPRequestHandler):
        """Answers as the site says; 404 for what it does not name."""

        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.moments.append(time.monotonic())
            site.agents.add(self.headers.get("User-Agent", ""))
            site.conditions.append(self.headers.get("If-None-Match"))
            try:
                site.answers.get(self.path, status(404))(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client left, as some tests mean it to

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests look at what was asked, not at a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), FaultyHandler)
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def send(handler: Handler, code: int, body: bytes, **headers: str) -> None:
    """A whole answer; underscores in the names of headers are hyphens."""
    handler.send_response(code)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def content(body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Answers:
    """200 with a body."""
    data = body.encode() if isinstance(body, str) else body
    return lambda handler: send(handler, 200, data, Content_Type=kind, **headers)


def status(code: int, **headers: str) -> Answers:
    """A status without content."""
    return lambda handler: send(handler, code, b"", **headers)


def redirect(to: str, code: int = 302) -> Answers:
    """A redirect."""
    return status(code, Location=to)


def versioned(body: str, etag: str, kind: str = "text/html; charset=utf-8") -> Answers:
    """304 for whoever has the version already, else the body."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            send(handler, 304, b"", ETag=etag)
        else:
            send(handler, 200, body.encode(), Content_Type=kind, ETag=etag)

    return answer


def in_turn(*answers: Answers) -> Answers:
    """One answer after the other, the last one for ever."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def hangs_up(handler: Handler) -> None:
    """Promises a body and closes the connection."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<html>")
    handler.close_connection = True


def trickles(handler: Handler) -> None:
    """Sends a byte from time to time, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def never_ends(handler: Handler) -> None:
    """Sends as much as the client takes."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def says_nothing(_: Handler) -> None:
    """Keeps the client waiting."""
    time.sleep(5)
