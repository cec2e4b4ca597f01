-- Views and macros for people; each says what a row is.

CREATE OR REPLACE MACRO positions_known(moment) AS TABLE
SELECT
    p.position_id,
    p.stated_on,
    p.actor,
    coalesce(actor.name, p.actor) AS actor_name,
    p.stance,
    p.issue,
    coalesce(issue.name, p.issue) AS issue_name,
    p.target,
    coalesce(target.name, p.target) AS target_name,
    p.content,
    p.condition,
    p.speaker,
    p.speaker_role,
    substring(
        CASE p.section WHEN 'title' THEN article.title ELSE article.text END,
        p.sentence_start + 1,
        p.sentence_end - p.sentence_start
    ) AS evidence,
    article.outlet,
    article.published,
    article.title,
    article.url,
    p.stated_on_basis,
    p.trigger_id,
    p.cameo,
    p.article_id,
    coalesce(story.story_id, p.article_id) AS story_id,
    p.section,
    p.sentence_start,
    p.sentence_end,
    p.actor_text,
    p.actor_start,
    p.actor_end,
    p.trigger_start,
    p.trigger_end,
    p.ruleset_version,
    p.recorded_at
FROM position AS p
JOIN article ON article.article_id = p.article_id
LEFT JOIN story
    ON story.article_id = p.article_id
    AND story.recorded_at <= moment::TIMESTAMPTZ
    AND (story.retired_at IS NULL OR story.retired_at > moment::TIMESTAMPTZ)
LEFT JOIN actor
    ON actor.actor_id = p.actor
    AND actor.recorded_at <= moment::TIMESTAMPTZ
    AND (actor.retired_at IS NULL OR actor.retired_at > moment::TIMESTAMPTZ)
LEFT JOIN actor AS target
    ON target.actor_id = p.target
    AND target.recorded_at <= moment::TIMESTAMPTZ
    AND (target.retired_at IS NULL OR target.retired_at > moment::TIMESTAMPTZ)
LEFT JOIN issue
    ON issue.issue_id = p.issue
    AND issue.recorded_at <= moment::TIMESTAMPTZ
    AND (issue.retired_at IS NULL OR issue.retired_at > moment::TIMESTAMPTZ)
WHERE p.recorded_at <= moment::TIMESTAMPTZ
    AND (p.retired_at IS NULL OR p.retired_at > moment::TIMESTAMPTZ);
COMMENT ON MACRO TABLE positions_known IS 'positions as everything recorded up to a moment gives them; behind positions and positions_recorded_at';

CREATE OR REPLACE VIEW positions AS FROM positions_known('infinity');
COMMENT ON VIEW positions IS 'One row a position that stands, with names resolved and the sentence that says so';

CREATE OR REPLACE MACRO positions_recorded_at(moment) AS TABLE
FROM positions_known(
    (SELECT max(published_at) FROM publication WHERE published_at <= moment::TIMESTAMPTZ)
);
COMMENT ON MACRO TABLE positions_recorded_at IS 'positions as the snapshot showed them that was the published one at the given moment';

CREATE OR REPLACE VIEW current_position AS
SELECT * FROM positions
WHERE issue IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY actor, issue, target ORDER BY stated_on DESC, published DESC, position_id
) = 1;
COMMENT ON VIEW current_position IS 'One row an actor, issue and target: the latest position';
