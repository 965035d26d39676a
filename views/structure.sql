-- view: structure  Structures of teams with their state and approval.
-- scope: team s.team_id   for: commander secretary leader auditor   also: $team id?, $state text?
-- columns: id id, team_id id, team text, version int, state text, branches int, groups int, members int, proposed_by name, proposed_at utc, approved_by name, approved_at utc, reference text
SELECT s.id, s.team_id, t.name AS team, s.version, s.state,
    (SELECT count(*) FROM unit u WHERE u.structure_id = s.id AND u.kind = 'branch') AS branches,
    (SELECT count(*) FROM unit u WHERE u.structure_id = s.id AND u.kind = 'group') AS groups,
    (SELECT count(*) FROM structure_member m WHERE m.structure_id = s.id) AS members,
    /*name*/p.name/*end*/ AS proposed_by, s.proposed_at, /*name*/a.name/*end*/ AS approved_by, s.approved_at, s.reference
FROM structure s JOIN team t ON t.id = s.team_id LEFT JOIN person p ON p.id = s.proposed_by
LEFT JOIN person a ON a.id = s.approved_by
WHERE ($team IS NULL OR s.team_id = $team) AND ($state IS NULL OR s.state = $state) /*scope*/
ORDER BY s.team_id, s.version;
