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
-- name: lock.need
-- args: id int
SELECT id FROM need WHERE id = $id;
-- @postgres
SELECT id FROM need WHERE id = $id FOR NO KEY UPDATE;
-- name: lock.person
-- args: id int
SELECT id FROM person WHERE id = $id;
-- @postgres
SELECT id FROM person WHERE id = $id FOR NO KEY UPDATE;
-- name: lock.duty
-- args: id int
-- by its need, whose seats it may give back
SELECT id FROM need WHERE id = (SELECT need_id FROM duty WHERE id = $id);
-- @postgres
SELECT id FROM need WHERE id = (SELECT need_id FROM duty WHERE id = $id) FOR NO KEY UPDATE;
-- name: lock.attendance
-- args: id int
SELECT id FROM attendance WHERE id = $id;
-- @postgres
SELECT id FROM attendance WHERE id = $id FOR NO KEY UPDATE;
-- name: lock.swap
-- args: id int
-- the needs of both duties: their seats change hands
SELECT n.id FROM need n WHERE n.id IN (SELECT d.need_id FROM duty d JOIN swap w ON d.id IN (w.from_duty_id, w.to_duty_id) WHERE w.id = $id)
ORDER BY n.id;
-- @postgres
SELECT n.id FROM need n WHERE n.id IN (SELECT d.need_id FROM duty d JOIN swap w ON d.id IN (w.from_duty_id, w.to_duty_id) WHERE w.id = $id)
ORDER BY n.id FOR NO KEY UPDATE OF n;
-- name: lock.job
-- args: id int
SELECT id FROM job WHERE id = $id;
-- @postgres
SELECT id FROM job WHERE id = $id FOR NO KEY UPDATE;
