-- name: role_grant.add
-- args: id int, person int, role text, scope text, org int?, division text?, team int?, now int
INSERT INTO role_grant (id, person_id, role, scope_kind, org_id, division_code, team_id, from_at)
VALUES ($id, $person, $role, $scope, $org, $division, $team, $now);
