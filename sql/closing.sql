-- closing: the operation that an argument belongs to, and whether it is open.
-- name: closing.state
-- args: id int
SELECT state FROM operation WHERE id = $id;
-- @postgres
SELECT state FROM operation WHERE id = $id FOR SHARE;
-- name: closing.operation
-- args: target int
SELECT id AS operation_id FROM operation WHERE id = $target;
-- name: closing.team
-- args: target int
SELECT operation_id FROM team WHERE id = $target;
-- name: closing.order
-- args: target int
SELECT operation_id FROM call_order WHERE id = $target;
-- name: closing.notice
-- args: target int
SELECT o.operation_id FROM notice x JOIN call_order o ON o.id = x.order_id WHERE x.id = $target;
-- name: closing.post
-- args: target int
SELECT t.operation_id FROM post x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.need
-- args: target int
SELECT t.operation_id FROM need x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.roster
-- args: target int
SELECT t.operation_id FROM roster x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.duty
-- args: target int
SELECT t.operation_id FROM duty x JOIN need n ON n.id = x.need_id JOIN team t ON t.id = n.team_id WHERE x.id = $target;
-- name: closing.attendance
-- args: target int
SELECT t.operation_id FROM attendance x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.swap
-- args: target int
SELECT t.operation_id FROM swap x JOIN duty d ON d.id = x.from_duty_id JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
WHERE x.id = $target;
-- name: closing.structure
-- args: target int
SELECT t.operation_id FROM structure x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.join_request
-- args: target int
SELECT operation_id FROM join_request WHERE id = $target;
-- name: closing.withdrawal
-- args: target int
SELECT t.operation_id FROM withdrawal x JOIN team t ON t.id = x.team_id WHERE x.id = $target;
-- name: closing.reinforcement
-- args: target int
SELECT t.operation_id FROM reinforcement x JOIN team t ON t.id = x.from_team_id WHERE x.id = $target;
-- name: closing.scope
-- args: target text
SELECT id AS operation_id FROM operation WHERE 'operation:' || id = $target
UNION ALL SELECT operation_id FROM team WHERE 'team:' || id = $target;
