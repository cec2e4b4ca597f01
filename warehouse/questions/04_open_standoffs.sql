-- Which demands are met by refusals and not settled, and which were told most widely?
SELECT issue_name, demander_name, refuser_name, demanded_since, refused_last, demand_stories + refusal_stories AS stories
FROM standoff
WHERE status = 'open'
ORDER BY stories DESC, demanded_since
LIMIT 20;
