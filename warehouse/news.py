"""Finds in a snapshot what is new for a watch since a moment: new lines, turns, refusals and acceptances."""

from datetime import date, datetime

import duckdb

from schemas.watch import News, Watch
from warehouse.query import Snapshot, why_unknown
from warehouse.rows import single_value

FIRST_LOOK = 7  # days of news that are told where nobody looked before
MOST = 500  # pieces of news, of very many the latest

# Of articles that had no position at the last look: a changed rule that reads old articles anew brings no news.
NEWS = """
WITH arrived AS MATERIALIZED (
    SELECT article_id FROM position GROUP BY article_id HAVING min(recorded_at) > $since
),
fresh AS MATERIALIZED (
    SELECT * FROM positions SEMI JOIN arrived USING (article_id)
    WHERE stated_on >= $day
        AND ($actors IS NULL OR list_has_any($actors, [actor, coalesce(target, actor)]))
        AND ($issues IS NULL OR len(list_filter($issues, lambda i: same_or_below(issue, i))) > 0)
        AND ($pair IS NULL OR (list_contains($pair, actor) AND list_contains($pair, target) AND actor <> target))
),
earlier AS MATERIALIZED (
    SELECT thread_id, actor, stance, target FROM positions ANTI JOIN arrived USING (article_id)
    WHERE thread_id IN (SELECT thread_id FROM fresh)
),
told AS (
    SELECT 'changed' AS kind, fresh.*, change.evidence_before AS before
    FROM fresh JOIN position_change AS change USING (position_id)
    UNION ALL
    SELECT 'refused', fresh.*, standoff.demand_evidence
    FROM fresh JOIN standoff ON standoff.refusal_position_id = fresh.position_id
    WHERE NOT EXISTS (
        FROM earlier
        WHERE earlier.thread_id = fresh.thread_id AND earlier.actor = fresh.actor AND earlier.stance = 'refusal'
    )
    UNION ALL
    SELECT 'accepted', fresh.*, demand.evidence
    FROM fresh
    JOIN dyad ON dyad.answer_position_id = fresh.position_id AND dyad.answer = 'acceptance'
    JOIN positions AS demand ON demand.position_id = dyad.position_id
    UNION ALL
    SELECT 'new', fresh.*, NULL
    FROM fresh
    WHERE NOT EXISTS (
        FROM earlier
        WHERE earlier.thread_id = fresh.thread_id AND earlier.actor = fresh.actor AND earlier.stance = fresh.stance
            AND earlier.target IS NOT DISTINCT FROM fresh.target
    )
),
ranked AS (
    SELECT *, list_position(['changed', 'refused', 'accepted', 'new'], kind) AS rank FROM told
    QUALIFY row_number() OVER (
        PARTITION BY thread_id, actor, stance, target
        ORDER BY rank, sureness(confidence, verdict) DESC, stated_on DESC, position_id
    ) = 1
)
SELECT
    kind, position_id, thread_id, stated_on, actor, actor_name, stance, target, target_name, issue, issue_name, content,
    evidence, before, outlet, url
FROM ranked
ORDER BY rank, stated_on DESC, position_id
LIMIT $most
"""


class UnknownName(ValueError):
    """A watch names an actor or issue that nobody knows."""


def published_at(snapshot: Snapshot) -> datetime:
    """When the snapshot was published."""
    moment: datetime = single_value(snapshot, "SELECT max(published_at) FROM publication")
    return moment


def news(snapshot: Snapshot, watch: Watch, since: datetime | None, day: date | None = None) -> tuple[News, ...]:
    """What articles that came after `since` bring; with `day`, only what was stated from that day on.

    Without `since`, all articles count, and without a day then those stated in the last week. Raises UnknownName.
    """
    _refuse_unknown(snapshot, watch)
    if since is None and day is None:
        last = single_value(snapshot, "SELECT today() - $days::INTEGER", {"days": FIRST_LOOK})
        day = last or date.min
    rows = snapshot.execute(
        NEWS,
        {
            "since": since or "-infinity",
            "day": day or date.min,
            "actors": list(watch.actor) or None,
            "issues": list(watch.issue) or None,
            "pair": list(watch.pair) if watch.pair else None,
            "most": MOST,
        },
    ).fetchall()
    return tuple(News(**dict(zip(News.model_fields, row, strict=True))) for row in rows)


def _refuse_unknown(snapshot: duckdb.DuckDBPyConnection, watch: Watch) -> None:
    for actor in (*watch.actor, *(watch.pair or ())):
        if fault := why_unknown(snapshot, "actor", actor):
            raise UnknownName(f"{watch.name}: {fault}")
    for issue in watch.issue:
        if fault := why_unknown(snapshot, "issue", issue):
            raise UnknownName(f"{watch.name}: {fault}")
