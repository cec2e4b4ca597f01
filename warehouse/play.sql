-- Views to brief from: the state of play on an issue or in a thread, what two sides want of each other, what one wants.

-- What is fresh and told by many weighs most.
CREATE OR REPLACE VIEW line_of_play AS
SELECT
    issue, issue_name, stance, actor, actor_name, target, target_name, conditional, short(content, 60) AS content,
    last_confirmed, age_days, fresh, stories, share,
    round(stories * share * pow(0.5, age_days / fresh_days()), 3) AS weight,
    thread_id, position_id
FROM current_position;
COMMENT ON VIEW line_of_play IS 'One row a current position, in the few words that fit a line, with what it weighs';
COMMENT ON COLUMN line_of_play.content IS 'Words that say what is demanded, refused, offered …, in at most 60 characters';
COMMENT ON COLUMN line_of_play.weight IS 'Stories that say so, by their share, half for each year of age';

CREATE OR REPLACE MACRO state_of_play_as_of(day) AS TABLE
WITH lines AS (
    SELECT
        issue, issue_name, stance, actor, actor_name, target, target_name, conditional, short(content, 60) AS content,
        last_confirmed, age_days, fresh, stories,
        round(stories * share * pow(0.5, age_days / fresh_days()), 3) AS weight,
        thread_id, position_id
    FROM positions_as_of(day)
)
SELECT
    issue, issue_name, stance,
    row_number() OVER side AS rank,
    actor, actor_name, target, target_name, conditional, content, last_confirmed, age_days, fresh, stories, weight,
    greatest(count(*) OVER (PARTITION BY issue, stance) - 10, 0) AS more,
    thread_id, position_id
FROM lines
WINDOW side AS (PARTITION BY issue, stance ORDER BY fresh DESC, weight DESC, last_confirmed DESC, actor, target)
QUALIFY rank <= 10;
COMMENT ON MACRO TABLE state_of_play_as_of IS 'state_of_play as the positions stated up to a day give it';

CREATE OR REPLACE VIEW state_of_play AS FROM state_of_play_as_of('infinity');
COMMENT ON VIEW state_of_play IS 'One row a line, at most ten an issue and stance: who demands, refuses, offers, accepts and threatens what, by the current position of each actor towards each target, the fresh and weightiest first';
COMMENT ON COLUMN state_of_play.rank IS 'Place of the line on its side, from 1 to 10';
COMMENT ON COLUMN state_of_play.content IS 'Words that say what is demanded, refused, offered …, in at most 60 characters';
COMMENT ON COLUMN state_of_play.weight IS 'Stories that say so, by their share, half for each year of age';
COMMENT ON COLUMN state_of_play.more IS 'Lines of this issue and stance that are left out';
COMMENT ON COLUMN state_of_play.thread_id IS 'Thread of the position that the line shows';
COMMENT ON COLUMN state_of_play.position_id IS 'Position that the line shows';

CREATE OR REPLACE VIEW thread_play AS
WITH lines AS (
    SELECT
        thread_id, stance, actor, any_value(actor_name) AS actor_name, target, any_value(target_name) AS target_name,
        min(stated_on) AS since, max(stated_on) AS last_confirmed,
        count(DISTINCT story_id) AS stories,
        arg_max(position_id, (worth_showing(content, sureness(confidence, verdict)), stated_on, position_id))
            AS position_id,
        arg_max(short(content, 60), (worth_showing(content, sureness(confidence, verdict)), stated_on, position_id))
            FILTER (content IS NOT NULL) AS content
    FROM positions
    GROUP BY thread_id, stance, actor, target
)
SELECT
    thread_id, stance,
    row_number() OVER side AS rank,
    actor, actor_name, target, target_name, content, since, last_confirmed, stories,
    greatest(count(*) OVER (PARTITION BY thread_id, stance) - 10, 0) AS more,
    position_id
FROM lines
WINDOW side AS (PARTITION BY thread_id, stance ORDER BY stories DESC, last_confirmed DESC, actor, target)
QUALIFY rank <= 10;
COMMENT ON VIEW thread_play IS 'One row a line, at most ten a thread and stance: the state of play in a thread';
COMMENT ON COLUMN thread_play.rank IS 'Place of the line on its side, from 1 to 10';
COMMENT ON COLUMN thread_play.content IS 'Words of that position, in at most 60 characters';
COMMENT ON COLUMN thread_play.since IS 'Day of the first position of the line';
COMMENT ON COLUMN thread_play.last_confirmed IS 'Day of its last position';
COMMENT ON COLUMN thread_play.stories IS 'Stories that tell of it';
COMMENT ON COLUMN thread_play.more IS 'Lines of this thread and stance that are left out';
COMMENT ON COLUMN thread_play.position_id IS 'Position that shows it: sure, and in words that say what';

CREATE OR REPLACE VIEW dyad AS
WITH wish AS (
    SELECT
        thread_id, actor, target, min(stated_on) AS since, max(stated_on) AS last_confirmed,
        count(DISTINCT story_id) AS stories,
        arg_max(said, (worth_showing(content, sure), stated_on, position_id)) AS best
    FROM said
    WHERE stance = 'demand' AND target IS NOT NULL AND target <> actor
    GROUP BY thread_id, actor, target
),
answer AS (
    SELECT
        w.thread_id, w.actor, w.target,
        arg_max(a, (a.stated_on, likeness(w.best, a), a.sure, a.position_id)) AS last,
        count(DISTINCT a.story_id) AS stories
    FROM wish AS w
    JOIN said AS a ON a.thread_id = w.thread_id AND a.actor = w.target
    WHERE a.stance IN ('refusal', 'acceptance', 'offer') AND coalesce(a.target = w.actor, true)
        AND likeness(w.best, a) >= 0.4
    GROUP BY w.thread_id, w.actor, w.target
)
SELECT
    w.actor, p.actor_name, w.target, p.target_name, p.issue, p.issue_name,
    short(p.content, 80) AS wanted, w.since, w.last_confirmed,
    today() - w.last_confirmed <= fresh_days() AS fresh,
    w.stories,
    a.last.stance AS answer, a.last.conditional AS answer_conditional, short(a.last.content, 80) AS answered,
    a.last.stated_on AS answered_on, a.stories AS answer_stories,
    w.thread_id, w.best.position_id AS position_id, a.last.position_id AS answer_position_id
FROM wish AS w
JOIN positions AS p ON p.position_id = w.best.position_id
LEFT JOIN answer AS a ON a.thread_id = w.thread_id AND a.actor = w.actor AND a.target = w.target;
COMMENT ON VIEW dyad IS 'One row a thread and two sides: what an actor wants of a target, and what the target last said to it; for what A wants of B and B of A ask for both orders';
COMMENT ON COLUMN dyad.wanted IS 'Words that say what is demanded, in at most 80 characters';
COMMENT ON COLUMN dyad.since IS 'Day of the first demand';
COMMENT ON COLUMN dyad.last_confirmed IS 'Day of the last demand';
COMMENT ON COLUMN dyad.fresh IS 'Whether that is no longer ago than fresh_days()';
COMMENT ON COLUMN dyad.stories IS 'Stories that tell of the demand';
COMMENT ON COLUMN dyad.answer IS 'Stance of the target''s last word on it: refusal, acceptance or offer; null where none is known';
COMMENT ON COLUMN dyad.answer_conditional IS 'Whether the answer hangs on a condition';
COMMENT ON COLUMN dyad.answered IS 'Words that say what was refused, accepted or offered, in at most 80 characters';
COMMENT ON COLUMN dyad.answered_on IS 'Day of the answer';
COMMENT ON COLUMN dyad.answer_stories IS 'Stories that tell of answers';
COMMENT ON COLUMN dyad.position_id IS 'Demand that shows it: sure, and in words that say what';
COMMENT ON COLUMN dyad.answer_position_id IS 'Position that is the answer';

CREATE OR REPLACE VIEW actor_play AS
SELECT
    actor, actor_name, stance,
    row_number() OVER side AS rank,
    issue, issue_name, target, target_name, conditional, content, last_confirmed, age_days, fresh, stories, weight,
    greatest(count(*) OVER (PARTITION BY actor, stance) - 10, 0) AS more,
    thread_id, position_id
FROM line_of_play
WINDOW side AS (PARTITION BY actor, stance ORDER BY fresh DESC, weight DESC, last_confirmed DESC, issue, target)
QUALIFY rank <= 10;
COMMENT ON VIEW actor_play IS 'One row a line, at most ten an actor and stance: what an actor wants, refuses, offers, accepts and threatens, of whom, lately';
COMMENT ON COLUMN actor_play.rank IS 'Place of the line among those of the actor and stance, from 1 to 10';
COMMENT ON COLUMN actor_play.content IS 'Words that say what is demanded, refused, offered …, in at most 60 characters';
COMMENT ON COLUMN actor_play.weight IS 'Stories that say so, by their share, half for each year of age';
COMMENT ON COLUMN actor_play.more IS 'Lines of this actor and stance that are left out';
COMMENT ON COLUMN actor_play.thread_id IS 'Thread of the position that the line shows';
COMMENT ON COLUMN actor_play.position_id IS 'Position that the line shows';
