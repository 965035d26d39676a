-- view: team_large  Teams of more than 60 members, with the structure they have.
-- scope: team t.id   also: $operation id?, $until utc?
-- columns: team_id id, team text, community_code code, members int, structure_id id, state text
SELECT q.team_id, q.team, q.community_code, q.members, s.id AS structure_id, s.state FROM (
    SELECT t.id AS team_id, t.name AS team, t.community_code, count(*) AS members
    FROM team t JOIN membership m ON m.team_id = t.id AND m.state = 'active'
    WHERE ($operation IS NULL OR t.operation_id = $operation) AND ($until IS NULL OR m.from_at <= $until) /*scope*/
    GROUP BY t.id, t.name, t.community_code HAVING count(*) > 60) AS q
LEFT JOIN structure s ON s.team_id = q.team_id AND s.state = 'in_force'
ORDER BY q.team_id;
