-- Who threatens whom most, over the last year, counting a story once however many papers told it?
SELECT actor_name, target_name, sum(stories) AS stories, count(DISTINCT issue) AS issues, max(stated_on) AS last_time
FROM position_daily
WHERE stance = 'threat' AND target IS NOT NULL
    AND stated_on > (SELECT max(stated_on) FROM position_daily) - 365
GROUP BY ALL
ORDER BY stories DESC, actor_name, target_name
LIMIT 20;
