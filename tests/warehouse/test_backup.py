"""A backup is whole, may be made while a run goes on, and comes back as the warehouse that it was."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.faults.machinery import rows_of
from tests.warehouse.samples import article, batch, position, ruleset, write_one
from warehouse.backup import BadBackup, back_up, restore
from warehouse.query import NoSnapshot, connect_snapshot
from warehouse.store import Store


@pytest.fixture
def filled(working_file: Path, snapshot: Path) -> Path:
    """The folder of a published warehouse with a correction."""
    with Store.open(working_file) as store:
        store.save_ruleset(ruleset())
        write_one(store, 1)
        store.publish(snapshot)
    (working_file.parent / "fetched.jsonl").write_text("{}\n")
    return working_file.parent


def made(home: Path, to: Path) -> Path:
    return back_up(home / "positions.duckdb", (home / "fetched.jsonl",), to, "1.2.3")


def test_what_is_restored_is_what_was_backed_up_and_goes_on(filled: Path, tmp_path: Path) -> None:
    before = rows_of(filled / "working.duckdb")
    backup = made(filled, tmp_path / "backups")
    told = restore(backup, tmp_path / "new" / "working.duckdb")
    assert told.product == "1.2.3"
    assert rows_of(tmp_path / "new" / "working.duckdb") == before
    assert (tmp_path / "new" / "fetched.jsonl").read_text() == "{}\n"
    with Store.open(tmp_path / "new" / "working.duckdb") as store:
        write_one(store, 2)
        assert store.publish(tmp_path / "new" / "positions.duckdb")
    with connect_snapshot(tmp_path / "new" / "positions.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM positions").fetchall() == [(2,)]
        past = connection.execute("SELECT count(*) FROM positions_recorded_at(?)", [told.published_at]).fetchall()
    assert past == [(1,)]


def test_a_backup_is_made_while_a_run_writes(filled: Path, tmp_path: Path) -> None:
    with Store.open(filled / "working.duckdb") as store:
        write_one(store, 2)
        backup = made(filled, tmp_path / "backups")
    restore(backup, tmp_path / "new" / "working.duckdb")
    with duckdb.connect(str(tmp_path / "new" / "working.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchall() == [(1,)], "what was published"


def test_a_backup_of_the_same_snapshot_is_made_once(filled: Path, tmp_path: Path) -> None:
    assert made(filled, tmp_path / "backups") == made(filled, tmp_path / "backups")
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_what_is_no_whole_backup_is_refused_and_nothing_is_put_in_a_place_that_is_taken(
    filled: Path, tmp_path: Path
) -> None:
    backup = made(filled, tmp_path / "backups")
    with pytest.raises(BadBackup, match="is there already"):
        restore(backup, filled / "working.duckdb")
    with pytest.raises(BadBackup, match="is no backup"):
        restore(tmp_path, tmp_path / "new" / "working.duckdb")
    data = bytearray((backup / "positions.duckdb").read_bytes())
    data[-100] ^= 255
    (backup / "positions.duckdb").write_bytes(data)
    with pytest.raises(BadBackup, match="is not what was backed up"):
        restore(backup, tmp_path / "new" / "working.duckdb")
    assert not (tmp_path / "new").exists()
    with pytest.raises(NoSnapshot):
        made(tmp_path / "nowhere", tmp_path / "backups")


LONG = "Arland demands that Borland reopen the strait.\nBorland slept.\n" + "Nobody else said a word of it.\n" * 20


def test_old_texts_go_and_facts_and_evidence_stay(working_file: Path, snapshot: Path) -> None:
    old, young, untagged = (
        article(number, day=day, text=LONG)
        for number, day in ((1, date(2020, 1, 1)), (2, date(2025, 1, 1)), (3, date(2020, 1, 1)))
    )
    with Store.open(working_file) as store:
        store.save_ruleset(ruleset())
        store.save_articles([old, young, untagged], [])
        store.save_tagged(batch([old, young], [position(one.article_id) for one in (old, young)]))
        store.publish(snapshot)
        with connect_snapshot(snapshot) as connection:
            before = connection.execute("FROM positions ORDER BY position_id").fetchall()
        assert store.prune(date(2024, 1, 1)) == 1
        assert store.prune(date(2024, 1, 1)) == 0
        assert store.untagged("another", "m1") == [young.article_id, untagged.article_id]
        kept = [one.text for one in store.read_articles([old.article_id, young.article_id, untagged.article_id])]
        assert (len(kept[0]), len(kept[0].split())) == (len(LONG), 7)
        assert kept[1:] == [LONG, LONG]
        assert store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        assert connection.execute("FROM positions ORDER BY position_id").fetchall() == before
        states = connection.execute("SELECT state FROM article_state ORDER BY state").fetchall()
    assert states == [("pending",), ("pruned",), ("tagged",)]
