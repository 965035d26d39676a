-- view: join_request  People who ask to join a team, oldest first.
-- scope: team j.team_id   for: commander secretary leader   also: $team id?, $state text?
-- columns: id id, team_id id, team text, person_id id, name name, org text, state text, asked_at utc, decided_by name, decided_at utc
SELECT j.id, j.team_id, t.name AS team, j.person_id, /*name*/p.name/*end*/ AS name, o.name AS org, j.state, j.asked_at, /*name*/d.name/*end*/ AS decided_by, j.decided_at
FROM join_request j JOIN team t ON t.id = j.team_id JOIN person p ON p.id = j.person_id LEFT JOIN org o ON o.id = p.org_id
LEFT JOIN person d ON d.id = j.decided_by
WHERE ($team IS NULL OR j.team_id = $team) AND ($state IS NULL OR j.state = $state) /*scope*/
ORDER BY j.id;
