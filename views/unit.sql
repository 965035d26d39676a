-- view: unit  Units of a structure, each below the one it belongs to.
-- scope: team s.team_id   for: commander secretary leader auditor   also: $structure id
-- columns: id id, parent_id id, kind text, name text, leader_id id, leader name, members int, rank int
SELECT u.id, u.parent_id, u.kind, u.name, u.leader_id, /*name*/p.name/*end*/ AS leader,
    (SELECT count(*) FROM structure_member m WHERE m.structure_id = s.id AND (m.unit_id = u.id OR u.kind = 'general_branch'
        OR EXISTS (SELECT 1 FROM unit g WHERE g.id = m.unit_id AND g.parent_id = u.id))) AS members, u.rank
FROM unit u JOIN structure s ON s.id = u.structure_id LEFT JOIN person p ON p.id = u.leader_id
WHERE u.structure_id = $structure /*scope*/
ORDER BY u.id;
