-- name: post.find
-- args: team int, name text, kind text, outdoor int, instructions text, compound int?
SELECT id FROM post WHERE team_id = $team AND name = $name;
-- name: post.add
-- args: team int, name text, kind text, outdoor int, instructions text, compound int?, id int
INSERT INTO post (id, team_id, name, kind, outdoor, instructions, compound_id)
VALUES ($id, $team, $name, $kind, $outdoor, $instructions, $compound);
-- name: post.change
-- args: team int, name text, kind text, outdoor int, instructions text, compound int?, id int
UPDATE post SET kind = $kind, outdoor = $outdoor, instructions = $instructions, compound_id = $compound, version = version + 1
WHERE id = $id AND (kind IS DISTINCT FROM $kind OR outdoor IS DISTINCT FROM $outdoor OR instructions IS DISTINCT FROM $instructions OR compound_id IS DISTINCT FROM $compound) RETURNING id;
-- name: post.find_skill
-- args: id int
SELECT skill AS text FROM post_skill WHERE post_id = $id ORDER BY skill;
-- name: post.add_skill
-- args: id int, text text
INSERT INTO post_skill (post_id, skill, count) VALUES ($id, $text, 1);
-- name: post.drop_skill
-- args: id int, text text
DELETE FROM post_skill WHERE post_id = $id AND skill = $text;
-- name: post.version
-- args: id int
SELECT version FROM post WHERE id = $id;
-- @postgres
SELECT version FROM post WHERE id = $id FOR NO KEY UPDATE;
