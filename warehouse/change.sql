-- Stances that turned, read off threads.

CREATE OR REPLACE MACRO openness(stance, conditional) AS
    CASE stance
        WHEN 'threat' THEN 0
        WHEN 'demand' THEN 1
        WHEN 'refusal' THEN 1
        WHEN 'offer' THEN CASE WHEN conditional THEN 2 ELSE 3 END
        WHEN 'acceptance' THEN CASE WHEN conditional THEN 4 ELSE 5 END
    END;
COMMENT ON MACRO openness IS 'Rank of a stance from a threat (0) over demand and refusal (1) and offers (2, 3) to an acceptance without condition (5)';

-- Who was willing and is not, or the other way round, turned where both speak of much the same thing; a threat is of
-- another thing than an offer or a demand, unless the words are nearly the same. To promise not to do a thing is no other
-- stance than to refuse it.
CREATE OR REPLACE MACRO turn_of(before, after) AS
    CASE
        WHEN shared_words(before, after) < 2 THEN NULL
        WHEN content_likeness(before, after) < CASE list_sort([before.stance, after.stance])
            WHEN ['acceptance', 'refusal'] THEN 0.35
            WHEN ['offer', 'refusal'] THEN 0.35
            WHEN ['acceptance', 'offer'] THEN 0.5
            WHEN ['acceptance', 'acceptance'] THEN 0.5
            WHEN ['offer', 'offer'] THEN 0.5
            WHEN ['acceptance', 'threat'] THEN 0.7
            WHEN ['offer', 'threat'] THEN 0.7
            WHEN ['demand', 'threat'] THEN CASE before.stance WHEN 'demand' THEN 0.7 ELSE 2 END
            ELSE 2
        END THEN NULL
        WHEN (before.stance = 'refusal') <> (after.stance = 'refusal')
            AND regexp_matches(
                CASE WHEN before.stance = 'refusal' THEN after.content ELSE before.content END,
                '\b(not|no|never|nor|without|refrain\w*|stop\w*|abstain\w*)\b|n[''’]t\b', 'i'
            ) THEN NULL
        WHEN openness(after.stance, after.conditional) > openness(before.stance, before.conditional) THEN 'softened'
        WHEN openness(after.stance, after.conditional) < openness(before.stance, before.conditional) THEN 'hardened'
    END;
COMMENT ON MACRO turn_of IS 'softened or hardened, where two positions of an actor in a thread, rows of said, are a turn; else null';

CREATE OR REPLACE VIEW position_change AS
WITH paired AS MATERIALIZED (
    SELECT
        b.position_id AS position_id_before, a.position_id, a.thread_id, a.actor,
        b.stated_on AS stated_on_before, a.stated_on,
        turn_of(b, a) AS turn,
        b.sure * a.sure * CASE WHEN a.target = b.target THEN 1 ELSE 0.8 END * likeness(a, b) AS fit
    FROM said AS a
    JOIN said AS b ON b.thread_id = a.thread_id AND b.actor = a.actor
    WHERE b.stated_to < a.stated_from AND coalesce(a.target = b.target, true) AND fit >= 0.42
),
-- Only the last day before counts, and what was said that day already is no turn.
last_before AS (
    FROM paired
    QUALIFY stated_on_before = max(stated_on_before) OVER (PARTITION BY position_id)
        AND bool_and(turn IS NOT NULL) OVER (PARTITION BY position_id, stated_on_before)
),
turned AS (
    FROM last_before
    QUALIFY row_number() OVER (
        PARTITION BY thread_id, actor, stated_on ORDER BY fit DESC, position_id, position_id_before
    ) = 1
)
SELECT
    t.stated_on, t.actor, after.actor_name, after.issue, after.issue_name,
    coalesce(after.target, before.target) AS target, coalesce(after.target_name, before.target_name) AS target_name,
    before.stance AS stance_before,
    before.condition IS NOT NULL AND before.stance IN ('offer', 'acceptance') AS conditional_before,
    after.stance,
    after.condition IS NOT NULL AND after.stance IN ('offer', 'acceptance') AS conditional,
    t.turn,
    t.stated_on_before,
    round(t.fit, 3) AS fit,
    before.content AS content_before,
    after.content,
    before.evidence AS evidence_before,
    after.evidence,
    before.speaker AS speaker_before,
    after.speaker,
    before.url AS url_before,
    after.url,
    t.position_id_before,
    t.position_id,
    t.thread_id
FROM turned AS t
JOIN positions AS before ON before.position_id = t.position_id_before
JOIN positions AS after ON after.position_id = t.position_id;
COMMENT ON VIEW position_change IS 'One row a day on which an actor''s stance on a matter turned, with the sentences of both sides of the turn: the same actor, thread and thing, and not the same stance as on the last day before';
COMMENT ON COLUMN position_change.stated_on IS 'Day of the turn';
COMMENT ON COLUMN position_change.stance_before IS 'Stance on the last day before on which the actor spoke of it';
COMMENT ON COLUMN position_change.conditional_before IS 'Whether the stance before hung on a condition';
COMMENT ON COLUMN position_change.turn IS 'softened (towards accepting) or hardened (towards threatening)';
COMMENT ON COLUMN position_change.fit IS 'How surely it is a turn, from 0 to 1: both sides are sure, and speak of one thing';
COMMENT ON COLUMN position_change.stated_on_before IS 'Last day of the stance before';
COMMENT ON COLUMN position_change.content_before IS 'Content of the stance before';
COMMENT ON COLUMN position_change.evidence_before IS 'Sentence for the stance before';
COMMENT ON COLUMN position_change.speaker_before IS 'Person who expressed the stance before';
COMMENT ON COLUMN position_change.url_before IS 'Address of the article with the sentence before';
COMMENT ON COLUMN position_change.position_id_before IS 'Position that shows the stance before';
COMMENT ON COLUMN position_change.position_id IS 'Position that shows the new stance';

