-- view: scope_my  What is mine to run: my grants with the name of their scope.
-- scope: own g.person_id   also: $person id?
-- columns: id id, person_id id, role text, scope_kind text, division_code code, scope_name text
SELECT g.id, g.person_id, g.role, g.scope_kind, g.division_code, COALESCE(v.name, t.name, o.name) AS scope_name
FROM role_grant g LEFT JOIN division v ON v.code = g.division_code LEFT JOIN team t ON t.id = g.team_id
LEFT JOIN org o ON o.id = g.org_id
WHERE ($person IS NULL OR g.person_id = $person) /*scope*/ ORDER BY g.id;
