"""The same rows whatever the order of the articles, the size of the batches and the process that reads them."""

import gzip
import json
import os
import subprocess
import sys
from itertools import islice
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


def reads_in_a_process(seed: int, of: str, size: int) -> str:
    """What a process with its own order of sets reads."""
    code = (
        f"from tests.rules.test_determinism import {of}, rows; from hashlib import sha256; "
        f"found = str(sorted(rows({of}(), {size}).items())); print(len(found), sha256(found.encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    environment = {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(root)}
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def few_articles() -> list[Article]:
    return articles()[:2]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_process_reads_the_same_in_any_batches() -> None:
    assert len({reads_in_a_process(seed, "few_articles", 1 + seed % 2) for seed in range(10)}) == 1


NEWS = Path(__file__).parents[3] / "shared" / "news" / "news.jsonl.gz"


def news() -> list[Article]:
    """Real articles, where there are any beside the project."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as file:
        given = [json.loads(line) for line in islice(file, 1_000)]
    return [Article(title=one["title"] or "", published=one["published"], text=one["text"]) for one in given]


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.skipif("POSITIONS_FAULTS" not in os.environ, reason="POSITIONS_FAULTS asks for it: it takes half an hour")
@pytest.mark.skipif(not NEWS.exists(), reason=f"needs {NEWS.name}, which is no part of the project")
def test_a_thousand_articles_are_read_the_same_by_every_process_and_in_any_batches() -> None:
    expected = reads_in_a_process(0, "news", 1_000)
    for seed in range(1, 10):
        assert reads_in_a_process(seed, "news", (1, 7, 250)[seed % 3]) == expected
