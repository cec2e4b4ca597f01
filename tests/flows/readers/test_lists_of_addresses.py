"""Lists that news indexes export: addresses with titles and days, whose pages are fetched where the list says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.fetch import Fetcher
from flows.readers import read
from flows.remembered import Remembered
from schemas.article import Article, Rejection
from schemas.source import Source
from tests.flows import server
from tests.flows.readers.builders import SETTINGS, jsonl, page
from tests.flows.readers.test_sheets import xlsx
from tests.flows.server import Site, content

UNDATED = page(1).replace("content='2022-01-27T23:30:00-05:00'", "").replace("© 2022", "")


@pytest.fixture
def site() -> Iterator[Site]:
    with server.serving() as running:
        running.answers["/1"] = content(UNDATED)
        running.answers["/2"] = content(page(2))
        yield running


def lists(site: Site) -> dict[str, bytes]:
    """The same two articles as several indexes list them."""
    one, two = site.url("/1"), site.url("/2")
    gdelt = f"URL,MobileURL,Date,Title\n{one},,2022-01-26 10:15:00,Talks 1\n{two},,2022-01-27 10:15:00,Talks 2\n"
    media_cloud = (
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        f"a1,2022-01-30 01:00:00,en,post.example,post.example,2022-01-26,Talks 1,{one}\n"
        f"b2,2022-01-30 01:00:00,en,post.example,post.example,2022-01-27,Talks 2,{two}\n"
    )
    doc = {
        "articles": [
            {"url": one, "title": "Talks 1", "seendate": "20220126T101500Z", "domain": "post.example"},
            {"url": two, "title": "Talks 2", "seendate": "20220127T101500Z", "domain": "post.example"},
        ]
    }
    rows = [["Title", "Date", "URL"], ["Talks 1", "2022-01-26", one], ["Talks 2", "2022-01-27", two]]
    return {
        "gdelt.csv": gdelt.encode(),
        "media_cloud.csv": media_cloud.encode(),
        "gdelt.json": json.dumps(doc).encode(),
        "list.xlsx": xlsx({"A": rows}),
        "list.parquet": parquet(rows),
    }


def parquet(rows: list[list[str]]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]), sink)
    return bytes(sink.getvalue())


def run(source: Source, memory: Path) -> tuple[list[Article], list[Rejection]]:
    with Fetcher(SETTINGS, Remembered(memory), lambda _: None) as fetcher:
        items = list(read(source, SETTINGS, lambda: fetcher))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Rejection)]


@pytest.mark.parametrize("name", ["gdelt.csv", "media_cloud.csv", "gdelt.json", "list.xlsx", "list.parquet"])
def test_pages_of_a_list_are_fetched_where_it_says_so(tmp_path: Path, site: Site, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(lists(site)[name])
    articles, rejections = run(Source(source=str(path)), tmp_path / "fetched.jsonl")
    assert (articles, [item.reason for item in rejections]) == ([], ["not_fetched"])
    assert "fetch: true" in rejections[0].detail
    assert not site.asked
    articles, rejections = run(Source(source=str(path), fetch=True), tmp_path / "fetched.jsonl")
    assert not rejections
    assert [(article.title, article.published.isoformat(), article.published_basis) for article in articles] == [
        ("Talks 1", "2022-01-26", "entry"),
        ("Talks 2", "2022-01-27", "stated"),
    ]


def test_lines_of_addresses_are_fetched_too(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([{"url": site.url("/2"), "title": "Talks 2", "publish_date": "2022-01-27"}]))
    _, (rejection,) = run(Source(source=str(path)), tmp_path / "fetched.jsonl")
    assert rejection.reason == "empty_body"
    (article,), _ = run(Source(source=str(path), fetch=True), tmp_path / "fetched.jsonl")
    assert article.title == "Talks 2"


def test_a_dead_address_costs_itself_alone(tmp_path: Path, site: Site) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"title,date,url\nGone,2022-01-26,{site.url('/gone')}\nNone,2022-01-26,\nTalks,,{site.url('/2')}\n")
    articles, rejections = run(Source(source=str(path), fetch=True), tmp_path / "fetched.jsonl")
    assert [article.title for article in articles] == ["Talks 2"]
    assert [item.reason for item in rejections] == ["http_404", "empty_body"]
