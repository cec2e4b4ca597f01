-- Views and macros for people; each says what a row is. A column that a table describes keeps that description.

CREATE OR REPLACE MACRO valid_at(moment, recorded_at, retired_at) AS
    recorded_at <= moment::TIMESTAMPTZ AND (retired_at IS NULL OR retired_at > moment::TIMESTAMPTZ);
COMMENT ON MACRO valid_at IS 'Whether a row that was recorded and perhaps retired held at a moment';

-- Corrections side by side: one row a position. An empty value stands for none.
CREATE OR REPLACE MACRO corrections_known(moment) AS TABLE
SELECT
    position_id,
    max(value) FILTER (field = 'verdict') AS verdict,
    max(value) FILTER (field = 'actor') AS actor,
    max(value) FILTER (field = 'stance') AS stance,
    max(value) FILTER (field = 'issue') AS issue,
    max(value) FILTER (field = 'target') AS target,
    max(value) FILTER (field = 'content') AS content,
    max(value) FILTER (field = 'condition') AS condition,
    max(value) FILTER (field = 'speaker') AS speaker,
    max(value) FILTER (field = 'speaker_role') AS speaker_role,
    max(value) FILTER (field = 'stated_on')::DATE AS stated_on
FROM correction
WHERE valid_at(moment, recorded_at, retired_at)
GROUP BY position_id;
COMMENT ON MACRO TABLE corrections_known IS 'One row a position that was judged, as everything recorded up to a moment gives it';

CREATE OR REPLACE MACRO positions_known(moment) AS TABLE
WITH judged AS (
    SELECT
        p.position_id,
        p.article_id,
        coalesce(c.stated_on, p.stated_on) AS stated_on,
        coalesce(c.stated_on, p.stated_from) AS stated_from,
        coalesce(c.stated_on, p.stated_to) AS stated_to,
        coalesce(c.actor, p.actor) AS actor,
        coalesce(c.stance, p.stance) AS stance,
        nullif(coalesce(c.issue, p.issue), '') AS issue,
        nullif(coalesce(c.target, p.target), '') AS target,
        nullif(coalesce(c.content, p.content), '') AS content,
        nullif(coalesce(c.condition, p.condition), '') AS condition,
        nullif(coalesce(c.speaker, p.speaker), '') AS speaker,
        nullif(coalesce(c.speaker_role, p.speaker_role), '') AS speaker_role,
        c.verdict,
        CASE WHEN c.issue IS NULL OR c.issue = p.issue THEN p.issue_basis END AS issue_basis,
        p.scope, p.stated_on_basis, p.trigger_id,
        CASE WHEN c.stance IS NULL OR c.stance = p.stance THEN p.cameo END AS cameo,
        p.confidence,
        p.section, p.sentence_start, p.sentence_end,
        p.actor_text, p.actor_start, p.actor_end, p.trigger_start, p.trigger_end,
        p.ruleset_version, p.recorded_at
    FROM position AS p
    LEFT JOIN corrections_known(moment) AS c ON c.position_id = p.position_id
    WHERE valid_at(moment, p.recorded_at, p.retired_at) AND c.verdict IS DISTINCT FROM 'wrong'
)
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
    p.confidence,
    p.verdict,
    p.scope,
    p.issue_basis,
    p.stated_on_basis,
    p.stated_from,
    p.stated_to,
    p.trigger_id,
    p.cameo,
    p.article_id,
    coalesce(story.story_id, p.article_id) AS story_id,
    coalesce(thread_member.thread_id, p.position_id) AS thread_id,
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
FROM judged AS p
JOIN article ON article.article_id = p.article_id
LEFT JOIN story
    ON story.article_id = p.article_id AND valid_at(moment, story.recorded_at, story.retired_at)
LEFT JOIN thread_member
    ON thread_member.position_id = p.position_id
    AND valid_at(moment, thread_member.recorded_at, thread_member.retired_at)
LEFT JOIN actor
    ON actor.actor_id = p.actor AND valid_at(moment, actor.recorded_at, actor.retired_at)
LEFT JOIN actor AS target
    ON target.actor_id = p.target AND valid_at(moment, target.recorded_at, target.retired_at)
LEFT JOIN issue
    ON issue.issue_id = p.issue AND valid_at(moment, issue.recorded_at, issue.retired_at);
COMMENT ON MACRO TABLE positions_known IS 'positions as everything recorded up to a moment gives them; behind positions_all and positions_recorded_at';

CREATE OR REPLACE VIEW positions_all AS FROM positions_known('infinity');
COMMENT ON VIEW positions_all IS 'One row a position that stands, whatever its scope and however sure it is; positions shows those that count by default';

CREATE OR REPLACE MACRO line_at(moment) AS coalesce(
    (SELECT max(line) FROM confidence_line WHERE valid_at(moment, recorded_at, retired_at)), 0
);
COMMENT ON MACRO line_at IS 'Least confidence of a row that positions showed at a moment';

CREATE OR REPLACE MACRO counts_by_default(scope, confidence, verdict, line) AS
    scope = 'foreign' AND (verdict IS NOT NULL OR coalesce(confidence >= line, true));
COMMENT ON MACRO counts_by_default IS 'Whether a position is among those that positions, and every view and export built on it, shows: foreign, and judged by a person or sure enough';

-- The line stands beside the rows: DuckDB 2.0 forgets a LIMIT above a condition that asks another table.
CREATE OR REPLACE VIEW positions AS
SELECT p.*
FROM positions_all AS p
CROSS JOIN (SELECT line_at('infinity') AS line) AS shown
WHERE counts_by_default(p.scope, p.confidence, p.verdict, shown.line);
COMMENT ON VIEW positions IS 'One row a position that stands, with names resolved, corrections applied and the sentence that says so; what a person marked wrong, and what is domestic or background or below the line of confidence, is left out';
COMMENT ON COLUMN positions.confidence IS 'Probability that actor and stance are right, as measured; null where the rule set has no measures';
COMMENT ON COLUMN positions.actor IS 'Id of the actor whose position it is';
COMMENT ON COLUMN positions.actor_name IS 'Name of the actor';
COMMENT ON COLUMN positions.issue_name IS 'Name of the issue';
COMMENT ON COLUMN positions.target_name IS 'Name of the actor to whom the position is addressed';
COMMENT ON COLUMN positions.evidence IS 'Sentence that says so, as the article has it';
COMMENT ON COLUMN positions.verdict IS 'Judgement of a person: right, or corrected (some field has another value than the rules gave); null where nobody judged';
COMMENT ON COLUMN positions.ruleset_version IS 'Version of the rule set that first yielded the row as it stands';

CREATE OR REPLACE MACRO positions_recorded_at(moment) AS TABLE
SELECT p.*
FROM positions_known(
    (SELECT max(published_at) FROM publication WHERE published_at <= moment::TIMESTAMPTZ)
) AS p
CROSS JOIN (
    SELECT line_at((SELECT max(published_at) FROM publication WHERE published_at <= moment::TIMESTAMPTZ)) AS line
) AS shown
WHERE counts_by_default(p.scope, p.confidence, p.verdict, shown.line);
COMMENT ON MACRO TABLE positions_recorded_at IS 'positions row for row as the snapshot showed them that was the published one at the given moment';

CREATE OR REPLACE VIEW under_the_line AS
SELECT
    line_at('infinity') AS line,
    count(*) FILTER (counts_by_default(scope, confidence, verdict, line_at('infinity'))) AS shown,
    count(*) FILTER (
        scope = 'foreign' AND NOT counts_by_default(scope, confidence, verdict, line_at('infinity'))
    ) AS under_line,
    count(*) FILTER (scope <> 'foreign') AS not_foreign
FROM positions_all;
COMMENT ON VIEW under_the_line IS 'One row: the line of confidence, and how many positions that stand are shown, lie under it, or are domestic or background';
COMMENT ON COLUMN under_the_line.line IS 'Least confidence of a row that positions shows';
COMMENT ON COLUMN under_the_line.shown IS 'Positions that are shown';
COMMENT ON COLUMN under_the_line.under_line IS 'Foreign positions that are less sure, and that nobody judged';
COMMENT ON COLUMN under_the_line.not_foreign IS 'Positions that are domestic or background';

CREATE OR REPLACE VIEW position_daily AS
SELECT
    stated_on,
    actor,
    any_value(actor_name) AS actor_name,
    stance,
    condition IS NOT NULL AND stance IN ('offer', 'acceptance') AS conditional,
    issue,
    any_value(issue_name) AS issue_name,
    target,
    any_value(target_name) AS target_name,
    count(*) AS positions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT story_id) AS stories,
    count(DISTINCT outlet) AS outlets,
    arg_min(position_id, (published, position_id)) AS position_id
FROM positions
GROUP BY stated_on, actor, stance, conditional, issue, target;
COMMENT ON VIEW position_daily IS 'One row a day, actor, stance, issue and target: how much was reported';
COMMENT ON COLUMN position_daily.conditional IS 'Whether it is an offer or acceptance that hangs on a condition: not the same as one that does not';
COMMENT ON COLUMN position_daily.positions IS 'Positions reported, repetitions included';
COMMENT ON COLUMN position_daily.articles IS 'Articles that report it';
COMMENT ON COLUMN position_daily.stories IS 'Stories that report it: near-duplicates of an article count once';
COMMENT ON COLUMN position_daily.outlets IS 'Outlets that report it';
COMMENT ON COLUMN position_daily.position_id IS 'Position that was published first';

CREATE OR REPLACE MACRO fresh_days() AS coalesce(
    (SELECT max(fresh_days) FROM view_setting WHERE retired_at IS NULL), 365
);
COMMENT ON MACRO fresh_days IS 'Days for which what a side said counts as fresh';

CREATE OR REPLACE MACRO standoff_days() AS coalesce(
    (SELECT max(standoff_days) FROM view_setting WHERE retired_at IS NULL), 180
);
COMMENT ON MACRO standoff_days IS 'Days that may lie between a demand and the refusal that answers it';

CREATE OR REPLACE MACRO today() AS (SELECT max(stated_on) FROM position_daily);
COMMENT ON MACRO today IS 'The last day of all positions';

CREATE OR REPLACE MACRO short(words, characters) AS
    CASE WHEN length(words) > characters THEN rtrim(left(words, characters - 1)) || '…' ELSE words END;
COMMENT ON MACRO short IS 'Words, cut to a number of characters';
