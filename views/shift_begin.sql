-- view: shift_begin  When shifts begin and end in a span of time, with how many posts are to be manned.
-- scope: team n.team_id   also: $operation id, $from_at utc, $to_at utc
-- columns: starts_on day, shift text, start_minute minute, end_minute minute, starts_at utc, ends_at utc, needs int
SELECT n.starts_on, h.name AS shift, h.start_minute, h.end_minute, n.starts_at, n.ends_at, count(*) AS needs
FROM need n JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
WHERE t.operation_id = $operation AND n.ends_at > $from_at AND n.starts_at < $to_at AND n.headcount_min > 0 /*scope*/
GROUP BY n.starts_on, h.name, h.start_minute, h.end_minute, n.starts_at, n.ends_at
ORDER BY n.starts_at, n.ends_at, h.name;
