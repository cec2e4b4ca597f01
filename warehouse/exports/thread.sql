-- Threads: matters between parties, with their days and how widely they were told.
SELECT *
FROM thread
WHERE ($since IS NULL OR last_confirmed >= $since)
    AND ($until IS NULL OR since <= $until)
    AND ($actor IS NULL OR list_contains(parties, $actor))
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY issue, since, thread_id
