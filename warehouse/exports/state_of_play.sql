-- The state of play, at most ten lines an issue and stance: who demands, refuses, offers, accepts and threatens what, as of the last day or the day of --until.
SELECT *
FROM state_of_play_as_of(coalesce($until::DATE, 'infinity'))
WHERE ($since IS NULL OR last_confirmed >= $since)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
ORDER BY issue, stance, rank
