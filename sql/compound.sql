-- name: compound.find
-- args: community text, kind text, name text
SELECT id FROM compound WHERE community_code = $community AND kind = $kind AND name = $name;
-- name: compound.add
-- args: community text, kind text, name text, id int
INSERT INTO compound (id, community_code, kind, name) VALUES ($id, $community, $kind, $name);
-- name: compound.change
-- args: community text, kind text, name text, id int
SELECT id FROM compound WHERE id = $id AND (community_code <> $community OR kind <> $kind OR name <> $name);
-- name: compound.find_alias
-- args: id int
SELECT alias AS text FROM compound_alias WHERE compound_id = $id ORDER BY alias;
-- name: compound.add_alias
-- args: id int, text text
INSERT INTO compound_alias (compound_id, alias) VALUES ($id, $text);
-- name: compound.drop_alias
-- args: id int, text text
DELETE FROM compound_alias WHERE compound_id = $id AND alias = $text;
-- name: compound.find_ranges
-- args: id int
SELECT number_from, number_to, side FROM compound_range WHERE compound_id = $id ORDER BY id;
-- name: compound.clear_ranges
-- args: id int
DELETE FROM compound_range WHERE compound_id = $id;
-- name: compound.add_range
-- args: range int, id int, community text, from int, to int, side text
INSERT INTO compound_range (id, compound_id, community_code, number_from, number_to, side)
VALUES ($range, $id, $community, $from, $to, $side);
