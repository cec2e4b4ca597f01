-- Who softened or hardened within a year, on what, and how sure is it?
SELECT stated_on, actor_name, issue_name, target_name, stance_before, stance, turn, fit, content_before, content
FROM position_change
WHERE stated_on > today() - fresh_days()
ORDER BY stated_on DESC, fit DESC, actor_name
LIMIT 20;
