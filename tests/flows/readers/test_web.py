"""Feeds and pages over HTTP: each page once, nothing twice, and a source that fails harms no other."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.fetch import Fetcher
from flows.readers import read
from flows.remembered import LEFT_ALONE, Remembered
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


SUMMARY = "Norland turned down the proposal to move its talks with Sudland to the island, its minister said on Tuesday."


def summarised(site: Site, number: int, summary: str = SUMMARY, title: str = "Norland rejects talks") -> str:
    """An entry with a day and a summary that leads to a page."""
    return (
        f"<item><title>{title}</title><link>{site.url(f'/{number}')}</link><description>{summary}</description>"
        "<pubDate>Wed, 26 Jan 2022 23:00:00 -0500</pubDate></item>"
    )


def as_told(article: Article) -> tuple[str, str, str, bool]:
    """What an article is, in short."""
    return article.title, article.published.isoformat(), article.published_basis, article.is_partial


def test_where_the_page_cannot_be_had_the_summary_is_a_partial_article(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1)]), RSS)
    (partial,), (rejection,) = run(memory, site.url("/feed"))
    assert as_told(partial) == ("Norland rejects talks", "2022-01-26", "stated", True)
    assert (partial.text, partial.url) == (SUMMARY, site.url("/1"))
    assert (rejection.origin, rejection.reason) == (site.url("/1"), "http_404")


def test_the_page_takes_the_place_of_the_summary_when_it_is_read(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1)]), RSS)
    site.answers["/1"] = in_turn(status(503), status(503), status(503), content(page(1)))
    (partial,), _ = run(memory, site.url("/feed"))
    (whole,), rejections = run(memory, site.url("/feed"))
    assert not rejections
    assert not whole.is_partial
    assert whole.url == "https://post.example/talks/1"
    assert partial.article_id in whole.replaces, "its own address is another one than that of the entry"


WALL = "Subscribe to continue reading this story, and all others of the Norland Post. It costs little. " * 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(1, WALL).replace("<p>Round 1 has ended.</p>", ""), "wall"),
        (page(1, "The weather stays fine until Sunday, when rain comes from the west with some wind. " * 4)
         .replace("Round 1 has ended", "No clouds").replace("Talks 1", "Sunshine"), "another_page"),
        ("<html><body><p>Hello.</p></body></html>", "no_article"),
    ],
    ids=["wall", "another matter", "hardly anything"],
)  # fmt: skip
def test_a_page_that_is_not_the_article_leaves_the_summary(site: Site, memory: Path, answer: str, reason: str) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1)]), RSS)
    site.answers["/1"] = content(answer)
    (partial,), (rejection,) = run(memory, site.url("/feed"))
    assert as_told(partial) == ("Norland rejects talks", "2022-01-26", "stated", True)
    assert rejection.reason == reason


def test_a_front_page_that_a_link_redirects_to_is_no_article(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1)]), RSS)
    site.answers["/1"] = server.redirect("/")
    site.answers["/"] = content(page(1).replace("<link rel='canonical' href='https://post.example/talks/1'>", ""))
    (partial,), (rejection,) = run(memory, site.url("/feed"))
    assert partial.is_partial
    assert rejection.reason == "front_page"


def test_dead_links_are_not_asked_in_every_run(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1), summarised(site, 2)]), RSS)
    site.answers["/2"] = status(503)
    for _ in range(5):
        run(memory, site.url("/feed"))
    assert site.asked["/1"] == 1, "it is gone"
    assert site.asked["/2"] == 3 * SETTINGS.fetch_attempts, "it may come back, and is left alone after three runs"


def test_dead_links_are_asked_again_after_a_week(site: Site, memory: Path) -> None:
    site.answers["/feed"] = content(rss([summarised(site, 1)]), RSS)
    run(memory, site.url("/feed"))
    lines = [json.loads(line) for line in memory.read_text("utf-8").splitlines()]
    week_ago = (datetime.now(UTC).date() - LEFT_ALONE).isoformat()
    memory.write_text("".join(json.dumps({**line, "fetched_on": week_ago}) + "\n" for line in lines), "utf-8")
    site.answers["/1"] = content(page(1))
    articles, _ = run(memory, site.url("/feed"))
    assert [article.title for article in articles] == ["Talks 1"]


def test_the_day_of_a_change_is_told_as_such(site: Site, memory: Path) -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title>"
        f"<entry><title>Talks 1</title><link href='{site.url('/1')}'/>"
        "<updated>2022-01-29T10:00:00Z</updated></entry></feed>"
    )
    site.answers["/feed"] = content(atom, "application/atom+xml")
    site.answers["/1"] = content(page(1).replace("content='2022-01-27T23:30:00-05:00'", "").replace("© 2022", ""))
    (article,), _ = run(memory, site.url("/feed"))
    assert as_told(article) == ("Talks 1", "2022-01-29", "modified", False)


def test_a_local_feed_fetches_nothing_unless_the_list_says_so(site: Site, memory: Path, tmp_path: Path) -> None:
    feed = tmp_path / "saved.rss"
    feed.write_text(rss([summarised(site, 1), entry(site, 2), whole_entry(3)]), "utf-8")
    articles, rejections = run(memory, str(feed))
    assert not site.asked
    assert [(article.title, article.is_partial) for article in articles] == [
        ("Norland rejects talks", True),
        ("Whole 3", False),
    ]
    assert [item.reason for item in rejections] == ["not_fetched"]
    assert "fetch: true in sources.yaml" in rejections[0].detail
    site.answers.update({"/1": content(page(1)), "/2": content(page(2))})
    articles, rejections = run(memory, Source(source=str(feed), fetch=True))
    assert [article.title for article in articles] == ["Talks 1", "Talks 2", "Whole 3"]
    assert not rejections
