-- name: operation.add
-- args: id int, title text, zone text, now int
INSERT INTO operation (id, title, zone, state, opened_at) VALUES ($id, $title, $zone, 'open', $now);
-- name: operation.load
-- args: id int
SELECT zone, state FROM operation WHERE id = $id;
-- name: operation.close
-- args: id int, now int
UPDATE operation SET state = 'closed', closed_at = $now, version = version + 1 WHERE id = $id;
-- name: operation.withdrawing
-- args: id int
SELECT w.id FROM withdrawal w JOIN team t ON t.id = w.team_id
WHERE t.operation_id = $id AND w.ended_at IS NULL ORDER BY w.id LIMIT 1;
