"""ARC files, as crawls wrote them before WARC."""

import gzip
from pathlib import Path

import pytest

from schemas.article import Article, Rejection
from tests.flows.readers.builders import articles_and_rejections, page

ABOUT = b"1 0 Internet Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"


def arc_record(url: str, kind: str, content: bytes) -> bytes:
    return f"{url} 192.0.2.1 20220128060000 {kind} {len(content)}\n".encode() + content + b"\n"


def answer(number: int, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A record of an answer."""
    content = page(number).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    return arc_record(f"https://post.example/talks/{number}", kind, head + content)


FILE = [arc_record("filedesc://a.arc", "text/plain", ABOUT), answer(1), answer(2, kind="image/png"), answer(3)]


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "a"])
def test_pages_are_articles_and_others_are_counted(tmp_path: Path, name: str) -> None:
    data = b"".join(map(gzip.compress, FILE)) if name.endswith("gz") else b"".join(FILE)
    articles, rejections = written(tmp_path, name, data)
    assert [article.title for article in articles] == ["Talks 1", "Talks 3"]
    assert [article.url for article in articles] == ["https://post.example/talks/1", "https://post.example/talks/3"]
    assert [item.reason for item in rejections] == ["no_pages"]


@pytest.mark.parametrize(
    ("data", "good"),
    [(b"".join(FILE)[:-300], 2), (b"filedesc://a.arc and no more", 0), (FILE[0] + FILE[1] + b"no record\n", 1)],
    ids=["cut off", "no file", "no record"],
)
def test_a_broken_file_keeps_what_came_before(tmp_path: Path, data: bytes, good: int) -> None:
    articles, rejections = written(tmp_path, "a.arc", data)
    assert len(articles) <= good
    assert "Talks 1" in [article.title for article in articles] or not good
    assert rejections
    assert "reader_failed" not in [item.reason for item in rejections]
