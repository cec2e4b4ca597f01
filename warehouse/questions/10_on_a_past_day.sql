-- Where did each side stand on enlargement of NATO on 26 January 2022?
SELECT actor_name, stance, target_name, since, stated_on, evidence
FROM positions_as_of('2022-01-26')
WHERE issue = 'security.nato_enlargement'
ORDER BY stated_on DESC, actor_name
LIMIT 20;
