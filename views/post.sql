-- view: post  Posts of teams.
-- scope: team t.id   also: $team id?, $operation id?, $before utc?
-- columns: id id, team_id id, team text, name text, kind text, outdoor yes, compound text, instructions text, version int
SELECT s.id, s.team_id, t.name AS team, s.name, s.kind, s.outdoor, c.name AS compound, s.instructions, s.version
FROM post s JOIN team t ON t.id = s.team_id LEFT JOIN compound c ON c.id = s.compound_id
WHERE ($team IS NULL OR s.team_id = $team) AND ($operation IS NULL OR t.operation_id = $operation)
    AND ($before IS NULL OR EXISTS (SELECT 1 FROM need n WHERE n.post_id = s.id AND n.headcount_min > 0 AND n.starts_at < $before)) /*scope*/ ORDER BY s.team_id, s.id;
