"""Reads the queue of clauses whose actor nobody knows: whom they name, how often, where."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.query import connect_snapshot

# The same words, whatever article stands before them.
BARE = r"regexp_replace(trim(actor_text), '^(?i:the|an?) ', '')"


@dataclass(frozen=True)
class Clause:
    """One clause: its sentence, and the text of the article that it stands in."""

    evidence: str
    outlet: str | None
    published: date
    text: str


@dataclass(frozen=True)
class Unknown:
    """Words for an actor that no list has, most frequent first; `clauses` are some of them, one an article."""

    words: str
    number: int
    articles: int
    outlets: tuple[str, ...]
    first: date
    last: date
    clauses: tuple[Clause, ...]


def unknown_actors(snapshot: Path, most: int, clauses: int, words: str | None = None) -> list[Unknown]:
    """At most so many unknown actors, or those whose words hold `words`, each with so many clauses.

    Raises NoSnapshot.
    """
    with connect_snapshot(snapshot) as connection:
        rows = connection.execute(
            f"SELECT {BARE} AS words, count(*), count(DISTINCT article_id), list_sort(list(DISTINCT outlet)), "
            "min(published), max(published) FROM unresolved_actor AS u JOIN article USING (article_id) "
            "WHERE u.retired_at IS NULL AND words <> '' AND ($words IS NULL OR contains(lower(words), lower($words))) "
            "GROUP BY words ORDER BY 3 DESC, 2 DESC, 1 LIMIT $most",
            {"words": words, "most": most},
        ).fetchall()
        return [
            Unknown(name, number, articles, tuple(o for o in outlets or () if o), first, last, found)
            for name, number, articles, outlets, first, last in rows
            for found in [_clauses(connection, name, clauses)]
        ]


def _clauses(connection: duckdb.DuckDBPyConnection, words: str, most: int) -> tuple[Clause, ...]:
    rows = connection.execute(
        "SELECT substring(CASE section WHEN 'title' THEN title ELSE text END, sentence_start + 1, "
        "sentence_end - sentence_start), outlet, published, title || chr(10) || text "
        f"FROM unresolved_actor AS u JOIN article USING (article_id) WHERE u.retired_at IS NULL AND {BARE} = $words "
        "QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY section DESC, sentence_start) = 1 "
        "ORDER BY published DESC, article_id LIMIT $most",
        {"words": words, "most": most},
    ).fetchall()
    return tuple(Clause(*row) for row in rows)
