-- Where does each side stand today on nuclear programmes?
SELECT actor_name, stance, conditional, target_name, since, stated_on, stories, evidence
FROM current_position
WHERE issue = 'security.nuclear_programme'
ORDER BY stated_on DESC, actor_name
LIMIT 20;
