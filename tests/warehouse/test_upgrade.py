"""A data folder of any earlier version opens: by numbered steps, with its history and its corrections.

The folders are kept as SQL, each of the last version before a step, with the rows that its own views gave of each
snapshot it had published.
"""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.samples import write_one
from warehouse.layout import WarehouseDiffers
from warehouse.opening import CannotOpen
from warehouse.query import connect_snapshot
from warehouse.store import Store
from warehouse.upgrade import steps

OLD = Path(__file__).parent / "upgrades"
FOLDERS = sorted(path.stem for path in OLD.glob("*.sql"))


@pytest.fixture
def old(working_file: Path, request: pytest.FixtureRequest) -> Path:
    """The working file of an earlier version."""
    working_file.parent.mkdir()
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute((OLD / f"{request.param}.sql").read_text("utf-8"))
    return working_file


def columns_of(database: Path) -> dict[tuple[str, str], str]:
    """The type of every column of every table."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal "
            "AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).fetchall()
    return {(table, column): kind for table, column, kind in rows}


def test_there_is_a_folder_from_before_each_step() -> None:
    assert list(steps()) == list(range(1, len(steps()) + 1))
    assert [*(f"before_{number:03}" for number in steps()), "first"] == FOLDERS


@pytest.mark.parametrize("old", FOLDERS, indirect=True)
def test_an_old_folder_has_the_tables_of_a_new_one_and_takes_what_comes(
    old: Path, snapshot: Path, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "new.duckdb"):
        pass
    with Store.open(old) as store:
        write_one(store, 7)
        assert store.publish(snapshot)
        assert len(store.read_articles(store.untagged("none", "none"))) == 3
    assert columns_of(old) == columns_of(tmp_path / "new.duckdb")
    with connect_snapshot(snapshot) as connection:
        assert connection.execute("SELECT count(*) FROM positions").fetchall() == [(3,)]


@pytest.mark.parametrize("old", FOLDERS, indirect=True)
def test_what_was_exported_then_comes_out_again(old: Path, snapshot: Path, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["old"]
    told: list[dict[str, Any]] = json.loads((OLD / f"{name}.json").read_text("utf-8"))
    assert told
    with Store.open(old) as store:
        write_one(store, 7)
        store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        for exported in told:
            columns = ", ".join(f"{column}::VARCHAR" for column in exported["columns"])
            found = connection.execute(
                f"SELECT {columns} FROM positions_recorded_at(?) ORDER BY position_id", [exported["published_at"]]
            ).fetchall()
            assert found == [tuple(row) for row in exported["rows"]] != []


@pytest.mark.parametrize("old", ["before_002", "before_003", "before_004", "before_005"], indirect=True)
def test_corrections_are_kept_and_still_count(old: Path, snapshot: Path) -> None:
    with Store.open(old) as store:
        store.publish(snapshot)
    with connect_snapshot(snapshot) as connection:
        rows = connection.execute("SELECT actor, target, verdict FROM positions ORDER BY actor").fetchall()
        authors = connection.execute("SELECT DISTINCT author, reason FROM correction ORDER BY ALL").fetchall()
    assert rows == [("ARL", "CAS", "corrected"), ("BOR", "ARL", "right")]
    assert authors == [("ada", "as it stands"), ("ada", "the text says so")]


@pytest.mark.parametrize("old", ["first"], indirect=True)
def test_an_old_folder_is_brought_up_to_date_once(old: Path) -> None:
    for _ in range(2):
        with Store.open(old):
            pass
        with duckdb.connect(str(old), read_only=True) as connection:
            assert connection.execute("SELECT step FROM warehouse_layout").fetchall() == [(max(steps()),)]


def test_a_folder_of_a_later_version_is_left_alone(working_file: Path) -> None:
    with Store.open(working_file):
        pass
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("UPDATE warehouse_layout SET step = 999, layout_key = 'later'")
    with pytest.raises((WarehouseDiffers, CannotOpen), match="a later version of the product made this file"):
        Store.open(working_file)
    with duckdb.connect(str(working_file), read_only=True) as connection:
        assert connection.execute("SELECT step FROM warehouse_layout").fetchall() == [(999,)]
