"""Brings the tables of a file of an earlier version up to date, by numbered steps of SQL: upgrades/NNN_what.sql.

Each step adds what its version brought and fills it for the rows that are there; nothing is ever taken away. A step
changes nothing where it was done, so that a file from before steps were counted takes all of them.
"""

from pathlib import Path

import duckdb

from warehouse.rows import single_value

STEPS = Path(__file__).parent / "upgrades"


class NewerFile(RuntimeError):
    """The file has taken steps that this version does not know."""


def steps() -> dict[int, Path]:
    """The steps by their number, in order."""
    return {int(path.name.partition("_")[0]): path for path in sorted(STEPS.glob("*.sql"))}


def upgrade(connection: duckdb.DuckDBPyConnection) -> int:
    """Take the steps that the tables have not taken, within the transaction of the caller; gives the last one.

    Raises NewerFile where the file has taken more of them.
    """
    known = steps()
    last = max(known)
    taken = _taken(connection)
    if taken > last:
        raise NewerFile("a later version of the product made this file; install that version, or a later one")
    for number, path in known.items():
        if number > taken:
            connection.execute(path.read_text("utf-8"))
    return last


def _taken(connection: duckdb.DuckDBPyConnection) -> int:
    """The last step that the file has taken: all of them where it has no tables yet, 0 where none were counted."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables:
        return max(steps())
    if "warehouse_layout" not in tables:
        return 0
    connection.execute("ALTER TABLE warehouse_layout ADD COLUMN IF NOT EXISTS step INTEGER")
    return single_value(connection, "SELECT max(step) FROM warehouse_layout") or 0
