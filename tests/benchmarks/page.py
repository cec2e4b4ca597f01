"""Measures the pages of `positions browse`: `python -m tests.benchmarks.page HOME`, e.g. one that generate.py filled.

Each page is asked for with other values each time, so that nothing is remembered: the median and the slowest are told.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from fastapi.testclient import TestClient

from flows.page.app import app_of
from flows.page.serving import site_of
from schemas.settings import Settings
from warehouse.browsing.charts import stances_svg
from warehouse.browsing.snapshots import Snapshots

TIMES = 9


def pages(snapshots: Snapshots) -> Iterator[tuple[str, list[str]]]:
    """Each kind of page, with addresses of it."""
    with snapshots.look() as snapshot:
        actors, issues, articles = (
            [row[0] for row in snapshot.execute(f"{sql} LIMIT {TIMES}").fetchall()]
            for sql in (
                "SELECT actor FROM positions GROUP BY 1 ORDER BY count(*) DESC, 1",
                "SELECT issue FROM positions WHERE issue IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1",
                "SELECT article_id FROM position GROUP BY 1 ORDER BY 1",
            )
        )
    words = ("strait", "troops", "talks", "blockade", "border", "month", "minister", "ready", "reopen")[:TIMES]
    yield "today", [f"/?period={days}" for days in (7, 30, 90)]
    yield "search, all", ["/search"]
    yield "search, words", [f"/search?q={word}" for word in words]
    yield "search, an actor", [f"/search?actor={actor}" for actor in actors]
    yield "search, days", [f"/search?since=20{year:02}-01-01" for year in range(10, 10 + TIMES)]
    yield "search, words among all rows", [f"/search?all=1&q={word}" for word in words]
    yield "actor", [f"/actor/{actor}" for actor in actors]
    yield "issue", [f"/issue/{issue}" for issue in issues]
    yield "pair", [f"/pair/{one}/{other}" for one, other in pairwise(actors)]
    yield "chart of an actor", [f"/chart/months?actor={actor}" for actor in actors]
    yield "article", [f"/article/{article}" for article in articles]
    yield "next unsure one", [f"/unsure?passed={number}" for number in range(TIMES)]
    yield "actors", ["/actors"]
    yield "health", ["/health"]


def main() -> None:
    """Print one line a kind of page."""
    settings = Settings(home=Path(sys.argv[1]))
    snapshots = Snapshots(settings.snapshot_file, settings.query_megabytes)
    stances_svg([(date(2000, 1, 1), "demand", 1)])  # as the page does when it starts
    client = TestClient(app_of(site_of(settings, snapshots)), follow_redirects=False)
    for name, addresses in pages(snapshots):
        taken, worked = [], []
        for address in addresses:
            began, working = time.perf_counter(), time.process_time()
            answer = client.get(address)
            taken.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - working) * 1000)
            assert answer.status_code in (200, 303, 404), (address, answer.status_code)
        median, processor = statistics.median(taken), statistics.median(worked)
        print(f"{name:30} median {median:6.0f} ms, slowest {max(taken):6.0f} ms; processor {processor:6.0f} ms")
    snapshots.close()


if __name__ == "__main__":
    main()
