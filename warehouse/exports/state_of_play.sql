-- The state of play, one row an issue: who demands, refuses, offers, accepts and threatens, as of the last day or the day of --until.
SELECT *
FROM state_of_play_as_of(coalesce($until::DATE, 'infinity'))
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
    AND (
        $actor IS NULL
        OR issue IN (SELECT DISTINCT issue FROM daily_stand WHERE actor = $actor OR target = $actor)
    )
ORDER BY issue
