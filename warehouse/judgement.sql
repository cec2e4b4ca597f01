-- What people judge: which positions are drawn, what was judged of them, and how often the rules are right.

CREATE OR REPLACE VIEW position_judged AS
SELECT
    p.position_id,
    p.article_id,
    regexp_replace(p.trigger_id, '\.[^.]*$', '') AS frame,
    p.trigger_id,
    p.actor,
    p.stance,
    p.issue,
    p.target,
    p.stated_on,
    article.outlet,
    p.confidence,
    c.verdict,
    c.verdict <> 'wrong' AND coalesce(c.actor = p.actor, true) AND coalesce(c.stance = p.stance, true) AS is_right,
    is_right AND coalesce(c.issue = coalesce(p.issue, ''), true) AS is_issue_right
FROM position AS p
JOIN article ON article.article_id = p.article_id
LEFT JOIN corrections_known('infinity') AS c ON c.position_id = p.position_id
WHERE p.retired_at IS NULL AND p.scope = 'foreign';
COMMENT ON VIEW position_judged IS 'One row a foreign position that stands, below the line and judged wrong too: what the rules gave, and what a person judged of it';
COMMENT ON COLUMN position_judged.frame IS 'Frame of the rule set: the trigger without its entry';
COMMENT ON COLUMN position_judged.actor IS 'Id of the actor, as the rules gave it';
COMMENT ON COLUMN position_judged.stance IS 'demand, refusal, offer, acceptance or threat, as the rules gave it';
COMMENT ON COLUMN position_judged.issue IS 'Id of the issue, as the rules gave it';
COMMENT ON COLUMN position_judged.target IS 'Id of the actor to whom it is addressed, as the rules gave it';
COMMENT ON COLUMN position_judged.stated_on IS 'Day the position was expressed, as the rules gave it';
COMMENT ON COLUMN position_judged.verdict IS 'right, wrong or corrected; null where nobody judged';
COMMENT ON COLUMN position_judged.is_right IS 'Whether actor and stance are right as the rules gave them; null where nobody judged';
COMMENT ON COLUMN position_judged.is_issue_right IS 'Whether the issue is, too; null where nobody judged';

-- A systematic sample of rows in the order of their strata: each stratum gets its share, give or take one (Cochran 1977,
-- section 8). Rows of a stratum stand in the order of a digest, so the same rows give the same sample.
CREATE OR REPLACE MACRO positions_drawn(sample, stratum, from_day, to_day, party, matter, of_frame) AS TABLE
WITH chosen AS (
    SELECT
        position_id,
        row_number() OVER (
            ORDER BY
                CASE stratum
                    WHEN 'frame' THEN frame
                    WHEN 'issue' THEN coalesce(issue, '')
                    WHEN 'actor' THEN actor
                    WHEN 'outlet' THEN coalesce(outlet, '')
                    ELSE ''
                END,
                md5(position_id)
        ) - 1 AS place,
        count(*) OVER () AS of_all
    FROM position_judged
    WHERE (from_day IS NULL OR stated_on >= from_day)
        AND (to_day IS NULL OR stated_on <= to_day)
        AND (party IS NULL OR actor = party OR target = party)
        AND (matter IS NULL OR issue = matter OR starts_with(issue, matter || '.'))
        AND (of_frame IS NULL OR frame = of_frame)
)
SELECT position_id FROM chosen
WHERE sample IS NULL OR (place + 1) * sample // of_all > place * sample // of_all;
COMMENT ON MACRO TABLE positions_drawn IS 'Ids of positions to be judged: all, or a sample of so many with the share of each frame, issue, actor or outlet';
