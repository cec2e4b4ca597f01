"""Reads from a snapshot what a rule set in use yielded, and from what: for telling what another one would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
from pydantic import ValidationError

from schemas.article import Article
from schemas.position import TOLD_FIELDS, Position
from schemas.ruleset import RuleSet
from warehouse import frames
from warehouse.carrying import holds
from warehouse.rows import given

ARTICLES_AT_ONCE = 250


@dataclass(frozen=True)
class InUse:
    """The rule set that a snapshot was tagged with, the language model, and the number of articles they tagged."""

    ruleset: RuleSet
    model_version: str
    articles: int


def in_use(snapshot: duckdb.DuckDBPyConnection) -> InUse | None:
    """The rule set in use that tagged most articles; None where it tagged nothing, or an earlier version kept it."""
    rows = snapshot.execute(
        "SELECT any_value(definition), model_version, count(*) FROM tagging "
        "JOIN ruleset ON ruleset.ruleset_version = tagging.ruleset_version AND ruleset.retired_at IS NULL "
        "GROUP BY tagging.ruleset_version, model_version ORDER BY 3 DESC LIMIT 1"
    ).fetchall()
    try:
        return InUse(RuleSet.model_validate_json(rows[0][0]), *rows[0][1:]) if rows else None
    except ValidationError:
        return None


def tagged_articles(
    snapshot: duckdb.DuckDBPyConnection, used: InUse, pattern: str | None, in_candidates: bool
) -> Iterator[list[Article]]:
    """The articles that were tagged with it, in batches; those alone that hold the pattern, where there is one.

    Where `in_candidates` says so, one of their sentences that can carry a position must hold it.
    """
    held = holds(in_candidates) if pattern else "$pattern IS NULL"
    fields = [name for name in frames.ARTICLE_COLUMNS if name != "article_id"]
    cursor = snapshot.cursor().execute(
        f"SELECT {', '.join(fields)} FROM article SEMI JOIN "
        "(FROM tagging WHERE ruleset_version = $ruleset AND model_version = $model) USING (article_id) "
        f"WHERE {held} AND article_id NOT IN (SELECT article_id FROM pruned_article) ORDER BY article_id",
        {"ruleset": used.ruleset.version, "model": used.model_version, "pattern": pattern},
    )
    while rows := cursor.fetchmany(ARTICLES_AT_ONCE):
        yield [Article(**dict(zip(fields, row, strict=True))) for row in rows]


def standing_positions(snapshot: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> list[Position]:
    """The standing positions of these articles whose actor is known."""
    fields = TOLD_FIELDS
    with given(snapshot, "wanted", frames.ids_frame("article_id", article_ids)):
        rows = snapshot.execute(
            f"SELECT {', '.join(fields)} FROM position SEMI JOIN wanted USING (article_id) "
            "WHERE retired_at IS NULL ORDER BY position_id"
        ).fetchall()
    return [Position(**dict(zip(fields, row, strict=True))) for row in rows]


def parses_of(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str], model_version: str
) -> dict[str, dict[str, bytes]]:
    """The stored parses of all sentences of these articles, by article id and sentence key."""
    with given(connection, "wanted", frames.ids_frame("article_id", article_ids)):
        rows = connection.execute(
            "SELECT article_id, sentence_key, parse FROM sentence SEMI JOIN wanted USING (article_id) "
            "JOIN parse USING (sentence_key) WHERE model_version = ?",
            [model_version],
        ).fetchall()
    found: dict[str, dict[str, bytes]] = {article_id: {} for article_id in article_ids}
    for article_id, key, data in rows:
        found[article_id][key] = bytes(data)
    return found


def flat(parses: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """The parses of several articles by sentence key alone."""
    return {key: parse for some in parses.values() for key, parse in some.items()}
