"""The format is what the name says, else what the content shows."""

import pytest

from flows.readers.formats import by_content, by_name
from schemas.source import Columns
from tests.flows.readers.builders import jsonl, page, record, response, rss, table, text_article


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.txt", "text"),
        ("a.JSONL", "jsonl"),
        ("2022.01.27.csv.gz", "table"),
        ("a.tsv.zst", "table"),
        ("a.parquet", "parquet"),
        ("a.b.html", "html"),
        ("crawl.warc.gz", "warc"),
        ("a.xml", None),
        ("a", None),
        ("a.gz", None),
    ],
)
def test_by_name(name: str, found: str | None) -> None:
    assert by_name(name) == found


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (jsonl([record(1)]), "jsonl"),
        (b"\xef\xbb\xbf" + jsonl([record(1)]), "jsonl"),
        (table([record(1)]), "table"),
        (table([record(1)], "|"), "table"),
        (page(1).encode(), "html"),
        (page(1).encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"),
        (rss([]).encode(), "feed"),
        (b"<?xml version='1.0'?><!-- made by x --><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", "feed"),
        (response(1), "warc"),
        (text_article(1).encode(), "text"),
        (text_article(1).replace("\n", "\r").encode(), "text"),
        (b"no table\rand no article", None),
        (b"PAR1\x15\x00", "parquet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", None),
        (b"just a sentence", None),
        (b"<svg></svg>", None),
        (b"", None),
    ],
)
def test_by_content(start: bytes, found: str | None) -> None:
    assert by_content(start, Columns()) == found
