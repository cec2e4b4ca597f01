-- Which outlets report how much, and how much of it retells what another told?
SELECT
    outlet, count(DISTINCT article_id) AS articles, count(DISTINCT story_id) AS stories, count(*) AS positions,
    round(avg((story_id <> article_id)::INTEGER), 3) AS share_retold
FROM positions
WHERE stated_on > (SELECT max(stated_on) FROM position_daily) - 365
GROUP BY outlet
ORDER BY positions DESC, outlet
LIMIT 20;
