"""Keeps the page to the person it is for: whoever opened the printed address, on this machine, in this page alone."""

import os
import secrets
import stat
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

KEY = "key"  # of the query of the printed address
TOKEN_HEADER = "x-positions-token"
READS = ("GET", "HEAD")
LONGEST_BODY = 64_000  # bytes of a form
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class NoKey(RuntimeError):
    """The key of the page cannot be trusted."""


class Guard:
    """Answers only requests with this page's host, origin and key, and lets only those write that bear its token."""

    def __init__(self, app: App, port: int, key: str, token: str) -> None:
        self._app = app
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._cookie = f"positions-{port}"
        self._key = key
        self._token = token

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if fault := self._fault(scope["method"], headers):
            await _answer(send, *fault)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if self._same(dict(query).get(KEY), self._key):
            await self._let_in(scope["path"], query, send)
            return
        if not self._same(_cookie(headers.get("cookie", ""), self._cookie), self._key):
            await _answer(send, 403, "This page opens at the address that `positions browse` prints, its key included.")
            return
        await self._app(scope, receive, _with_headers(send))

    def _fault(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """What is wrong with a request, whoever sends it."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return 421, "This page answers at its own address alone."
        if method not in (*READS, "POST"):
            return 405, "This page is read and posted to."
        if origin is not None and origin != f"http://{host}":
            return 403, "Pages of another origin get nothing here."
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and not (
            method in READS
            and headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
        ):
            return 403, "Pages of another origin get nothing here."
        if method == "POST":
            if origin is None:
                return 403, "A post names the page that it comes from."
            if not self._same(headers.get(TOKEN_HEADER), self._token):
                return 403, "This page was opened before the program started anew: load it again."
            length = headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LONGEST_BODY:
                return 413, f"A post says its length, and is no longer than {LONGEST_BODY} bytes."
        return None

    async def _let_in(self, path: str, query: list[tuple[str, str]], send: Send) -> None:
        """Keep the key in a cookie and take it out of the address."""
        rest = urlencode([pair for pair in query if pair[0] != KEY])
        # A path of two slashes would be taken for another host.
        place = quote(f"/{path.lstrip('/')}") + (f"?{rest}" if rest else "")
        cookie = f"{self._cookie}={self._key}; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000"
        await _answer(send, 303, "", {"location": place, "set-cookie": cookie})

    @staticmethod
    def _same(given: str | None, wanted: str) -> bool:
        return given is not None and secrets.compare_digest(given.encode(), wanted.encode())


def kept_key(file: Path) -> str:
    """The key of the page, made where there is none, so that a permalink opens again after a new start.

    Raises NoKey where others than the owner can read it.
    """
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(secrets.token_urlsafe(32))
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, encoding="utf-8") as opened:
        told = os.fstat(descriptor)
        key = opened.read().strip()
    if told.st_uid != os.getuid() or stat.S_IMODE(told.st_mode) & 0o077 or len(key) < 32:
        raise NoKey(f"{file}: is no key that its owner alone can read; remove it, and a new one is made")
    return key


def _cookie(header: str, name: str) -> str | None:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found else None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                (name, value) for name, value in message.get("headers", ()) if name.decode("latin-1") not in HEADERS
            ]
            message["headers"] = [*kept, *((name.encode(), value.encode()) for name, value in HEADERS.items())]
        await send(message)

    return sending


async def _answer(send: Send, code: int, text: str, more: dict[str, str] | None = None) -> None:
    headers = {**HEADERS, "content-type": "text/plain; charset=utf-8", **(more or {})}
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": code, "headers": pairs})
    await send({"type": "http.response.body", "body": text.encode()})
