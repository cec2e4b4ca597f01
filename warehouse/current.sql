-- Where each side stands, and since when: the stance that weighs most, with what speaks against it.

-- A file of an earlier version has a view that this one does without.
DROP VIEW IF EXISTS daily_stand;

CREATE OR REPLACE MACRO half_life() AS 30;
COMMENT ON MACRO half_life IS 'Days after which a story counts half in what a side''s stance is';

CREATE OR REPLACE MACRO positions_as_of(day) AS TABLE
WITH told AS (
    SELECT
        actor, issue, target, stance, stated_on, story_id, outlet, position_id, content,
        condition IS NOT NULL AND stance IN ('offer', 'acceptance') AS conditional,
        sureness(confidence, verdict) AS sure,
        max(stated_on) OVER (PARTITION BY actor, issue, target) AS latest
    FROM positions
    WHERE issue IS NOT NULL AND stated_on <= day::DATE
    QUALIFY stated_on > latest - fresh_days()
),
weighed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY actor, issue, target, stance, conditional, story_id ORDER BY stated_on DESC, position_id
        ) = 1 AS new_story
    FROM told
),
stances AS (
    SELECT
        actor, issue, target, stance, conditional,
        max(stated_on) AS stated_on,
        count(*) AS positions,
        count(*) FILTER (new_story) AS stories,
        list(DISTINCT outlet) FILTER (outlet IS NOT NULL) AS outlets,
        sum(CASE WHEN new_story THEN pow(0.5, (latest - stated_on) / half_life()) ELSE 0 END) AS weight,
        list(DISTINCT stated_on) AS on_days,
        arg_max(position_id, (
            worth_showing(content, sure) * pow(0.5, (latest - stated_on) / half_life()), stated_on, position_id
        )) AS position_id
    FROM weighed
    GROUP BY actor, issue, target, stance, conditional
),
sides AS (
    SELECT
        actor, issue, target,
        list(stances ORDER BY weight DESC, positions DESC, stance, conditional) AS held,
        arg_max(stance, (stated_on, weight, stance)) AS latest_stance,
        max(stated_on) AS latest,
        sum(weight) AS weight
    FROM stances
    GROUP BY actor, issue, target
),
standing AS (
    SELECT
        actor, issue, target, held[1] AS first, held[2:] AS others, latest_stance, latest, weight,
        list_max(list_filter(
            flatten([o.on_days FOR o IN held[2:] IF o.stories * 4 >= held[1].stories]), lambda d: d < held[1].stated_on
        )) AS other_before
    FROM sides
)
SELECT
    l.actor, p.actor_name, l.issue, p.issue_name, l.target, p.target_name, l.first.stance AS stance,
    l.first.conditional AS conditional,
    list_min(list_filter(l.first.on_days, lambda d: d > coalesce(l.other_before, '-infinity'::DATE))) AS since,
    l.first.stated_on AS stated_on,
    l.first.stated_on AS last_confirmed,
    least(today(), day::DATE) - l.first.stated_on AS age_days,
    least(today(), day::DATE) - l.first.stated_on <= fresh_days() AS fresh,
    l.first.positions AS positions,
    l.first.stories AS stories,
    coalesce(len(l.first.outlets), 0) AS outlets,
    round(l.first.weight / l.weight, 2) AS share,
    coalesce(list_sum([o.stories FOR o IN l.others]), 0)::BIGINT AS stories_otherwise,
    coalesce(len(list_distinct(flatten([coalesce(o.outlets, []) FOR o IN l.others]))), 0) AS outlets_otherwise,
    l.latest_stance,
    l.latest AS latest_on,
    array_to_string(
        list_sort(list_distinct([o.stance FOR o IN list_prepend(l.first, l.others) IF list_contains(o.on_days, l.first.stated_on)])),
        ', '
    ) AS stances_that_day,
    p.content, p.condition, p.speaker, p.speaker_role, p.evidence, p.outlet, p.title, p.url, p.verdict,
    p.position_id, p.article_id, p.thread_id
FROM standing AS l
JOIN positions AS p ON p.position_id = l.first.position_id AND p.issue = l.issue;
COMMENT ON MACRO TABLE positions_as_of IS 'current_position as the positions stated up to a day give it: where each side stood then';

CREATE OR REPLACE VIEW current_position AS FROM positions_as_of('infinity');
COMMENT ON VIEW current_position IS 'One row an actor, issue and target: the stance that weighs most among those of a year up to the side''s last word (a story counts half after 30 days), since when it has held, how old it is, and how much speaks against it';
COMMENT ON COLUMN current_position.conditional IS 'Whether it is an offer or acceptance that hangs on a condition';
COMMENT ON COLUMN current_position.since IS 'First day of the run of this stance, which another one breaks that a quarter as many stories tell';
COMMENT ON COLUMN current_position.stated_on IS 'Last day on which it was stated';
COMMENT ON COLUMN current_position.last_confirmed IS 'The same: last day on which it was stated';
COMMENT ON COLUMN current_position.age_days IS 'Days from then to the last day of all positions';
COMMENT ON COLUMN current_position.fresh IS 'Whether that is no longer ago than the days in fresh_days(): a year, unless POSITIONS_FRESH_DAYS says otherwise';
COMMENT ON COLUMN current_position.positions IS 'Positions that state it';
COMMENT ON COLUMN current_position.stories IS 'Stories that say so: near-duplicates of an article count once';
COMMENT ON COLUMN current_position.outlets IS 'Outlets that say so';
COMMENT ON COLUMN current_position.share IS 'Share of the weight of all that the side said that is for this stance, from 0 to 1';
COMMENT ON COLUMN current_position.stories_otherwise IS 'Stories that say otherwise';
COMMENT ON COLUMN current_position.outlets_otherwise IS 'Outlets that say otherwise';
COMMENT ON COLUMN current_position.latest_stance IS 'Stance that was stated last, where it is another one a lone story perhaps, perhaps a turn';
COMMENT ON COLUMN current_position.latest_on IS 'Day on which anything was stated last';
COMMENT ON COLUMN current_position.stances_that_day IS 'All stances of the actor on the issue towards the target on the last day of this one';
COMMENT ON COLUMN current_position.position_id IS 'Position that shows it: late, sure, and in words that say what';
