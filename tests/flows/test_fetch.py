"""Fetching is polite, bounded and confined to public hosts; each fault of a server has its reason."""

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import guard
from flows.fetch import Answer, Fetcher, FetchFailed
from flows.remembered import Remembered
from schemas.settings import Settings
from tests.flows import server
from tests.flows.server import Site, content, in_turn, redirect, status, versioned


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(tmp_path: Path, slept: list[float]) -> Iterator[Fetcher]:
    settings = Settings(fetch_private=True, fetch_pause=0, fetch_seconds=0.6, fetch_bytes=100_000)
    with Fetcher(settings, Remembered(tmp_path / "fetched.jsonl"), slept.append) as made:
        yield made


def failure(fetcher: Fetcher, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    return caught.value


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = content("Grüße".encode("latin-1"), "text/html; charset=iso-8859-1")
    answer = fetcher.fetch(site.url("/a#part"))
    assert isinstance(answer, Answer)
    assert (answer.url, answer.kind, answer.charset) == (site.url("/a"), "text/html", "iso-8859-1")
    assert answer.data == "Grüße".encode("latin-1")
    assert {agent.split("/")[0] for agent in site.agents} == {"diplomatic-positions"}


def test_what_has_not_changed_costs_one_small_answer(tmp_path: Path, site: Site) -> None:
    site.answers["/a"] = versioned("page", '"v1"')
    settings = Settings(fetch_private=True, fetch_pause=0)
    for expected in (True, False, False):
        with Fetcher(settings, Remembered(tmp_path / "fetched.jsonl")) as fetcher:
            assert (fetcher.fetch(site.url("/a")) is not None) is expected
            fetcher.remembered.keep()
    assert [asked for asked in site.conditions if asked] == ['"v1"', '"v1"']


def test_what_was_not_kept_is_fetched_again(tmp_path: Path, site: Site) -> None:
    site.answers["/a"] = versioned("page", '"v1"')
    for _ in range(2):
        with Fetcher(Settings(fetch_private=True, fetch_pause=0), Remembered(tmp_path / "f.jsonl")) as fetcher:
            assert fetcher.fetch(site.url("/a")) is not None


def test_robots_txt_is_respected_and_asked_for_once(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = content("User-agent: *\nDisallow: /private\n", "text/plain")
    site.answers["/private/a"] = site.answers["/b"] = content("page")
    assert failure(fetcher, site.url("/private/a")).reason == "robots"
    assert fetcher.fetch(site.url("/b")) is not None
    assert site.asked == {"/robots.txt": 1, "/b": 1}


def test_robots_txt_that_names_the_project(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = content("User-agent: diplomatic-positions\nDisallow: /\n", "text/plain")
    assert failure(fetcher, site.url("/b")).reason == "robots"


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = status(500)
    site.answers["/b"] = content("page")
    assert failure(fetcher, site.url("/b")).reason == "http_500"
    assert site.asked["/b"] == 0


def test_requests_to_one_host_are_spaced(tmp_path: Path, site: Site) -> None:
    site.answers["/a"] = site.answers["/b"] = content("page")
    with Fetcher(Settings(fetch_private=True, fetch_pause=0.2), Remembered(tmp_path / "f.jsonl")) as fetcher:
        fetcher.fetch(site.url("/a"))
        fetcher.fetch(site.url("/b"))
    gaps = [later - earlier for earlier, later in zip(site.moments, site.moments[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.19


def test_what_may_pass_is_tried_again(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = in_turn(status(500), status(503), content("page"))
    assert fetcher.fetch(site.url("/a")) is not None
    assert site.asked["/a"] == 3


def test_waits_grow(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.answers["/a"] = status(502)
    assert failure(fetcher, site.url("/a")).reason == "http_502"
    waits = [seconds for seconds in slept if seconds > 0]
    assert len(waits) == 2
    assert 0.5 <= waits[0] <= 1.5
    assert 1.0 <= waits[1] <= 3.0


def test_retry_after_is_followed(site: Site, fetcher: Fetcher, slept: list[float]) -> None:
    site.answers["/a"] = in_turn(status(429, Retry_After="7"), content("page"))
    assert fetcher.fetch(site.url("/a")) is not None
    assert 7.0 in slept


def test_a_host_that_asks_for_a_long_wait_is_left_for_the_next_run(
    site: Site, fetcher: Fetcher, slept: list[float]
) -> None:
    site.answers["/a"] = status(429, Retry_After="3600")
    found = failure(fetcher, site.url("/a"))
    assert (found.reason, found.may_pass) == ("busy", True)
    assert "3600 seconds" in found.detail
    assert failure(fetcher, site.url("/b")).detail.endswith(found.detail)
    assert site.asked == {"/robots.txt": 1, "/a": 1}
    assert max(slept) == 0


@pytest.mark.parametrize("code", [401, 403, 404, 410, 451])
def test_what_does_not_pass_is_asked_once(site: Site, fetcher: Fetcher, code: int) -> None:
    site.answers["/a"] = status(code)
    found = failure(fetcher, site.url("/a"))
    assert (found.reason, found.may_pass) == (f"http_{code}", False)
    assert site.asked["/a"] == 1


@pytest.mark.parametrize("fault", [server.hangs_up, server.trickles, server.says_nothing])
def test_a_server_that_does_not_answer_whole_is_given_up(site: Site, fetcher: Fetcher, fault: server.Answers) -> None:
    site.answers["/a"] = fault
    begun = time.monotonic()
    found = failure(fetcher, site.url("/a"))
    assert (found.reason, found.may_pass) == ("unreachable", True)
    assert time.monotonic() - begun < 4


def test_a_silent_host_is_not_asked_for_ever(site: Site, fetcher: Fetcher) -> None:
    for number in range(5):
        site.answers[f"/{number}"] = server.hangs_up
        failure(fetcher, site.url(f"/{number}"))
    assert site.asked["/2"] == 3
    assert site.asked["/3"] == site.asked["/4"] == 0


def test_an_endless_body_is_cut(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = server.never_ends
    assert failure(fetcher, site.url("/a")).reason == "enormous"


def test_gzip_is_expanded_and_a_bomb_is_not(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = content(gzip.compress(b"page"), Content_Encoding="gzip")
    site.answers["/b"] = content(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    site.answers["/c"] = content(gzip.compress(b"page")[4:], Content_Encoding="gzip")
    site.answers["/d"] = content(b"page", Content_Encoding="gzip, gzip")
    answer = fetcher.fetch(site.url("/a"))
    assert answer is not None
    assert answer.data == b"page"
    assert failure(fetcher, site.url("/b")).reason == "enormous"
    assert failure(fetcher, site.url("/c")).reason == "broken_body"
    assert failure(fetcher, site.url("/d")).reason == "broken_body"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, fetcher: Fetcher, code: int) -> None:
    site.answers["/a"] = redirect("/b", code)
    site.answers["/b"] = content("page")
    answer = fetcher.fetch(site.url("/a"))
    assert answer is not None
    assert answer.url == site.url("/b")


def test_a_redirect_loop_ends(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = redirect("/b")
    site.answers["/b"] = redirect("/a")
    assert failure(fetcher, site.url("/a")).reason == "redirects"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "javascript:1"])
def test_redirects_lead_to_http_alone(site: Site, fetcher: Fetcher, to: str) -> None:
    site.answers["/a"] = redirect(to)
    assert failure(fetcher, site.url("/a")).reason == "bad_url"


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "http://[", "nonsense", "http://a b/"])
def test_addresses_that_are_none(fetcher: Fetcher, url: str) -> None:
    assert failure(fetcher, url).reason in ("bad_url", "unreachable")


class TestOnlyPublicHosts:
    """Without the setting, nothing inside the network can be reached, by whatever name."""

    @pytest.fixture
    def careful(self, tmp_path: Path) -> Iterator[Fetcher]:
        with Fetcher(Settings(fetch_pause=0), Remembered(tmp_path / "f.jsonl"), lambda _: None) as made:
            yield made

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433"])
    def test_loopback(self, site: Site, careful: Fetcher, host: str) -> None:
        port = site.address.rsplit(":", 1)[1]
        assert failure(careful, f"http://{host}:{port}/a").reason == "forbidden_address"
        assert not site.asked

    @pytest.mark.parametrize(
        "address",
        [
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fc00::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "64:ff9b:1::5db8:d822",
            "64:ff9b:1:ffff::1",
            "::7f00:1",
            "::5db8:d822",
            "::ffff:0:7f00:1",
            "::ffff:0:5db8:d822",
            "fec0::1",
            "feff::1",
            "168.63.129.16",
            "::",
        ],
    )
    def test_names_that_lead_inside(self, careful: Fetcher, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        resolves_to(monkeypatch, "93.184.216.34", address)
        assert failure(careful, "http://public.example/a").reason == "forbidden_address"

    @pytest.mark.parametrize(
        "address",
        [
            "169.254.169.254",
            "169.254.170.2",
            "::ffff:169.254.169.254",
            "2002:a9fe:a9fe::",
            "64:ff9b::a9fe:a9fe",
            "::a9fe:a9fe",
            "::ffff:0:a9fe:a9fe",
            "fe80::a9fe:a9fe",
            "fd00:ec2::254",
            "100.100.100.200",
            "168.63.129.16",
        ],
    )
    def test_where_private_addresses_may_be_fetched_a_cloud_still_gives_no_keys(
        self, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        resolves_to(monkeypatch, "127.0.0.1", address)
        told = failure(fetcher, "http://private.example:1/a")
        assert told.reason == "forbidden_address"
        assert "POSITIONS_FETCH_PRIVATE" not in told.detail

    @pytest.mark.parametrize(
        "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:93.184.216.34"]
    )
    def test_addresses_of_the_open_internet_are_public(self, address: str) -> None:
        assert guard.is_public(ipaddress.ip_address(address))

    def test_a_redirect_to_the_inside(self, site: Site, careful: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
        site.answers["/a"] = redirect(site.url("/secret"))
        monkeypatch.setattr(guard, "is_public", lambda _: not site.asked["/a"])
        assert failure(careful, site.url("/a")).reason == "forbidden_address"
        assert site.asked["/secret"] == 0

    def test_the_checked_address_is_the_one_connected_to(
        self, site: Site, careful: Fetcher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.answers["/a"] = content("page")
        port = site.address.rsplit(":", 1)[1]
        lookups = resolves_to(monkeypatch, "127.0.0.1")
        monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1")
        assert careful.fetch(f"http://public.example:{port}/a") is not None
        assert lookups == ["public.example", "127.0.0.1"] * 2  # robots.txt and the page: each name is asked once


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Make every name resolve to these addresses, and give the list of names asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *_: object, **__: object) -> object:
        asked.append(host)
        if host[0].isdigit():
            return real(host, port, type=socket.SOCK_STREAM)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_a_damaged_memory_says_where(tmp_path: Path) -> None:
    file = tmp_path / "fetched.jsonl"
    file.write_text('{"url": "a", "etag": null, "last_modified": null, "fetched_on": "2022-01-27"}\n{"url"\n')
    with pytest.raises(ValueError, match=r"fetched\.jsonl:2: "):
        Remembered(file)
