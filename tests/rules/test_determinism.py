"""The same rows whatever the order of the articles, the size of the batches and the process that reads them."""

import subprocess
import sys
from pathlib import Path

import pytest

from schemas.article import Article
from tests.corpus.cases import read_articles, read_quiet_articles
from tests.rules.english import parser, tagger


def articles() -> list[Article]:
    return [case.article for case in (*read_articles()[:6], *read_quiet_articles()[:2])]


def rows(given: list[Article], size: int) -> dict[str, list[str]]:
    """The positions of each article as JSON, parsed in batches of so many articles."""
    found = {}
    for first in range(0, len(given), size):
        batch = given[first : first + size]
        sentences = {s.key: s.text for article in batch for s in tagger().candidates(article)}
        parses = dict(zip(sentences, parser().parse(sentences.values()), strict=True))
        found |= {a.article_id: [p.model_dump_json() for p in tagger().tag(a, parses)] for a in batch}
    return found


def test_neither_order_nor_batches_matter() -> None:
    given = articles()
    expected = rows(given, len(given))
    assert sum(map(len, expected.values())) > 50
    assert rows(given[::-1], len(given)) == expected
    assert rows(given, 1) == expected
    assert rows(given[::-1], 3) == expected


@pytest.mark.parametrize("seed", ["1", "2"])
def test_every_process_reads_the_same(seed: str) -> None:
    code = "from tests.rules.test_determinism import articles, rows; print(sorted(rows(articles()[:2], 2).items()))"
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == str(sorted(rows(articles()[:2], 2).items()))
