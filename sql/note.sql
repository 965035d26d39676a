-- name: note.of_donation
-- args: person int, id int
SELECT COALESCE((SELECT min(t.id) FROM team t WHERE t.operation_id = d.operation_id AND t.community_code = d.community_code),
    (SELECT min(m.team_id) FROM membership m WHERE m.operation_id = d.operation_id AND m.person_id = $person AND m.state = 'active')) AS team_id
FROM donation d JOIN donor r ON r.id = d.donor_id WHERE d.id = $id AND r.person_id = $person;
-- name: note.of_attendance
-- args: id int
SELECT team_id FROM attendance WHERE id = $id AND void_at IS NULL;
-- name: note.of_need
-- args: id int, now int
SELECT team_id FROM need WHERE id = $id AND headcount_target > 0 AND ends_at > $now;
-- name: note.find_open
-- args: person int, kind text, about int
SELECT id FROM note WHERE person_id = $person AND kind = $kind AND about_id = $about AND settled_at IS NULL;
-- name: note.add
-- args: id int, person int, team int, kind text, about int, text text, now int
INSERT INTO note (id, person_id, team_id, kind, about_id, text, written_at) VALUES ($id, $person, $team, $kind, $about, $text, $now);
-- name: note.load
-- args: id int
SELECT person_id, settled_at FROM note WHERE id = $id;
-- name: note.settle
-- args: id int, now int, by int
UPDATE note SET settled_at = $now, settled_by = $by WHERE id = $id;
-- name: lock.note
-- args: id int
SELECT id FROM note WHERE id = $id;
-- @postgres
SELECT id FROM note WHERE id = $id FOR NO KEY UPDATE;
