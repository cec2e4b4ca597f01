"""ZIP, TAR and WACZ archives: their files are read as those of a folder are, and no archive expands beyond measure."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from flows.readers import read_changed
from flows.readers.record import Known
from schemas.article import Article, Rejection
from schemas.source import FileRead, Source
from tests.flows.readers import exports
from tests.flows.readers.builders import (
    SETTINGS,
    articles_and_rejections,
    jsonl,
    page,
    record,
    response,
    table,
    text_article,
)
from tests.flows.readers.documents import docx
from tests.flows.readers.mixed import BROKEN, GOOD, mixed_folder
from tests.flows.readers.test_sheets import HEADER, ROWS, xlsx


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: Mapping[str, bytes], packed: str = "") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=f"w:{packed}") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


FILES = {
    "2022/a.jsonl": jsonl([record(1), record(2)]),
    "2022/b.csv.gz": gzip.compress(table([record(3)])),
    "c.html": page(4).encode(),
    "d.xlsx": xlsx({"A": [HEADER, *ROWS]}),
    "nexis/e.docx": docx(exports.nexis()),
    "f.txt": text_article(5).encode(),
    "__MACOSX/._f.txt": b"not looked at",
    ".DS_Store": b"not looked at",
    "picture.png": b"\x89PNG\r\n\x1a\n\0\0",
}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a"])
def test_the_files_of_an_archive_are_read_as_those_of_a_folder(tmp_path: Path, name: str) -> None:
    packed = {"a.tar.gz": "gz", "a.tgz": "gz", "a.tar.xz": "xz"}.get(name, "")
    data = zipped(FILES) if name in ("a.zip", "a") else tarred(FILES, packed)
    articles, rejections = written(tmp_path, name, data)
    assert len(articles) == 9
    assert [(item.origin, item.reason) for item in rejections] == [(f"{tmp_path}/{name}/picture.png", "unknown_format")]
    assert articles[0].origin == f"{tmp_path}/{name}/2022/a.jsonl#1"


@pytest.mark.parametrize("name", ["mixed.zip", "mixed.tar"])
def test_the_counts_of_a_folder_and_of_its_archive_are_the_same(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    mixed_folder(folder)
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "sources.yaml"}
    articles, rejections = written(tmp_path, name, zipped(files) if name == "mixed.zip" else tarred(files))
    assert len(articles) == GOOD
    assert {(item.origin.partition(f"{name}/")[2], item.reason) for item in rejections} == BROKEN


def test_an_archive_is_passed_over_until_it_changes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.jsonl": jsonl([record(1), record(2)])}))
    source = Source(source=str(tmp_path / "a.zip"))
    (end,) = (item for item in read_changed(source, SETTINGS, Known()) if isinstance(item, FileRead))
    again = list(read_changed(source, SETTINGS, Known({end.file_key: end})))
    assert again == [end.model_copy(update={"again": True})]
    assert end.articles == 2


def test_wacz_is_read_by_its_warc_files_alone(tmp_path: Path) -> None:
    files = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://post.example/1", "title": "Talks"}\n',
        "archive/data.warc.gz": gzip.compress(response(1)) + gzip.compress(response(2)),
        "indexes/index.cdx.gz": gzip.compress(b"com,example)/ 2022"),
    }
    articles, rejections = written(tmp_path, "a.wacz", zipped(files, zipfile.ZIP_STORED))
    assert not rejections
    assert [article.title for article in articles] == ["Talks 1", "Talks 2"]


def test_a_damaged_file_in_an_archive_costs_itself_alone(tmp_path: Path) -> None:
    data = zipped({"a.jsonl": jsonl([record(1)]), "b.jsonl": jsonl([record(2)] * 9), "c.jsonl": jsonl([record(3)])})
    place = data.index(b"b.jsonl") + 40
    articles, rejections = written(tmp_path, "a.zip", data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :])
    assert {article.url for article in articles} >= {record(1)["url"], record(3)["url"]}
    assert ("b.jsonl", "broken_archive") in {(item.origin.rpartition("/")[2], item.reason) for item in rejections}


@pytest.mark.parametrize(("name", "cut"), [("a.zip", 100), ("a.tar", 3_000), ("a.tar.gz", 60)])
def test_an_archive_cut_off_is_told(tmp_path: Path, name: str, cut: int) -> None:
    files = {f"{number}.jsonl": jsonl([record(number)] * 4) for number in range(3)}
    data = zipped(files) if name == "a.zip" else tarred(files, "gz" if name.endswith("gz") else "")
    whole = data.rstrip(b"\0") if name == "a.tar" else data
    _, rejections = written(tmp_path, name, whole[:-cut])
    assert {item.reason for item in rejections} & {"broken_archive", "broken_compression"}


def locked() -> bytes:
    """A ZIP archive whose one file asks for a password."""
    data = bytearray(zipped({"a.txt": text_article(1).encode()}, zipfile.ZIP_STORED))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + place] |= 1
    return bytes(data)


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    articles, (rejection,) = written(tmp_path, "a.zip", locked())
    assert not articles
    assert rejection.reason == "broken_archive"
    assert "password" in rejection.detail


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_bomb_is_told(tmp_path: Path, name: str) -> None:
    files = {f"{number}.jsonl": b"\n" * 6_000_000 for number in range(8)}
    articles, rejections = written(tmp_path, name, zipped(files) if name == "a.zip" else tarred(files, "gz"))
    assert not articles
    assert {item.reason for item in rejections} <= {"broken_archive", "broken_compression"}
    assert "expands more than 100 times" in rejections[0].detail


def test_archives_within_archives_have_an_end(tmp_path: Path) -> None:
    data = zipped({"a.jsonl": jsonl([record(1)])})
    twice = zipped({"inner.zip": data})
    articles, rejections = written(tmp_path, "twice.zip", twice)
    assert (len(articles), rejections) == (1, [])
    articles, rejections = written(tmp_path, "thrice.zip", zipped({"outer.zip": twice}))
    assert not articles
    assert [item.reason for item in rejections] == ["too_deep"]


def test_names_that_lead_out_of_an_archive_write_nothing(tmp_path: Path) -> None:
    files = {"../../evil.jsonl": jsonl([record(1)]), "/etc/evil.jsonl": jsonl([record(2)])}
    articles, _ = written(tmp_path, "a.tar", tarred(files))
    assert len(articles) <= 2
    assert list(tmp_path.iterdir()) == [tmp_path / "a.tar"]
