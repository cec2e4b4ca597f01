"""Gives up the texts of old articles: what stood around the sentences of their positions becomes blank.

Every offset still holds, so that each position, retired ones too, keeps its evidence.
"""

from collections.abc import Iterable
from datetime import date, datetime

import duckdb
import pyarrow as pa

from warehouse.rows import given

AT_ONCE = 1_000  # articles whose texts are held in memory
DUE = """
    SELECT article_id FROM article
    WHERE published < $before
        AND article_id IN (SELECT article_id FROM tagging)
        AND article_id NOT IN (SELECT article_id FROM pruned_article)
    ORDER BY article_id
"""
SENTENCES = """
    SELECT article_id, any_value(text), list((sentence_start, sentence_end)) FILTER (section = 'body')
    FROM article SEMI JOIN due USING (article_id)
    LEFT JOIN (
        SELECT article_id, section, sentence_start, sentence_end FROM position
        UNION SELECT article_id, section, sentence_start, sentence_end FROM unresolved_actor
    ) USING (article_id)
    GROUP BY article_id
"""


def prune(connection: duckdb.DuckDBPyConnection, before: date, moment: datetime) -> int:
    """Blank the texts of tagged articles that were published before a day; gives their number.

    The stored parses of their sentences go, too, where no other article has the sentence.
    """
    ids = [article_id for (article_id,) in connection.execute(DUE, {"before": before}).fetchall()]
    for first in range(0, len(ids), AT_ONCE):
        due = pa.table({"article_id": pa.array(ids[first : first + AT_ONCE], pa.string())})
        with given(connection, "due", due):
            rows = connection.execute(SENTENCES).fetchall()
            texts = [blanked(text, spans or ()) for _, text, spans in rows]
            pruned = pa.table({"article_id": pa.array([row[0] for row in rows], pa.string()), "kept": pa.array(texts)})
            with given(connection, "pruned", pruned):
                connection.execute(
                    "UPDATE article SET text = pruned.kept FROM pruned WHERE article.article_id = pruned.article_id"
                )
            connection.execute("DELETE FROM sentence WHERE article_id IN (FROM due)")
            connection.execute("INSERT INTO pruned_article SELECT article_id, ? FROM due", [moment])
    connection.execute("DELETE FROM parse WHERE sentence_key NOT IN (SELECT sentence_key FROM sentence)")
    return len(ids)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of all characters but line ends outside of the spans."""
    blank = ["\n" if character == "\n" else " " for character in text]
    for start, end in spans:
        blank[start:end] = text[start:end]
    return "".join(blank)
