"""Reads what people judged, article by article, from the published snapshot: what weights are measured by."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from schemas.article import Article
from warehouse.query import connect_snapshot

FIELDS = ("title", "published", "url", "text", "outlet")


class JudgedArticle(NamedTuple):
    """An article, and of its judged positions, by id, whether actor and stance are right."""

    article: Article
    right: dict[str, bool]


def judged_articles(snapshot: Path) -> list[JudgedArticle]:
    """Every article with a position that somebody judged, by its id. Raises NoSnapshot."""
    with connect_snapshot(snapshot) as connection:
        judged = connection.execute(
            "SELECT article_id, position_id, is_right FROM position_judged WHERE verdict IS NOT NULL ORDER BY ALL"
        ).fetchall()
        rows = connection.execute(
            f"SELECT article_id, {', '.join(FIELDS)} FROM article WHERE article_id IN "
            "(SELECT article_id FROM position_judged WHERE verdict IS NOT NULL) ORDER BY article_id"
        ).fetchall()
    right: dict[str, dict[str, bool]] = defaultdict(dict)
    for article_id, position_id, is_right in judged:
        right[article_id][position_id] = is_right
    return [JudgedArticle(Article(**dict(zip(FIELDS, row[1:], strict=True))), right[row[0]]) for row in rows]
