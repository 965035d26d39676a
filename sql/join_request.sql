-- name: join_request.team
-- args: team int
SELECT operation_id FROM team WHERE id = $team;
-- name: join_request.home
-- args: operation int, person int
SELECT m.team_id, t.name FROM membership m JOIN team t ON t.id = m.team_id
WHERE m.operation_id = $operation AND m.person_id = $person AND m.state = 'active' AND m.source <> 'reinforcement';
-- name: join_request.open
-- args: team int, person int
SELECT id FROM join_request WHERE team_id = $team AND person_id = $person AND state = 'asked';
-- name: join_request.add
-- args: id int, operation int, team int, person int, now int
INSERT INTO join_request (id, operation_id, team_id, person_id, state, asked_at)
VALUES ($id, $operation, $team, $person, 'asked', $now);
-- name: join_request.load
-- args: id int
SELECT j.operation_id, j.team_id, j.person_id, j.state, p.name, t.name AS team
FROM join_request j JOIN person p ON p.id = j.person_id JOIN team t ON t.id = j.team_id WHERE j.id = $id;
-- name: join_request.decide
-- args: id int, state text, by int?, now int
UPDATE join_request SET state = $state, decided_by = $by, decided_at = $now WHERE id = $id;
-- name: join_request.add_member
-- args: id int, operation int, team int, person int, now int
INSERT INTO membership (id, operation_id, team_id, person_id, source, state, from_at)
VALUES ($id, $operation, $team, $person, 'joined', 'active', $now);
-- name: lock.join_request
-- args: id int
SELECT id FROM join_request WHERE id = $id;
-- @postgres
SELECT id FROM join_request WHERE id = $id FOR NO KEY UPDATE;
