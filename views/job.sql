-- view: job  Background work of teams, newest first: how far it is and what came of it.
-- scope: team j.team_id   for: commander secretary leader   also: $team id?, $kind text?, $job id?, $state text?
-- columns: id id, kind text, team_id id, team text, state text, cancel yes, from_on day, to_on day, seconds int, asked_by id, asked_name name, asked_at utc, started_at utc, ended_at utc, attempts int, steps int, missing int, roster_id id, file text, wrong text
SELECT j.id, j.kind, j.team_id, t.name AS team, j.state, j.cancel, j.from_on, j.to_on, j.seconds, j.asked_by,
    /*name*/p.name/*end*/ AS asked_name, j.asked_at, j.started_at, j.ended_at, j.attempts, j.steps, j.missing, j.roster_id, j.file, j.wrong
FROM job j JOIN team t ON t.id = j.team_id LEFT JOIN person p ON p.id = j.asked_by
WHERE ($team IS NULL OR j.team_id = $team) AND ($kind IS NULL OR j.kind = $kind) AND ($job IS NULL OR j.id = $job) AND ($state IS NULL OR j.state = $state) /*scope*/
ORDER BY j.id DESC;
