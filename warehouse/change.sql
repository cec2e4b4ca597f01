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

CREATE OR REPLACE MACRO is_willing(stance) AS stance IN ('offer', 'acceptance');
COMMENT ON MACRO is_willing IS 'Whether a stance is an offer or an acceptance';

CREATE OR REPLACE MACRO easing_words() AS
    '\b(lift|drop|eas(e|ing)\b|ends?\b|ending|halt|stop|suspen|postpon|delay|paus|withdraw|remov|cancel|scrap|refrain'
    || '|fore?go|hold(ing)? (up|off|back)|clos(e|ing) [^,]* chapter|settle|deal\b|agreement|accord|truce|cease-?fire|talks\b|negotiat'
    || '|compromise|releas)';
COMMENT ON MACRO easing_words IS 'Pattern of the words that a content has in which a threat is taken back';

CREATE OR REPLACE MACRO denying_words() AS
    '\b(not|no|never|nor|without|refrain\w*|stop\w*|abstain\w*)\b|n[''’]t\b';
COMMENT ON MACRO denying_words IS 'Pattern of the words by which to be willing is to refuse';

CREATE OR REPLACE MACRO asking_words() AS '\b(pressure|calls?|demands?|requests?|pleas?)\b';
COMMENT ON MACRO asking_words IS 'Pattern of the words for what others ask: to refuse more than was granted is no turn';

CREATE OR REPLACE MACRO retelling_words() AS
    '\b(previously|earlier this|last (week|month|year)|to date|so far|in the past|had (already|earlier|once|long)'
    || '|ha(s|ve|d) been|under (the|an?|its|their|this|that) [^,]{0,40}\b(accords?|pact|agreement|deal|treaty)|still|reiterat\w+'
    || '|repeated(ly)?|continued to|unchanged|not changed|ha(s|ve) (long|always|consistently))\b|n[''’]t changed'
    || '|\bin (late|early|mid)?[- ]?(january|february|march|april|may|june|july|august|september|october|november|december)\b';
COMMENT ON MACRO retelling_words IS 'Pattern of the words by which a sentence tells what was so before, and nothing new';

CREATE OR REPLACE MACRO conditional_words() AS '\b(if|until|unless|once|as soon as|as long as|provided|when|after)\b';
COMMENT ON MACRO conditional_words IS 'Pattern of the words by which a stance hangs on a condition: "yes, if" and "not until" are one';

-- To grant a thing and to refuse a wider one is common, and no turn; nor is a pact with one what was offered to another.
CREATE OR REPLACE MACRO least_alike(before, after) AS
    CASE
        WHEN before.stance IN ('refusal', 'threat') AND is_willing(after.stance) THEN
            CASE
                WHEN after.stated_on - before.stated_on > 30 THEN 0.4
                WHEN shared_words(before, after) > 1 THEN 0.2
                WHEN after.stated_on - before.stated_on <= 14 THEN 0.35
                ELSE 2
            END
        WHEN shared_words(before, after) < 2 THEN 2
        WHEN is_willing(before.stance) AND after.stance = 'refusal' THEN 0.4
        WHEN is_willing(before.stance) AND after.stance = 'threat' THEN 0.3
        WHEN before.stance = after.stance THEN 0.5
        WHEN before.target IS NULL OR after.target IS NULL THEN 2
        WHEN before.stance = 'offer' AND after.stance = 'acceptance' THEN 0.5
        WHEN before.stance = 'demand' AND after.stance = 'threat' THEN 0.7
        ELSE 2
    END;
COMMENT ON MACRO least_alike IS 'Share of telling words that the contents of two positions, rows of said, have in common at least where they are a turn; 2 where they are none, however alike';

-- Who was willing and is not, or the other way round, turned where both speak of much the same thing. A threat turns where
-- the other side of it is to take that very harm back. To promise not to do a thing is no other stance than to refuse it.
CREATE OR REPLACE MACRO turn_of(before, after) AS
    CASE
        WHEN content_likeness(before, after) < least_alike(before, after) THEN NULL
        WHEN before.stance = 'threat' AND NOT (
            regexp_matches(after.content, easing_words(), 'i')
            AND NOT regexp_matches(left(before.content, 40), easing_words(), 'i')
        ) THEN NULL
        WHEN after.stance = 'threat' AND is_willing(before.stance) AND content_likeness(before, after) < 0.7 AND NOT (
            regexp_matches(before.content, easing_words(), 'i')
            AND NOT regexp_matches(left(after.content, 40), easing_words(), 'i')
        ) THEN NULL
        WHEN after.stance = 'refusal' AND regexp_matches(after.content, asking_words(), 'i') THEN NULL
        WHEN (before.stance = 'refusal') <> (after.stance = 'refusal')
            AND regexp_matches(
                CASE WHEN before.stance = 'refusal' THEN after.content ELSE before.content END, denying_words(), 'i'
            ) THEN NULL
        WHEN openness(after.stance, after.conditional) > openness(before.stance, before.conditional) THEN 'softened'
        WHEN openness(after.stance, after.conditional) < openness(before.stance, before.conditional) THEN 'hardened'
    END;
COMMENT ON MACRO turn_of IS 'softened or hardened, where two positions of an actor, rows of said, are a turn; else null';

CREATE OR REPLACE VIEW position_change AS
-- What is of one thread, and what shares two telling words within a month.
WITH spoken AS MATERIALIZED (
    SELECT position_id, thread_id, actor, stated_on, (stated_on - DATE '2000-01-01') // 30 AS month, unnest(words) AS word
    FROM said
    WHERE stance <> 'demand'
),
near_in_days AS (
    SELECT a.position_id AS after_id, b.position_id AS before_id
    FROM spoken AS a
    JOIN (SELECT * REPLACE (unnest([month, month + 1]) AS month) FROM spoken) AS b
        ON b.actor = a.actor AND b.word = a.word AND b.month = a.month
    WHERE a.thread_id <> b.thread_id AND a.stated_on - b.stated_on BETWEEN 1 AND 30
    GROUP BY ALL
    HAVING count(*) > 1
),
met AS (
    SELECT b, a FROM said AS a JOIN said AS b ON b.thread_id = a.thread_id AND b.actor = a.actor
    UNION ALL
    SELECT b, a
    FROM near_in_days AS n
    JOIN said AS a ON a.position_id = n.after_id
    JOIN said AS b ON b.position_id = n.before_id
),
paired AS MATERIALIZED (
    SELECT
        b.position_id AS position_id_before, a.position_id, a.thread_id, a.actor,
        b.stated_on AS stated_on_before, a.stated_on,
        turn_of(b, a) AS turn,
        b.sure * a.sure * likeness(a, b) AS fit
    FROM met
    WHERE b.stated_to < a.stated_from AND b.stated_on < a.stated_on AND coalesce(a.target = b.target, true)
        AND fit >= 0.28 AND (turn IS NOT NULL OR a.stance = b.stance)
),
-- Only the last day before counts, and what was said that day already is no turn.
last_before AS (
    FROM paired
    QUALIFY stated_on_before = max(stated_on_before) OVER (PARTITION BY position_id)
        AND bool_and(turn IS NOT NULL) OVER (PARTITION BY position_id, stated_on_before)
)
SELECT
    t.stated_on, t.actor, after.actor_name, after.issue, after.issue_name,
    after.target, after.target_name,
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
FROM last_before AS t
JOIN positions AS before ON before.position_id = t.position_id_before
JOIN positions AS after ON after.position_id = t.position_id
WHERE NOT regexp_matches(after.evidence, retelling_words(), 'i')
    AND NOT (
        t.turn = 'hardened'
        AND (before.condition IS NOT NULL OR regexp_matches(before.evidence, conditional_words(), 'i'))
        AND (after.condition IS NOT NULL OR regexp_matches(after.evidence, conditional_words(), 'i'))
    )
QUALIFY row_number() OVER (
    PARTITION BY t.thread_id, t.actor, t.stated_on ORDER BY t.fit DESC, t.position_id, t.position_id_before
) = 1;
COMMENT ON VIEW position_change IS 'One row a day on which an actor''s stance on a matter turned, with the sentences of both sides of the turn: the same actor, target and thing (of one thread, or in two telling words within a month), and not the same stance as on the last day before';
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

