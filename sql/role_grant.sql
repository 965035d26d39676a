-- name: role_grant.add
-- args: id int, person int, role text, scope text, org int?, division text?, team int?, now int
INSERT INTO role_grant (id, person_id, role, scope_kind, org_id, division_code, team_id, from_at)
VALUES ($id, $person, $role, $scope, $org, $division, $team, $now);
-- name: role_grant.load
-- args: id int
SELECT person_id, role, until_at FROM role_grant WHERE id = $id;
-- name: role_grant.end
-- args: id int, now int
UPDATE role_grant SET until_at = $now WHERE id = $id;
