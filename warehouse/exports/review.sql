-- Positions to be judged, below the line of confidence too: write right, wrong or corrected into mark, and why into reason; change cells of rows marked corrected.
-- mark: To be filled in: right, wrong or corrected; empty for not judged
-- reason: To be filled in: why
SELECT
    NULL::VARCHAR AS mark,
    NULL::VARCHAR AS reason,
    evidence,
    actor, stance, issue, target, content, condition, speaker, speaker_role, stated_on,
    confidence, verdict, trigger_id, title, url, position_id, recorded_at
FROM positions_all
SEMI JOIN positions_drawn($sample, $by, $since, $until, $actor, $issue, NULL) USING (position_id)
ORDER BY CASE WHEN $sample IS NULL THEN coalesce(confidence, 0) END, md5(position_id)
