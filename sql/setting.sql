-- name: setting.put
-- args: scope text, name text, value text
INSERT INTO setting (scope, name, value) VALUES ($scope, $name, $value)
ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value;
