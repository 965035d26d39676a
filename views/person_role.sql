-- view: person_role  What somebody runs: the roles in force, each with what it reaches over.
-- scope: person g.person_id   for: commander   also: $person id?, $at utc
-- columns: id id, person_id id, name name, role text, scope_kind text, team_id id, scope_name text
SELECT g.id, g.person_id, /*name*/p.name/*end*/ AS name, g.role, g.scope_kind, g.team_id, COALESCE(v.name, t.name, o.name) AS scope_name
FROM role_grant g JOIN person p ON p.id = g.person_id LEFT JOIN division v ON v.code = g.division_code
LEFT JOIN team t ON t.id = g.team_id LEFT JOIN org o ON o.id = g.org_id
WHERE ($person IS NULL OR g.person_id = $person) AND g.from_at <= $at AND (g.until_at IS NULL OR g.until_at > $at) /*scope*/ ORDER BY g.id;
