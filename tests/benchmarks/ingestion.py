"""Measures how fast and in how little memory articles land: python -m tests.benchmarks.ingestion [ARTICLES].

The same file is read by DuckDB's read_json in the same run; each figure is taken in a process of its own.
"""

import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import psutil

from tests.flows.story_set import BACKGROUND, FACETS, QUOTES

ARTICLES = 50_000
MOST_MEGABYTES = 500

READ_JSON = """
import duckdb
read = "FROM read_json('{file}', format = 'newline_delimited')"
assert duckdb.sql("SELECT count(*), sum(length(text)) " + read).fetchall()[0][0] == {articles}
"""
INGEST = """
from pathlib import Path
from time import perf_counter
from flows.ingest import land_sources
from schemas.settings import Settings
from schemas.source import Source
from warehouse.store import Store
settings = Settings(home=Path("{home}"))
begun = perf_counter()
with Store.open(settings.working_file) as store:
    landed = land_sources(store.save_articles, store, [Source(source="{file}")], settings).landed
print("seconds", perf_counter() - begun)
assert landed.new + landed.known == {articles}, landed
"""
STORIES = """
from pathlib import Path
from time import perf_counter
from flows.stories import assign_stories
from warehouse.store import Store
begun = perf_counter()
with Store.open(Path("{home}") / "working.duckdb") as store:
    assert assign_stories(store) == {compared}
print("seconds", perf_counter() - begun)
"""


def write_articles(file: Path, articles: int) -> None:
    """JSON lines of as many articles of 560 words over two years, a fifth of them copies with another title.

    The words are those of the test set, each as frequent as there; their order is chance, so that articles differ.
    """
    words = " ".join((*FACETS, *QUOTES, *BACKGROUND)).replace("{", "").replace("}", "").split()
    text = ""
    with file.open("w", encoding="utf-8") as out:
        for number in range(articles):
            chance = random.Random(number)
            if number % 5 or not text:
                text = "\n".join(" ".join(chance.choices(words, k=28)).capitalize() + "." for _ in range(20))
            record = {
                "title": " ".join(chance.choices(words, k=9)),
                "date": (date(2023, 1, 1) + timedelta(days=number * 730 // articles)).isoformat(),
                "url": f"https://paper{number % 40}.example/{number}",
                "text": text,
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def measured(script: str) -> tuple[float, float]:
    """Seconds that a script takes, by its own account where it gives one, and the most megabytes it held."""
    begun = perf_counter()
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    most, watched = 0, psutil.Process(process.pid)
    while process.poll() is None:
        try:
            most = max(most, watched.memory_info().rss)
            process.wait(0.02)
        except (subprocess.TimeoutExpired, psutil.NoSuchProcess):
            continue  # it is still running, or has just ended
    told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"the measured script failed:\n{script}")
    seconds = float(told.split()[1]) if told.startswith("seconds") else perf_counter() - begun
    return seconds, most / 1e6


def told(name: str, script: str, articles: int) -> tuple[float, float]:
    """Measure a script and print its line."""
    seconds, most = measured(script)
    print(f"{name:36} {seconds:8.2f} s {articles / seconds:12,.0f} articles/s {most:8,.0f} MB", flush=True)
    return seconds, most


def main(articles: int) -> None:
    """Print the figures; exit with 1 where one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        write_articles(file, articles)
        given = {"file": file, "home": Path(folder) / "home", "articles": articles}
        plain, first = measured(READ_JSON.format(**given)), measured(INGEST.format(**given))
        again = measured(INGEST.format(**given))
        stories = measured(STORIES.format(**given, compared=articles))
        megabytes = file.stat().st_size / 1e6
    print(f"{articles:,} articles, {megabytes:,.0f} MB of JSON lines")
    for name, (seconds, most) in (
        ("read_json of DuckDB, start included", plain),
        ("ingest, first time", first),
        ("ingest, second time", again),
        ("compare for stories", stories),
    ):
        print(f"{name:36} {seconds:8.2f} s {articles / seconds:12,.0f} articles/s {most:8,.0f} MB")
    print(f"first against read_json: {first[0] / plain[0]:.1f} times; second against first: {again[0] / first[0]:.4f}")
    print(f"comparing for stories against landing: {stories[0] / first[0]:.1f} times")
    sys.exit(again[0] * 10 > first[0] or max(first[1], again[1]) > MOST_MEGABYTES)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
