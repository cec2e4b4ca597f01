"""Partial articles, which a feed or a wall gave, and the whole ones that take their place."""

from collections.abc import Iterable
from datetime import datetime

import duckdb

from schemas.article import Article
from warehouse import frames
from warehouse.rows import given

# Few articles are partial, so that this is looked up for few.
IS_REPLACED = (
    "(article.is_partial AND EXISTS (SELECT 1 FROM article AS whole WHERE NOT whole.is_partial "
    "AND (whole.url = article.url OR whole.stands_at = article.url)))"
)


def retire_replaced(connection: duckdb.DuckDBPyConnection, whole: Iterable[Article], moment: datetime) -> None:
    """Retire what stands of the partial articles whose place new ones take; the partial ones stay readable."""
    replaced = frames.ids_frame("article_id", [key for article in whole for key in article.replaces])
    if not len(replaced):
        return
    with given(connection, "replaced", replaced):
        for table in ("position", "unresolved_actor"):
            connection.execute(
                f"UPDATE {table} SET retired_at = ? WHERE retired_at IS NULL AND article_id IN (FROM replaced)",
                [moment],
            )
