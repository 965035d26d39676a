-- name: swap.open_of
-- args: duty int
SELECT id FROM swap WHERE from_duty_id = $duty AND state IN ('asked', 'accepted');
-- name: swap.add
-- args: id int, duty int, person int, to_duty int?, why text, now int
INSERT INTO swap (id, from_duty_id, to_person_id, to_duty_id, state, why, asked_at)
VALUES ($id, $duty, $person, $to_duty, 'asked', $why, $now);
-- name: swap.load
-- args: id int
SELECT w.id, w.from_duty_id, w.to_person_id, COALESCE(w.to_duty_id, 0) AS to_duty_id, w.state, d.person_id AS from_person_id
FROM swap w JOIN duty d ON d.id = w.from_duty_id WHERE w.id = $id;
-- name: swap.decide
-- args: id int, state text, now int
UPDATE swap SET state = $state, decided_at = $now WHERE id = $id;
-- name: swap.take_over
-- args: id int, replaces int, person int, seat int, now int
INSERT INTO duty (id, need_id, person_id, seat, lead, state, starts_on, starts_at, ends_at, source, replaces_id, changed_at)
SELECT $id, d.need_id, $person, $seat, d.lead, 'confirmed', d.starts_on, d.starts_at, d.ends_at, 'swap', d.id, $now
FROM duty d WHERE d.id = $replaces;
