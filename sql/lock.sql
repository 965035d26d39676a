-- name: lock.operation
-- args: id int
SELECT id FROM operation WHERE id = $id;
-- @postgres
SELECT id FROM operation WHERE id = $id FOR NO KEY UPDATE;
-- name: lock.team
-- args: id int
SELECT id FROM team WHERE id = $id;
-- @postgres
SELECT id FROM team WHERE id = $id FOR NO KEY UPDATE;
-- name: lock.roster
-- args: id int
SELECT id FROM team WHERE id = (SELECT team_id FROM roster WHERE id = $id);
-- @postgres
SELECT id FROM team WHERE id = (SELECT team_id FROM roster WHERE id = $id) FOR NO KEY UPDATE;
-- name: lock.order
-- args: id int
SELECT id FROM call_order WHERE id = $id;
-- @postgres
SELECT id FROM call_order WHERE id = $id FOR NO KEY UPDATE;
