"""Measures the worked questions on a published warehouse: `python -m tests.benchmarks.latency SNAPSHOT`.

Each question is asked five times on one connection: the first answer and the median are told.
"""

import statistics
import sys
import time
from pathlib import Path

from warehouse.dictionary import questions
from warehouse.query import connect_snapshot

TIMES = 5


def measure(snapshot: Path) -> dict[str, tuple[float, float, int]]:
    """Milliseconds of the first answer and of the median answer, and the number of rows, by question."""
    measured = {}
    for name, (_, sql) in questions().items():
        with connect_snapshot(snapshot) as connection:
            taken = []
            for _ in range(TIMES):
                began = time.perf_counter()
                rows = connection.execute(sql).fetchall()
                taken.append((time.perf_counter() - began) * 1000)
        measured[name] = (taken[0], statistics.median(taken), len(rows))
    return measured


def main() -> None:
    """Print one line a question."""
    for name, (first, median, rows) in measure(Path(sys.argv[1])).items():
        print(f"{name:36} first {first:7.1f} ms   median {median:7.1f} ms   {rows:5} rows")


if __name__ == "__main__":
    main()
