-- withdrawal: everybody leaves now, and is counted.
-- name: withdrawal.team
-- args: team int
SELECT t.operation_id, COALESCE(r.name, l.name) AS contact, COALESCE(r.phone, l.phone) AS contact_phone
FROM team t LEFT JOIN person r ON r.id = t.leader_id LEFT JOIN person l ON l.id = t.liaison_id WHERE t.id = $team;
-- name: withdrawal.find_open
-- args: team int
SELECT id FROM withdrawal WHERE team_id = $team AND ended_at IS NULL;
-- name: withdrawal.add
-- args: id int, team int, text text, meeting_place text, by int, now int
INSERT INTO withdrawal (id, team_id, text, meeting_place, started_by, started_at) VALUES ($id, $team, $text, $meeting_place, $by, $now);
-- name: withdrawal.people
-- args: team int, now int, since int
-- whoever is checked in, or should be there now; a check-out forgotten days ago does not make a missing person
SELECT p.id, p.phone FROM person p
WHERE p.id IN (SELECT a.person_id FROM attendance a WHERE a.team_id = $team AND a.void_at IS NULL AND a.out_happened_at IS NULL
        AND a.in_happened_at BETWEEN $since AND $now)
    OR p.id IN (SELECT d.person_id FROM duty d JOIN need n ON n.id = d.need_id WHERE n.team_id = $team AND d.seat IS NOT NULL
        AND d.state <> 'done' AND d.starts_at <= $now AND d.ends_at > $now)
ORDER BY p.id;
-- name: withdrawal.add_person
-- args: withdrawal int, person int
INSERT INTO withdrawal_person (withdrawal_id, person_id) VALUES ($withdrawal, $person);
-- name: withdrawal.load
-- args: id int
SELECT w.team_id, w.ended_at FROM withdrawal w WHERE w.id = $id;
-- @postgres
SELECT w.team_id, w.ended_at FROM withdrawal w WHERE w.id = $id FOR NO KEY UPDATE;
-- name: withdrawal.person
-- args: withdrawal int, person int
SELECT safe_at FROM withdrawal_person WHERE withdrawal_id = $withdrawal AND person_id = $person;
-- name: withdrawal.member
-- args: team int, person int
SELECT id FROM membership WHERE team_id = $team AND person_id = $person AND state = 'active';
-- name: withdrawal.safe
-- args: withdrawal int, person int, by int, via text, now int
UPDATE withdrawal_person SET safe_at = $now, by_id = $by, via = $via WHERE withdrawal_id = $withdrawal AND person_id = $person;
-- name: withdrawal.unreported
-- args: id int
SELECT count(*) AS n FROM withdrawal_person WHERE withdrawal_id = $id AND safe_at IS NULL;
-- name: withdrawal.end
-- args: id int, now int
UPDATE withdrawal SET ended_at = $now WHERE id = $id;
