-- How much was reported a day, by actor, stance, issue and target: positions, articles, stories and outlets.
SELECT *
FROM position_daily
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($until IS NULL OR stated_on <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY stated_on, actor, stance, conditional, issue, target
