-- view: attendance_valid  Who really stood at a post: person-times by shift.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $person id?, $org id?, $from_on day?, $to_on day?, $as_of utc?, $unconfirmed yes?
-- columns: id id, person_id id, name name, team_id id, team text, community_code code, post text, duty_id id, starts_on day, in_minute minute, in_happened_at utc, out_happened_at utc, confirmed_minutes int, marks text, via text
SELECT x.id, x.person_id, /*name*/p.name/*end*/ AS name, x.team_id, t.name AS team, t.community_code, s.name AS post, x.duty_id, x.starts_on, x.in_minute,
    x.in_happened_at, x.out_happened_at,
    CASE WHEN $as_of IS NULL OR x.out_happened_at <= $as_of THEN x.confirmed_minutes END AS confirmed_minutes, x.marks, x.via
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.void_at IS NULL AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR x.team_id = $team)
    AND ($person IS NULL OR x.person_id = $person)
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org))
    AND ($from_on IS NULL OR x.starts_on >= $from_on) AND ($to_on IS NULL OR x.starts_on <= $to_on)
    AND ($as_of IS NULL OR x.in_recorded_at <= $as_of)
    AND ($unconfirmed IS NULL OR (x.confirmed_minutes IS NULL AND x.out_happened_at IS NOT NULL)) /*scope*/
ORDER BY x.starts_on, x.in_happened_at, x.id;
