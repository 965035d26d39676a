-- view: shift_cover  Days and shifts: how many were wanted and how many came.
-- scope: team n.team_id   also: $operation id, $from_on day, $to_on day, $before utc?
-- columns: starts_on day, shift text, start_minute minute, wanted int, came int
SELECT n.starts_on, h.name AS shift, h.start_minute, CAST(sum(n.headcount_min) AS BIGINT) AS wanted,
    CAST(sum((SELECT count(*) FROM attendance a JOIN duty d ON d.id = a.duty_id
        WHERE d.need_id = n.id AND a.void_at IS NULL)) AS BIGINT) AS came
FROM need n JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
WHERE t.operation_id = $operation AND n.starts_on BETWEEN $from_on AND $to_on AND ($before IS NULL OR n.starts_at < $before)
    /*scope*/
GROUP BY n.starts_on, h.name, h.start_minute, h.id
ORDER BY n.starts_on, h.start_minute, h.id;
