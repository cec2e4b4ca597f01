-- Stances that turned.

CREATE OR REPLACE MACRO openness(stance, conditional) AS
    CASE stance
        WHEN 'threat' THEN 0
        WHEN 'demand' THEN 1
        WHEN 'refusal' THEN 1
        WHEN 'offer' THEN CASE WHEN conditional THEN 2 ELSE 3 END
        WHEN 'acceptance' THEN CASE WHEN conditional THEN 4 ELSE 5 END
    END;
COMMENT ON MACRO openness IS 'Rank of a stance from a threat (0) over demand and refusal (1) and offers (2, 3) to an acceptance without condition (5)';

CREATE OR REPLACE VIEW position_change AS
WITH turned AS (
    SELECT
        *,
        lag(stance) OVER days AS stance_before,
        lag(conditional) OVER days AS conditional_before,
        lag(stated_on) OVER days AS stated_on_before,
        lag(position_id) OVER days AS position_id_before
    FROM daily_stand
    WINDOW days AS (PARTITION BY actor, issue, target ORDER BY stated_on)
    QUALIFY since = stated_on AND stand > 1
)
SELECT
    t.stated_on, t.actor, t.actor_name, t.issue, t.issue_name, t.target, t.target_name,
    t.stance_before, t.conditional_before, t.stance, t.conditional,
    CASE sign(openness(t.stance, t.conditional) - openness(t.stance_before, t.conditional_before))
        WHEN 1 THEN 'softened'
        WHEN -1 THEN 'hardened'
        ELSE 'shifted'
    END AS turn,
    t.stated_on_before,
    before.evidence AS evidence_before,
    after.evidence,
    before.speaker AS speaker_before,
    after.speaker,
    before.url AS url_before,
    after.url,
    t.position_id_before,
    t.position_id
FROM turned AS t
JOIN positions AS before ON before.position_id = t.position_id_before
JOIN positions AS after ON after.position_id = t.position_id;
COMMENT ON VIEW position_change IS 'One row a day on which an actor''s stance on an issue towards a target turned, with the sentences of both sides of the turn';
COMMENT ON COLUMN position_change.stated_on IS 'Day of the turn: the first on which the new stance led';
COMMENT ON COLUMN position_change.stance_before IS 'Stance that led on the last day before';
COMMENT ON COLUMN position_change.conditional_before IS 'Whether the stance before hung on a condition';
COMMENT ON COLUMN position_change.turn IS 'softened (towards accepting), hardened (towards threatening) or shifted (between demand and refusal)';
COMMENT ON COLUMN position_change.stated_on_before IS 'Last day on which the stance before led';
COMMENT ON COLUMN position_change.evidence_before IS 'Sentence for the stance before';
COMMENT ON COLUMN position_change.speaker_before IS 'Person who expressed the stance before';
COMMENT ON COLUMN position_change.url_before IS 'Address of the article with the sentence before';
COMMENT ON COLUMN position_change.position_id_before IS 'Position that shows the stance before';
COMMENT ON COLUMN position_change.position_id IS 'Position that shows the new stance';

CREATE OR REPLACE VIEW article_state AS
SELECT
    article.article_id,
    article.published,
    article.outlet,
    article.language,
    CASE
        WHEN article.language NOT IN (SELECT language FROM ruleset WHERE retired_at IS NULL) THEN 'unsupported_language'
        WHEN article.is_partial AND EXISTS (
            SELECT 1 FROM article AS whole
            WHERE NOT whole.is_partial AND (whole.url = article.url OR whole.stands_at = article.url)
        ) THEN 'replaced'
        WHEN article.article_id IN (SELECT article_id FROM pruned_article) THEN 'pruned'
        WHEN tagging.article_id IS NOT NULL THEN 'tagged'
        ELSE 'pending'
    END AS state,
    article.title,
    article.url,
    coalesce(story.story_id, article.article_id) AS story_id,
    article.origin
FROM article
LEFT JOIN story ON story.article_id = article.article_id AND story.retired_at IS NULL
LEFT JOIN tagging
    ON tagging.article_id = article.article_id
    AND tagging.ruleset_version IN (SELECT ruleset_version FROM ruleset WHERE retired_at IS NULL);
COMMENT ON VIEW article_state IS 'One row an article that was collected, and how far it is';
COMMENT ON COLUMN article_state.article_id IS 'Key of the article, from its address, else from its content';
COMMENT ON COLUMN article_state.state IS 'tagged with the rule set in use, pending, pruned: its text was given up, and its positions stay, replaced: partial, and the whole one was collected, or unsupported_language: the rule set in use does not read it';
COMMENT ON COLUMN article_state.story_id IS 'Key of the story: the id of one of its articles';
