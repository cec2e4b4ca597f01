"""The warehouse's own clock: every moment it writes is later than all before."""

from datetime import UTC, datetime, timedelta

import duckdb

from warehouse.rows import single_value

RECORDED = "article", "rejected_article", "pruned_article"
VALID = (
    "position",
    "unresolved_actor",
    "story",
    "thread_member",
    "ruleset",
    "actor",
    "issue",
    "trigger",
    "correction",
    "confidence_line",
    "view_setting",
)
MOMENTS = (
    *(f"SELECT max(recorded_at) AS moment FROM {table}" for table in RECORDED),
    *(f"SELECT greatest(max(recorded_at), max(retired_at)) FROM {table}" for table in VALID),
    "SELECT max(published_at) FROM publication",
)


def last_moment(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When something was last recorded, retired or published; None in an empty warehouse."""
    moment = single_value(connection, f"SELECT max(moment) FROM ({' UNION ALL '.join(MOMENTS)})")
    return moment.astimezone(UTC) if moment else None


def next_moment(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Now, yet later than the last moment: history must hold even where the machine's clock was set back."""
    now, last = datetime.now(UTC), last_moment(connection)
    return now if last is None else max(now, last + timedelta(microseconds=1))
