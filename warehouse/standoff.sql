-- Demands and the refusals that answer them, read off threads.

CREATE OR REPLACE MACRO standoffs(days) AS TABLE
-- A demand that names nobody stands against nobody. A refusal answers it where the one who refuses is the one of whom it
-- is demanded, says no to nobody else, and speaks of the same thing within the window.
WITH answered AS MATERIALIZED (
    SELECT
        d.thread_id, d.actor AS demander, d.target AS refuser,
        d, d.position_id AS demand_id, d.stated_on AS demanded_on, d.story_id AS demand_story,
        r.position_id AS refusal_id, r.stated_on AS refused_on, r.story_id AS refusal_story,
        d.sure * r.sure * CASE WHEN r.target IS NULL THEN 0.8 ELSE 1 END * likeness(d, r) AS fit
    FROM said AS d
    JOIN said AS r ON r.thread_id = d.thread_id AND r.actor = d.target
    WHERE d.stance = 'demand' AND r.stance = 'refusal' AND d.actor <> r.actor
        AND (r.target = d.actor OR r.target IS NULL)
        AND abs(r.stated_on - d.stated_on) <= days::INTEGER
        AND fit >= 0.42
),
-- An acceptance of what was demanded closes: by who refused, or by who demanded where it names who refused.
closing AS (
    SELECT p.thread_id, p.demander, p.refuser, a.stated_on, min(a.position_id) AS position_id
    FROM answered AS p
    JOIN said AS a ON a.thread_id = p.thread_id
    WHERE a.stance = 'acceptance' AND NOT a.conditional
        AND ((a.actor = p.refuser AND (a.target = p.demander OR a.target IS NULL))
            OR (a.actor = p.demander AND a.target = p.refuser))
        AND a.stated_on >= p.demanded_on
        AND (content_likeness(p.d, a) >= CASE WHEN shared_words(p.d, a) > 1 THEN 0.35 ELSE 0.6 END
            OR (len(a.words) = 0 AND likeness(p.d, a) >= 0.5))
    GROUP BY ALL
),
-- Demands up to one closing belong to one standoff, with the refusals up to it; a demand after it begins another.
until_closed AS (
    SELECT
        a.* EXCLUDE (d), c.stated_on AS closed_on, c.position_id AS closing_position_id,
        after_refusal.stated_on AS refusal_closed_on
    FROM answered AS a
    ASOF LEFT JOIN closing AS c
        ON c.thread_id = a.thread_id AND c.demander = a.demander AND c.refuser = a.refuser
        AND c.stated_on >= a.demanded_on
    ASOF LEFT JOIN closing AS after_refusal
        ON after_refusal.thread_id = a.thread_id AND after_refusal.demander = a.demander
        AND after_refusal.refuser = a.refuser AND after_refusal.stated_on >= a.refused_on
),
standing AS (
    SELECT
        thread_id, demander, refuser, closed_on, any_value(closing_position_id) AS closing_position_id,
        min(demanded_on) AS demanded_since, max(demanded_on) AS demanded_last,
        min(refused_on) AS refused_since, max(refused_on) AS refused_last,
        count(DISTINCT demand_story) AS demand_stories, count(DISTINCT refusal_story) AS refusal_stories,
        max(fit) AS fit,
        arg_max(demand_id, (fit, demanded_on, demand_id, refusal_id)) AS demand_position_id,
        arg_max(refusal_id, (fit, demanded_on, demand_id, refusal_id)) AS refusal_position_id
    FROM until_closed
    WHERE refusal_closed_on IS NOT DISTINCT FROM closed_on
    GROUP BY thread_id, demander, refuser, closed_on
)
SELECT
    demand.issue,
    demand.issue_name,
    a.demander,
    demand.actor_name AS demander_name,
    a.refuser,
    refusal.actor_name AS refuser_name,
    CASE WHEN a.closed_on IS NULL THEN 'open' ELSE 'closed' END AS status,
    a.demanded_since, a.demanded_last, a.refused_since, a.refused_last, a.closed_on,
    greatest(a.demanded_last, a.refused_last, a.closed_on) AS stated_on,
    a.demand_stories, a.refusal_stories,
    round(a.fit * sqrt(a.demand_stories * a.refusal_stories), 3) AS weight,
    demand.content AS demanded,
    refusal.content AS refused,
    demand.evidence AS demand_evidence,
    refusal.evidence AS refusal_evidence,
    closing.evidence AS closing_evidence,
    demand.url AS demand_url,
    refusal.url AS refusal_url,
    a.demand_position_id, a.refusal_position_id, a.closing_position_id, a.thread_id
FROM standing AS a
JOIN positions AS demand ON demand.position_id = a.demand_position_id
JOIN positions AS refusal ON refusal.position_id = a.refusal_position_id
LEFT JOIN positions AS closing ON closing.position_id = a.closing_position_id;
COMMENT ON MACRO TABLE standoffs IS 'standoff with another window: how many days may lie between a demand and the refusal that answers it';

CREATE OR REPLACE VIEW standoff AS FROM standoffs(standoff_days());
COMMENT ON VIEW standoff IS 'One row a thread, a side that demands and a side of whom it is demanded and that refuses: the demands and the refusals that answer them, of the same thing and within the window (180 days, unless POSITIONS_STANDOFF_DAYS says otherwise), up to the acceptance that closes it';
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
COMMENT ON COLUMN standoff.weight IS 'What it weighs: how surely the two sentences answer each other (0 to 1), times the geometric mean of the stories of both sides';
COMMENT ON COLUMN standoff.demanded IS 'Words that say what is demanded, of the demand that is shown';
COMMENT ON COLUMN standoff.refused IS 'Words that say what is refused, of the refusal that is shown';
COMMENT ON COLUMN standoff.demand_evidence IS 'Sentence of the demand: of all pairs, the one that most surely answer each other';
COMMENT ON COLUMN standoff.refusal_evidence IS 'Sentence of the refusal of that pair';
COMMENT ON COLUMN standoff.closing_evidence IS 'Sentence of the acceptance';
COMMENT ON COLUMN standoff.demand_url IS 'Address of the article with the demand that is shown';
COMMENT ON COLUMN standoff.refusal_url IS 'Address of the article with the refusal that is shown';
COMMENT ON COLUMN standoff.demand_position_id IS 'Position that is the demand that is shown';
COMMENT ON COLUMN standoff.refusal_position_id IS 'Position that is the refusal that is shown';
COMMENT ON COLUMN standoff.closing_position_id IS 'Position that is the acceptance';

COMMENT ON COLUMN standoff.thread_id IS 'Thread in which both stand';
