-- Demands and the refusals that answer them, and the state of play on every issue.

CREATE OR REPLACE MACRO same_issue(one, other) AS
    one = other OR starts_with(one, other || '.') OR starts_with(other, one || '.');
COMMENT ON MACRO same_issue IS 'Whether two issues are the same or one is above the other in the tree';

CREATE OR REPLACE MACRO same_or_below(one, other) AS
    coalesce(one = other OR starts_with(one, other || '.'), false);
COMMENT ON MACRO same_or_below IS 'Whether an issue is another one or below it in the tree';

CREATE OR REPLACE MACRO standoffs(days_before) AS TABLE
WITH said AS (
    SELECT
        actor, target, issue, split_part(issue, '.', 1) AS branch, stance, stated_on, story_id, position_id,
        condition IS NOT NULL AS conditional
    FROM positions
    WHERE issue IS NOT NULL
),
demanding AS (SELECT DISTINCT actor, target, issue, branch FROM said WHERE stance = 'demand'),
refusing AS (SELECT DISTINCT actor, target, issue, branch FROM said WHERE stance = 'refusal'),
-- The parties fit where the demand names who refuses, or the refusal names who demands, and neither says otherwise.
fitting AS (
    SELECT
        d.issue, d.branch, d.actor AS demander, d.target AS demand_target,
        r.actor AS refuser, r.target AS refusal_target, r.issue AS refusal_issue
    FROM demanding AS d
    JOIN refusing AS r ON r.branch = d.branch AND r.actor = d.target
    WHERE r.actor <> d.actor AND (r.target = d.actor OR r.target IS NULL) AND same_issue(r.issue, d.issue)
    UNION ALL
    SELECT d.issue, d.branch, d.actor, d.target, r.actor, r.target, r.issue
    FROM demanding AS d
    JOIN refusing AS r ON r.branch = d.branch AND r.target = d.actor
    WHERE d.target IS NULL AND r.actor <> d.actor AND same_issue(r.issue, d.issue)
),
facing AS (SELECT *, dense_rank() OVER (ORDER BY issue, demander, refuser) AS pair FROM fitting),
pairs AS (SELECT DISTINCT pair, issue, branch, demander, refuser FROM facing),
-- An acceptance without condition closes: by who refused, or by who demanded where it names who refused.
closing AS (
    SELECT p.pair, a.stated_on, a.position_id
    FROM pairs AS p
    JOIN said AS a ON a.branch = p.branch AND a.actor = p.refuser
    WHERE a.stance = 'acceptance' AND NOT a.conditional AND same_issue(a.issue, p.issue)
        AND (a.target = p.demander OR a.target IS NULL)
    UNION ALL
    SELECT p.pair, a.stated_on, a.position_id
    FROM pairs AS p
    JOIN said AS a ON a.branch = p.branch AND a.actor = p.demander AND a.target = p.refuser
    WHERE a.stance = 'acceptance' AND NOT a.conditional AND same_issue(a.issue, p.issue)
),
closed AS (SELECT pair, stated_on, min(position_id) AS position_id FROM closing GROUP BY pair, stated_on),
demand AS (
    SELECT f.pair, d.stated_on, d.story_id, d.position_id
    FROM (SELECT DISTINCT pair, issue, demander, demand_target FROM facing) AS f
    JOIN said AS d
        ON d.actor = f.demander AND d.issue = f.issue AND d.target IS NOT DISTINCT FROM f.demand_target
    WHERE d.stance = 'demand'
),
-- Demands up to one closing belong to one standoff; a demand after it begins another.
standing AS (
    SELECT
        d.pair, c.stated_on AS closed_on, any_value(c.position_id) AS closing_position_id,
        min(d.stated_on) AS demanded_since, max(d.stated_on) AS demanded_last,
        count(DISTINCT d.story_id) AS demand_stories,
        arg_max(d.position_id, (d.stated_on, d.position_id)) AS demand_position_id
    FROM demand AS d
    ASOF LEFT JOIN closed AS c ON c.pair = d.pair AND c.stated_on >= d.stated_on
    GROUP BY d.pair, c.stated_on
),
refusal AS (
    SELECT f.pair, r.stated_on, r.story_id, r.position_id
    FROM (SELECT DISTINCT pair, refuser, refusal_target, refusal_issue FROM facing) AS f
    JOIN said AS r
        ON r.actor = f.refuser AND r.issue = f.refusal_issue AND r.target IS NOT DISTINCT FROM f.refusal_target
    WHERE r.stance = 'refusal'
),
-- A refusal answers the demands that were closed next after it.
answering AS (
    SELECT r.*, s.closed_on
    FROM refusal AS r
    ASOF JOIN (SELECT *, coalesce(closed_on, 'infinity') AS until FROM standing) AS s
        ON s.pair = r.pair AND s.until >= r.stated_on
    WHERE r.stated_on >= s.demanded_since - days_before::INTEGER
),
answered AS (
    SELECT
        pair, closed_on,
        min(stated_on) AS refused_since, max(stated_on) AS refused_last,
        count(DISTINCT story_id) AS refusal_stories,
        arg_max(position_id, (stated_on, position_id)) AS refusal_position_id
    FROM answering
    GROUP BY pair, closed_on
),
standoff AS (
    SELECT s.*, p.issue, p.demander, p.refuser, r.refused_since, r.refused_last, r.refusal_stories, r.refusal_position_id
    FROM standing AS s
    JOIN answered AS r ON r.pair = s.pair AND r.closed_on IS NOT DISTINCT FROM s.closed_on
    JOIN pairs AS p ON p.pair = s.pair
)
SELECT
    a.issue,
    demand.issue_name,
    a.demander,
    demand.actor_name AS demander_name,
    a.refuser,
    refusal.actor_name AS refuser_name,
    CASE WHEN a.closed_on IS NULL THEN 'open' ELSE 'closed' END AS status,
    a.demanded_since, a.demanded_last, a.refused_since, a.refused_last, a.closed_on,
    greatest(a.demanded_last, a.refused_last, a.closed_on) AS stated_on,
    a.demand_stories, a.refusal_stories,
    demand.content AS demanded,
    demand.evidence AS demand_evidence,
    refusal.evidence AS refusal_evidence,
    closing.evidence AS closing_evidence,
    demand.url AS demand_url,
    refusal.url AS refusal_url,
    a.demand_position_id, a.refusal_position_id, a.closing_position_id
FROM standoff AS a
JOIN positions AS demand ON demand.position_id = a.demand_position_id
JOIN positions AS refusal ON refusal.position_id = a.refusal_position_id
LEFT JOIN positions AS closing ON closing.position_id = a.closing_position_id;
COMMENT ON MACRO TABLE standoffs IS 'standoff with another window: how many days a refusal may come before the demand that it answers';

CREATE OR REPLACE VIEW standoff AS FROM standoffs(14);
COMMENT ON VIEW standoff IS 'One row an issue, a side that demands and a side that refuses: the demands and the refusals that answer them, on the same issue or one above or below it and no more than 14 days before, up to the acceptance that closes it';
COMMENT ON COLUMN standoff.issue IS 'Id of the issue of the demand';
COMMENT ON COLUMN standoff.demander IS 'Id of the actor that demands';
COMMENT ON COLUMN standoff.demander_name IS 'Name of the actor that demands';
COMMENT ON COLUMN standoff.refuser IS 'Id of the actor that refuses';
COMMENT ON COLUMN standoff.refuser_name IS 'Name of the actor that refuses';
COMMENT ON COLUMN standoff.status IS 'open, or closed by an acceptance without condition';
COMMENT ON COLUMN standoff.demanded_since IS 'Day of the first demand';
COMMENT ON COLUMN standoff.demanded_last IS 'Day of the last demand';
COMMENT ON COLUMN standoff.refused_since IS 'Day of the first refusal';
COMMENT ON COLUMN standoff.refused_last IS 'Day of the last refusal';
COMMENT ON COLUMN standoff.closed_on IS 'Day of the acceptance that closed it; null while open';
COMMENT ON COLUMN standoff.stated_on IS 'Last day on which something was said in it';
COMMENT ON COLUMN standoff.demand_stories IS 'Stories that report the demands';
COMMENT ON COLUMN standoff.refusal_stories IS 'Stories that report the refusals';
COMMENT ON COLUMN standoff.demanded IS 'Words that say what is demanded, as of the last demand';
COMMENT ON COLUMN standoff.demand_evidence IS 'Sentence of the last demand';
COMMENT ON COLUMN standoff.refusal_evidence IS 'Sentence of the last refusal';
COMMENT ON COLUMN standoff.closing_evidence IS 'Sentence of the acceptance';
COMMENT ON COLUMN standoff.demand_url IS 'Address of the article with the last demand';
COMMENT ON COLUMN standoff.refusal_url IS 'Address of the article with the last refusal';
COMMENT ON COLUMN standoff.demand_position_id IS 'Position that is the last demand';
COMMENT ON COLUMN standoff.refusal_position_id IS 'Position that is the last refusal';
COMMENT ON COLUMN standoff.closing_position_id IS 'Position that is the acceptance';

CREATE OR REPLACE MACRO state_of_play_as_of(day) AS TABLE
WITH told AS (
    SELECT
        *,
        actor_name || coalesce(' → ' || target_name, '')
        || ' (' || CASE WHEN conditional THEN 'on a condition, ' ELSE '' END || stated_on || ')' AS party,
        (SELECT max(stated_on) FROM daily_stand WHERE stated_on <= day::DATE) AS last_day
    FROM positions_as_of(day)
)
SELECT
    issue,
    any_value(issue_name) AS issue_name,
    any_value(last_day) AS as_of,
    string_agg(party, '; ' ORDER BY stated_on DESC, party) FILTER (stance = 'demand') AS demands,
    string_agg(party, '; ' ORDER BY stated_on DESC, party) FILTER (stance = 'refusal') AS refuses,
    string_agg(party, '; ' ORDER BY stated_on DESC, party) FILTER (stance = 'offer') AS offers,
    string_agg(party, '; ' ORDER BY stated_on DESC, party) FILTER (stance = 'acceptance') AS accepts,
    string_agg(party, '; ' ORDER BY stated_on DESC, party) FILTER (stance = 'threat') AS threatens,
    count(DISTINCT actor) AS actors,
    max(stated_on) AS stated_on
FROM told
GROUP BY issue;
COMMENT ON MACRO TABLE state_of_play_as_of IS 'state_of_play as the positions stated up to a day give it';

CREATE OR REPLACE VIEW state_of_play AS FROM state_of_play_as_of('infinity');
COMMENT ON VIEW state_of_play IS 'One row an issue: who demands, refuses, offers, accepts and threatens, by the latest position of each actor towards each target, with the day it was last stated';
COMMENT ON COLUMN state_of_play.as_of IS 'Last day of all positions';
COMMENT ON COLUMN state_of_play.demands IS 'Who demands, of whom, and when last; latest first, separated by semicolons';
COMMENT ON COLUMN state_of_play.refuses IS 'Who refuses, to whom, and when last';
COMMENT ON COLUMN state_of_play.offers IS 'Who offers, to whom, whether on a condition, and when last';
COMMENT ON COLUMN state_of_play.accepts IS 'Who accepts, whose wish, whether on a condition, and when last';
COMMENT ON COLUMN state_of_play.threatens IS 'Who threatens, whom, and when last';
COMMENT ON COLUMN state_of_play.actors IS 'Actors with a position on the issue';
COMMENT ON COLUMN state_of_play.stated_on IS 'Last day of a position on the issue';

CREATE OR REPLACE VIEW corrected_position AS
SELECT
    c.position_id, c.field, c.value, c.reason, c.author, c.made_on,
    p.position_id IS NOT NULL AS stands,
    p.trigger_id,
    CASE c.field
        WHEN 'actor' THEN p.actor
        WHEN 'stance' THEN p.stance
        WHEN 'issue' THEN p.issue
        WHEN 'target' THEN p.target
        WHEN 'content' THEN p.content
        WHEN 'condition' THEN p.condition
        WHEN 'speaker' THEN p.speaker
        WHEN 'speaker_role' THEN p.speaker_role
        WHEN 'stated_on' THEN p.stated_on::VARCHAR
    END AS value_before
FROM correction AS c
LEFT JOIN position AS p ON p.position_id = c.position_id AND p.retired_at IS NULL
WHERE c.retired_at IS NULL;
COMMENT ON VIEW corrected_position IS 'One row a correction that stands, with the value that the rules gave';
COMMENT ON COLUMN corrected_position.stands IS 'Whether the rules still yield the position; a correction waits while they do not';
COMMENT ON COLUMN corrected_position.value_before IS 'Value that the rules gave; null for a verdict, or where they gave none';

CREATE OR REPLACE VIEW trigger_precision AS
WITH judged AS (
    SELECT
        p.trigger_id,
        c.verdict,
        c.verdict <> 'wrong' AND (c.stance IS NULL OR c.stance = p.stance) AS fired_rightly
    FROM position AS p
    LEFT JOIN corrections_known('infinity') AS c ON c.position_id = p.position_id
    WHERE p.retired_at IS NULL
)
SELECT
    trigger_id,
    count(*) AS positions,
    count(verdict) AS judged,
    count(*) FILTER (verdict = 'right') AS right,
    count(*) FILTER (verdict = 'corrected') AS corrected,
    count(*) FILTER (verdict = 'wrong') AS wrong,
    count(*) FILTER (fired_rightly) / nullif(count(verdict), 0) AS precision
FROM judged
GROUP BY trigger_id;
COMMENT ON VIEW trigger_precision IS 'One row a trigger with standing positions: how many a person judged, and how often the trigger was right';
COMMENT ON COLUMN trigger_precision.positions IS 'Positions that the trigger yields';
COMMENT ON COLUMN trigger_precision.judged IS 'Positions of these that a person judged';
COMMENT ON COLUMN trigger_precision.right IS 'Positions judged right as they stand';
COMMENT ON COLUMN trigger_precision.corrected IS 'Positions judged right with another value';
COMMENT ON COLUMN trigger_precision.wrong IS 'Positions judged wrong';
COMMENT ON COLUMN trigger_precision.precision IS 'Share of the judged that are not wrong and whose stance was not corrected; null where nobody judged';
