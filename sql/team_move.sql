-- team_move: a member serves in another team from now on.
-- name: team_move.team
-- args: team int
SELECT operation_id, name FROM team WHERE id = $team;
-- name: team_move.home
-- args: operation int, person int
SELECT m.id, m.team_id, t.name AS team, p.name FROM membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id
WHERE m.operation_id = $operation AND m.person_id = $person AND m.state = 'active' AND m.source <> 'reinforcement';
-- @postgres
SELECT m.id, m.team_id, t.name AS team, p.name FROM membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id
WHERE m.operation_id = $operation AND m.person_id = $person AND m.state = 'active' AND m.source <> 'reinforcement'
FOR NO KEY UPDATE OF m;
-- name: team_move.office
-- args: team int, person int
SELECT id FROM team WHERE id = $team AND $person IN (COALESCE(leader_id, 0), COALESCE(deputy_id, 0), COALESCE(liaison_id, 0));
-- name: team_move.lent
-- args: operation int, person int
-- promised to another team, or there already
SELECT x.person_id FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id JOIN team t ON t.id = f.from_team_id
WHERE t.operation_id = $operation AND x.person_id = $person AND x.state <> 'refused' AND f.state IN ('proposed', 'accepted', 'in_force')
LIMIT 1;
-- name: team_move.answer_asked
-- args: team int, person int, by int?, now int
UPDATE join_request SET state = 'accepted', decided_by = $by, decided_at = $now
WHERE team_id = $team AND person_id = $person AND state = 'asked';
-- name: team_move.duties
-- args: team int, person int, now int
SELECT count(*) AS n FROM duty d JOIN need n ON n.id = d.need_id
WHERE n.team_id = $team AND d.person_id = $person AND d.seat IS NOT NULL AND d.starts_at > $now;
-- name: team_move.drop_lines
-- args: team int, person int
-- a draft made before would put him on duty where he is no member any more
DELETE FROM roster_line WHERE person_id = $person AND roster_id IN (SELECT id FROM roster WHERE team_id = $team AND state = 'draft');
