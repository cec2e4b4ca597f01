"""Feeds and pages over HTTP: each page once, nothing twice, and a source that fails harms no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.fetch import Fetcher
from flows.readers import read
from flows.remembered import Remembered
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows import server
from tests.flows.readers.builders import BODY, SETTINGS, jsonl, page, record, rss, whole_entry
from tests.flows.server import Site, content, in_turn, status, versioned

RSS = "application/rss+xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as running:
        yield running


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "fetched.jsonl"


def run(memory: Path, *urls: str | Source) -> tuple[list[Article], list[Rejection]]:
    """One run over the addresses, kept at its end."""
    with Fetcher(SETTINGS, Remembered(memory), lambda _: None) as fetcher:
        items = [item for url in urls for item in read(url, SETTINGS, lambda: fetcher)]
        fetcher.remembered.keep()
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Rejection)]


def entry(site: Site, number: int) -> str:
    return f"<item><title>Talks {number}</title><link>{site.url(f'/{number}')}</link></item>"


def with_pages(site: Site, *numbers: int) -> str:
    """Put pages on the site and give the feed that leads to them."""
    for number in numbers:
        site.answers[f"/{number}"] = content(page(number))
    return rss([entry(site, number) for number in numbers])


def test_entries_lead_to_pages(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(with_pages(site, 1, 2), RSS)
    articles, rejections = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 1", "Talks 2"]
    assert [article.url for article in articles] == ["https://post.example/talks/1", "https://post.example/talks/2"]
    assert [article.origin for article in articles] == [site.url("/1"), site.url("/2")]
    assert all(article.fetched_at for article in articles)
    assert not rejections


def test_an_unchanged_feed_costs_one_small_answer(site: Site, memory: Path) -> None:
    site.answers["/feed"] = versioned(with_pages(site, 1, 2), '"v1"', RSS)
    run(memory, site.url("/feed"))
    site.asked.clear()
    assert run(memory, site.url("/feed")) == ([], [])
    assert site.asked == {"/robots.txt": 1, "/feed": 1}
    assert site.conditions[-1] == '"v1"'


def test_of_a_changed_feed_only_the_new_pages_are_fetched(site: Site, memory: Path) -> None:
    site.answers["/feed"] = in_turn(content(with_pages(site, 1, 2), RSS), content(with_pages(site, 3, 1, 2), RSS))
    run(memory, site.url("/feed"))
    site.asked.clear()
    articles, _ = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 3"]
    assert site.asked == {"/robots.txt": 1, "/feed": 1, "/3": 1}


def test_a_page_that_failed_for_now_is_fetched_by_the_next_run(site: Site, memory: Path) -> None:
    site.answers["/feed"] = versioned(with_pages(site, 1, 2), '"v1"', RSS)
    site.answers["/2"] = in_turn(status(503), status(503), status(503), content(page(2)))
    articles, rejections = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 1"]
    assert [(item.origin, item.reason) for item in rejections] == [(site.url("/2"), "http_503")]
    articles, rejections = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 2"]
    assert not rejections


def test_a_failing_source_does_not_stop_the_others(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(with_pages(site, 1), RSS)
    site.answers["/broken"] = content("<rss>", RSS)
    gone, broken = site.url("/gone"), site.url("/broken")
    articles, rejections = run(memory, gone, broken, "http://no.such.host.invalid/feed", site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 1"]
    assert [item.reason for item in rejections] == ["http_404", "broken_feed", "unreachable"]


def test_the_day_of_the_entry_serves_where_the_page_has_none(site: Site, memory: Path) -> None:
    bare = page(1).replace("content='2022-01-27T23:30:00-05:00'", "").replace("© 2022", "")
    site.answers["/1"] = content(bare)
    dated = entry(site, 1).replace("</item>", "<pubDate>Wed, 26 Jan 2022 23:00:00 -0500</pubDate></item>")
    site.answers["/feed"] = content(rss([dated]), RSS)
    articles, _ = run(memory, site.url("/feed"))
    assert [article.published.isoformat() for article in articles] == ["2022-01-26"]


def test_entries_that_hold_their_article_are_not_fetched(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([whole_entry(1)]), RSS)
    articles, _ = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Whole 1"]
    assert site.asked == {"/robots.txt": 1, "/feed": 1}


def test_the_charset_of_the_header_counts(site: Site, memory: Path) -> None:
    body = f"Der Außenminister sprach in Zürich.\n{BODY}"
    silent = page(1, body).replace("<meta charset='utf-8'>", "")
    site.answers["/1"] = content(silent.encode("latin-1"), "text/html; charset=iso-8859-1")
    site.answers["/2"] = content(silent.encode("utf-8"), "text/html; charset=iso-8859-1")
    site.answers["/3"] = content(silent.encode("latin-1"), "text/html; charset=utf-8")
    articles, _ = run(memory, site.url("/1"), site.url("/2"), site.url("/3"))
    assert ["Außenminister sprach in Zürich" in article.text for article in articles] == [True] * 3


def test_any_other_format_may_lie_at_an_address(site: Site, memory: Path) -> None:
    site.answers["/export.jsonl"] = content(jsonl([record(1), record(2)]), "application/x-ndjson")
    site.answers["/picture"] = content(b"\x89PNG\r\n\x1a\n\0\0", "image/png")
    articles, rejections = run(memory, site.url("/export.jsonl"), site.url("/picture"))
    assert len(articles) == 2
    assert articles[0].origin == f"{site.url('/export.jsonl')}#1"
    assert [item.reason for item in rejections] == ["unknown_format"]


def test_a_feed_in_a_file_leads_to_pages_too(site: Site, memory: Path, tmp_path: Path) -> None:
    feed = tmp_path / "saved.rss"
    feed.write_text(with_pages(site, 1, 2), "utf-8")
    listed = Source(source=str(feed), fetch=True)
    assert len(run(memory, listed)[0]) == 2
    assert [item.reason for item in read(feed, SETTINGS) if isinstance(item, Rejection)] == ["not_fetched"] * 2
