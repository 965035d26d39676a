-- view: withdrawal  Withdrawals with their head count, newest first.
-- scope: team w.team_id   also: $team id?
-- columns: id id, team_id id, team text, text text, meeting_place text, started_by id, started_at utc, ended_at utc, people int, safe int, unreported int
SELECT w.id, w.team_id, t.name AS team, w.text, w.meeting_place, w.started_by, w.started_at, w.ended_at,
    (SELECT count(*) FROM withdrawal_person x WHERE x.withdrawal_id = w.id) AS people,
    (SELECT count(*) FROM withdrawal_person x WHERE x.withdrawal_id = w.id AND x.safe_at IS NOT NULL) AS safe,
    (SELECT count(*) FROM withdrawal_person x WHERE x.withdrawal_id = w.id AND x.safe_at IS NULL) AS unreported
FROM withdrawal w JOIN team t ON t.id = w.team_id WHERE ($team IS NULL OR w.team_id = $team) /*scope*/
ORDER BY w.started_at DESC, w.id DESC;
