-- name: team.communities_without
-- args: operation int
SELECT DISTINCT v.code, v.name FROM person p
JOIN placement l ON l.id = p.placement_id JOIN division v ON v.code = l.community_code
WHERE p.erased_at IS NULL AND l.state = 'placed'
    AND NOT EXISTS (SELECT 1 FROM team t WHERE t.operation_id = $operation AND t.community_code = v.code)
ORDER BY v.code;
-- name: team.add
-- args: id int, operation int, community text, name text
INSERT INTO team (id, operation_id, community_code, name) VALUES ($id, $operation, $community, $name);
-- name: team.placed_people
-- args: operation int
SELECT p.id AS person_id, t.id AS team_id, m.id AS membership_id, m.team_id AS home_team_id, m.source AS home_source
FROM person p
JOIN placement l ON l.id = p.placement_id
JOIN team t ON t.operation_id = $operation AND t.community_code = l.community_code
LEFT JOIN membership m ON m.operation_id = $operation AND m.person_id = p.id AND m.state = 'active'
    AND m.source <> 'reinforcement'
WHERE p.erased_at IS NULL AND l.state = 'placed'
ORDER BY p.id;
-- name: team.move_member
-- args: id int, now int
UPDATE membership SET state = 'moved', to_at = $now WHERE id = $id;
-- name: team.add_member
-- args: id int, operation int, team int, person int, now int
INSERT INTO membership (id, operation_id, team_id, person_id, source, state, from_at)
VALUES ($id, $operation, $team, $person, 'assigned', 'active', $now);
-- name: team.find_proposal
-- args: team int, office text
SELECT person_id FROM team_proposal WHERE team_id = $team AND office = $office;
-- name: team.put_proposal
-- args: team int, office text, person int, reason text
INSERT INTO team_proposal (team_id, office, person_id, reason) VALUES ($team, $office, $person, $reason)
ON CONFLICT (team_id, office) DO UPDATE SET person_id = excluded.person_id, reason = excluded.reason
WHERE team_proposal.person_id <> excluded.person_id OR team_proposal.reason <> excluded.reason
RETURNING person_id;
-- name: team.confirm
-- args: team int, leader int?, deputy int?, liaison int?
UPDATE team SET leader_id = COALESCE($leader, leader_id), deputy_id = COALESCE($deputy, deputy_id),
    liaison_id = COALESCE($liaison, liaison_id), version = version + 1
WHERE id = $team RETURNING id;
-- name: team.version
-- args: id int
SELECT version FROM team WHERE id = $id;
-- @postgres
SELECT version FROM team WHERE id = $id FOR NO KEY UPDATE;
