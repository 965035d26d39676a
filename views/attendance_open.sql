-- view: attendance_open  Who has not checked out, with the end of the shift.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?
-- columns: id id, person_id id, name name, team_id id, team text, post text, duty_id id, starts_on day, in_minute minute, in_happened_at utc, ends_at utc, marks text
SELECT x.id, x.person_id, /*name*/p.name/*end*/ AS name, x.team_id, t.name AS team, s.name AS post, x.duty_id, x.starts_on, x.in_minute,
    x.in_happened_at, d.ends_at, x.marks
FROM attendance x JOIN person p ON p.id = x.person_id JOIN team t ON t.id = x.team_id LEFT JOIN post s ON s.id = x.post_id
LEFT JOIN duty d ON d.id = x.duty_id
WHERE x.void_at IS NULL AND x.out_happened_at IS NULL AND ($operation IS NULL OR t.operation_id = $operation)
    AND ($team IS NULL OR x.team_id = $team) /*scope*/
ORDER BY x.starts_on, x.in_happened_at, x.id;
