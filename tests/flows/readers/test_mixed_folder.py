"""A folder of every format, good and broken: every record ends as one article or as one rejection with its reason."""

import gzip
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.flows.readers.builders import (
    articles_and_rejections,
    jsonl,
    page,
    record,
    response,
    rss,
    table,
    text_article,
    whole_entry,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Good: 3 + 2 + 2 + 2 + 3 + 1 + 1 + 2 + 1 + 1 + 2 + 2 = 22 articles."""
    files: dict[str, bytes] = {
        "a.jsonl": jsonl([record(1), record(2), record(3)]) + b'{"title": \n[1, 2]\n\n',
        "b.csv": table([record(11), record(12)]) + b"one cell\n",
        "c.tsv": table([record(21), record(22)], "\t"),
        "d": table([record(31), record(32)], ";"),
        "f.html": page(1).encode(),
        "g.html": b"<html><body><p>Log in</p></body></html>",
        "h.xml": rss([whole_entry(1)]).encode(),
        "i.rss": b"<rss version='2.0'><channel>",
        "j.warc.gz": gzip.compress(response(41))
        + gzip.compress(response(42))
        + gzip.compress(response(43, "404 Gone")),
        "k.warc": response(44) + response(45)[:-200],
        "l.txt": text_article(1).encode(),
        "m.txt": b"only a title",
        "n.txt": "Titel\n20220127\n\nGrüße".encode("latin-1"),
        "o.jsonl.gz": gzip.compress(jsonl([record(51), record(52)])),
        "p.csv.zst": zstandard.compress(table([record(61), record(62)])),
        "q.bin": bytes(range(256)),
        "r.jsonl": b"",
        ".hidden": b"not looked at",
        "sources.yaml": b"not looked at",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    pq.write_table(pa.Table.from_pylist([record(71), record(72), record(73)]), tmp_path / "e.parquet")
    (tmp_path / "s.parquet").write_bytes((tmp_path / "e.parquet").read_bytes()[:-50])
    return tmp_path


def test_every_record_ends_once(folder: Path) -> None:
    articles, rejections = articles_and_rejections(folder)
    assert len(articles) == 22
    assert len({article.article_id for article in articles}) == 22
    assert {(Path(item.origin).name, item.reason) for item in rejections} == {
        ("a.jsonl#4", "broken_json"),
        ("a.jsonl#5", "broken_json"),
        ("b.csv#4", "broken_row"),
        ("g.html", "no_article"),
        ("i.rss", "broken_feed"),
        ("j.warc.gz#3", "not_a_page"),
        ("k.warc#2", "broken_warc"),
        ("m.txt", "no_header"),
        ("n.txt", "undecodable"),
        ("q.bin", "unknown_format"),
        ("r.jsonl", "empty_file"),
        ("s.parquet", "broken_parquet"),
    }
    assert len(rejections) == 12
    assert len({item.rejection_id for item in rejections}) == 12


def test_reading_twice_gives_the_same(folder: Path) -> None:
    assert articles_and_rejections(folder) == articles_and_rejections(folder)


def test_articles_of_all_formats_agree(folder: Path) -> None:
    articles, _ = articles_and_rejections(folder)
    assert Counter(article.published.isoformat() for article in articles) == {"2022-01-27": 22}
    assert all(article.language == "en" for article in articles)
    assert all("The foreign minister of Norland rejected on Tuesday" in article.text for article in articles)
    assert not any("Read more" in article.text or "©" in article.text for article in articles)
    assert {article.outlet for article in articles} == {"news.example", "post.example", "text.example"}
