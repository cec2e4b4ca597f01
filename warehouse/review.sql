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

-- A file of an earlier version has a view that this one does without.
DROP VIEW IF EXISTS trigger_precision;

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
