-- What is the state of play on the issues of security?
SELECT issue_name, actors, left(demands, 60) AS demands, left(refuses, 60) AS refuses, left(offers, 60) AS offers
FROM state_of_play
WHERE starts_with(issue, 'security.')
ORDER BY actors DESC;
