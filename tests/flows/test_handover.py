"""Batches that are handed over as files give the rows that batches handed over directly give."""

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from flows import runners
from flows.engine import Batch, Reading, reading_of
from flows.handover import PREFIX, CannotHandOver, Handover, Left
from schemas.settings import Settings
from tests.conftest import write_article
from tests.flows.running import track
from tests.flows.test_engine import ARTICLE
from warehouse.ask import Asking
from warehouse.batches import BatchTables

TABLES = ("position", "unresolved_actor", "sentence", "parse", "tagging", "article")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reading_of(Settings())


def rows(settings: Settings, table: str) -> list[tuple[object, ...]]:
    """All rows of a table but for when they were recorded."""
    columns = "* EXCLUDE (recorded_at)" if table in TABLES[:2] or table == "article" else "*"
    with Asking(settings.snapshot_file) as asking:
        return list(asking.ask(f"SELECT {columns} FROM {table} ORDER BY ALL").rows)


@pytest.mark.usefixtures("prefect")
def test_rows_are_the_same_through_files(folder: Path, tmp_path: Path) -> None:
    write_article(folder / "four.txt", "Tea", "20240315", "Fellbrook demanded tea. Peru refused to pay Norway.")
    directly = Settings(home=tmp_path / "directly", workers=1, batch_articles=1)
    kept = tmp_path / "a [shared] folder"
    through_files = [
        Settings(home=tmp_path / name, workers=1, batch_articles=3, batch_folder=address)
        for name, address in (("local", str(kept)), ("memory", "memory://batches"))
    ]
    track([str(folder)], directly)
    for settings in through_files:
        track([str(folder)], settings)
        for table in TABLES:
            assert rows(settings, table) == rows(directly, table) != []
    assert list(kept.iterdir()) == []
    assert fsspec.filesystem("memory").ls("/batches") == []


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a bucket of a server of this machine, which nothing lies in."""
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*server.get_host_and_port()))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    fsspec.filesystem("s3").mkdir("news")
    yield "s3://news"
    fsspec.filesystem("s3").clear_instance_cache()
    server.stop()


@pytest.mark.usefixtures("prefect")
def test_two_processes_hand_over_through_object_storage(
    folder: Path, tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runners, "WORTH_A_POOL", 1)
    directly = Settings(home=tmp_path / "directly", workers=2, batch_articles=1)
    track([str(folder)], directly)
    for number, lying in enumerate(({}, {f"{PREFIX}0.parquet": b"old", f"{PREFIX}1.2.part": b"half", "mine": b"mine"})):
        storage = fsspec.filesystem("s3", skip_instance_cache=True)
        for name, data in lying.items():
            storage.pipe(f"news/batches/{name}", data)
        settings = Settings(home=tmp_path / str(number), workers=2, batch_articles=1, batch_folder=f"{bucket}/batches")
        track([str(folder)], settings)
        for table in TABLES[:1] + TABLES[2:]:
            assert rows(settings, table) == rows(directly, table) != []
        storage.invalidate_cache()
        assert storage.find("news") == [f"news/batches/{name}" for name in lying if name == "mine"]


def test_a_file_stays_until_its_batch_is_taken(reading: Reading, tmp_path: Path) -> None:
    handover = Handover(str(tmp_path))
    handover.prepare()
    other = ARTICLE.model_copy(update={"title": "Other notes"})
    left = [handover.read(Batch(reading, (one,))) for one in (ARTICLE, other)]
    assert all(isinstance(one, Left) for one in left)
    taken = handover.taken(iter(left))
    assert len(list(tmp_path.iterdir())) == 2
    assert next(taken).article_ids == [ARTICLE.article_id]
    assert len(list(tmp_path.iterdir())) == 1
    assert next(taken).article_ids == [other.article_id]
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_is_read_twice_is_one_file(reading: Reading, tmp_path: Path) -> None:
    handover = Handover(tmp_path.as_uri())
    assert handover.read(Batch(reading, (ARTICLE,))) == handover.read(Batch(reading, (ARTICLE,)))
    assert len(list(tmp_path.iterdir())) == 1


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f"{PREFIX}0.parquet.1.part").write_bytes(b"half")
    (tmp_path / "mine.parquet").write_bytes(b"whole")
    Handover(str(tmp_path)).prepare()
    assert [file.name for file in tmp_path.iterdir()] == ["mine.parquet"]


def test_without_a_folder_tables_are_given_directly(reading: Reading) -> None:
    handover = Handover(None)
    handover.prepare()
    assert isinstance(handover.read(Batch(reading, (ARTICLE,))), BatchTables)


@pytest.mark.parametrize("folder", ["carrier-pigeon://loft", "/dev/null/batches"])
def test_a_folder_that_cannot_be_used_is_told_in_one_line(folder: str) -> None:
    with pytest.raises(CannotHandOver, match=f"POSITIONS_BATCH_FOLDER: {folder} cannot be used") as told:
        Handover(folder).prepare()
    assert len(str(told.value).splitlines()) == 1
