-- Event records for those who come from CAMEO, PLOVER or POLECAT data: one row a day, source, target, code and issue, however many papers told it.
-- event_id: Key of the event
-- event_date: Day of the event
-- source: Id of the actor who acts
-- cameo_code: CAMEO event code, text: its zeros lead
-- cameo_root: First two digits of the CAMEO code, text
-- plover_type: PLOVER event type: REQUEST, REJECT, AGREE, CONCEDE or THREATEN
-- quad_class: verbal cooperation or verbal conflict
-- quad_code: The same as a number: 1 or 3 (2 and 4 are material, and positions are words)
-- goldstein: Goldstein's scale for the code, from -10 (conflict) to 10 (cooperation); POLECAT's intensity
-- context: Id of the issue
-- context_name: Name of the issue
-- mentions: Positions that tell of it
-- position_id: Position that was published first
-- url: Address of the article with that position
-- actor_name: Name of the actor who acts
-- actor_country: Its ISO 3166-1 alpha-3 code, where it is a state
-- recipient_name: Name of the target
-- recipient_country: Its ISO 3166-1 alpha-3 code, where it is a state
-- publication_date: Day of publication of that article
-- headline: Its headline
-- publisher: Its outlet
WITH told AS (
    SELECT * REPLACE (cameo_of(cameo, stance) AS cameo) FROM positions
),
state AS (
    SELECT actor_id FROM actor WHERE kind = 'state' AND retired_at IS NULL AND regexp_full_match(actor_id, '[A-Z]{3}')
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
    CASE WHEN stance IN ('offer', 'acceptance') THEN 1 ELSE 3 END AS quad_code,
    goldstein(cameo) AS goldstein,
    issue AS context,
    any_value(issue_name) AS context_name,
    count(*) AS mentions,
    count(DISTINCT article_id) AS articles,
    count(DISTINCT story_id) AS stories,
    any_value(actor_name) AS actor_name,
    CASE WHEN actor IN (FROM state) THEN actor END AS actor_country,
    any_value(target_name) AS recipient_name,
    CASE WHEN target IN (FROM state) THEN target END AS recipient_country,
    min(published) AS publication_date,
    arg_min(title, (published, position_id)) AS headline,
    arg_min(outlet, (published, position_id)) AS publisher,
    arg_min(position_id, (published, position_id)) AS position_id,
    arg_min(url, (published, position_id)) AS url
FROM told
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($until IS NULL OR stated_on <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
GROUP BY stated_on, actor, target, cameo, stance, issue
ORDER BY event_date, source, target, cameo_code, context, event_id
