-- name: duty.load
-- args: id int
SELECT d.id, d.need_id, d.person_id, d.seat, d.lead, d.state, d.starts_on, d.starts_at, d.ends_at, n.team_id, n.post_id,
    s.name AS post, o.zone,
    COALESCE((SELECT x.id FROM attendance x WHERE x.duty_id = d.id AND x.void_at IS NULL), 0) AS attendance_id
FROM duty d JOIN need n ON n.id = d.need_id JOIN post s ON s.id = n.post_id
JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE d.id = $id;
-- name: duty.of_need
-- args: need int
SELECT id, person_id FROM duty WHERE need_id = $need AND seat IS NOT NULL ORDER BY seat;
-- name: duty.set_state
-- args: id int, state text, why text
UPDATE duty SET state = $state, why = $why, version = version + 1 WHERE id = $id;
-- name: duty.release
-- args: id int, state text, why text
UPDATE duty SET state = $state, seat = NULL, why = $why, version = version + 1 WHERE id = $id;
-- name: duty.drop_swaps
-- args: id int, now int
UPDATE swap SET state = 'withdrawn', decided_at = $now WHERE state = 'asked' AND (from_duty_id = $id OR to_duty_id = $id);
