-- Which offers of the last year stand, not outweighed or followed by another word, and on which conditions do they hang?
SELECT actor_name, target_name, issue_name, last_confirmed, short(content, 60) AS content, short(condition, 60) AS condition
FROM current_position
WHERE stance = 'offer' AND conditional AND fresh AND latest_stance = 'offer'
ORDER BY last_confirmed DESC, stories DESC, actor_name
LIMIT 20;
