"""A working file and a snapshot in a folder of their own, and small articles and positions to fill them."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from schemas.article import Article
from schemas.position import Position
from tests.warehouse.said import Ask
from tests.warehouse.samples import batch, ruleset
from warehouse.store import Store


@pytest.fixture
def working_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "working.duckdb"


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return tmp_path / "data" / "positions.duckdb"


@pytest.fixture
def ask(tmp_path: Path, prepared: duckdb.DuckDBPyConnection) -> Callable[..., Ask]:
    """Stores the given positions, more with each call, and gives a function that answers SQL on the views."""
    numbers = count()
    store = Store(tmp_path / "working.duckdb", prepared, FileLock(tmp_path / "lock"))

    def answer(query: str) -> list[tuple[Any, ...]]:
        return prepared.execute(query).fetchall()

    def save(*makers: Callable[[int], tuple[Article, Position]], stories: Sequence[set[int]] = ()) -> Ask:
        pairs = [make(next(numbers)) for make in makers]
        store.save_ruleset(ruleset())
        store.save_articles([a for a, _ in pairs], [])
        store.save_tagged(batch([a for a, _ in pairs], [p for _, p in pairs]))
        for story in stories:
            ids = [pairs[number][0].article_id for number in sorted(story)]
            store.save_stories(dict.fromkeys(ids, ids[0]))
        store.save_threads()
        return answer

    return save
