-- Since when has each government refused to talk that did so within a year, and how widely was it reported?
SELECT actor_name, target_name, since, stated_on, stories, outlets
FROM current_position
WHERE issue = 'diplomacy.talks' AND stance = 'refusal' AND fresh
ORDER BY stories DESC, since, actor_name
LIMIT 20;
