-- Demands and the refusals that answer them, open or closed by an acceptance; a standoff counts for a day on which it ran.
SELECT *
FROM standoff
WHERE ($since IS NULL OR closed_on IS NULL OR closed_on >= $since)
    AND ($until IS NULL OR least(demanded_since, refused_since) <= $until)
    AND ($actor IS NULL OR demander = $actor OR refuser = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY issue, demander, refuser, demanded_since
