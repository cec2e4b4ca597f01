"""Measures threads on made-up positions: `python -m tests.benchmarks.threads FILE`.

FILE is a working file that tests.benchmarks.generate filled, or one that already has threads; what is without a thread
gets one first. Then the articles of one day more come, a thousand of three positions each, and are given theirs.
"""

import sys
import time
from pathlib import Path

import duckdb

from tests.benchmarks.generate import POSITIONS_AN_ARTICLE
from warehouse.layout import prepare
from warehouse.opening import limit_memory
from warehouse.rows import single_value
from warehouse.threads import assign_threads

A_DAY = 1000  # articles
DAY = "DATE '2024-03-05'"
# Copies of articles and their positions, under keys of their own, on one day.
MORE = f"""
CREATE TEMP TABLE copied AS SELECT article_id FROM article ORDER BY hash(article_id) LIMIT {A_DAY};
INSERT INTO article
SELECT * REPLACE ('b' || substr(article_id, 2) AS article_id, {DAY} AS published) FROM article SEMI JOIN copied
    USING (article_id);
INSERT INTO position
SELECT * REPLACE (
    'q' || substr(position_id, 2) AS position_id, 'b' || substr(article_id, 2) AS article_id,
    {DAY} AS stated_on, {DAY} AS stated_from, {DAY} AS stated_to
) FROM position SEMI JOIN copied USING (article_id);
"""


def assigned(connection: duckdb.DuckDBPyConnection) -> tuple[int, float, float]:
    """How many positions got a thread, in how many seconds, and seconds of processors."""
    began, worked = time.perf_counter(), time.process_time()
    connection.execute("BEGIN")
    number = assign_threads(connection)
    connection.execute("COMMIT")
    return number, time.perf_counter() - began, time.process_time() - worked


def main() -> None:
    """Print a line for what had no thread, and one for the day."""
    with duckdb.connect(str(Path(sys.argv[1]))) as connection:
        limit_memory(connection)
        connection.execute("SET TimeZone = 'UTC'")
        prepare(connection)
        print("{:,} positions without a thread: {:.1f} s, {:.1f} s of processors".format(*assigned(connection)))
        there = single_value(connection, "SELECT count(*) FROM thread_member WHERE retired_at IS NULL")
        connection.execute(MORE)
        told = "{:,} positions of a day, {:,} articles, on {:,}: {:.1f} s, {:.1f} s of processors"
        number, seconds, worked = assigned(connection)
        print(told.format(number, number // POSITIONS_AN_ARTICLE, there, seconds, worked))


if __name__ == "__main__":
    main()
