"""Keeps the signatures by which near-duplicates are found, and finds those that may tell one story."""

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from schemas.story import StoryMember, StorySignature

DAYS_APART = 14  # copies run within days; what is alike over a longer time is a form that is filled in again
MOST_IN_A_BAND = 64  # met per band: a notice that ran ten thousand times would meet itself a hundred million times


def unsigned(connection: duckdb.DuckDBPyConnection, most: int) -> list[str]:
    """Ids of articles whose wording was not yet compared with the others, in the order they were stored."""
    rows = connection.execute(
        "SELECT article_id FROM article ANTI JOIN story_signature USING (article_id) "
        "ORDER BY recorded_at, rowid LIMIT ?",
        [most],
    ).fetchall()
    return [row[0] for row in rows]


def bands_frame(signatures: Iterable[StorySignature]) -> pa.Table:
    """One row a band of each signature."""
    rows = [(key, signed.article_id) for signed in signatures for key in signed.bands]
    return pa.table(
        {
            "band_key": pa.array([key for key, _ in rows], pa.uint32()),
            "article_id": pa.array([article_id for _, article_id in rows], pa.string()),
        }
    )


def signatures_frame(signatures: Sequence[StorySignature]) -> pa.Table:
    """One row a signature."""
    return pa.table(
        {
            "article_id": pa.array([signed.article_id for signed in signatures], pa.string()),
            "signature": pa.array([signed.signature for signed in signatures], pa.binary()),
        }
    )


MEETINGS = f"""
WITH met AS (
    SELECT band_key, article_id
    FROM (FROM fresh_band UNION ALL (FROM story_band SEMI JOIN fresh_band USING (band_key)))
    QUALIFY row_number() OVER (PARTITION BY band_key ORDER BY article_id) <= {MOST_IN_A_BAND}
)
SELECT DISTINCT least(fresh.article_id, met.article_id), greatest(fresh.article_id, met.article_id)
FROM fresh_band AS fresh
JOIN met USING (band_key)
JOIN article AS one ON one.article_id = fresh.article_id
JOIN article AS other ON other.article_id = met.article_id
WHERE fresh.article_id <> met.article_id
    AND abs(date_diff('day', one.published, other.published)) <= {DAYS_APART}
ORDER BY ALL
"""


def meetings(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Pairs of articles that share a band, one of each among `fresh_band`, the other there or stored before."""
    return [(one, other) for one, other in connection.execute(MEETINGS).fetchall()]


MEMBERS = """
WITH named AS (
    SELECT DISTINCT coalesce(story.story_id, wanted.article_id) AS story_id
    FROM wanted LEFT JOIN story ON story.article_id = wanted.article_id AND story.retired_at IS NULL
)
SELECT article.article_id, named.story_id, article.published
FROM named
JOIN story ON story.story_id = named.story_id AND story.retired_at IS NULL
JOIN article ON article.article_id = story.article_id
UNION
SELECT article.article_id, coalesce(story.story_id, article.article_id), article.published
FROM wanted
JOIN article ON article.article_id = wanted.article_id
LEFT JOIN story ON story.article_id = wanted.article_id AND story.retired_at IS NULL
ORDER BY ALL
"""


def members(connection: duckdb.DuckDBPyConnection) -> list[StoryMember]:
    """The articles `wanted`, and all that share a story with one of them."""
    rows = connection.execute(MEMBERS).fetchall()
    return [StoryMember(article_id=row[0], story_id=row[1], published=row[2]) for row in rows]
