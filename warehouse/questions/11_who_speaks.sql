-- Who speaks for Iran, by surname, as papers name one person in many ways, and with which stances?
SELECT
    arg_max(speaker, (length(speaker), speaker)) AS fullest_name, count(*) AS positions,
    min(stated_on) AS first_time, max(stated_on) AS last_time,
    string_agg(DISTINCT stance, ', ' ORDER BY stance) AS stances
FROM positions
WHERE actor = 'IRN' AND speaker IS NOT NULL
GROUP BY regexp_extract(speaker, '\S+$')
ORDER BY positions DESC, fullest_name
LIMIT 20;
