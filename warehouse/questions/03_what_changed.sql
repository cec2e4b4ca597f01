-- Who softened or hardened in the last 90 days, on what, and how sure is it?
SELECT stated_on, actor_name, issue_name, target_name, stance_before, stance, turn, fit, content
FROM position_change
WHERE stated_on > today() - 90
ORDER BY stated_on DESC, fit DESC, actor_name
LIMIT 20;
