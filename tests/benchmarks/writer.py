"""Measures what the one writer does itself as the warehouse grows: `python -m tests.benchmarks.writer [ARTICLES]`.

Articles and results are made up (per article 3.9 candidate sentences, 1.8 new parses, 0.7 positions and 0.8 clauses
without a known actor, as tracking 50,000 articles of news.py gave), so that nothing is parsed; the signatures for
stories are made by workers, and not counted. Seconds are those of processors.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.signing import sign
from flows.stories import Comparison
from schemas.article import Article, content_key
from schemas.position import Position
from tests.benchmarks import news
from tests.warehouse.samples import position
from warehouse import frames
from warehouse.batches import BatchTables
from warehouse.store import Store

ARTICLES = 80_000
PARTS = 4  # of the way, each measured by itself
AT_ONCE = 1000  # articles that land in a transaction
SENTENCES, PARSES, POSITIONS, UNRESOLVED = 3.9, 1.8, 0.7, 0.8  # of an article
PARSE_BYTES = bytes(200)
HEADER = "| articles stored | ms to land one | … its results | … its story | s to publish all | articles a day |"


def main(most: int) -> None:
    """Print a line for each part of the way."""
    print(HEADER, "|---|---|---|---|---|---|", sep="\n", flush=True)
    waiting = made_up(most)
    with tempfile.TemporaryDirectory() as place, Store.open(Path(place) / "working.duckdb") as store:
        for part in range(1, PARTS + 1):
            landing = results = stories = 0.0
            comparison = Comparison(store)
            for _ in range(most // PARTS // AT_ONCE):
                articles = list(islice(waiting, AT_ONCE))
                landing += seconds(lambda some: store.save_articles(some, []), articles)
                results += seconds(store.land, batch_of([article.article_id for article in articles]))
                stories += seconds(comparison.take, sign(articles))
            stories += seconds(lambda last: last.finish(), comparison)
            publishing = seconds(store.publish, Path(place) / "positions.duckdb")
            each = [1000 * took / (most // PARTS) for took in (landing, results, stories)]
            told = " | ".join(f"{one:.2f}" for one in each)
            day = 86_400_000 / sum(each)
            print(f"| {part * most // PARTS:,} | {told} | {publishing:.1f} | {day:,.0f} |", flush=True)


def seconds(work: Callable[[Any], object], on: object) -> float:
    """Seconds of processors that work on something takes."""
    begun = time.process_time()
    work(on)
    return time.process_time() - begun


def made_up(number: int) -> Iterator[Article]:
    """So many articles of made-up news."""
    for one in news.articles(number):
        yield Article(title=one["title"], published=one["published"], url=one["url"], text=one["text"])  # type: ignore[arg-type]


def batch_of(ids: list[str]) -> BatchTables:
    """What reading the articles might have given."""
    placed = [(ids[n % len(ids)], n // len(ids)) for n in range(round(SENTENCES * len(ids)))]
    sentences = pa.table(
        {
            "article_id": [article_id for article_id, _ in placed],
            "section": ["body"] * len(placed),
            "sentence_start": pa.array([100 * n for _, n in placed], pa.int32()),
            "sentence_end": pa.array([100 * n + 90 for _, n in placed], pa.int32()),
            "sentence_key": [content_key(article_id, str(n)) for article_id, n in placed],
        }
    )
    keys = sentences.column("sentence_key").to_pylist()[: round(PARSES * len(ids))]
    parses = pa.table(
        {
            "sentence_key": keys,
            "parse": pa.array([PARSE_BYTES] * len(keys), pa.binary()),
            "model_version": ["m"] * len(keys),
        }
    )
    positions = frames.positions_frame(positions_in(ids, POSITIONS), frames.POSITION_COLUMNS)
    unresolved = frames.positions_frame(positions_in(ids, UNRESOLVED), frames.UNRESOLVED_COLUMNS)
    articles = frames.ids_frame("article_id", ids)
    return BatchTables("v", "m", articles, sentences, parses, positions, unresolved, frames.signatures_frame([]))


def positions_in(ids: list[str], each: float) -> list[Position]:
    """Positions in some of the articles, one each."""
    return [position(article_id) for article_id in ids[: round(each * len(ids))]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
