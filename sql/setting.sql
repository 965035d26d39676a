-- name: setting.put
-- args: scope text, name text, value text
INSERT INTO setting (scope, name, value) VALUES ($scope, $name, $value)
ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value;
-- name: setting.drop
-- args: scope text, name text
DELETE FROM setting WHERE scope = $scope AND name = $name;
-- name: setting.find_team
-- args: id int
SELECT id FROM team WHERE id = $id;
-- name: setting.find_operation
-- args: id int
SELECT id FROM operation WHERE id = $id;
