"""Fetches addresses: politely, within limits, from public hosts alone, and only what has changed."""

import email.utils
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Lock
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from flows.addresses import joined, shown
from flows.guard import GuardedTransport
from flows.readers.compressed import Broken, expand_body
from flows.remembered import Remembered
from schemas.settings import Settings

AGENT = "diplomatic-positions"
MOST_REDIRECTS = 5
LONGEST_WAIT = 60.0  # seconds; a server that asks for more is left for the next run
LARGEST_ROBOTS = 500_000  # bytes
SILENT_AT_MOST = 3  # addresses in a row
MAY_PASS = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Answer:
    """What an address held."""

    url: str
    data: bytes
    kind: str
    charset: str | None
    fetched_at: datetime


class FetchFailed(Exception):
    """An address could not be fetched: the short name of the reason, and whether it may pass."""

    def __init__(self, reason: str, detail: str, may_pass: bool = False, wait: float | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.may_pass = may_pass
        self.wait = wait


class Host:
    """What is known of one host during a run: whose turn it is, its robots.txt, and whether it answers."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.next_request = 0.0
        self.robots: RobotFileParser | None = None
        self.silent = 0
        self.closed: str | None = None


class Fetcher:
    """Fetches addresses; safe to use from several threads, one request a host at a time."""

    def __init__(self, settings: Settings, remembered: Remembered, sleep: Callable[[float], None] = time.sleep) -> None:
        self.remembered = remembered
        self._settings = settings
        self._sleep = sleep
        self._hosts: dict[str, Host] = {}
        self._hosts_lock = Lock()
        self._client = httpx.Client(
            transport=GuardedTransport(settings.fetch_private, settings.fetch_seconds),
            timeout=min(settings.fetch_seconds, 20.0),
            headers={
                "User-Agent": f"{AGENT}/{version(AGENT)}",
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
            trust_env=False,  # a proxy would look names up itself, behind the guard's back
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str, sent: str | None = None) -> Answer | None:
        """What the address holds now; None where it has not changed since it was last kept. Raises FetchFailed.

        `sent` is the whole of an address that holds a password or a key, if it does; `url` is what is remembered.
        """
        for attempt in range(1, self._settings.fetch_attempts + 1):
            try:
                return self._follow(url, sent or url)
            except FetchFailed as failure:
                wait = failure.wait or 2.0 ** (attempt - 1) * (0.5 + random.random())
                if not failure.may_pass or wait > LONGEST_WAIT or attempt == self._settings.fetch_attempts:
                    self._give_up(url, failure)
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _give_up(self, url: str, failure: FetchFailed) -> None:
        """Ask a host that does not answer again and again, or wants to be left alone, nothing more in this run."""
        if failure.reason not in ("unreachable", "busy"):
            return
        host = self._host(url)
        host.silent += 1
        if failure.reason == "busy" or host.silent >= SILENT_AT_MOST:
            host.closed = failure.detail

    def _follow(self, url: str, place: str) -> Answer | None:
        """The answer at the end of the redirects."""
        for _ in range(MOST_REDIRECTS + 1):
            place = checked(place)
            self._ask_leave(place)
            found = self._request(url, place)
            if not isinstance(found, str):
                self._host(place).silent = 0
                return found
            place = led(place, found)
        raise FetchFailed("redirects", f"{shown(url)}: more than {MOST_REDIRECTS} redirects; it may be a loop")

    def _ask_leave(self, url: str) -> None:
        """Raise FetchFailed where the host has had enough, or its robots.txt forbids the address."""
        host = self._host(url)
        if host.closed:
            raise FetchFailed("unreachable", f"{shown(url)}: not asked, since {host.closed}")
        if not self._robots(url, host).can_fetch(AGENT, url):
            raise FetchFailed("robots", f"{shown(url)}: the site's robots.txt does not allow it")

    def _request(self, asked: str, url: str) -> Answer | str | None:
        """The answer of one request, the place it redirects to, or None where nothing has changed."""
        known = self.remembered.known(asked)
        with self._response(url, known.headers if known else {}) as response:
            status = response.status_code
            if status == 304 and known:
                self.remembered.still_listed(asked)
                return None
            if status in REDIRECTS and "location" in response.headers:
                return str(response.headers["location"])
            if status != 200:
                raise refused(url, response)
            data = self._body(url, response, self._settings.fetch_bytes)
            self.remembered.note(asked, response.headers.get("etag"), response.headers.get("last-modified"))
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            return Answer(url, data, kind, response.charset_encoding, datetime.now(UTC))

    @contextmanager
    def _response(self, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """The response to a request, in the host's turn; what goes wrong is FetchFailed."""
        host = self._host(url)
        with host.turn:
            self._sleep(max(0.0, host.next_request - time.monotonic()))
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    yield response
            except httpx.InvalidURL as error:
                raise FetchFailed("bad_url", f"{shown(url)[:200]}: {error}") from error
            except httpx.TimeoutException as error:
                limit = f"{self._settings.fetch_seconds:g} seconds"
                raise FetchFailed(
                    "unreachable", f"{shown(url)}: no whole answer within {limit}", may_pass=True
                ) from error
            except httpx.HTTPError as error:
                forbidden = "is not public" in str(error)
                reason = "forbidden_address" if forbidden else "unreachable"
                raise FetchFailed(reason, f"{shown(url)}: {error}", may_pass=not forbidden) from error
            finally:
                host.next_request = time.monotonic() + self._pause(host)

    def _body(self, url: str, response: httpx.Response, limit: int) -> bytes:
        """The body without its encoding; raises FetchFailed where it is too large or damaged."""
        data = bytearray()
        for part in response.iter_raw():
            data += part
            if len(data) > limit:
                raise FetchFailed("enormous", f"{shown(url)}: the answer is larger than {limit:,} bytes")
        try:
            body = expand_body(bytes(data), response.headers.get("content-encoding"), limit)
        except Broken as error:
            raise FetchFailed("broken_body", f"{shown(url)}: {error}") from error
        if len(body) > limit:
            raise FetchFailed("enormous", f"{shown(url)}: the answer expands to more than {limit:,} bytes")
        return body

    def _host(self, url: str) -> Host:
        parts = urlsplit(url)
        with self._hosts_lock:
            return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower(), Host())

    def _pause(self, host: Host) -> float:
        """Seconds to the next request: the site's wish within reason, at least the setting."""
        wished = host.robots.crawl_delay(AGENT) if host.robots and host.robots.mtime() else None
        return max(self._settings.fetch_pause, min(float(wished or 0), LONGEST_WAIT))

    def _robots(self, url: str, host: Host) -> RobotFileParser:
        """The rules of the site; none where it has none, and all forbidden where it cannot say."""
        if host.robots is None:
            robots = RobotFileParser()
            robots.parse(self._robots_lines(urljoin(url, "/robots.txt")))
            host.robots = robots
        return host.robots

    def _robots_lines(self, url: str) -> list[str]:
        """The lines of robots.txt (RFC 9309): an absent one allows everything, a failing one nothing."""
        place = url
        for _ in range(MOST_REDIRECTS + 1):
            with self._response(place, {}) as response:
                if response.status_code in REDIRECTS and "location" in response.headers:
                    place = checked(led(place, response.headers["location"]))
                    continue
                if response.status_code >= 500 or response.status_code == 429:
                    raise refused(url, response)
                if response.status_code != 200:
                    return []
                return self._body(place, response, LARGEST_ROBOTS).decode("utf-8", "replace").splitlines()
        return []


def led(url: str, location: str) -> str:
    """The address that a redirect leads to; raises FetchFailed where it is none."""
    try:
        return joined(url, location)
    except ValueError as error:
        raise FetchFailed("bad_url", f"{shown(url)} redirects to {shown(location)[:200]!r}, which is none") from error


def checked(url: str) -> str:
    """The address without its fragment; raises FetchFailed where it is none that may be fetched."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return urldefrag(url).url
    except ValueError as error:
        told = f": {error}" if "@" not in url else ", or signs in its password that must be written as % and two digits"
        raise FetchFailed("bad_url", f"{shown(url)[:200]} is no address{told}") from error
    raise FetchFailed("bad_url", f"{shown(url)[:200]} is not fetched; allowed are http and https addresses")


def refused(url: str, response: httpx.Response) -> FetchFailed:
    """The failure that a status other than success stands for."""
    status = response.status_code
    detail = f"{shown(url)}: the server answered {status} {response.reason_phrase}".rstrip()
    wait = seconds_asked(response.headers.get("retry-after"))
    if wait is not None and status in MAY_PASS:
        detail += f" and asks to wait {wait:.0f} seconds"
    reason = "busy" if status == 429 or wait else f"http_{status}"
    return FetchFailed(reason, detail, status in MAY_PASS, wait)


def seconds_asked(retry_after: str | None) -> float | None:
    """The seconds that Retry-After asks for, which is a number or a date."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None  # not a date either: the server says nothing that can be followed
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
