"""A file that was read to its end is passed over until it changes, moves or is read in another way."""

from pathlib import Path

import pytest

from flows.readers import read_changed
from flows.readers.record import Known
from schemas.settings import Settings
from schemas.source import Columns, FileRead, Source
from tests.flows.readers.builders import SETTINGS, jsonl, record, rss, whole_entry


def ends(source: Source | Path, known: list[FileRead], settings: Settings = SETTINGS) -> list[FileRead]:
    """The ends of the files of a source, given what is known."""
    items = read_changed(source, settings, Known({file.file_key: file for file in known}))
    return [item for item in items if isinstance(item, FileRead)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([record(1), record(2), record(3, date=None)]) + b"[]\n")
    return path


def test_the_end_of_a_file_tells_what_it_held(file: Path) -> None:
    (end,) = ends(file, [])
    assert (end.articles, end.reasons, end.again) == (2, {"no_date": 1, "broken_json": 1}, False)


def test_the_same_file_is_passed_over(file: Path) -> None:
    known = ends(file, [])
    items = list(read_changed(file, SETTINGS, Known({known[0].file_key: known[0]})))
    assert items == [known[0].model_copy(update={"again": True})]


def test_a_changed_file_is_read_again(file: Path) -> None:
    known = ends(file, [])
    file.write_bytes(file.read_bytes() + jsonl([record(4)]))
    (end,) = ends(file, known)
    assert (end.articles, end.again) == (3, False)


def test_a_file_is_read_again_where_it_is_read_in_another_way(file: Path) -> None:
    known = ends(file, [])
    assert [end.again for end in ends(Source(source=str(file), outlet="Post"), known)] == [False]
    assert [end.again for end in ends(Source(source=str(file), columns=Columns(url=("x",))), known)] == [False]
    assert [end.again for end in ends(file, known, SETTINGS.model_copy(update={"max_article_bytes": 5000}))] == [False]
    assert [end.again for end in ends(Source(source=str(file), follow=False), known)] == [True]


def test_a_copy_elsewhere_is_a_file_of_its_own(file: Path) -> None:
    known = ends(file, [])
    copy = file.with_name("b.jsonl")
    copy.write_bytes(file.read_bytes())
    assert [end.again for end in ends(file.parent, known)] == [True, False]


def test_what_may_go_better_next_time_has_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing.jsonl"
    assert ends(missing, []) == []
    feed = tmp_path / "feed.rss"
    feed.write_text(rss([whole_entry(1), "<item><link>http://127.0.0.1:9/</link></item>"]))
    assert ends(feed, []) == []
    good = tmp_path / "a.jsonl"
    good.write_bytes(jsonl([record(1)]))
    monkeypatch.setattr("flows.readers.read_file", lambda *_: (1 / 0 for _ in "x"))
    assert ends(good, []) == []
