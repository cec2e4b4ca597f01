"""Whoever is not the person the page is for gets nothing and changes nothing."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from flows.page.guard import NoKey, kept_key
from tests.flows.page.sites import DEMAND, FIRST, HOST, KEY, TOKEN, asking, fill

JUDGE = f"/judge/{DEMAND.position_id}"
READS = ("/", "/search", f"/article/{FIRST}", "/actor/ARL", "/bench", "/health", "/download.csv", "/static/page.js")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guarded")
    fill(folder)
    return folder


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    with asking(home) as asked:
        yield asked


@pytest.mark.parametrize("path", READS)
def test_without_the_key_nothing_is_told(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
    client.cookies.clear()
    answer = client.get(path)
    assert (answer.status_code, "Arland" in answer.text) == (403, False)
    assert client.get(f"{path}?key=guessed").status_code == 403


def test_the_printed_address_lets_in_once_and_leaves_the_address_bar(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.get("/search", params={"key": KEY, "q": "strait"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=strait")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Lax" in answer.headers["set-cookie"]
    for path in ("//evil.example/", "/\\evil.example", "/a%0d%0aset-cookie:x"):
        place = client.get(path, params={"key": KEY}).headers["location"]
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))
        assert "\n" not in place


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8420", "127.0.0.1:8421", "localhost", "", "[::1]:8420"])
def test_another_host_gets_nothing(client: TestClient, host: str) -> None:
    assert client.get("/search", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
    ],
)
def test_a_page_of_another_origin_can_neither_read_nor_write(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/search", headers=headers).status_code == 403
    posted = client.post(JUDGE, data={"mark": "right"}, headers={"x-positions-token": TOKEN, **headers})
    assert posted.status_code == 403


def test_a_link_from_elsewhere_opens(client: TestClient) -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/search?actor=ARL", headers=followed).status_code == 200


def test_what_writes_bears_the_token_of_the_page(client: TestClient, home: Path) -> None:
    here = {"origin": f"http://{HOST}"}
    form = {"mark": "right"}
    assert client.post(JUDGE, data=form, headers={"x-positions-token": TOKEN}).status_code == 403  # no origin
    assert client.post(JUDGE, data=form, headers=here).status_code == 403
    assert client.post(JUDGE, data=form, headers={**here, "x-positions-token": "guessed"}).status_code == 403
    assert client.get(JUDGE).status_code == 405
    assert client.put(JUDGE, headers={**here, "x-positions-token": TOKEN}).status_code == 405
    long = client.post(JUDGE, data={"reason": "x" * 100_000}, headers={**here, "x-positions-token": TOKEN})
    assert long.status_code == 413
    assert not (home / "judgements").exists()


def test_no_page_may_run_or_fetch_anything_but_its_own(client: TestClient) -> None:
    for path in (*READS, "/nothing", "/search?since=never"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


def test_the_key_is_kept_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = kept_key(file)
    assert (len(key) >= 32, kept_key(file) == key) == (True, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    with pytest.raises(NoKey, match="its owner alone"):
        kept_key(file)
