-- view: job_parked  Background work that was given up after its last attempt, and why; newest first.
-- scope: all   for: commander auditor
-- columns: id id, kind text, key text, team_id id, team text, asked_by id, asked_at utc, ended_at utc, attempts int, wrong text
SELECT j.id, j.kind, j.key, j.team_id, t.name AS team, j.asked_by, j.asked_at, j.ended_at, j.attempts, j.wrong
FROM job j LEFT JOIN team t ON t.id = j.team_id WHERE j.state = 'parked' /*scope*/ ORDER BY j.id DESC;
