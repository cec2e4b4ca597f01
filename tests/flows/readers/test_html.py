"""A page gives title, day, canonical address and body, whatever encoding it claims."""

import time
from datetime import date
from pathlib import Path

import pytest

from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows.readers.builders import BODY, articles_and_rejections, page


def read_one(folder: Path, content: str | bytes, **of_source: str) -> Article | Rejection:
    path = folder / "page.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    articles, rejections = articles_and_rejections(Source.model_validate({"source": str(path), **of_source}))
    (item,) = [*articles, *rejections]
    return item


def test_a_page_as_newspapers_have_them(tmp_path: Path) -> None:
    article = read_one(tmp_path, page(7))
    assert isinstance(article, Article)
    assert article.title == "Talks 7"
    assert article.published == date(2022, 1, 27)
    assert article.url == "https://post.example/talks/7"
    assert article.text == f"Round 7 has ended.\n{BODY}"
    assert article.origin == str(tmp_path / "page.html")


PUBLISHED = "<meta property='article:published_time' content='2022-01-27T23:30:00-05:00'>"


@pytest.mark.parametrize(
    "head",
    [
        '<script type=\'application/ld+json\'>{"datePublished": "2022-01-27T08:00:00Z"}</script>',
        "<meta name='pubdate' content='20220127'>",
        "<meta itemprop='datePublished' content='January 27, 2022'>",
        "<meta name='DC.date.issued' content='2022-01-27'>",
    ],
)
def test_the_day_stands_in_many_places(tmp_path: Path, head: str) -> None:
    article = read_one(tmp_path, page(1, head=head).replace(PUBLISHED, ""))
    assert isinstance(article, Article)
    assert article.published == date(2022, 1, 27)


@pytest.mark.parametrize("named", ["https://post.example/", "https://post.example", "/", "#", "http://[", "mailto:a@b"])
def test_an_address_that_is_no_article_is_not_its_own(tmp_path: Path, named: str) -> None:
    article = read_one(tmp_path, page(1).replace("https://post.example/talks/1", named))
    assert isinstance(article, Article)
    assert article.url is None


def test_the_zone_of_the_source_moves_the_day(tmp_path: Path) -> None:
    article = read_one(tmp_path, page(1), time_zone="Europe/Paris")
    assert isinstance(article, Article)
    assert article.published == date(2022, 1, 28)


def test_a_page_that_names_no_day_is_rejected(tmp_path: Path) -> None:
    bare = page(1).replace(PUBLISHED, "").replace("© 2022 The Norland Post", "")
    rejection = read_one(tmp_path, bare)
    assert isinstance(rejection, Rejection)
    assert rejection.reason == "no_date"


@pytest.mark.parametrize("content", ["<html><body><p>Please log in.</p></body></html>", "", " ", "<p>", "\0\0\0"])
def test_what_holds_no_article_is_rejected(tmp_path: Path, content: str) -> None:
    rejection = read_one(tmp_path, content)
    assert isinstance(rejection, Rejection)
    assert rejection.reason in ("no_article", "not_html", "empty_file")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_the_meta_charset_is_believed(tmp_path: Path, encoding: str) -> None:
    body = "Der Außenminister lehnte den Vorschlag in Köln ab und verlangte neue Gespräche über die Grenze. " * 3
    content = page(1, body).replace("charset='utf-8'", f"charset='{encoding}'")
    article = read_one(tmp_path, content.encode(encoding))
    assert isinstance(article, Article)
    assert "Außenminister lehnte den Vorschlag in Köln ab" in article.text


def test_a_charset_that_the_bytes_refute_is_not_believed(tmp_path: Path) -> None:
    body = "The minister met his colleague Müller in Zürich and said that he would not give way on the border. " * 3
    in_latin = read_one(tmp_path, page(1, body).encode("latin-1"))
    in_utf8 = read_one(tmp_path, page(1, body).replace("charset='utf-8'", "charset='iso-8859-1'"))
    assert isinstance(in_latin, Article)
    assert isinstance(in_utf8, Article)
    assert "Müller in Zürich" in in_latin.text
    assert "Müller in Zürich" in in_utf8.text


def test_hostile_pages_end_in_time(tmp_path: Path) -> None:
    entities = "<!DOCTYPE html [<!ENTITY a '" + "x" * 1000 + "'><!ENTITY b '" + "&a;" * 1000 + "'>]>"
    pages = [
        "<div>" * 20_000 + BODY,
        "<p><b>" * 20_000 + BODY,
        entities + "<html><body>" + "&b;" * 1000 + "</body></html>",
        "<!--" * 50_000,
        "<meta charset=" * 20_000,
        "<a " + "x=1 " * 100_000 + ">",
        "<article>" + "<p><a href=x>hello world this</a> is text</p>" * 12_000 + "</article>",
        "<article>" + "<p><a href=x>hello world this</a> is text</p>" * 100_000 + "</article>",
    ]
    for content in pages:
        begun = time.process_time()
        item = read_one(tmp_path, content)
        assert isinstance(item, Article | Rejection)
        assert time.process_time() - begun < 10
