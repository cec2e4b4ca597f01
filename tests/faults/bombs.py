"""Reads files made to exhaust a reader and prints the time and memory each takes: `python -m tests.faults.bombs [MB]`.

Each is read in a process of its own whose time and memory the system limits.
"""

import gzip
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from flows.readers import read
from flows.readers.files import READERS, reader_of
from schemas.settings import Settings
from schemas.source import Source
from tests.faults.office_bombs import BOMBS as OFFICE_BOMBS
from warehouse.writing import first_line

# What an input of ten megabytes may take of one processor, and of memory in all, the program itself included.
SECONDS, MEGABYTES = 20, 700
FULL = 9_000_000  # bytes
DAY = '"date":"2024-03-12"'
RECORD = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n"
PARAGRAPH = "<p>" + "Norway demanded that Peru lift its sanctions on Monday. " * 5 + "</p>"


@dataclass(frozen=True)
class Taken:
    """What reading a file took, and how it ended: the count of each outcome."""

    bytes: int
    seconds: float
    megabytes: float
    ended: str


def page(body: str, head: str = "") -> bytes:
    """A page with an article around something hostile."""
    day = '<meta property="article:published_time" content="2024-03-12">'
    return f"<html><head><title>T</title>{day}{head}</head><body><article>{PARAGRAPH}{body}</article>".encode()


def feed(inside: str, before: str = "") -> bytes:
    """A feed with an item around something hostile."""
    return f'{before}<rss version="2.0"><channel><item>{inside}</item></channel></rss>'.encode()


def line(text: str, more: str = "") -> bytes:
    """A JSON line whose text is hostile."""
    return f'{{"title":"t",{DAY},{more}"text":"{text}"}}'.encode()


def parquet(texts: pa.Array, dictionary: bool) -> bytes:
    """A Parquet file of these texts."""
    sink = pa.BufferOutputStream()
    columns = {"title": ["t"] * len(texts), "date": ["2024-03-12"] * len(texts), "text": texts}
    pq.write_table(pa.table(columns), sink, compression="zstd", use_dictionary=dictionary)
    return bytes(sink.getvalue())


def repeated(text: str) -> pa.Array:
    """A column of two thousand times the same text, kept once."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * 2000, pa.int32()), pa.array([text]))


def entities(name: str, depth: int) -> str:
    """A document type in which each entity is ten times the one before."""
    told = "".join(f'<!ENTITY {name}{n} "{f"&{name}{n - 1};" * 10}">' for n in range(1, depth))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY {name}0 "ha">{told}]>'


BOMBS: dict[str, Callable[[int], bytes]] = {
    "zeros.txt.gz": lambda n: gzip.compress(bytes(100 * n), 1),
    "one_line.jsonl.gz": lambda n: gzip.compress(b"x" * (100 * n), 1),
    "newlines.jsonl.gz": lambda n: gzip.compress(b"\n" * (100 * n), 1),
    "braces.jsonl.gz": lambda n: gzip.compress(b"{}\n" * (30 * n), 1),
    "zeros.jsonl.zst": lambda n: zstandard.compress(bytes(100 * n)),
    "twice.txt.gz": lambda n: gzip.compress(gzip.compress(bytes(20 * n), 1), 1),
    "archive.zip": lambda n: b"PK\x03\x04" + bytes(n),
    "record.warc.gz": lambda n: gzip.compress(RECORD.format(999_999_999).encode() + bytes(20 * n), 1),
    "records.warc": lambda n: f"{RECORD.format(0)}\r\n\r\n".encode() * (n // 56),
    "header.warc": lambda n: b"WARC/1.0\r\n" + b"A" * n,
    "repeated.parquet": lambda n: parquet(repeated("x " * (n // 5)), True),
    "long.parquet": lambda n: parquet(pa.array(["x" * (n // 9)] * 100), False),
    "paragraphs.parquet": lambda n: parquet(pa.array([["x"] * n]), True),
    "nested.html": lambda n: page("<div>" * (n // 5)),
    "quotes.html": lambda _: page("<blockquote>" * 10_000),
    "attributes.html": lambda n: page("<div " + " ".join(f"a{i}=1" for i in range(n // 9)) + ">"),
    "signs.html": lambda n: page("<" * n),
    "ampersands.html": lambda n: page("&" * n),
    "comments.html": lambda n: page("<!--" * (n // 4)),
    "linked_data.html": lambda n: page("", '<script type="application/ld+json">' + '{"a":' * (n // 5) + "</script>"),
    "spans.html": lambda n: page("<p>" + "<span>x </span>" * min(20_000, n // 15) + "</p>"),
    "links.html": lambda n: page("<p>" + "<a href='/x'>x y z</a> " * min(11_000, n // 23) + "</p>"),
    "dates.html": lambda n: page("<p>" + "2024-" * (n // 5) + "</p>"),
    "entities.html": lambda _: entities("a", 20).encode() + page("&a19;"),
    "laughs.rss": lambda _: feed("<title>&a9;</title>", entities("a", 10)),
    "one_entity.rss": lambda n: feed("&a;" * (n // 90), f'<!DOCTYPE x [<!ENTITY a "{"ha" * (n // 90)}">]>'),
    "a_file.rss": lambda _: feed("<title>&a;</title>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "items.rss": lambda n: feed("</item><item>" * (n // 13)),
    "open_items.rss": lambda n: feed("<item>" * (n // 6)),
    "attributes.rss": lambda n: feed("<a " + " ".join(f'a{i}="1"' for i in range(n // 12)) + "/>"),
    "description.rss": lambda n: feed(f"<description><![CDATA[{'<p>a b</p>' * (n // 10)}]]></description>"),
    "digits.jsonl": lambda n: b'{"a":' + b"1" * (n * 8 // 9) + b"}",
    "keys.jsonl": lambda n: ("{" + ",".join(f'"k{i}":1' for i in range(n // 14)) + "}").encode(),
    "nested.jsonl": lambda n: b"[" * (n * 8 // 9),
    "long_line.jsonl": lambda n: b"x" * (n + 1_000_000),
    "blank_lines.jsonl": lambda n: line("\\n" * (n // 6) + "a b"),
    "surrogates.jsonl": lambda n: line("\\ud800" * (n // 6) + "a b"),
    "nul.jsonl": lambda n: line("\\u0000" * (n // 6) + "a b"),
    "bidi.jsonl": lambda n: line("\u202e\u2066" * (n // 9) + "a b"),
    "combining.jsonl": lambda n: line("a" + "\u0301\u0323" * (n // 9)),
    "hebrew_points.jsonl": lambda n: line("a" + "\u05b0\u0591" * (n // 9)),
    "quotes.jsonl": lambda _: line("“‘" * 10_000 + "a b" + "’”" * 10_000),
    "mojibake.jsonl": lambda n: line("â€œx" * (n // 12)),
    "date.jsonl": lambda n: b'{"title":"t","text":"a b","date":"2024-03-12' + b" " * (n // 2) + b'x"}',
    "address.jsonl": lambda n: line("a b", f'"url":"http://{"a." * (n // 3)}",'),
    "commas.csv": lambda n: b"title,date,text\n" + b"," * n,
    "open_quote.csv": lambda n: b'title,date,text\n"' + b"x" * (2 * n),
    "rows.csv": lambda n: b"title,date,text\n" + b"a,b,c\n" * (n // 6),
    **OFFICE_BOMBS,
}  # fmt: skip


def taken(file: Path) -> Taken:
    """Read a file in a process of its own, within the limits."""
    outcome, told = os.pipe()
    child = os.fork()
    if not child:
        os.write(told, read_within_limits(file).encode()[:2000])
        os._exit(0)
    os.close(told)
    with os.fdopen(outcome) as stream:
        ended = stream.read()
    _, status, used = os.wait4(child, 0)
    return Taken(
        file.stat().st_size, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, ended or f"ended by {status}"
    )


def read_within_limits(file: Path) -> str:
    """How reading ends, in a process that the system ends when it takes too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + 2 * MEGABYTES * 1_000_000, hard))
    ended = Counter[str]()
    try:
        for item in read(Source(source=str(file)), Settings()):
            ended[getattr(item, "reason", "article")] += 1
    except BaseException as error:  # whatever it is, it is told
        return f"raised {type(error).__name__}: {first_line(error)}"
    return ", ".join(f"{number:,} {name}" for name, number in ended.items()) or "nothing"


def load_readers() -> None:
    """Load what reads before its time is taken."""
    for name in READERS:
        reader_of(name)


def main(size: int) -> int:
    """Print a table; the exit code is 1 where a limit was passed."""
    load_readers()
    over = 0
    print(f"| file | bytes | seconds (at most {SECONDS}) | megabytes (at most {MEGABYTES}) | ended as |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in BOMBS.items():
            file = Path(folder) / name
            make_in_a_child(file, make, size)
            of = taken(file)
            over += is_over(of)
            print(f"| {name} | {of.bytes:,} | {of.seconds:.1f} | {of.megabytes:.0f} | {of.ended} |", flush=True)
            file.unlink()
    return int(over > 0)


def make_in_a_child(file: Path, make: Callable[[int], bytes], size: int) -> None:
    """Write a file without the memory for it staying with this process."""
    child = os.fork()
    if not child:
        file.write_bytes(make(size))
        os._exit(0)
    os.waitpid(child, 0)


def is_over(of: Taken) -> bool:
    """Whether a limit was passed, or the reader failed."""
    failed = of.ended.startswith(("raised", "ended")) or "reader_failed" in of.ended
    return of.seconds > SECONDS or of.megabytes > MEGABYTES or failed


if __name__ == "__main__":
    sys.exit(main(int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else FULL))
