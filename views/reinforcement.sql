-- view: reinforcement  Members lent between teams: days, whose word is given, state.
-- scope: team f.from_team_id   for: commander secretary leader auditor   also: $operation id?, $state text?
-- columns: id id, from_team_id id, from_team text, to_team_id id, to_team text, from_on day, to_on day, headcount int, people int, why text, from_word name, to_word name, state text
SELECT f.id, f.from_team_id, a.name AS from_team, f.to_team_id, b.name AS to_team, f.from_on, f.to_on, f.headcount,
    (SELECT count(*) FROM reinforcement_person x WHERE x.reinforcement_id = f.id) AS people, f.why, /*name*/p.name/*end*/ AS from_word,
    /*name*/q.name/*end*/ AS to_word, f.state
FROM reinforcement f JOIN team a ON a.id = f.from_team_id JOIN team b ON b.id = f.to_team_id
LEFT JOIN person p ON p.id = f.from_by LEFT JOIN person q ON q.id = f.to_by
WHERE ($operation IS NULL OR a.operation_id = $operation) AND ($state IS NULL OR f.state = $state) /*scope*/
ORDER BY f.id;
