"""Which format a file is in: its name tells, else its first bytes."""

import re
from pathlib import PurePath

from flows.readers.compressed import SUFFIXES
from flows.readers.decode import guess_encoding
from flows.readers.table import fault_of, separator_of
from flows.readers.text import DAY as TEXT_DAY
from schemas.source import Columns, Format

BY_SUFFIX: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "table",
    ".tsv": "table",
    ".tab": "table",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".warc": "warc",
}
SNIFFED = 65_536  # bytes
FEED_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|[a-z]+:feed)[\s>]")
HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body|article)[\s>]", re.IGNORECASE)
ALLOWED = (
    "allowed are text articles (title, YYYYMMDD, address, body), JSON lines, CSV, TSV, Parquet, "
    "HTML pages, RSS and Atom feeds and WARC files, each also as gzip or zstd"
)


def format_of(name: str, start: bytes, columns: Columns) -> Format | None:
    """The format that the name tells, else the first bytes; None where neither does."""
    return by_name(name) or by_content(start, columns)


def by_name(name: str) -> Format | None:
    """The format that a file name tells, compression aside."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in SUFFIXES:
        suffixes.pop()
    return BY_SUFFIX.get(suffixes[-1]) if suffixes else None


def by_content(start: bytes, columns: Columns) -> Format | None:
    """The format that the first bytes show."""
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"WARC/"):
        return "warc"
    if b"\0" in start[:1000] and not guess_encoding(start[:1000]).startswith(("utf-16", "utf-32")):
        return None
    return by_text(start.decode(guess_encoding(start), "replace").lstrip("\ufeff \t\r\n"), columns)


def by_text(start: str, columns: Columns) -> Format | None:
    """The format that the first characters show."""
    if start.startswith("{"):
        return "jsonl"
    if start.startswith("<"):
        if FEED_ROOT.search(start):
            return "feed"
        return "html" if HTML_ROOT.search(start) else None
    lines = re.split(r"\r\n|\r|\n", start, maxsplit=3)
    if len(lines) >= 3 and TEXT_DAY.fullmatch(lines[1].strip()):
        return "text"
    header = lines[0].strip()
    names = header.split(separator_of(header, columns))
    return "table" if len(names) > 1 and not fault_of([name.strip('" ') for name in names], columns) else None
