"""The model is loaded ahead where an article comes, and not for what will be rejected or was read before."""

import os
from pathlib import Path

import pytest

from flows.coming import article_comes, hold_much
from flows.readers import read_changed
from flows.readers.record import Known
from flows.sources import sources_named
from schemas.settings import Settings
from schemas.source import FileRead
from tests.conftest import write_article


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a file that is no article."""
    found = tmp_path / "sources"
    found.mkdir()
    (found / "broken.txt").write_text("a title alone\n", "utf-8")
    return found


def files_of(place: Path, settings: Settings) -> dict[str, FileRead]:
    """What reading the folder notes of its files."""
    items = read_changed(sources_named([str(place)])[0], settings, Known())
    return {item.file_key: item for item in items if isinstance(item, FileRead)}


def test_an_article_comes_from_a_file_that_holds_one_and_was_not_read(place: Path, tmp_path: Path) -> None:
    settings, sources = Settings(home=tmp_path), sources_named([str(place)])
    assert not article_comes(sources, settings, {})
    write_article(place / "one.txt", "Lima", "20240312", "Peru refused.")
    assert article_comes(sources, settings, {})
    assert not article_comes(sources, settings, files_of(place, settings))


def test_what_can_be_read_but_once_is_not_looked_into(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for source in (str(tmp_path / "pipe"), "-", "https://news.example.org/feed"):
        assert article_comes(sources_named([source]), Settings(home=tmp_path), {})
        assert not hold_much(sources_named([source]))


def test_of_what_a_reader_fails_at_an_article_may_come(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("a fault of the reader")

    monkeypatch.setattr("flows.coming.read_file", failing)
    assert article_comes(sources_named([str(place)]), Settings(home=tmp_path), {})
