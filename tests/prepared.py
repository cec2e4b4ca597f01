"""An empty warehouse whose tables and views are made once: to make them anew takes longer than most tests do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import opening
from warehouse.layout import prepare

MADE_HERE = "test_compacting.py", "test_layout.py", "test_upgrade.py"  # these are about how a working file lies


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file that holds nothing but its tables and views."""
    file = tmp_path_factory.mktemp("prepared") / "working.duckdb"
    with duckdb.connect(str(file)) as connection:
        prepare(connection)
    return file


@pytest.fixture
def prepared(prepared_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with the tables and views of a warehouse."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{prepared_file}' AS prepared (READ_ONLY)")
        connection.execute("COPY FROM DATABASE prepared TO memory")
        connection.execute("DETACH prepared")
        yield connection


@pytest.fixture(autouse=True)
def quickly_made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets each new working file begin as a copy of the prepared one; one that is there stays as it is."""
    if request.path.name in MADE_HERE or "faults" in request.path.parts:
        return
    make = opening._make

    def make_prepared(working_file: Path) -> None:
        was_there = working_file.exists()
        make(working_file)
        if not was_there:
            prepared: Path = request.getfixturevalue("prepared_file")
            shutil.copyfile(prepared, working_file)

    monkeypatch.setattr(opening, "_make", make_prepared)
