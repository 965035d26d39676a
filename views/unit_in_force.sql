-- view: unit_in_force  Units of the structures in force, now or at an instant.
-- scope: team s.team_id   also: $operation id?, $team id?, $kind text?, $until utc?
-- columns: id id, team_id id, team text, kind text, name text, leader name, reference text
SELECT u.id, s.team_id, t.name AS team, u.kind, u.name, /*name*/p.name/*end*/ AS leader, s.reference
FROM unit u JOIN structure s ON s.id = u.structure_id JOIN team t ON t.id = s.team_id LEFT JOIN person p ON p.id = u.leader_id
WHERE CASE WHEN $until IS NULL THEN CASE WHEN s.state = 'in_force' THEN 1 ELSE 0 END
    WHEN s.approved_at <= $until AND NOT EXISTS (SELECT 1 FROM structure y WHERE y.team_id = s.team_id AND y.version > s.version
        AND y.approved_at <= $until) THEN 1 ELSE 0 END = 1 AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR s.team_id = $team)
    AND ($kind IS NULL OR u.kind = $kind) /*scope*/
ORDER BY s.team_id, u.id;
