-- name: attendance.add
-- args: id int, person int, duty int?, post int?, team int, starts_on text, in_minute int, at int, now int, marks text, by int, via text, sheet_no text, sheet_row int?
INSERT INTO attendance (id, person_id, duty_id, post_id, team_id, starts_on, in_minute, in_happened_at, in_recorded_at, marks,
    by_id, via, sheet_no, sheet_row)
VALUES ($id, $person, $duty, $post, $team, $starts_on, $in_minute, $at, $now, $marks, $by, $via, $sheet_no, $sheet_row);
-- name: attendance.load
-- args: id int
-- the end of a shift is that of the duty, or of the need at the post in whose time he came
SELECT x.id, x.person_id, COALESCE(x.duty_id, 0) AS duty_id, x.in_happened_at, COALESCE(x.out_happened_at, -1) AS out_happened_at,
    x.marks, x.confirmed_minutes, x.void_at, x.team_id, x.starts_on, COALESCE(d.starts_at, k.starts_at, 0) AS starts_at,
    COALESCE(d.ends_at, k.ends_at, 0) AS ends_at
FROM attendance x LEFT JOIN duty d ON d.id = x.duty_id
LEFT JOIN need k ON x.duty_id IS NULL AND k.id = (SELECT n.id FROM need n WHERE n.post_id = x.post_id
    AND n.starts_at <= x.in_happened_at AND n.ends_at > x.in_happened_at ORDER BY n.starts_at DESC, n.id LIMIT 1)
WHERE x.id = $id;
-- name: attendance.open_of_person
-- args: person int, at int
SELECT x.id, x.person_id, COALESCE(x.duty_id, 0) AS duty_id, x.in_happened_at, -1 AS out_happened_at, x.marks, x.confirmed_minutes,
    COALESCE(d.starts_at, k.starts_at, 0) AS starts_at, COALESCE(d.ends_at, k.ends_at, 0) AS ends_at
FROM attendance x LEFT JOIN duty d ON d.id = x.duty_id
LEFT JOIN need k ON x.duty_id IS NULL AND k.id = (SELECT n.id FROM need n WHERE n.post_id = x.post_id
    AND n.starts_at <= x.in_happened_at AND n.ends_at > x.in_happened_at ORDER BY n.starts_at DESC, n.id LIMIT 1)
WHERE x.person_id = $person AND x.out_happened_at IS NULL AND x.void_at IS NULL AND x.in_happened_at <= $at
ORDER BY x.id;
-- name: attendance.open_of_team
-- args: team int
SELECT x.id, x.person_id, COALESCE(x.duty_id, 0) AS duty_id, x.in_happened_at, -1 AS out_happened_at, x.marks, x.confirmed_minutes,
    COALESCE(d.starts_at, k.starts_at, 0) AS starts_at, COALESCE(d.ends_at, k.ends_at, 0) AS ends_at
FROM attendance x LEFT JOIN duty d ON d.id = x.duty_id
LEFT JOIN need k ON x.duty_id IS NULL AND k.id = (SELECT n.id FROM need n WHERE n.post_id = x.post_id
    AND n.starts_at <= x.in_happened_at AND n.ends_at > x.in_happened_at ORDER BY n.starts_at DESC, n.id LIMIT 1)
WHERE x.team_id = $team AND x.out_happened_at IS NULL AND x.void_at IS NULL ORDER BY x.id;
-- name: attendance.leave
-- args: id int, at int, marks text
UPDATE attendance SET out_happened_at = $at, marks = $marks, version = version + 1 WHERE id = $id;
-- name: attendance.post
-- args: post int, at int
SELECT s.id, s.team_id, s.name, t.operation_id, o.zone,
    (SELECT n.starts_on FROM need n WHERE n.post_id = s.id AND n.starts_at <= $at AND n.ends_at > $at
        ORDER BY n.starts_at DESC, n.id LIMIT 1) AS starts_on
FROM post s JOIN team t ON t.id = s.team_id JOIN operation o ON o.id = t.operation_id WHERE s.id = $post;
-- name: attendance.post_team
-- args: post int
SELECT team_id, name FROM post WHERE id = $post;
-- name: attendance.standing
-- args: person int, post int, at int, early int, open int
-- whether he is a person, a member there, a member of any team, there already, or on a roster at that time
SELECT p.id,
    (SELECT count(*) FROM membership m WHERE m.person_id = p.id AND m.team_id = s.team_id AND m.state = 'active') AS member,
    (SELECT count(*) FROM membership m WHERE m.person_id = p.id AND m.operation_id = t.operation_id AND m.state = 'active') AS elsewhere,
    (SELECT count(*) FROM attendance x WHERE x.person_id = p.id AND x.post_id = s.id AND x.out_happened_at IS NULL
        AND x.void_at IS NULL AND x.in_happened_at > $at - $open) AS present,
    (SELECT count(*) FROM duty d WHERE d.person_id = p.id AND d.state IN ('planned', 'confirmed')
        AND d.starts_at - $early <= $at AND d.ends_at > $at) AS rostered
FROM person p JOIN post s ON s.id = $post JOIN team t ON t.id = s.team_id WHERE p.id = $person AND p.erased_at IS NULL;
-- name: attendance.need
-- args: need int
SELECT n.id, n.starts_on, n.starts_at, n.ends_at FROM need n WHERE n.id = $need;
-- name: attendance.void
-- args: id int, now int
UPDATE attendance SET void_at = $now, version = version + 1 WHERE id = $id;
-- name: attendance.confirm
-- args: id int, minutes int, by int
UPDATE attendance SET confirmed_minutes = $minutes, confirmed_by = $by, version = version + 1 WHERE id = $id;
-- name: attendance.unconfirmed
-- args: team int, day text
SELECT id, in_happened_at, COALESCE(out_happened_at, -1) AS out_happened_at FROM attendance
WHERE team_id = $team AND starts_on = $day AND confirmed_minutes IS NULL AND void_at IS NULL ORDER BY id;
-- name: attendance.sheet_team
-- args: team int, day text
-- the version in force on that day; 0: none
SELECT o.zone, COALESCE((SELECT max(r.version) FROM roster r WHERE r.team_id = t.id AND r.state = 'published'
    AND r.from_on <= $day AND r.to_on >= $day), 0) AS version
FROM team t JOIN operation o ON o.id = t.operation_id WHERE t.id = $team;
-- name: attendance.sheet_duties
-- args: team int, person int, day text
SELECT d.id FROM duty d JOIN need n ON n.id = d.need_id
WHERE d.person_id = $person AND n.team_id = $team AND d.starts_on = $day AND d.state <> 'cancelled' ORDER BY d.starts_at, d.id;
-- name: attendance.sheet_walk_in
-- args: team int, person int, day text, post int
SELECT id, person_id, 0 AS duty_id, in_happened_at, COALESCE(out_happened_at, -1) AS out_happened_at, marks, confirmed_minutes,
    0 AS starts_at, 0 AS ends_at
FROM attendance WHERE team_id = $team AND person_id = $person AND starts_on = $day AND post_id = $post AND duty_id IS NULL
    AND void_at IS NULL ORDER BY id LIMIT 1;
-- name: attendance.lock_needs
-- args: team int, day text
-- nobody checks in to a duty of the sheet meanwhile
SELECT id FROM need WHERE team_id = $team AND starts_on = $day ORDER BY id;
-- @postgres
SELECT id FROM need WHERE team_id = $team AND starts_on = $day ORDER BY id FOR NO KEY UPDATE;
