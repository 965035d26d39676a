-- view: job_my  Background work somebody asked for, newest first.
-- scope: own j.asked_by   also: $job id?, $state text?
-- columns: id id, kind text, team_id id, team text, noun_id id, state text, cancel yes, from_on day, to_on day, seconds int, asked_by id, asked_at utc, started_at utc, ended_at utc, attempts int, steps int, missing int, roster_id id, file text, wrong text, home text, result text
SELECT j.id, j.kind, j.team_id, t.name AS team, j.noun_id, j.state, j.cancel, j.from_on, j.to_on, j.seconds, j.asked_by,
    j.asked_at, j.started_at, j.ended_at, j.attempts, j.steps, j.missing, j.roster_id, j.file, j.wrong, j.home, j.result
FROM job j LEFT JOIN team t ON t.id = j.team_id
WHERE j.asked_by IS NOT NULL AND ($job IS NULL OR j.id = $job) AND ($state IS NULL OR j.state = $state) /*scope*/ ORDER BY j.id DESC;
