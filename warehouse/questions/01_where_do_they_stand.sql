-- Where does each side stand today on nuclear programmes, how fresh is it, and how much speaks against it?
SELECT actor_name, stance, conditional, target_name, since, last_confirmed, fresh, stories, stories_otherwise, evidence
FROM current_position
WHERE issue = 'security.nuclear_programme'
ORDER BY fresh DESC, last_confirmed DESC, actor_name
LIMIT 20;
