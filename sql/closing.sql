-- closing: the operation that an argument belongs to, and whether it is open: shared, so that nobody closes it meanwhile.
-- name: closing.operation
-- args: target int
SELECT o.id, o.state FROM operation o WHERE o.id = $target;
-- @postgres
SELECT o.id, o.state FROM operation o WHERE o.id = $target FOR SHARE OF o;
-- name: closing.team
-- args: target int
SELECT o.id, o.state FROM team t JOIN operation o ON o.id = t.operation_id WHERE t.id = $target;
-- @postgres
SELECT o.id, o.state FROM team t JOIN operation o ON o.id = t.operation_id WHERE t.id = $target FOR SHARE OF o;
-- name: closing.order
-- args: target int
SELECT o.id, o.state FROM call_order x JOIN operation o ON o.id = x.operation_id WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM call_order x JOIN operation o ON o.id = x.operation_id WHERE x.id = $target FOR SHARE OF o;
-- name: closing.notice
-- args: target int
SELECT o.id, o.state FROM notice x JOIN call_order c ON c.id = x.order_id JOIN operation o ON o.id = c.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM notice x JOIN call_order c ON c.id = x.order_id JOIN operation o ON o.id = c.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.post
-- args: target int
SELECT o.id, o.state FROM post x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM post x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.need
-- args: target int
SELECT o.id, o.state FROM need x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM need x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.roster
-- args: target int
SELECT o.id, o.state FROM roster x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM roster x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.duty
-- args: target int
SELECT o.id, o.state FROM duty x JOIN need n ON n.id = x.need_id JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM duty x JOIN need n ON n.id = x.need_id JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.attendance
-- args: target int
SELECT o.id, o.state FROM attendance x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM attendance x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.swap
-- args: target int
SELECT o.id, o.state FROM swap x JOIN duty d ON d.id = x.from_duty_id JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM swap x JOIN duty d ON d.id = x.from_duty_id JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.structure
-- args: target int
SELECT o.id, o.state FROM structure x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM structure x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.join_request
-- args: target int
SELECT o.id, o.state FROM join_request x JOIN operation o ON o.id = x.operation_id WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM join_request x JOIN operation o ON o.id = x.operation_id WHERE x.id = $target FOR SHARE OF o;
-- name: closing.withdrawal
-- args: target int
SELECT o.id, o.state FROM withdrawal x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM withdrawal x JOIN team t ON t.id = x.team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.reinforcement
-- args: target int
SELECT o.id, o.state FROM reinforcement x JOIN team t ON t.id = x.from_team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target;
-- @postgres
SELECT o.id, o.state FROM reinforcement x JOIN team t ON t.id = x.from_team_id JOIN operation o ON o.id = t.operation_id
WHERE x.id = $target FOR SHARE OF o;
-- name: closing.scope
-- args: target text
SELECT o.id, o.state FROM operation o
WHERE 'operation:' || o.id = $target OR o.id = (SELECT t.operation_id FROM team t WHERE 'team:' || t.id = $target);
-- @postgres
SELECT o.id, o.state FROM operation o
WHERE 'operation:' || o.id = $target OR o.id = (SELECT t.operation_id FROM team t WHERE 'team:' || t.id = $target) FOR SHARE OF o;
