-- How did the stances of the United States develop month by month?
SELECT
    date_trunc('month', stated_on)::DATE AS month,
    sum(positions) FILTER (stance = 'demand') AS demands,
    sum(positions) FILTER (stance = 'refusal') AS refusals,
    sum(positions) FILTER (stance = 'offer') AS offers,
    sum(positions) FILTER (stance = 'acceptance') AS acceptances,
    sum(positions) FILTER (stance = 'threat') AS threats
FROM position_daily
WHERE actor = 'USA'
GROUP BY month
ORDER BY month DESC
LIMIT 24;
