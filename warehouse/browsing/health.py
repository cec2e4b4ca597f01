"""What the warehouse could not read, does not know, and how good it is found to be."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.disputes import read_records
from warehouse.query import Snapshot, Status, status_of

MOST = 40


@dataclass(frozen=True)
class Rejected:
    """An input that could not become an article."""

    reason: str
    origin: str
    detail: str
    recorded_at: datetime


@dataclass(frozen=True)
class Unknown:
    """Words that name an actor nobody knows, how often, and one of their sentences."""

    actor_text: str
    clauses: int
    articles: int
    sentence: str
    article_id: str


@dataclass(frozen=True)
class Bin:
    """Judged positions of about the same confidence: what was said of them, and what share was right."""

    least: float
    judged: int
    said: float
    right: float


def health(snapshot: Snapshot) -> Status:
    """The numbers of the snapshot, with the last twenty runs."""
    return status_of(snapshot, runs=20, names=0)


def rejected(snapshot: Snapshot, reason: str | None) -> list[Rejected]:
    """Inputs that were rejected, the latest first, for one reason where it is given."""
    source = (
        "FROM rejected_article WHERE $reason IS NULL OR reason = $reason ORDER BY recorded_at DESC, origin LIMIT 40"
    )
    return read_records(snapshot, Rejected, source, {"reason": reason})


def unknown(snapshot: Snapshot) -> list[Unknown]:
    """Who is not known, most frequent first."""
    return read_records(
        snapshot,
        Unknown,
        "FROM (SELECT actor_text, count(*) AS clauses, count(DISTINCT article_id) AS articles, "
        "min_by((article_id, section, sentence_start, sentence_end), position_id) AS place "
        "FROM unresolved_actor WHERE retired_at IS NULL GROUP BY actor_text "
        f"ORDER BY clauses DESC, actor_text LIMIT {MOST}) AS u, LATERAL (SELECT article_id, substring("
        "CASE u.place[2] WHEN 'title' THEN title ELSE text END, u.place[3] + 1, u.place[4] - u.place[3]) AS sentence "
        "FROM article WHERE article_id = u.place[1]) ORDER BY clauses DESC, actor_text",
    )


def judged(snapshot: Snapshot) -> list[tuple[str, int, int]]:
    """Triggers with the number of their positions that people judged, and of those that were right; the most first."""
    return snapshot.execute(
        "SELECT trigger_id, count(*), count(*) FILTER (is_right) FROM position_judged WHERE verdict IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}"
    ).fetchall()


def calibration(snapshot: Snapshot) -> list[Bin]:
    """How what was said of positions agrees with what people found, by tenths; a corrected stance or actor is wrong."""
    rows = snapshot.execute(
        "WITH told AS (SELECT position_id, max(value) FILTER (field = 'verdict') AS verdict, "
        "count(*) FILTER (field IN ('actor', 'stance')) AS turned FROM correction WHERE retired_at IS NULL GROUP BY 1) "
        "SELECT floor(least(confidence, 0.999) * 10) / 10, count(*), avg(confidence), "
        "avg((verdict <> 'wrong' AND turned = 0)::INTEGER) FROM position JOIN told USING (position_id) "
        "WHERE position.retired_at IS NULL AND confidence IS NOT NULL AND verdict IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [Bin(*row) for row in rows]
