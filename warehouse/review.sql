-- What persons judged, and how far each article is.

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
