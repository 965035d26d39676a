-- view: team_proposal  Who is proposed for the offices of a team.
-- scope: team q.team_id   for: commander secretary leader   also: $team id?
-- columns: team_id id, team text, office text, person_id id, name name, reason text
SELECT q.team_id, t.name AS team, q.office, q.person_id, /*name*/p.name/*end*/ AS name, q.reason
FROM team_proposal q JOIN team t ON t.id = q.team_id JOIN person p ON p.id = q.person_id
WHERE ($team IS NULL OR q.team_id = $team) /*scope*/ ORDER BY q.team_id, q.office;
