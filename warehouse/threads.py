"""Gives every position its thread: one matter between parties, told of by words that are alike, on days that are near.

Positions are taken day by day, and each joins the thread of the one before that it is most like, or begins a thread of
its own (single-pass clustering with a window in time, as in topic detection and tracking: Yang, Pierce and Carbonell,
1998). Nothing that has a thread is given another one, unless a person corrected the position, so ids are stable.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.clock import next_moment
from warehouse.intervals import reconcile
from warehouse.matter import MatterRules, matter_rules, telling_words
from warehouse.rows import given

AT_ONCE = 4000  # positions that are compared with each other and with those before
FEW, SHARE = 30, 0.02  # positions that share a word, in number and of all, up to which the word leads to a comparison
MEMBER = {
    "position_id": pa.string(),
    "thread_id": pa.string(),
    "stated_on": pa.date32(),
    "actor": pa.string(),
    "target": pa.string(),
    "issue": pa.string(),
    "story_id": pa.string(),
    "words": pa.list_(pa.string()),
    "names": pa.list_(pa.string()),
}
# Positions without a thread, and those that a person corrected since they got one.
DUE = """
SELECT position_id FROM position ANTI JOIN (FROM thread_member WHERE retired_at IS NULL) USING (position_id)
WHERE retired_at IS NULL
UNION
SELECT position_id FROM correction JOIN thread_member AS member USING (position_id)
WHERE member.retired_at IS NULL AND greatest(correction.recorded_at, correction.retired_at) > member.recorded_at
"""
DETAILS = """
SELECT position_id, stated_on, actor, target, issue, story_id, content, evidence, actor_name, target_name, actor_text,
    speaker
FROM positions_known('infinity') SEMI JOIN due USING (position_id)
ORDER BY stated_on, published, article_id, section DESC, sentence_start, trigger_start, position_id
"""
ALIKE = """
WITH before AS MATERIALIZED (
    SELECT position_id, thread_id, 0 AS place, stated_on, actor, target, issue, story_id, words, names
    FROM thread_member
    WHERE retired_at IS NULL AND stated_on BETWEEN $since AND $until
        AND position_id NOT IN (SELECT position_id FROM fresh)
    UNION ALL
    SELECT position_id, NULL, place, stated_on, actor, target, issue, story_id, words, names FROM fresh
),
said AS MATERIALIZED (SELECT position_id, actor, target, unnest(words || names) AS word FROM before),
weight AS MATERIALIZED (
    SELECT
        word, pow(1 + ln((1 + (SELECT count(*) FROM before)) / (1 + count(*))), 2) AS weight,
        count(*) <= greatest($few, $share * (SELECT count(*) FROM before)) AS is_rare
    FROM said
    GROUP BY word
),
telling AS MATERIALIZED (SELECT said.*, weight, is_rare FROM said JOIN weight USING (word)),
size AS MATERIALIZED (SELECT position_id, sqrt(sum(weight)) AS size FROM telling GROUP BY position_id),
new AS MATERIALIZED (FROM telling SEMI JOIN fresh USING (position_id)),
shared AS (
    SELECT one.position_id, other.position_id AS other_id, one.weight AS shared
    FROM new AS one
    JOIN telling AS other ON other.word = one.word AND other.position_id <> one.position_id
    WHERE one.is_rare
    UNION ALL
    SELECT one.position_id, other.position_id, one.weight
    FROM new AS one
    JOIN telling AS other
        ON other.word = one.word AND other.actor = one.actor AND other.position_id <> one.position_id
    WHERE NOT one.is_rare
    UNION ALL
    SELECT one.position_id, other.position_id, one.weight
    FROM new AS one
    JOIN telling AS other ON other.word = one.word AND other.actor = one.target AND other.target = one.actor
    WHERE NOT one.is_rare AND one.actor <> one.target
    UNION ALL
    SELECT one.position_id, other.position_id, 0
    FROM fresh AS one
    JOIN before AS other
        ON other.story_id = one.story_id AND other.issue = one.issue AND other.position_id <> one.position_id
),
met AS (
    SELECT
        one.place, other.place AS other_place, other.position_id AS other_id, other.thread_id,
        abs(one.stated_on - other.stated_on) AS days,
        sum(shared.shared) / any_value(coalesce(one_size.size * other_size.size, 1)) AS alike,
        any_value(CASE
            WHEN (one.actor = other.actor AND one.target = other.target)
                OR (one.actor = other.target AND one.target = other.actor) THEN $same_parties
            WHEN one.actor = other.actor AND (one.target IS NULL OR other.target IS NULL) THEN $same_actor_alone
            WHEN (one.target IS NULL AND one.actor IN (other.actor, coalesce(other.target, other.actor)))
                OR (other.target IS NULL AND other.actor IN (one.actor, coalesce(one.target, one.actor)))
                THEN $one_party_unnamed
            WHEN one.actor IN (other.actor, other.target) OR one.target IN (other.actor, other.target)
                THEN $one_party_shared
        END) AS least,
        any_value(CASE
            WHEN near_issue(one.issue, other.issue) THEN 1
            WHEN one.issue IS NULL OR other.issue IS NULL
                OR split_part(one.issue, '.', 1) = split_part(other.issue, '.', 1) THEN $other_issue
            ELSE $far_issue
        END) AS closeness,
        any_value(one.story_id = other.story_id) AS same_story
    FROM shared
    JOIN fresh AS one ON one.position_id = shared.position_id
    JOIN before AS other ON other.position_id = shared.other_id
    LEFT JOIN size AS one_size ON one_size.position_id = shared.position_id
    LEFT JOIN size AS other_size ON other_size.position_id = shared.other_id
    WHERE abs(one.stated_on - other.stated_on) <= $days AND (other.place = 0 OR other.place < one.place)
    GROUP BY ALL
)
SELECT place, other_place, thread_id
FROM met
WHERE least IS NOT NULL AND (
    alike * closeness >= least * CASE
        WHEN same_story THEN $same_story
        WHEN least = $same_parties AND days < $near_days THEN $same_days + (1 - $same_days) * days / $near_days
        ELSE 1
    END
    OR (same_story AND closeness = 1 AND least < $one_party_shared AND alike = 0)
)
QUALIFY row_number() OVER (PARTITION BY place ORDER BY alike * closeness DESC, days, other_id) = 1
ORDER BY place
"""


def assign_threads(connection: duckdb.DuckDBPyConnection) -> int:
    """Give each standing position that has none its thread, within a transaction; gives how many got one."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE due AS {DUE}")
    rows = connection.execute(DETAILS).fetchall()
    connection.execute("DROP TABLE due")
    for some in _by_days(rows):
        _assign(connection, some)
    return len(rows)


def _by_days(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in lots of whole days."""
    lot: list[tuple[Any, ...]] = []
    for _, day in groupby(rows, key=lambda row: row[1]):
        lot.extend(day)
        if len(lot) >= AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot


def _assign(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> None:
    members = [(*row[:6], *telling_words(row[6], row[7], row[8:])) for row in rows]
    columns = list(zip(*members, strict=True))
    names = [name for name in MEMBER if name != "thread_id"]
    fresh = pa.table({name: pa.array(cells, MEMBER[name]) for name, cells in zip(names, columns, strict=True)})
    placed = fresh.append_column("place", pa.array(range(1, len(fresh) + 1), pa.int64()))
    rules = matter_rules()
    with given(connection, "fresh", placed):
        joined = {row[0]: row[1:] for row in connection.execute(ALIKE, _parameters(rules, columns[1])).fetchall()}
    threads: list[str] = []
    for place, position_id in enumerate(columns[0], start=1):
        other_place, thread_id = joined.get(place, (0, position_id))
        threads.append(threads[other_place - 1] if other_place else thread_id)
    yielded = fresh.add_column(1, "thread_id", pa.array(threads, pa.string()))
    with given(connection, "given_threads", yielded.select(["position_id"])):
        within = "position_id IN (FROM given_threads)"
        reconcile(connection, "thread_member", yielded, next_moment(connection), within)


def _parameters(rules: MatterRules, days: Sequence[Any]) -> dict[str, object]:
    named = {name.replace(" ", "_"): value for name, value in rules.least_alike.items()}
    return {
        **named,
        "days": rules.days,
        "near_days": rules.near_days,
        "since": min(days) - timedelta(rules.days),
        "until": max(days) + timedelta(rules.days),
        "other_issue": rules.other_issue,
        "far_issue": rules.far_issue,
        "few": FEW,
        "share": SHARE,
    }
