-- view: structure_member  Members of a structure with their unit, and those who have none yet.
-- scope: team s.team_id   for: commander secretary leader auditor   also: $structure id
-- columns: person_id id, name name, org text, compound text, unit_id id, unit text, branch text
SELECT m.person_id, /*name*/p.name/*end*/ AS name, o.name AS org, c.name AS compound, x.unit_id, u.name AS unit, b.name AS branch
FROM structure s JOIN membership m ON m.team_id = s.team_id AND m.state = 'active' AND m.source <> 'reinforcement'
JOIN person p ON p.id = m.person_id LEFT JOIN org o ON o.id = p.org_id LEFT JOIN placement l ON l.id = p.placement_id
LEFT JOIN compound c ON c.id = l.compound_id
LEFT JOIN structure_member x ON x.structure_id = s.id AND x.person_id = m.person_id
LEFT JOIN unit u ON u.id = x.unit_id LEFT JOIN unit b ON b.id = u.parent_id
WHERE s.id = $structure /*scope*/
ORDER BY COALESCE(x.unit_id, 0), m.person_id;
