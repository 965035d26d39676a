-- name: need.find
-- args: team int, post int, shift int, starts_on text, starts_at int, ends_at int, min int, target int, limit int, priority int, source text
SELECT id FROM need WHERE post_id = $post AND shift_id = $shift AND starts_on = $starts_on;
-- name: need.add
-- args: team int, post int, shift int, starts_on text, starts_at int, ends_at int, min int, target int, limit int, priority int, source text, id int
INSERT INTO need (id, team_id, post_id, shift_id, starts_on, starts_at, ends_at, headcount_min, headcount_target, headcount_limit, priority, source)
VALUES ($id, $team, $post, $shift, $starts_on, $starts_at, $ends_at, $min, $target, $limit, $priority, $source);
-- name: need.change
-- args: team int, post int, shift int, starts_on text, starts_at int, ends_at int, min int, target int, limit int, priority int, source text, id int
UPDATE need SET team_id = $team, starts_at = $starts_at, ends_at = $ends_at, headcount_min = $min, headcount_target = $target, headcount_limit = $limit, priority = $priority, source = $source, version = version + 1
WHERE id = $id AND (team_id IS DISTINCT FROM $team OR starts_at IS DISTINCT FROM $starts_at OR ends_at IS DISTINCT FROM $ends_at OR headcount_min IS DISTINCT FROM $min OR headcount_target IS DISTINCT FROM $target OR headcount_limit IS DISTINCT FROM $limit OR priority IS DISTINCT FROM $priority OR source IS DISTINCT FROM $source) RETURNING id;
-- name: need.drop_seats
-- args: id int, limit int
DELETE FROM need_seat WHERE need_id = $id AND seat > $limit
    AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.need_id = need_seat.need_id AND d.seat = need_seat.seat);
-- name: need.seats
-- args: id int
SELECT COALESCE(max(seat), 0) AS highest FROM need_seat WHERE need_id = $id;
-- name: need.add_seat
-- args: id int, seat int
INSERT INTO need_seat (need_id, seat) VALUES ($id, $seat);
-- name: need.zone
-- args: team int
SELECT o.zone FROM team t JOIN operation o ON o.id = t.operation_id WHERE t.id = $team;
-- name: need.to_copy
-- args: team int, from_on text, to_on text
SELECT n.team_id, n.post_id, n.shift_id, n.headcount_min, n.headcount_target, n.headcount_limit, n.priority,
    s.start_minute, s.end_minute
FROM need n JOIN shift s ON s.id = n.shift_id
WHERE n.team_id = $team AND n.starts_on = $from_on
    AND NOT EXISTS (SELECT 1 FROM need k WHERE k.post_id = n.post_id AND k.shift_id = n.shift_id AND k.starts_on = $to_on)
ORDER BY n.id;
-- name: need.version
-- args: id int
SELECT version FROM need WHERE id = $id;
-- @postgres
SELECT version FROM need WHERE id = $id FOR NO KEY UPDATE;
