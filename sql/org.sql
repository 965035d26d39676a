-- name: org.find
-- args: parent int?, name text
SELECT id FROM org WHERE COALESCE(parent_id, 0) = COALESCE($parent, 0) AND name = $name;
-- name: org.add
-- args: id int, parent int?, name text, kind text
INSERT INTO org (id, parent_id, kind, name) VALUES ($id, $parent, $kind, $name);
-- name: org.add_above
-- args: id int, parent int?
INSERT INTO org_above (org_id, above_id)
SELECT o.id, o.id FROM org o WHERE o.id = $id
UNION ALL
SELECT o.id, u.above_id FROM org o JOIN org_above u ON u.org_id = $parent WHERE o.id = $id;
