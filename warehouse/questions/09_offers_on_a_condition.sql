-- Which offers stand, and on which conditions do they hang?
SELECT actor_name, target_name, issue_name, stated_on, content, condition
FROM current_position
WHERE stance = 'offer' AND conditional
ORDER BY stated_on DESC, actor_name
LIMIT 20;
