-- Event records for those who come from CAMEO or PLOVER data: one row a day, source, target, code and issue, however many papers told it.
-- event_id: Key of the event
-- event_date: Day of the event
-- source: Id of the actor who acts
-- cameo_code: CAMEO event code
-- cameo_root: First two digits of the CAMEO code
-- plover_type: PLOVER event type: REQUEST, REJECT, AGREE, CONCEDE or THREATEN
-- quad_class: verbal cooperation or verbal conflict
-- context: Id of the issue
-- mentions: Positions that tell of it
-- position_id: Position that was published first
-- url: Address of the article with that position
WITH told AS (
    -- a stance that a person corrected has no code of a trigger, so it takes the general one
    SELECT * REPLACE (
        coalesce(
            cameo,
            CASE stance
                WHEN 'demand' THEN '100'
                WHEN 'refusal' THEN '120'
                WHEN 'offer' THEN '030'
                WHEN 'acceptance' THEN '050'
                WHEN 'threat' THEN '130'
            END
        ) AS cameo
    )
    FROM positions
)
SELECT
    'e' || md5(concat_ws('|', stated_on, actor, coalesce(target, ''), cameo, stance, coalesce(issue, ''))) AS event_id,
    stated_on AS event_date,
    actor AS source,
    target,
    cameo AS cameo_code,
    left(cameo, 2) AS cameo_root,
    CASE
        WHEN stance = 'demand' THEN 'REQUEST'
        WHEN stance = 'refusal' THEN 'REJECT'
        WHEN stance = 'threat' THEN 'THREATEN'
        WHEN stance = 'acceptance' AND left(cameo, 2) = '08' THEN 'CONCEDE'
        ELSE 'AGREE'
    END AS plover_type,
    CASE WHEN stance IN ('offer', 'acceptance') THEN 'verbal cooperation' ELSE 'verbal conflict' END AS quad_class,
    issue AS context,
    count(*) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT story_id) AS stories,
    arg_min(position_id, (published, position_id)) AS position_id,
    arg_min(url, (published, position_id)) AS url
FROM told
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($until IS NULL OR stated_on <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
GROUP BY stated_on, actor, target, cameo, stance, issue
ORDER BY event_date, source, target, cameo_code, context, event_id
