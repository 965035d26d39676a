-- view: attendance_over_8h  Who stood longer than eight hours in a day, or as many minutes as asked for.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $from_on day?, $to_on day?, $minutes int?, $as_of utc?
-- columns: person_id id, name name, starts_on day, minutes int
SELECT x.person_id, max(/*name*/p.name/*end*/) AS name, x.starts_on, CAST(sum(CASE WHEN $as_of IS NULL OR x.out_happened_at <= $as_of
        THEN COALESCE(x.confirmed_minutes, (x.out_happened_at - x.in_happened_at) / 60000, 0) ELSE 0 END) AS BIGINT) AS minutes
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.void_at IS NULL AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR x.team_id = $team)
    AND ($from_on IS NULL OR x.starts_on >= $from_on) AND ($to_on IS NULL OR x.starts_on <= $to_on)
    AND ($as_of IS NULL OR x.in_recorded_at <= $as_of) /*scope*/
GROUP BY x.person_id, x.starts_on
HAVING sum(CASE WHEN $as_of IS NULL OR x.out_happened_at <= $as_of
        THEN COALESCE(x.confirmed_minutes, (x.out_happened_at - x.in_happened_at) / 60000, 0) ELSE 0 END) > COALESCE($minutes, 480) ORDER BY x.starts_on, x.person_id;
