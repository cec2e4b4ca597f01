"""Whatever bytes a file holds, reading it ends, and ends in articles and rejections that can be stored."""

import gzip
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.readers import read
from schemas.article import Article, Rejection
from schemas.source import Format, Source
from tests.flows.readers import exports
from tests.flows.readers.builders import (
    BODY,
    SETTINGS,
    jsonl,
    page,
    record,
    response,
    rss,
    table,
    text_article,
    whole_entry,
)
from tests.flows.readers.documents import docx, pdf, rtf
from tests.flows.readers.test_arc import FILE as ARC
from tests.flows.readers.test_archives import tarred, zipped
from tests.flows.readers.test_mail import message, saved_page
from tests.flows.readers.test_sheets import HEADER, ROWS, xlsx

FORMATS: tuple[Format, ...] = (
    "text", "jsonl", "json", "table", "parquet", "html", "feed", "export", "mail", "archive", "warc", "arc",
)  # fmt: skip
ROUNDS = 25


def parquet(folder: Path) -> bytes:
    """A Parquet file of three articles."""
    path = folder / "made.parquet"
    pq.write_table(pa.Table.from_pylist([record(1), record(2), record(3)]), path)
    return path.read_bytes()


GOOD: dict[str, Callable[[Path], bytes]] = {
    "a.txt": lambda _: text_article(1).encode(),
    "a.jsonl": lambda _: jsonl([record(1), record(2)]),
    "a.csv": lambda _: table([record(1), record(2)]),
    "a.parquet": parquet,
    "a.html": lambda _: page(1).encode(),
    "a.rss": lambda _: rss([whole_entry(1), whole_entry(2)]).encode(),
    "a.warc": lambda _: response(1) + response(2),
    "a.warc.gz": lambda _: gzip.compress(response(1)) + gzip.compress(response(2)),
    "a.jsonl.zst": lambda _: zstandard.compress(jsonl([record(1), record(2)])),
    "a": lambda _: jsonl([record(1), record(2)]),
    "a.json": lambda _: json.dumps({"articles": [record(1), record(2)]}).encode(),
    "a.zip": lambda _: zipped({"a.jsonl": jsonl([record(1)]), "b.html": page(2).encode()}),
    "a.tar": lambda _: tarred({"a.jsonl": jsonl([record(1)]), "b.html": page(2).encode()}),
    "a.eml": lambda _: message(1, BODY, f"<p>{BODY}</p>"),
    "a.mhtml": lambda _: saved_page(page(1)),
    "lexis.txt": lambda _: exports.lexis().encode(),
    "factiva.html": lambda _: exports.factiva_page().encode(),
    "europresse.html": lambda _: exports.europresse_page().encode(),
    "a.arc": lambda _: b"".join(ARC),
}
# Each is read by a process of its own, which takes a while to start.
READ_APART: dict[str, Callable[[], bytes]] = {
    "a.xlsx": lambda: xlsx({"A": [HEADER, *ROWS]}),
    "a.docx": lambda: docx(exports.nexis()),
    "a.rtf": lambda: rtf(exports.nexis()),
    "a.pdf": lambda: pdf([exports.nexis()]),
}


def check(source: Source) -> None:
    """Read a source and check what comes out."""
    for item in read(source, SETTINGS):
        if isinstance(item, Article):
            assert item.text.strip()
            "".join(map(str, item.model_dump().values())).encode("utf-8")
        else:
            assert item.reason != "reader_failed", item.detail
            (item.origin + item.detail).encode("utf-8")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The data with bytes changed, lost, added, doubled or cut off."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10))):
        place = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                made[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[place : place + chance.randrange(1, 40)]
            case 2:
                made[place:place] = chance.randbytes(chance.randrange(1, 20))
            case 3:
                made[place:place] = made[max(0, place - 100) : place]
            case _:
                del made[max(place, 8) :]
    return bytes(made)


@pytest.mark.parametrize("name", GOOD)
def test_damaged_files(tmp_path: Path, name: str) -> None:
    good = GOOD[name](tmp_path)
    for number in range(ROUNDS):
        path = tmp_path / name
        path.write_bytes(damaged(good, random.Random(f"{name} {number}")))
        check(Source(source=str(path)))


@pytest.mark.parametrize("name", READ_APART)
def test_damaged_files_that_are_read_apart(tmp_path: Path, name: str) -> None:
    good = READ_APART[name]()
    for number in range(4):
        path = tmp_path / name
        path.write_bytes(damaged(good, random.Random(f"{name} {number}")))
        check(Source(source=str(path)))


@pytest.mark.parametrize("found", FORMATS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes_in_any_format(tmp_path: Path, found: Format, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    check(Source(source=str(path), format=found))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=60), day=st.text(max_size=30), url=st.text(max_size=60), text=st.text(max_size=200))
def test_any_text_in_any_column(tmp_path: Path, title: str, day: str, url: str, text: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        jsonl([{"title": title, "date": day, "url": url, "text": text}, record(1, title=title, text=text)])
    )
    check(Source(source=str(path)))


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    for name in ("\udce9.jsonl", "\udce9.txt", "new\nline.csv"):
        (tmp_path / name).write_bytes(jsonl([record(1)]))
    check(Source(source=str(tmp_path)))
    assert f"{tmp_path}/\\udce9.jsonl#1" in [item.origin for item in read(tmp_path, SETTINGS)]


def test_a_folder_that_may_not_be_opened_is_one_rejection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open/a.jsonl").write_bytes(jsonl([record(1)]))
    scan = os.scandir

    def scan_if_open(folder: str | Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", scan_if_open)  # for the superuser no folder is closed
    rejection, article = read(tmp_path, SETTINGS)
    assert isinstance(rejection, Rejection)
    assert (rejection.origin, rejection.reason) == (str(tmp_path / "closed"), "unreadable")
    assert isinstance(article, Article)


def test_deep_nesting_and_long_lines_end(tmp_path: Path) -> None:
    for name, data in {
        "deep.jsonl": b'{"text":' * 100_000,
        "long.csv": b"title,date,text\n" + b'"' + b"x" * 20_000_000,
        "lines.csv": b"title,date,text\n" + b"\n" * 500_000,
        "lines.jsonl": b"\n" * 500_000,
        "quotes.csv": b"title,date,text\n" + b'"' * 300_000,
    }.items():
        (tmp_path / name).write_bytes(data)
        check(Source(source=str(tmp_path / name)))


def test_a_file_of_rejections_alone_is_left_after_ten_thousand(tmp_path: Path) -> None:
    bad, good = b"{}\n", jsonl([record(1)])
    (tmp_path / "a.jsonl").write_bytes(bad * 20_000 + good)
    found = [item.reason for item in read(tmp_path / "a.jsonl", SETTINGS) if isinstance(item, Rejection)]
    assert Counter(found) == {"empty_body": 10_000, "hopeless": 1}
    (tmp_path / "b.jsonl").write_bytes((good * 200 + bad * 18_000) + good)
    assert isinstance(list(read(tmp_path / "b.jsonl", SETTINGS))[-1], Article), "one in a hundred is good"
