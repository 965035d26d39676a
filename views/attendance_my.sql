-- view: attendance_my  A person's own hours at posts, newest first.
-- scope: own x.person_id   also: $person id?, $operation id?
-- columns: id id, operation_id id, operation text, zone text, team_id id, team text, person_id id, starts_on day, post text, in_happened_at utc, out_happened_at utc, confirmed_minutes int, marks text, via text
SELECT x.id, t.operation_id, o.title AS operation, o.zone, x.team_id, t.name AS team, x.person_id, x.starts_on, s.name AS post,
    x.in_happened_at, x.out_happened_at, x.confirmed_minutes, x.marks, x.via
FROM attendance x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id LEFT JOIN post s ON s.id = x.post_id
WHERE x.void_at IS NULL AND ($person IS NULL OR x.person_id = $person) AND ($operation IS NULL OR t.operation_id = $operation) /*scope*/
ORDER BY x.in_happened_at DESC, x.id DESC;
