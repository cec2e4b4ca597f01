"""A run for which there is nothing to do starts no server, and tells and publishes what any other run does."""

from pathlib import Path

import pytest

from flows import cli
from flows.engine import reading_of
from flows.idle import tracked_idly
from flows.ingest import land_sources
from flows.outcome import Tracked
from flows.signing import sign
from flows.sources import sources_named
from flows.writing import NOTE, opened
from rules.syntax.parse import model_version
from schemas.batch import TaggedBatch
from schemas.settings import Settings
from tests.conftest import write_article
from warehouse.query import connect_snapshot


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", workers=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder of sources."""
    found = tmp_path / "sources"
    found.mkdir()
    return found


def idle(place: Path, settings: Settings) -> Tracked | None:
    return tracked_idly(sources_named([str(place)]), settings)


def land(place: Path, settings: Settings) -> None:
    with opened(settings) as store:
        land_sources(store.save_articles, store, sources_named([str(place)]), settings)


def mark_tagged(settings: Settings) -> None:
    """Let all that is stored count as tagged with the rules in use, and compared."""
    reading, model = reading_of(settings), model_version(settings.model)
    with opened(settings) as store:
        ids = tuple(store.untagged(reading.version, model))
        store.save_tagged(TaggedBatch(ruleset_version=reading.version, model_version=model, article_ids=ids))
        store.save_signatures(sign(list(store.read_articles(ids))))


def test_an_empty_folder_is_published_without_a_server(
    place: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def started(*_: object) -> None:
        raise AssertionError("no server is needed")

    monkeypatch.setattr("flows.commands.track.find_or_start", started)
    assert cli.run(["track", str(place), "--home", str(settings.home), "--workers", "1"]) == 0
    told = capsys.readouterr()
    assert "Nothing is new." in told.out
    assert f"{place}: holds no file that can be read" in told.err
    with connect_snapshot(settings.snapshot_file) as snapshot:
        assert snapshot.execute("SELECT count(*) FROM positions").fetchall() == [(0,)]
        actors = snapshot.execute("SELECT count(*) FROM actor").fetchall()
    assert actors[0][0] > 100
    assert (settings.export_dir / "positions.csv").exists()


def test_files_that_were_read_and_tagged_are_counted_as_a_flow_counts_them(place: Path, settings: Settings) -> None:
    write_article(place / "one.txt", "Oslo and Lima", "20240312", "Norway demanded that Peru lift its sanctions.")
    (place / "broken.txt").write_text("a title alone\n", "utf-8")
    assert idle(place, settings) is None
    assert not settings.home.exists()
    land(place, settings)
    assert idle(place, settings) is None, "an article waits to be tagged"
    mark_tagged(settings)
    found = idle(place, settings)
    assert found
    assert not found.changed
    assert found.ingested.landed.model_dump() == {"new": 0, "known": 1, "rejected": 0, "known_rejected": 1}
    assert found.ingested.reasons == {"no_header": 1}
    assert found.published.new
    again = idle(place, settings)
    assert again
    assert not again.published.new


def test_what_may_be_new_is_left_to_a_flow(place: Path, settings: Settings) -> None:
    assert idle(place, settings)
    assert tracked_idly(sources_named(["-"]), settings) is None
    assert tracked_idly(sources_named(["https://news.example.org/feed"]), settings) is None
    (settings.home / NOTE).write_text("a run that was killed", "utf-8")
    assert idle(place, settings) is None
    (settings.home / NOTE).unlink()
    (place / "late.txt").write_text("Later\n29990101\nhttps://news.example.org/late\nNorway refused.\n", "utf-8")
    land(place, settings)
    assert idle(place, settings) is None, "what is dated ahead is read again by each run"
    (place / "late.txt").unlink()
    assert idle(place, settings)


def test_a_snapshot_that_cannot_be_written_is_left_to_the_flow_which_tries_again(
    place: Path, settings: Settings
) -> None:
    settings.snapshot_file.mkdir(parents=True)
    assert idle(place, settings) is None
