"""Carries articles over to a rule set that reads them no differently from the one they were tagged with."""

from collections.abc import Sequence

import duckdb

from warehouse import frames
from warehouse.rows import given

HOLDS = "(regexp_matches(title, $pattern, 'i') OR regexp_matches(text, $pattern, 'i'))"
SENTENCE = "substring(if(section = 'title', title, text), sentence_start + 1, sentence_end - sentence_start)"
HOLDS_IN_A_CANDIDATE = (
    "article_id IN (SELECT article_id FROM sentence JOIN article USING (article_id) "
    f"WHERE regexp_matches({SENTENCE}, $pattern, 'i'))"
)


def tagged_with(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], model_version: str
) -> list[tuple[str, list[str]]]:
    """Those of the articles that were tagged on parses of this model, by the rule set, as JSON, that tagged them."""
    with given(connection, "wanted", frames.ids_frame("article_id", ids)):
        rows = connection.execute(
            "WITH definitions AS (SELECT DISTINCT ON (ruleset_version) ruleset_version, definition FROM ruleset) "
            "SELECT any_value(definition), list(article_id ORDER BY article_id) FROM tagging "
            "SEMI JOIN wanted USING (article_id) JOIN definitions USING (ruleset_version) "
            "WHERE model_version = ? GROUP BY ruleset_version ORDER BY ruleset_version",
            [model_version],
        ).fetchall()
    return [(definition, found) for definition, found in rows]


def holds(in_candidates: bool) -> str:
    """The condition that $pattern is found in an article, or in one of its sentences that can carry a position."""
    return HOLDS_IN_A_CANDIDATE if in_candidates else HOLDS


def holding(connection: duckdb.DuckDBPyConnection, ids: Sequence[str], pattern: str, in_candidates: bool) -> list[str]:
    """Those of the articles in whose title or text, or candidates alone, a regular expression is found, case aside."""
    with given(connection, "wanted", frames.ids_frame("article_id", ids)):
        rows = connection.execute(
            f"SELECT article_id FROM article SEMI JOIN wanted USING (article_id) WHERE {holds(in_candidates)} "
            "ORDER BY article_id",
            {"pattern": pattern},
        ).fetchall()
    return [article_id for (article_id,) in rows]


def carry_over(connection: duckdb.DuckDBPyConnection, ids: Sequence[str], ruleset_version: str) -> None:
    """Note another rule set as the one that these articles were tagged with."""
    with given(connection, "carried", frames.ids_frame("article_id", ids)):
        connection.execute(
            "UPDATE tagging SET ruleset_version = ? WHERE article_id IN (FROM carried)", [ruleset_version]
        )
