-- Since when has each government refused to talk, and how widely was it reported?
SELECT actor_name, target_name, since, stated_on, stories, outlets
FROM current_position
WHERE issue = 'diplomacy.talks' AND stance = 'refusal'
ORDER BY since
LIMIT 20;
