-- name: job.add
-- args: id int, kind text, key text, due_at int, asked_by int?, now int, lang text, team int?, noun int?, from_on text?, to_on text?, seconds int?, body text, home text
INSERT INTO job (id, kind, key, state, due_at, asked_by, asked_at, lang, team_id, noun_id, from_on, to_on, seconds, body, home)
VALUES ($id, $kind, $key, 'waiting', $due_at, $asked_by, $now, $lang, $team, $noun, $from_on, $to_on, $seconds, $body, $home)
ON CONFLICT (key) DO NOTHING RETURNING id;
-- name: job.find
-- args: key text
SELECT id, state FROM job WHERE key = $key;
-- name: job.solving
-- args: team int
SELECT id FROM job WHERE team_id = $team AND kind = 'solve' AND state IN ('waiting', 'leased') ORDER BY id LIMIT 1;
-- name: job.making
-- args: kind text, noun int, actor int
SELECT id FROM job WHERE kind = $kind AND noun_id = $noun AND asked_by = $actor AND state IN ('waiting', 'leased') ORDER BY id LIMIT 1;
-- name: job.needs
-- args: team int, from_on text, to_on text
SELECT count(*) AS n FROM need WHERE team_id = $team AND starts_on BETWEEN $from_on AND $to_on AND headcount_target > 0;
-- name: job.team
-- args: team int
SELECT id FROM team WHERE id = $team;
-- name: job.load
-- args: id int
SELECT id, kind, state, attempts, lease_until, cancel, team_id FROM job WHERE id = $id;
-- @postgres
SELECT id, kind, state, attempts, lease_until, cancel, team_id FROM job WHERE id = $id FOR NO KEY UPDATE;
-- name: job.due
-- args: now int, long int?, home text
SELECT id FROM job WHERE ((state = 'waiting' AND due_at <= $now) OR (state = 'leased' AND lease_until <= $now))
    AND ($long IS NULL OR CASE kind WHEN 'solve' THEN 1 WHEN 'import' THEN 2 ELSE 0 END = $long)
    AND (home = '' OR home = $home) LIMIT 1;
-- name: job.cancelled
-- args: id int
SELECT cancel FROM job WHERE id = $id;
-- name: job.take
-- args: now int, lease int, long int?, most int, home text
-- whoever takes it raises the number of attempts: what an earlier one still wants to say of it is refused
UPDATE job SET state = 'leased', lease_until = $lease, attempts = attempts + 1, started_at = $now, wrong = ''
WHERE id = (SELECT j.id FROM job j WHERE ((j.state = 'waiting' AND j.due_at <= $now)
        OR (j.state = 'leased' AND j.lease_until <= $now AND j.attempts < $most))
    AND ($long IS NULL OR CASE j.kind WHEN 'solve' THEN 1 WHEN 'import' THEN 2 ELSE 0 END = $long)
    AND (j.home = '' OR j.home = $home) ORDER BY j.due_at, j.id LIMIT 1)
RETURNING id, attempts;
-- @postgres
UPDATE job SET state = 'leased', lease_until = $lease, attempts = attempts + 1, started_at = $now, wrong = ''
WHERE id = (SELECT j.id FROM job j WHERE ((j.state = 'waiting' AND j.due_at <= $now)
        OR (j.state = 'leased' AND j.lease_until <= $now AND j.attempts < $most))
    AND ($long IS NULL OR CASE j.kind WHEN 'solve' THEN 1 WHEN 'import' THEN 2 ELSE 0 END = $long)
    AND (j.home = '' OR j.home = $home) ORDER BY j.due_at, j.id LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED)
RETURNING id, attempts;
-- name: job.park_lost
-- args: now int, most int, wrong text
-- taken so often, and never heard of again
UPDATE job SET state = 'parked', lease_until = NULL, ended_at = $now, wrong = $wrong
WHERE state = 'leased' AND lease_until <= $now AND attempts >= $most;
-- name: job.progress
-- args: id int, lease int, steps int?, missing int?
UPDATE job SET lease_until = $lease, steps = COALESCE($steps, steps), missing = COALESCE($missing, missing) WHERE id = $id;
-- name: job.end
-- args: id int, state text, now int, roster int?, file text, wrong text, steps int?, missing int?, result text
UPDATE job SET state = $state, lease_until = NULL, ended_at = $now, roster_id = $roster, file = $file, wrong = $wrong, result = $result,
    steps = COALESCE($steps, steps), missing = COALESCE($missing, missing) WHERE id = $id;
-- name: job.wait
-- args: id int, due_at int, attempts int, wrong text
UPDATE job SET state = 'waiting', lease_until = NULL, due_at = $due_at, attempts = $attempts, wrong = $wrong, ended_at = NULL WHERE id = $id;
-- name: job.start_again
-- args: id int, now int
UPDATE job SET state = 'waiting', lease_until = NULL, due_at = $now, attempts = 0, wrong = '', ended_at = NULL, cancel = 0 WHERE id = $id;
-- name: job.ask_stop
-- args: id int
UPDATE job SET cancel = 1 WHERE id = $id;
-- name: job.whole
-- args: id int
SELECT j.id, j.kind, j.state, j.attempts, j.asked_by, j.lang, j.team_id, j.noun_id, j.from_on, j.to_on, j.seconds, j.cancel, j.file,
    j.body, t.operation_id
FROM job j LEFT JOIN team t ON t.id = j.team_id WHERE j.id = $id;
-- name: job.old
-- args: before int, most int
SELECT id FROM job WHERE state IN ('done', 'parked', 'cancelled') AND ended_at < $before ORDER BY id LIMIT $most;
-- name: job.forget
-- args: id int, before int
DELETE FROM job WHERE id = $id AND state IN ('done', 'parked', 'cancelled') AND ended_at < $before RETURNING id;
