"""The articles that speed is measured on."""

import gzip
import json
from pathlib import Path

from rules.text.sentences import split
from schemas.article import Article
from tests.benchmarks import real_news


def test_real_news_goes_round_without_a_sentence_or_an_id_twice(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl.gz"
    texts = ["France and Spain met in Lisbon today. Italy called.", "Bakers opened their doors early. Bread was sold."]
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        for number, text in enumerate(texts):
            article = {"id": f"a{number}", "title": "News", "published": "2020-01-01", "url": "u", "text": text}
            lines.write(json.dumps(article) + "\n")
    found = list(real_news.articles(12, file))
    assert found == list(real_news.articles(12, file))
    assert len({article["id"] for article in found}) == 12
    assert sum("France" in article["text"] for article in found) <= 12 / real_news.FROM_ALL
    bodies = [article["text"] for article in found if article["text"] not in texts]
    read = [Article(title="", published="2020-01-01", text=text) for text in bodies]
    assert all(article["published"] > "2020-01-01" for article in found if article["text"] not in texts)
    assert all(len(list(split(article))) == 2 for article in read)
