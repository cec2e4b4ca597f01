-- Who softened or hardened in the last 30 days?
SELECT stated_on, actor_name, issue_name, target_name, stance_before, stance, turn
FROM position_change
WHERE turn <> 'shifted'
    AND stated_on > (SELECT max(stated_on) FROM position_daily) - 30
ORDER BY stated_on DESC, actor_name
LIMIT 20;
