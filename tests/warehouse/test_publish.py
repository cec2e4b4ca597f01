"""Publishing: whole or not at all, never in the way of readers, and nothing where nothing changed."""

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from tests.benchmarks.generate import fill
from tests.warehouse.samples import ruleset, write_one
from warehouse.publish import FROZEN, CannotPublish
from warehouse.query import NoSnapshot, connect_snapshot
from warehouse.store import Store


def read_in_a_loop(snapshot: Path, stop: Event, answers: "multiprocessing.Queue[list[tuple[int, int]]]") -> None:
    seen = []
    while not stop.is_set():
        with connect_snapshot(snapshot) as connection:
            seen += connection.execute(
                "SELECT (SELECT count(*) FROM positions), (SELECT count(*) FROM article)"
            ).fetchall()
        time.sleep(0.01)  # the writer needs the processor, too
    answers.put(seen)


def test_comments_views_and_macros_come_along(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        assert store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        comments = connection.execute(
            "SELECT count(*), count(comment) FROM duckdb_columns() WHERE NOT internal AND table_name IN "
            "(SELECT table_name FROM duckdb_tables())"
        ).fetchall()
        assert connection.execute("SELECT count(*) FROM positions").fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM positions_recorded_at(now())").fetchall() == [(1,)]
    (counted,) = comments
    assert counted[0] == counted[1] > 50


def test_nothing_is_written_where_nothing_changed(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        assert store.publish(snapshot)
        written = snapshot.stat().st_ino
        assert not store.publish(snapshot)
        assert snapshot.stat().st_ino == written
        store.save_ruleset(ruleset())
        assert store.publish(snapshot)
    assert snapshot.stat().st_ino != written


def test_remains_of_a_killed_publication_do_no_harm(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        snapshot.with_name(f".{snapshot.name}.publishing").write_bytes(b"half a file")
        assert store.publish(snapshot)
    assert [file.name for file in snapshot.parent.glob(".*")] == []


def test_a_file_that_is_no_snapshot_is_not_replaced(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        snapshot.write_text("my thesis")
        with pytest.raises(CannotPublish, match="remove it or publish to another place"):
            store.publish(snapshot)
    assert snapshot.read_text() == "my thesis"


def test_an_open_reader_keeps_its_rows(working_file: Path, snapshot: Path) -> None:
    with Store.open(working_file) as store:
        write_one(store, 1)
        store.publish(snapshot)
        with connect_snapshot(snapshot) as reader:
            write_one(store, 2)
            assert store.publish(snapshot)
            assert reader.execute("SELECT count(*) FROM positions").fetchall() == [(1,)]


def test_readers_in_another_process_see_no_error_and_no_half_state(working_file: Path, snapshot: Path) -> None:
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    with Store.open(working_file) as store:
        write_one(store, 0)
        store.publish(snapshot)
        reader = context.Process(target=read_in_a_loop, args=(snapshot, stop, answers))
        reader.start()
        for number in range(1, 9):
            write_one(store, number)
            store.publish(snapshot)
        stop.set()
        seen = answers.get(timeout=60)
        reader.join()
    assert reader.exitcode == 0
    assert seen
    assert all(positions == articles for positions, articles in seen)
    assert seen == sorted(seen)


def test_a_snapshot_that_is_not_there_is_named(snapshot: Path) -> None:
    with pytest.raises(NoSnapshot, match=r"positions\.duckdb: no snapshot is published here"):
        connect_snapshot(snapshot)


def test_the_tables_of_a_snapshot_hold_what_the_views_give(tmp_path: Path) -> None:
    fill(tmp_path / "working.duckdb", 3000)
    with Store.open(tmp_path / "working.duckdb") as store:
        store.publish(tmp_path / "positions.duckdb")
    with duckdb.connect(str(tmp_path / "working.duckdb"), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        views = {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in FROZEN}
    with connect_snapshot(tmp_path / "positions.duckdb") as connection:
        tables = {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in FROZEN}
    assert tables == views
    assert all(views.values())
