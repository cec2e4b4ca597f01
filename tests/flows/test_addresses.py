"""Passwords and keys in addresses go to their own host, and nowhere else."""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import cli
from flows.addresses import UnknownName, expanded, joined, kept_under, shown, shown_link
from flows.ingest import land_sources
from flows.sources import SourcesError, sources_named
from schemas.settings import Settings
from tests.flows import server
from tests.flows.readers.builders import page, rss, whole_entry
from tests.flows.server import Handler, Site, content, redirect
from warehouse.export import export
from warehouse.store import Store

USER, PASSWORD, KEY = "reader", "geheim-4711", "schluessel-0815"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test leaves in the environment goes with it."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as running:
        yield running


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("https://u:p@a.example/feed", "https://a.example/feed"),
        ("https://token@a.example:8443/feed?page=2", "https://a.example:8443/feed?page=2"),
        ("https://a.example/feed?api_key=s&page=2", "https://a.example/feed?page=2"),
        ("https://a.example/feed?page=2&X-API-Key=s&access_token=t", "https://a.example/feed?page=2"),
        ("https://a.example/feed?sig=s", "https://a.example/feed"),
        ("https://a.example/feed?keyword=talks&author=x&passage=3", None),
        ("https://a.example/@paper/feed", None),
        ("https://u:p/q@a.example/feed", "https://…"),
        ("https://u:p#q@a.example/feed", "https://…"),
    ],
)
def test_an_address_is_shown_without_what_proves_who_asks(address: str, without: str | None) -> None:
    assert shown(address) == (without or address)


def test_a_link_keeps_what_is_not_of_its_source() -> None:
    source = f"https://a.example/feed?api_key={KEY}"
    assert shown_link(f"https://a.example/1?key=17&api_key={KEY}", source) == "https://a.example/1?key=17"
    assert shown_link("https://u:p@a.example/1?token=17", source) == "https://a.example/1?token=17"


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("/1", "https://u:p@a.example/1"),
        ("https://a.example:443/1", "https://u:p@a.example:443/1"),
        ("http://a.example/1", "http://a.example/1"),
        ("https://b.example/1", "https://b.example/1"),
        ("//b.example/1", "https://b.example/1"),
        ("https://x:y@b.example/1", "https://b.example/1"),
        ("https://a.example:8443/1", "https://a.example:8443/1"),
        ("https://a.example.evil.example/1", "https://a.example.evil.example/1"),
    ],
)
def test_user_and_password_follow_to_the_same_place_alone(link: str, leads_to: str) -> None:
    assert joined("https://u:p@a.example/feed?api_key=s", link) == leads_to


def test_an_address_names_variables_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEED_KEY", KEY)
    listed = tmp_path / "sources.yaml"
    listed.write_text("sources:\n  - source: https://a.example/${FEED_KEY}/feed?api_key=${FEED_KEY}\n", "utf-8")
    (source,) = sources_named([str(listed)])
    assert source.source == "https://a.example/${FEED_KEY}/feed"
    assert expanded(source.source) == f"https://a.example/{KEY}/feed?api_key={KEY}"
    monkeypatch.delenv("FEED_KEY")
    with pytest.raises(UnknownName):
        expanded(source.source)
    with pytest.raises(SourcesError, match="no variable FEED_KEY is set in the environment") as told:
        sources_named([str(listed)])
    assert KEY not in str(told.value)


@pytest.mark.parametrize("scheme", ["ftp", "s3", "htttps"])
def test_an_address_that_is_not_fetched_is_refused_without_its_password(scheme: str) -> None:
    with pytest.raises(SourcesError, match=f"{scheme}://a.example/feed: no such file or folder"):
        sources_named([f"{scheme}://{USER}:{PASSWORD}@a.example/feed?api_key={KEY}"])


def test_addresses_that_differ_in_a_key_alone_are_refused() -> None:
    with pytest.raises(SourcesError, match=r"https://a\.example/feed: two addresses differ in a password or key alone"):
        sources_named(["https://a.example/feed?token=1", "https://a.example/feed?token=2"])


@pytest.mark.parametrize("command", ["track", "serve"])
def test_a_command_hands_an_address_on_without_its_password(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What a flow is given, Prefect stores."""
    given: list[str] = []
    monkeypatch.setattr(f"flows.commands.{command}.find_or_start", lambda *_: None)
    monkeypatch.setattr("flows.local.run_track", lambda sources, *_: given.extend(sources))
    monkeypatch.setattr("flows.schedule.serve_here", lambda sources, *_: given.extend(sources))
    address = f"http://{USER}:{PASSWORD}@a.example/feed?api_key={KEY}"
    assert cli.run([command, address, "--home", str(tmp_path)]) == 0
    assert given == ["http://a.example/feed"]
    told = capsys.readouterr()
    assert PASSWORD not in told.out + told.err
    assert KEY not in told.out + told.err
    assert expanded("http://a.example/feed") == address == os.environ[kept_under("http://a.example/feed")]


def asks_for_a_password(answer: server.Answers, asked: list[str | None]) -> server.Answers:
    """Answers those alone who prove who they are; notes what everybody proves."""

    def guarded(handler: Handler) -> None:
        asked.append(handler.headers.get("Authorization"))
        if asked[-1] == f"Basic {base64.b64encode(f'{USER}:{PASSWORD}'.encode()).decode()}":
            answer(handler)
        else:
            server.status(401)(handler)

    return guarded


def test_nothing_that_is_kept_holds_a_password_or_a_key(tmp_path: Path, site: Site) -> None:
    asked: list[str | None] = []
    strangers: list[str | None] = []
    with server.serving() as other:
        other.answers["/3"] = asks_for_a_password(content("nothing"), strangers)
        entries = [
            f"<item><title>Talks 1</title><link>{site.url('/1')}?api_key={KEY}</link></item>",
            f"<item><title>Talks 2</title><link>/2?api_key={KEY}</link></item>",
            f"<item><title>Talks 3</title><link>{other.url('/3')}</link></item>",
            f"<item><title>Talks 4</title><link>{site.url('/gone')}?api_key={KEY}</link></item>",
            whole_entry(5),
        ]
        site.answers[f"/old?api_key={KEY}"] = asks_for_a_password(redirect(f"/feed?api_key={KEY}"), asked)
        site.answers[f"/feed?api_key={KEY}"] = asks_for_a_password(content(rss(entries), "application/rss+xml"), asked)
        for number in (1, 2):
            site.answers[f"/{number}?api_key={KEY}"] = asks_for_a_password(content(page(number)), asked)
        host = site.address.removeprefix("http://")
        address = f"http://{USER}:{PASSWORD}@{host}/old?api_key={KEY}"
        broken = f"http://{USER}:{PASSWORD}@{host}/nothing?api_key={KEY}"
        settings = Settings(home=tmp_path / "home", fetch_private=True, fetch_pause=0, fetch_attempts=1)
        with Store.open(settings.working_file) as store:
            landed = land_sources(store.save_articles, store, sources_named([address, broken]), settings)
            store.publish(settings.snapshot_file)
        export(settings.snapshot_file, settings.export_dir)
    assert landed.landed.new == 3
    assert landed.reasons == {"http_404": 2, "http_401": 1}
    assert len(asked) == 4
    assert set(strangers) == {None}
    kept = [file for file in settings.home.rglob("*") if file.is_file()]
    assert settings.fetched_file in kept
    for file in kept:
        data = file.read_bytes()
        assert PASSWORD.encode() not in data, file
        assert KEY.encode() not in data, file
