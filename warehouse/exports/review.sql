-- Positions to be judged: write right, wrong or corrected into mark, and why into reason; change cells of rows marked corrected.
-- mark: To be filled in: right, wrong or corrected; empty for not judged
-- reason: To be filled in: why
SELECT
    NULL::VARCHAR AS mark,
    NULL::VARCHAR AS reason,
    evidence,
    actor, stance, issue, target, content, condition, speaker, speaker_role, stated_on,
    verdict, trigger_id, title, url, position_id, recorded_at
FROM positions
WHERE ($since IS NULL OR stated_on >= $since)
    AND ($until IS NULL OR stated_on <= $until)
    AND ($actor IS NULL OR actor = $actor OR target = $actor)
    AND ($issue IS NULL OR issue = $issue OR starts_with(issue, $issue || '.'))
ORDER BY stated_on DESC, position_id
