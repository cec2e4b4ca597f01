-- Which demands are met by refusals and not settled, and which weigh most?
SELECT issue_name, demander_name, refuser_name, demanded, refused, demanded_since, refused_last, weight
FROM standoff
WHERE status = 'open' AND stated_on > today() - fresh_days()
ORDER BY weight DESC, demanded_since
LIMIT 20;
