-- view: attendance_before  Who came before a time of the day, 8:00 unless another is asked for.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $day day?, $minute minute?, $as_of utc?
-- columns: id id, person_id id, name name, team_id id, team text, community_code code, post text, duty_id id, starts_on day, in_minute minute, in_happened_at utc, out_happened_at utc, confirmed_minutes int, marks text, via text
SELECT x.id, x.person_id, /*name*/p.name/*end*/ AS name, x.team_id, t.name AS team, t.community_code, s.name AS post, x.duty_id, x.starts_on, x.in_minute,
    x.in_happened_at, x.out_happened_at,
    CASE WHEN $as_of IS NULL OR x.out_happened_at <= $as_of THEN x.confirmed_minutes END AS confirmed_minutes, x.marks, x.via
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.void_at IS NULL AND x.in_minute < COALESCE($minute, 480) AND ($operation IS NULL OR t.operation_id = $operation)
    AND ($team IS NULL OR x.team_id = $team) AND ($day IS NULL OR x.starts_on = $day)
    AND ($as_of IS NULL OR x.in_recorded_at <= $as_of) /*scope*/
ORDER BY x.starts_on, x.in_minute, x.id;
