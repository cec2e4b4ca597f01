"""Room that nothing uses is given back when a working file is opened, and every row and view stays."""

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import article, batch, position
from warehouse import compacting
from warehouse.compacting import without_free_room
from warehouse.rows import tables
from warehouse.store import Store


@pytest.fixture
def roomy(working_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working file of which most is free."""
    monkeypatch.setattr(compacting, "LEAST", 1)
    one = article(1)
    with Store.open(working_file) as store:
        store.save_articles([one], [])
        store.save_tagged(batch([one], [position(one.article_id)]))
    with duckdb.connect(str(working_file)) as connection:
        connection.execute("CREATE TABLE filling AS SELECT hash(range) AS number FROM range(4_000_000)")
        connection.execute("CHECKPOINT")
        connection.execute("DROP TABLE filling")
        connection.execute("CREATE TABLE last AS SELECT 1 AS number")  # at the end, so that the file is not cut there
    return working_file


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        views = [
            name for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        ]
        names = [name.rpartition(".")[2] for name in tables(connection)]
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in [*names, *views]}


def test_free_room_is_given_back_and_nothing_else(roomy: Path) -> None:
    before, size = rows(roomy), roomy.stat().st_size
    without_free_room(roomy)
    assert roomy.stat().st_size < size / 2
    assert rows(roomy) == before
    assert [file.name for file in roomy.parent.iterdir() if "compact" in file.name] == []
    with Store.open(roomy) as store, pytest.raises(duckdb.ConstraintException):
        store.save_tagged(batch([article(1)], [position("a-that-is-not-there")]))


def test_a_file_with_a_log_and_one_that_is_full_stay_as_they_are(roomy: Path) -> None:
    log = roomy.with_name(f"{roomy.name}.wal")
    log.write_bytes(b"")
    left = roomy.with_name(f".{roomy.name}.compact")
    left.write_bytes(b"of a run that was killed")
    size = roomy.stat().st_size
    without_free_room(roomy)
    assert (roomy.stat().st_size, left.exists()) == (size, False)
    log.unlink()
    without_free_room(roomy)
    changed = roomy.stat().st_mtime_ns
    without_free_room(roomy)
    assert roomy.stat().st_mtime_ns == changed
