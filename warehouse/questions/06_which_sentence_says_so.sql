-- Which sentences say what Russia demands of the United States?
SELECT stated_on, speaker, evidence, outlet, url
FROM positions
WHERE actor = 'RUS' AND target = 'USA' AND stance = 'demand'
ORDER BY stated_on DESC, position_id
LIMIT 20;
