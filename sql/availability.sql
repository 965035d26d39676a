-- name: availability.find
-- args: person int, starts_at int, ends_at int, level text, source text
SELECT id FROM availability WHERE person_id = $person AND starts_at = $starts_at AND ends_at = $ends_at ORDER BY id LIMIT 1;
-- name: availability.add
-- args: person int, starts_at int, ends_at int, level text, source text, id int
INSERT INTO availability (id, person_id, starts_at, ends_at, level, source)
VALUES ($id, $person, $starts_at, $ends_at, $level, $source);
-- name: availability.change
-- args: person int, starts_at int, ends_at int, level text, source text, id int
UPDATE availability SET level = $level, source = $source, version = version + 1
WHERE id = $id AND (level IS DISTINCT FROM $level OR source IS DISTINCT FROM $source) RETURNING id;
-- name: availability.version
-- args: id int
SELECT version FROM availability WHERE id = $id;
-- @postgres
SELECT version FROM availability WHERE id = $id FOR NO KEY UPDATE;
