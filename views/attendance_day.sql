-- view: attendance_day  Person-times by person and day.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $person id?, $org id?, $from_on day?, $to_on day?, $as_of utc?
-- columns: person_id id, name name, starts_on day, entries int, minutes int, confirmed_minutes int
SELECT x.person_id, max(/*name*/p.name/*end*/) AS name, x.starts_on, count(*) AS entries,
    CAST(COALESCE(sum((x.out_happened_at - x.in_happened_at) / 60000), 0) AS BIGINT) AS minutes,
    CAST(COALESCE(sum(x.confirmed_minutes), 0) AS BIGINT) AS confirmed_minutes
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.void_at IS NULL AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR x.team_id = $team)
    AND ($person IS NULL OR x.person_id = $person)
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org))
    AND ($from_on IS NULL OR x.starts_on >= $from_on) AND ($to_on IS NULL OR x.starts_on <= $to_on)
    AND ($as_of IS NULL OR x.in_recorded_at <= $as_of) /*scope*/
GROUP BY x.person_id, x.starts_on ORDER BY x.starts_on, x.person_id;
