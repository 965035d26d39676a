-- name: structure.team
-- args: team int
SELECT t.name, t.leader_id, t.operation_id FROM team t WHERE t.id = $team;
-- name: structure.people
-- args: team int
-- home members only: who is lent keeps the structure of the home team
SELECT m.person_id, p.name, COALESCE(l.compound_id, 0) AS home_id, COALESCE((SELECT u.above_id FROM org_above u
        JOIN org o ON o.id = u.above_id AND o.kind = 'agency' WHERE u.org_id = p.org_id ORDER BY o.id LIMIT 1), 0) AS agency_id,
    CASE WHEN p.id = t.leader_id THEN 3 WHEN p.id = t.deputy_id OR p.id = t.liaison_id THEN 2
        WHEN EXISTS (SELECT 1 FROM person_skill k WHERE k.person_id = p.id AND k.skill = 'lead') THEN 2
        WHEN EXISTS (SELECT 1 FROM notice n WHERE n.person_id = p.id AND n.answer = 'can') THEN 1
        ELSE 0 END AS rank
FROM membership m JOIN person p ON p.id = m.person_id JOIN team t ON t.id = m.team_id
LEFT JOIN placement l ON l.id = p.placement_id
WHERE m.team_id = $team AND m.state = 'active' AND m.source <> 'reinforcement'
ORDER BY m.person_id;
-- name: structure.drop_drafts
-- args: team int
UPDATE structure SET state = 'superseded' WHERE team_id = $team AND state IN ('draft', 'proposed', 'approved');
-- name: structure.add
-- args: id int, team int, by int?, now int
INSERT INTO structure (id, team_id, version, state, proposed_by, proposed_at)
SELECT $id, $team, COALESCE(max(s.version), 0) + 1, 'proposed', $by, $now FROM structure s WHERE s.team_id = $team;
-- name: structure.add_unit
-- args: id int, structure int, parent int?, kind text, name text, leader int?, rank int
INSERT INTO unit (id, structure_id, parent_id, kind, name, leader_id, rank)
VALUES ($id, $structure, $parent, $kind, $name, $leader, $rank);
-- name: structure.add_member
-- args: structure int, person int, unit int
INSERT INTO structure_member (structure_id, person_id, unit_id) VALUES ($structure, $person, $unit);
-- name: structure.load
-- args: id int
SELECT team_id, version, state FROM structure WHERE id = $id;
-- name: structure.supersede
-- args: team int
UPDATE structure SET state = 'superseded' WHERE team_id = $team AND state = 'in_force';
-- name: structure.enforce
-- args: id int, reference text, by int?, now int
UPDATE structure SET state = 'in_force', reference = $reference, approved_by = $by, approved_at = $now WHERE id = $id;
-- name: structure.send_back
-- args: id int
UPDATE structure SET state = 'draft' WHERE id = $id;
-- name: structure.without_unit
-- args: id int
SELECT m.person_id FROM structure s JOIN membership m ON m.team_id = s.team_id AND m.state = 'active'
    AND m.source <> 'reinforcement'
WHERE s.id = $id AND NOT EXISTS (SELECT 1 FROM structure_member x WHERE x.structure_id = s.id AND x.person_id = m.person_id)
ORDER BY m.person_id;
-- name: lock.structure
-- args: id int
SELECT id FROM team WHERE id = (SELECT team_id FROM structure WHERE id = $id);
-- @postgres
SELECT id FROM team WHERE id = (SELECT team_id FROM structure WHERE id = $id) FOR NO KEY UPDATE;
