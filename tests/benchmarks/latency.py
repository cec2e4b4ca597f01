"""Measures the worked questions and the views on a published warehouse: `python -m tests.benchmarks.latency SNAPSHOT`.

Each is asked five times on one connection: the first answer and the median are told.
"""

import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from warehouse.dictionary import questions
from warehouse.query import connect_snapshot

TIMES = 5
VIEWS = {
    "thread": "FROM thread WHERE issue = 'diplomacy.talks' ORDER BY stories DESC LIMIT 20",
    "thread_play": "FROM thread_play WHERE thread_id = (SELECT arg_max(thread_id, positions) FROM thread)",
    "standoff": "FROM standoff WHERE demander = 'USA' ORDER BY weight DESC LIMIT 20",
    "position_change": "FROM position_change WHERE actor = 'USA' ORDER BY stated_on DESC LIMIT 20",
    "current_position": "FROM current_position WHERE actor = 'RUS' ORDER BY last_confirmed DESC LIMIT 20",
    "state_of_play": "FROM state_of_play WHERE issue = 'security.nuclear_programme' ORDER BY stance, rank",
    "state_of_play_as_of": "FROM state_of_play_as_of('2022-01-26') WHERE issue = 'security.nuclear_programme'",
    "dyad": "FROM dyad WHERE (actor, target) IN (('USA', 'IRN'), ('IRN', 'USA')) ORDER BY stories DESC LIMIT 20",
    "actor_play": "FROM actor_play WHERE actor = 'IRN' ORDER BY stance, rank",
    "network": "SELECT source, target, sum(stories) FROM network WHERE month >= '2025-01-01' GROUP BY ALL",
    "positions_recorded_at": "SELECT count(*) FROM positions_recorded_at(now()) WHERE actor = 'IRN'",
}


def measure(snapshot: Path) -> dict[str, tuple[float, float, int]]:
    """What `asked` gives for the worked questions."""
    return asked(snapshot, {name: sql for name, (_, sql) in questions().items()})


def asked(snapshot: Path, queries: Mapping[str, str]) -> dict[str, tuple[float, float, int]]:
    """Milliseconds of the first answer and of the median answer, and the number of rows, by name."""
    measured = {}
    for name, sql in queries.items():
        with connect_snapshot(snapshot) as connection:
            taken = []
            for _ in range(TIMES):
                began = time.perf_counter()
                rows = connection.execute(sql).fetchall()
                taken.append((time.perf_counter() - began) * 1000)
        measured[name] = (taken[0], statistics.median(taken), len(rows))
    return measured


def main() -> None:
    """Print one line a question, and one a view."""
    snapshot = Path(sys.argv[1])
    for name, (first, median, rows) in {**measure(snapshot), **asked(snapshot, VIEWS)}.items():
        print(f"{name:36} first {first:7.1f} ms   median {median:7.1f} ms   {rows:5} rows")


if __name__ == "__main__":
    main()
