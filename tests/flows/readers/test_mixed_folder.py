"""A folder of every format, good and broken: every record ends as one article or as one rejection with its reason."""

from collections import Counter
from pathlib import Path

import pytest

from tests.flows.readers.builders import articles_and_rejections
from tests.flows.readers.mixed import BROKEN, GOOD, mixed_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mixed_folder(tmp_path)
    return tmp_path


def test_every_record_ends_once(folder: Path) -> None:
    articles, rejections = articles_and_rejections(folder)
    assert len(articles) == GOOD
    assert len({article.article_id for article in articles}) == GOOD
    assert {(Path(item.origin).name, item.reason) for item in rejections} == BROKEN
    assert len(rejections) == len(BROKEN)
    assert len({item.rejection_id for item in rejections}) == len(BROKEN)


def test_reading_twice_gives_the_same(folder: Path) -> None:
    assert articles_and_rejections(folder) == articles_and_rejections(folder)


def test_articles_of_all_formats_agree(folder: Path) -> None:
    articles, _ = articles_and_rejections(folder)
    assert Counter(article.published.isoformat() for article in articles) == {"2022-01-27": GOOD}
    assert all(article.language == "en" for article in articles)
    assert all("The foreign minister of Norland rejected on Tuesday" in article.text for article in articles)
    assert not any("Read more" in article.text or "©" in article.text for article in articles)
    assert {article.outlet for article in articles} == {"news.example", "post.example", "text.example"}
