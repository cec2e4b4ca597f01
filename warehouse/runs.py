"""The log of runs that changed something."""

from datetime import datetime

import duckdb

from schemas.batch import Landed, Tagged
from warehouse.rows import single_value

CHANGED_NOTHING = "articles_new + rejected_new + articles_tagged + positions_added + positions_retired = 0"


def start(connection: duckdb.DuckDBPyConnection, name: str, moment: datetime) -> str:
    """Begin a run; under the file lock nobody else runs, so whatever is still marked running was killed."""
    connection.execute(f"DELETE FROM run WHERE status = 'running' AND {CHANGED_NOTHING}")
    connection.execute("UPDATE run SET status = 'killed' WHERE status = 'running'")
    run_id = f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z {name}"
    connection.execute(
        "INSERT INTO run (run_id, name, status, started_at) VALUES (?, ?, 'running', ?)",
        [run_id, name, moment],
    )
    return run_id


def finish(connection: duckdb.DuckDBPyConnection, run_id: str, status: str, moment: datetime) -> None:
    """End a run; raises KeyError where no such run is running."""
    found = single_value(
        connection,
        "UPDATE run SET status = ?, finished_at = ? WHERE run_id = ? AND status = 'running'",
        [status, moment, run_id],
    )
    if not found:
        raise KeyError(f"{run_id}: no such run is running")
    connection.execute(f"DELETE FROM run WHERE run_id = ? AND {CHANGED_NOTHING}", [run_id])


def count_landed(connection: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    """Add a batch of inputs to the counts of the run that is running, if one is."""
    connection.execute(
        "UPDATE run SET articles_new = articles_new + ?, articles_known = articles_known + ?, "
        "rejected_new = rejected_new + ?, rejected_known = rejected_known + ? WHERE status = 'running'",
        [landed.new, landed.known, landed.rejected, landed.known_rejected],
    )


def count_tagged(connection: duckdb.DuckDBPyConnection, tagged: Tagged, articles: int) -> None:
    """Add a tagged batch to the counts of the run that is running, if one is."""
    connection.execute(
        "UPDATE run SET articles_tagged = articles_tagged + ?, positions_added = positions_added + ?, "
        "positions_kept = positions_kept + ?, positions_retired = positions_retired + ?, "
        "positions_unresolved = positions_unresolved + ? WHERE status = 'running'",
        [articles, tagged.added, tagged.kept, tagged.retired, tagged.unresolved],
    )
