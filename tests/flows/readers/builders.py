"""Files of every format, built for the tests that read them."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from flows.readers import read
from schemas.article import Article, Rejection
from schemas.settings import Settings
from schemas.source import Source

SETTINGS = Settings(fetch_private=True, fetch_pause=0)
PARAGRAPHS = (
    "The foreign minister of Norland rejected on Tuesday a proposal to move the talks to the island.",
    "He told reporters in the capital that his government would not take part before the prisoners were free.",
    "Sudland had offered to host the meeting in the spring, and asked for an answer by the end of the week.",
    "Diplomats said that neither side had left the table and that the mediators would try again on Friday.",
)
BODY = "\n".join(PARAGRAPHS)


def record(number: int, **changes: Any) -> dict[str, Any]:
    """One good record, another for each number."""
    good = {
        "title": f"Norland rejects talks, round {number}",
        "date": "2022-01-27",
        "url": f"https://news.example/norland/{number}",
        "text": f"Round {number} of the talks has ended.\n{BODY}",
    }
    return {**good, **changes}


def articles_and_rejections(
    source: Source | Path, settings: Settings = SETTINGS
) -> tuple[list[Article], list[Rejection]]:
    """What a source holds."""
    items = list(read(source, settings))
    return [item for item in items if isinstance(item, Article)], [i for i in items if isinstance(i, Rejection)]


def jsonl(records: Iterable[Mapping[str, Any]]) -> bytes:
    """JSON lines."""
    return "".join(json.dumps(item) + "\n" for item in records).encode()


def table(records: Iterable[Mapping[str, Any]], separator: str = ",") -> bytes:
    """A CSV file with a header."""
    rows = list(records)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def page(number: int, body: str = BODY, head: str = "") -> str:
    """An HTML page as newspapers have them."""
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Talks {number} | The Norland Post</title>"
        f"<meta property='og:title' content='Talks {number}'><link rel='canonical'"
        f" href='https://post.example/talks/{number}'>"
        f"<meta property='article:published_time' content='2022-01-27T23:30:00-05:00'>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>Talks {number}</h1>"
        f"<p>Round {number} has ended.</p>{paragraphs}"
        "<p>Read more: another story</p></article><footer>© 2022 The Norland Post</footer></body></html>"
    )


def response(number: int, status: str = "200 OK", kind: str = "text/html; charset=utf-8", body: bytes = b"") -> bytes:
    """One response record of a WARC file."""
    content = body or page(number).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    block = head + content
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Target-URI: https://post.example/talks/{number}\r\nWARC-Date: 2022-01-28T06:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def rss(entries: Iterable[str]) -> str:
    """An RSS 2.0 feed."""
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Post</title>"
        f"<link>https://post.example/</link>{''.join(entries)}</channel></rss>"
    )


def whole_entry(number: int) -> str:
    """An RSS entry that holds its article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in (BODY + "\n" + BODY.replace("Tuesday", "Monday")).split("\n"))
    return (
        f"<item><title>Whole {number}</title><link>https://post.example/whole/{number}</link>"
        "<pubDate>Thu, 27 Jan 2022 23:30:00 -0500</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


def text_article(number: int) -> str:
    """An article in the text format."""
    return f"Text {number}\n20220127\nhttps://text.example/{number}\n{BODY}\n"
