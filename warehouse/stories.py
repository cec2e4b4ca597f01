"""Keeps the signatures by which near-duplicates are found, and finds those that may tell one story."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import accumulate

import duckdb
import pyarrow as pa

from schemas.story import StoryMember, StorySignature
from warehouse.rows import given

KEY_BYTES = 4  # of a band
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


def signed_frame(signatures: Sequence[StorySignature]) -> pa.Table:
    """One row a signature, with its bands as a list of numbers."""
    bands = [signed.bands for signed in signatures]
    offsets = list(accumulate((len(some) // KEY_BYTES for some in bands), initial=0))
    keys = pa.Array.from_buffers(pa.uint32(), offsets[-1], [None, pa.py_buffer(b"".join(bands))])
    return pa.table(
        {
            "article_id": pa.array([signed.article_id for signed in signatures], pa.string()),
            "published": pa.array([signed.published for signed in signatures], pa.date32()),
            "signature": pa.array([signed.signature for signed in signatures], pa.binary()),
            "bands": pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), keys),
        }
    )


BANDS = "SELECT unnest(bands) AS band_key, published, article_id FROM signed"
MEETINGS = f"""
WITH fresh AS MATERIALIZED ({BANDS}),
near AS MATERIALIZED (
    FROM fresh
    UNION ALL
    (SELECT band_key, published, article_id FROM story_band
    SEMI JOIN fresh USING (band_key)
    WHERE published BETWEEN $since AND $until)
),
shared AS MATERIALIZED (SELECT band_key FROM near GROUP BY band_key HAVING count(*) > 1),
met AS (
    FROM near
    SEMI JOIN shared USING (band_key)
    QUALIFY row_number() OVER (PARTITION BY band_key ORDER BY article_id) <= {MOST_IN_A_BAND}
)
SELECT DISTINCT least(one.article_id, other.article_id), greatest(one.article_id, other.article_id)
FROM fresh AS one
JOIN met AS other USING (band_key)
WHERE one.article_id <> other.article_id AND abs(one.published - other.published) <= {DAYS_APART}
ORDER BY ALL
"""


def meetings(connection: duckdb.DuckDBPyConnection, signatures: Sequence[StorySignature]) -> list[tuple[str, str]]:
    """Pairs of articles that share a band, one of each among the signatures, the other there or stored before."""
    if not signatures:
        return []
    days = [signed.published for signed in signatures]
    reach = {"since": min(days) - timedelta(DAYS_APART), "until": max(days) + timedelta(DAYS_APART)}
    with given(connection, "signed", signed_frame(signatures)):
        return [(one, other) for one, other in connection.execute(MEETINGS, reach).fetchall()]


def save(connection: duckdb.DuckDBPyConnection, signatures: Sequence[StorySignature]) -> None:
    """Store signatures, and their bands, of articles that have none."""
    with given(connection, "signed", signed_frame(signatures)):
        connection.execute(
            "INSERT INTO story_band (band_key, published, article_id) SELECT band_key, published, article_id FROM "
            f"({BANDS}) ANTI JOIN story_signature USING (article_id)"
        )
        connection.execute("INSERT OR IGNORE INTO story_signature SELECT article_id, signature FROM signed")


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
