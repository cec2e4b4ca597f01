-- Where did each side stand on enlargement of NATO on 26 January 2022, and how old was its word by then?
SELECT actor_name, stance, target_name, since, stated_on, age_days, fresh, evidence
FROM positions_as_of('2022-01-26')
WHERE issue = 'security.nato_enlargement'
ORDER BY fresh DESC, stated_on DESC, actor_name
LIMIT 20;
