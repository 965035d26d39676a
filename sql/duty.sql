-- name: duty.load
-- args: id int
SELECT d.id, d.need_id, d.person_id, d.seat, d.state, d.starts_on, d.starts_at, d.ends_at, n.team_id, n.post_id,
    s.name AS post, o.zone,
    COALESCE((SELECT x.id FROM attendance x WHERE x.duty_id = d.id AND x.void_at IS NULL), 0) AS attendance_id
FROM duty d JOIN need n ON n.id = d.need_id JOIN post s ON s.id = n.post_id
JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id
WHERE d.id = $id;
-- name: duty.of_need
-- args: need int
SELECT id, person_id FROM duty WHERE need_id = $need AND seat IS NOT NULL ORDER BY seat;
-- name: duty.set_state
-- args: id int, state text, why text, now int
UPDATE duty SET state = $state, why = $why, version = version + 1, changed_at = $now WHERE id = $id;
-- name: duty.release
-- args: id int, state text, why text, now int
UPDATE duty SET state = $state, seat = NULL, why = $why, version = version + 1, changed_at = $now WHERE id = $id;
-- name: duty.drop_swaps
-- args: id int, now int
UPDATE swap SET state = 'withdrawn', decided_at = $now WHERE state = 'asked' AND (from_duty_id = $id OR to_duty_id = $id);
-- name: duty.need
-- args: need int
SELECT n.id, n.ends_at, s.name AS post FROM need n JOIN post s ON s.id = n.post_id WHERE n.id = $need;
-- name: duty.held
-- args: need int, person int
SELECT id FROM duty WHERE need_id = $need AND person_id = $person AND seat IS NOT NULL;
-- name: duty.taken
-- args: need int
SELECT count(*) AS n FROM duty WHERE need_id = $need AND seat IS NOT NULL;
-- name: duty.free_seat
-- args: need int
SELECT s.seat FROM need_seat s WHERE s.need_id = $need
    AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.need_id = s.need_id AND d.seat = s.seat)
ORDER BY s.seat LIMIT 1;
-- name: duty.add
-- args: id int, need int, person int, seat int, state text, source text, now int
INSERT INTO duty (id, need_id, person_id, seat, state, starts_on, starts_at, ends_at, source, changed_at)
SELECT $id, n.id, $person, $seat, $state, n.starts_on, n.starts_at, n.ends_at, $source, $now FROM need n WHERE n.id = $need;
