-- Counting a story once however many papers told it, who threatens whom most over the last year, and with what?
WITH told AS (
    SELECT actor_name, target_name, issue, stories, thread_id, last_confirmed, content, weight
    FROM line_of_play
    WHERE stance = 'threat' AND target IS NOT NULL AND target <> actor AND fresh
)
SELECT
    actor_name, target_name, sum(stories) AS stories, count(DISTINCT issue) AS issues, max(last_confirmed) AS last_time,
    arg_max(content, weight) AS content
FROM told
GROUP BY actor_name, target_name
ORDER BY stories DESC, actor_name, target_name
LIMIT 20;
