-- name: person_key.load
-- args: id int
SELECT id, name, address_text FROM person WHERE id = $id;
-- name: person_key.missing
-- args: max int
SELECT id, name, address_text FROM person WHERE name_key IS NULL ORDER BY id LIMIT $max;
-- name: person_key.put
-- args: id int, name_key text, home_key text
UPDATE person SET name_key = $name_key, home_key = $home_key WHERE id = $id;
