-- Threads, and what is shared by the views that are read off them.

CREATE OR REPLACE MACRO same_issue(one, other) AS
    one = other OR starts_with(one, other || '.') OR starts_with(other, one || '.');
COMMENT ON MACRO same_issue IS 'Whether two issues are the same or one is above the other in the tree';

-- Issues of one line are close: one matter is told of now under one of them, now under another.
CREATE OR REPLACE MACRO close_issues() AS [
    ['security.troop_withdrawal', 'security.troop_deployment', 'conflict.peacekeeping', 'territory.sovereignty'],
    ['security.troop_withdrawal', 'security.troop_deployment', 'security.military_exercises', 'conflict.use_of_force'],
    ['conflict.ceasefire', 'conflict.use_of_force', 'conflict.peace_settlement', 'conflict.prisoners_hostages'],
    ['conflict.ceasefire', 'conflict.humanitarian_access', 'conflict.peacekeeping'],
    ['security.nuclear_programme', 'economy.sanctions', 'security.arms_control', 'security.missile_deployment'],
    ['economy.sanctions', 'economy.trade', 'economy.energy'],
    ['diplomacy.talks', 'conflict.peace_settlement', 'conflict.ceasefire', 'diplomacy.relations'],
    ['security.arms_supplies', 'conflict.use_of_force', 'economy.finance_debt'],
    ['security.guarantees', 'security.nato_enlargement', 'conflict.peace_settlement'],
    ['law.accountability', 'law.human_rights', 'law.detention_extradition'],
    ['territory.sovereignty', 'territory.maritime', 'territory.settlements', 'conflict.peace_settlement'],
    ['governance.elections', 'governance.interference', 'law.human_rights'],
    ['climate.emissions', 'climate.finance']
];
COMMENT ON MACRO close_issues IS 'Lists of issues of which one matter can be';

CREATE OR REPLACE MACRO near_issue(one, other) AS coalesce(
    same_issue(one, other)
    OR len(list_filter(close_issues(), lambda line: list_contains(line, one) AND list_contains(line, other))) > 0,
    one IS NULL AND other IS NULL
);
COMMENT ON MACRO near_issue IS 'Whether two issues are the same, one above the other, or close';

CREATE OR REPLACE MACRO same_or_below(one, other) AS
    coalesce(one = other OR starts_with(one, other || '.'), false);
COMMENT ON MACRO same_or_below IS 'Whether an issue is another one or below it in the tree';

CREATE OR REPLACE MACRO sureness(confidence, verdict) AS
    CASE WHEN verdict IS NULL THEN coalesce(confidence, 1) ELSE 1 END;
COMMENT ON MACRO sureness IS 'How sure a row is, from 0 to 1: certain where a person judged it, or where nothing is measured';

-- Of many positions that say one thing, that one is shown whose words say what: not "Action", nor a content that the
-- parse tore apart.
CREATE OR REPLACE MACRO worth_showing(content, sure) AS
    sure * CASE WHEN length(content) < 15 THEN 0.6 WHEN content LIKE '%…%' THEN 0.7 WHEN content IS NULL THEN 0.4 ELSE 1 END;
COMMENT ON MACRO worth_showing IS 'How well a position stands for others that say the same: how sure it is, less where its content tells little';

CREATE OR REPLACE VIEW said AS
SELECT
    p.position_id, p.thread_id, p.stated_on, p.stated_from, p.stated_to, p.actor, p.target, p.issue, p.stance,
    p.condition IS NOT NULL AND p.stance IN ('offer', 'acceptance') AS conditional,
    p.article_id, p.story_id, p.outlet, p.section, p.sentence_start,
    sureness(p.confidence, p.verdict) AS sure,
    p.content, coalesce(m.words, []) AS words, coalesce(m.names, []) AS names
FROM positions AS p
LEFT JOIN thread_member AS m ON m.position_id = p.position_id AND m.retired_at IS NULL;
COMMENT ON VIEW said IS 'One row a position of positions, in the few columns that standoffs and changes are read off';
COMMENT ON COLUMN said.conditional IS 'Whether it is an offer or acceptance that hangs on a condition';
COMMENT ON COLUMN said.sure IS 'Probability that actor and stance are right; 1 where a person judged, or nothing is measured';

CREATE OR REPLACE MACRO next_to(one, other) AS
    one.article_id = other.article_id AND one.section = other.section
    AND abs(one.sentence_start - other.sentence_start) <= 250;
COMMENT ON MACRO next_to IS 'Whether two positions, rows of said, stand within 250 characters of an article';

CREATE OR REPLACE MACRO shared_words(one, other) AS
    len(list_distinct(
        list_intersect(one.words, other.words || other.names) || list_intersect(one.names, other.words)
    ));
COMMENT ON MACRO shared_words IS 'How many telling words two positions, rows of said, share; names that stand in both sentences alone, and in neither content, do not count';

CREATE OR REPLACE MACRO content_likeness(one, other) AS
    len(list_intersect(one.words, other.words)) / sqrt(greatest(len(one.words), 1) * greatest(len(other.words), 1));
COMMENT ON MACRO content_likeness IS 'Share of the telling words that the contents of two positions, rows of said, have in common, from 0 to 1: their cosine';

-- Words that two positions share weigh most; beside them, where they stand and how many days lie between. Where their
-- issues differ, one word is not enough.
CREATE OR REPLACE MACRO likeness(one, other) AS
    CASE
        WHEN one.article_id = other.article_id AND one.section = other.section
            AND one.sentence_start = other.sentence_start THEN 1
        WHEN NOT near_issue(one.issue, other.issue) AND split_part(one.issue, '.', 1) <> split_part(other.issue, '.', 1)
            THEN 0
        WHEN shared_words(one, other)
            < CASE WHEN coalesce(same_issue(one.issue, other.issue), false) THEN 1 ELSE 2 END
            AND NOT (next_to(one, other) AND one.issue IS NOT DISTINCT FROM other.issue) THEN 0
        ELSE least(
            1,
            0.15 * shared_words(one, other)
            + CASE
                WHEN next_to(one, other) THEN 0.7
                WHEN one.story_id = other.story_id THEN 0.5
                ELSE 0.4 - 0.3 * abs(one.stated_on - other.stated_on) / 180
            END
        )
    END;
COMMENT ON MACRO likeness IS 'How surely two positions of a thread, rows of said, speak of one thing, from 0 to 1';

CREATE OR REPLACE VIEW thread AS
WITH parties AS (
    SELECT thread_id, party, count(*) AS times
    FROM (
        SELECT thread_id, actor AS party FROM positions
        UNION ALL
        SELECT thread_id, target FROM positions WHERE target IS NOT NULL
    )
    GROUP BY ALL
),
most AS (
    SELECT thread_id, list(party ORDER BY times DESC, party) AS parties FROM parties GROUP BY thread_id
),
counted AS (
    SELECT
        thread_id,
        mode(issue ORDER BY issue) AS issue,
        min(stated_on) AS since, max(stated_on) AS last_confirmed,
        count(*) AS positions, count(DISTINCT story_id) AS stories, count(DISTINCT outlet) AS outlets,
        arg_max(short(content, 80), (worth_showing(content, sureness(confidence, verdict)), position_id))
            FILTER (content IS NOT NULL) AS content,
        list_sort(list(DISTINCT stance)) AS stances
    FROM positions
    GROUP BY thread_id
)
SELECT
    c.thread_id, c.issue, i.name AS issue_name, m.parties, c.since, c.last_confirmed, c.stances, c.content,
    c.positions, c.stories, c.outlets
FROM counted AS c
JOIN most AS m ON m.thread_id = c.thread_id
LEFT JOIN issue AS i ON i.issue_id = c.issue AND i.retired_at IS NULL;
COMMENT ON VIEW thread IS 'One row a thread: one matter between parties, told of by words that are alike, on days that are near';
COMMENT ON COLUMN thread.issue IS 'Issue of most of its positions';
COMMENT ON COLUMN thread.parties IS 'Ids of its actors and targets, most frequent first';
COMMENT ON COLUMN thread.since IS 'Day of its first position';
COMMENT ON COLUMN thread.last_confirmed IS 'Day of its last position';
COMMENT ON COLUMN thread.stances IS 'Stances in it';
COMMENT ON COLUMN thread.content IS 'Content of a sure position of it that says what, in at most 80 characters';
COMMENT ON COLUMN thread.positions IS 'Positions in it';
COMMENT ON COLUMN thread.stories IS 'Stories that tell of it';
COMMENT ON COLUMN thread.outlets IS 'Outlets that tell of it';
