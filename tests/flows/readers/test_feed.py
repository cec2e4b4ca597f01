"""Feeds of all versions: entries that hold their article become one, the others lead to a page."""

from datetime import date
from pathlib import Path

import pytest

from flows.readers.entry import Entry
from flows.readers.feed import read_feed
from flows.readers.record import Context
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import BODY, SETTINGS, rss, whole_entry

LINK = "https://post.example/a"
RSS_091 = (
    f"<rss version='0.91'><channel><title>P</title><item><title>A</title><link>{LINK}</link></item></channel></rss>"
)
RSS_092 = RSS_091.replace("0.91", "0.92")
RSS_20 = rss([f"<item><title>A</title><link>{LINK}</link><description>Short.</description></item>"])
RDF_10 = (
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    f"<channel><title>P</title></channel><item rdf:about='{LINK}'><title>A</title><link>{LINK}</link></item></rdf:RDF>"
)
RDF_090 = RDF_10.replace("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
ATOM_10 = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>P</title><link href='https://post.example/'/>"
    "<entry><title>A</title><link href='/a'/><published>2022-01-27T23:00:00-05:00</published></entry></feed>"
)
ATOM_03 = (
    "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>P</title>"
    f"<entry><title>A</title><link rel='alternate' href='{LINK}'/></entry></feed>"
)


def items_of(folder: Path, content: str) -> list[Article | Entry | Rejection]:
    path = folder / "feed.xml"
    path.write_text(content, "utf-8")
    with path.open("rb") as stream:
        return list(read_feed(stream, Context(Source(source=str(path)), SETTINGS, str(path))))


@pytest.mark.parametrize("content", [RSS_091, RSS_092, RSS_20, RDF_10, RDF_090, ATOM_10, ATOM_03])
def test_entries_of_every_version_lead_to_their_page(tmp_path: Path, content: str) -> None:
    (entry,) = items_of(tmp_path, content)
    assert isinstance(entry, Entry)
    assert (entry.link, entry.title) == (LINK, "A")


def test_an_entry_that_holds_its_article(tmp_path: Path) -> None:
    (article,) = items_of(tmp_path, rss([whole_entry(3)]))
    assert isinstance(article, Article)
    assert article.title == "Whole 3"
    assert article.published == date(2022, 1, 27)
    assert article.text.startswith(BODY)


def test_an_entry_cut_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    (entry,) = items_of(tmp_path, rss([whole_entry(3).replace("]]>", "<p>Continue reading…</p>]]>")]))
    assert isinstance(entry, Entry)


def test_an_entry_without_link_or_article_is_rejected(tmp_path: Path) -> None:
    (rejection,) = items_of(tmp_path, rss(["<item><title>A</title><description>Short.</description></item>"]))
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "no_article"


def test_a_feed_that_breaks_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    whole = rss([whole_entry(1), whole_entry(2), whole_entry(3)])
    items = items_of(tmp_path, whole[: whole.index("Whole 3") + 3])
    assert [item.title for item in items if isinstance(item, Article)][:2] == ["Whole 1", "Whole 2"]
    assert "broken_feed" in [item.reason for item in items if isinstance(item, Rejection)]


@pytest.mark.parametrize("content", ["", "<rss>", "no feed at all", "<html><body>Gone</body></html>"])
def test_what_is_no_feed_is_one_rejection(tmp_path: Path, content: str) -> None:
    (rejection,) = items_of(tmp_path, content)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "broken_feed"


def test_an_empty_feed_is_no_fault(tmp_path: Path) -> None:
    assert items_of(tmp_path, rss([])) == []


def test_entities_do_not_expand_without_end(tmp_path: Path) -> None:
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'ha'>{levels}]>" + RSS_20.split("?>", 1)[1]
    items = items_of(tmp_path, bomb.replace("Short.", "&e11;"))
    assert len(items) <= 2
