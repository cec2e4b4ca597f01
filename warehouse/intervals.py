"""Facts with a time of validity: what is yielded again stays, what is not is retired, what is new is added."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from warehouse.rows import given, single_value


@dataclass(frozen=True)
class Changes:
    """How many rows a reconciliation added, kept as they stand, and retired."""

    added: int
    kept: int
    retired: int


def reconcile(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    yielded: pa.Table,
    moment: datetime,
    within: str = "true",
    provenance: tuple[str, ...] = (),
) -> Changes:
    """Make the standing rows of a table, as far as `within` reaches, equal to the yielded ones.

    `within` is a condition on the table's rows; standing rows outside it are left alone. `provenance` names the
    columns of `yielded` that are written with a new row and not compared. A row that was retired and comes back
    is a new row: the time in between stays as it was.
    """
    compared = [name for name in yielded.column_names if name not in provenance]
    same = " AND ".join(f"{table}.{name} IS NOT DISTINCT FROM yielded.{name}" for name in compared)
    with given(connection, "yielded", yielded):
        retired = _count(
            connection,
            f"UPDATE {table} SET retired_at = $moment WHERE retired_at IS NULL AND {within} "
            f"AND NOT EXISTS (SELECT 1 FROM yielded WHERE {same})",
            moment,
        )
        added = _count(
            connection,
            f"INSERT INTO {table} ({', '.join(yielded.column_names)}, recorded_at) "
            f"SELECT *, $moment FROM yielded "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE retired_at IS NULL AND {within} AND {same})",
            moment,
        )
    return Changes(added, len(yielded) - added, retired)


def _count(connection: duckdb.DuckDBPyConnection, sql: str, moment: datetime) -> int:
    return int(single_value(connection, sql, {"moment": moment}))
