-- Who demands, refuses, offers, accepts and threatens towards whom, a month: the edges of a network, also as GraphML.
SELECT *
FROM network
WHERE ($since IS NULL OR month >= date_trunc('month', $since::DATE))
    AND ($until IS NULL OR month <= $until)
    AND ($actor IS NULL OR source = $actor OR target = $actor)
ORDER BY month, source, target, stance
