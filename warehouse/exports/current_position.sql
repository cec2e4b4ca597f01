-- Where each side stands: the latest position of every actor on every issue towards every target.
SELECT *
FROM current_position
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($until IS NULL OR stated_on <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY actor, issue, target, stated_on
