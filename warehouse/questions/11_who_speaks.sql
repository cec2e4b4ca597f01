-- Who speaks for Iran, and with which stances?
SELECT
    speaker, count(*) AS positions, min(stated_on) AS first_time, max(stated_on) AS last_time,
    string_agg(DISTINCT stance, ', ' ORDER BY stance) AS stances
FROM positions
WHERE actor = 'IRN' AND speaker IS NOT NULL
GROUP BY speaker
ORDER BY positions DESC, speaker
LIMIT 20;
