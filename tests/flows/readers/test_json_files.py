"""JSON files: a list of articles wherever it lies, one article, JSON Feed, and JSON lines under another name."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.article import Article, Rejection
from schemas.source import Columns, Source
from tests.flows.readers.builders import BODY, articles_and_rejections, jsonl, record

ITEMS = [record(1), record(2)]
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Norland Post",
    "items": [
        {
            "id": "7",
            "url": "https://post.example/7",
            "title": "Talks end",
            "content_html": "<p>" + BODY.replace("\n", "</p><p>") + "</p>",
            "date_published": "2022-01-27T23:30:00-05:00",
        }
    ],
}


def written(folder: Path, name: str, data: Any, **of_source: Any) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, indent=1).encode())
    return articles_and_rejections(Source(source=str(path), **of_source))


@pytest.mark.parametrize(
    "data",
    [
        ITEMS,
        {"status": "ok", "totalResults": 2, "articles": ITEMS},
        {"response": {"status": "ok", "tags": [{"id": "world"}] * 5, "results": ITEMS}},
        {"a": {"b": {"docs": ITEMS}}},
    ],
    ids=["array", "articles", "nested", "deep"],
)
@pytest.mark.parametrize("name", ["a.json", "a"])
def test_the_list_is_found(tmp_path: Path, name: str, data: object) -> None:
    articles, rejections = written(tmp_path, name, data)
    assert not rejections
    assert [article.title for article in articles] == [item["title"] for item in ITEMS]
    assert articles[1].origin == f"{tmp_path}/{name}#2"


def test_a_path_of_the_source_leads_to_it(tmp_path: Path) -> None:
    data = {"hits": {"hits": [{"_source": {"head": item["title"], **item}} for item in ITEMS]}, "articles": [record(9)]}
    columns = Columns(title=("head",))
    articles, _ = written(tmp_path, "a.json", data, records="hits.hits[]._source", columns=columns)
    assert [article.title for article in articles] == [item["title"] for item in ITEMS]
    _, (rejection,) = written(tmp_path, "a.json", data, records="hits.nothing")
    assert rejection.reason == "no_records"


def test_one_article_is_itself(tmp_path: Path) -> None:
    one = record(1, images=[{"url": "https://news.example/1.jpg", "title": "The island"}] * 3)
    (article,), _ = written(tmp_path, "a.json", one)
    assert article.text == one["text"]


def test_json_feed(tmp_path: Path) -> None:
    (article,), rejections = written(tmp_path, "feed.json", JSON_FEED)
    assert not rejections
    assert (article.title, article.url, article.text) == ("Talks end", "https://post.example/7", BODY)
    assert article.published.isoformat() == "2022-01-27"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_json_lines_under_another_name(tmp_path: Path, mark: bytes) -> None:
    articles, rejections = written(tmp_path, "a.json", mark + jsonl(ITEMS))
    assert (len(articles), rejections) == (2, [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[{"title": "A"', "broken_json"),
        (b'"a text"', "broken_json"),
        (b"[" * 200_000, "broken_json"),
        (b"{}", "empty_body"),
        (b'{"articles": []}', "empty_body"),
    ],
)
def test_what_is_none_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    articles, rejections = written(tmp_path, "a.json", data)
    assert not articles
    assert [item.reason for item in rejections] == [reason]


def test_faults_cost_their_own_record(tmp_path: Path) -> None:
    data = [record(1), 7, record(2, date="01/02/2022"), {"title": "No text"}, record(3)]
    articles, rejections = written(tmp_path, "a.json", data)
    assert len(articles) == 2
    assert [item.reason for item in rejections] == ["broken_json", "bad_date", "empty_body"]
