-- What two sides want of each other: one row a thread, with what the other side last said to it.
SELECT *
FROM dyad
WHERE ($since IS NULL OR last_confirmed >= $since)
    AND ($until IS NULL OR last_confirmed <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY actor, target, issue, thread_id
