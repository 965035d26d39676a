-- view: reinforcement_in  Members lent to a team: what its leader sees of the other side's offers.
-- scope: team f.to_team_id   also: $team id?
-- columns: id id, to_team_id id, from_team text, from_on day, to_on day, headcount int, people int, why text, state text, answered yes
SELECT f.id, f.to_team_id, a.name AS from_team, f.from_on, f.to_on, f.headcount,
    (SELECT count(*) FROM reinforcement_person x WHERE x.reinforcement_id = f.id) AS people, f.why, f.state,
    CASE WHEN f.to_by IS NULL THEN 0 ELSE 1 END AS answered
FROM reinforcement f JOIN team a ON a.id = f.from_team_id
WHERE ($team IS NULL OR f.to_team_id = $team) /*scope*/
ORDER BY f.id;
