-- view: roster  Rosters of teams, newest version first.
-- scope: team r.team_id   also: $team id?
-- columns: id id, team_id id, team text, version int, from_on day, to_on day, state text, published_at utc, base_id id, cost text, steps int, seed int, lines int, gaps int
SELECT r.id, r.team_id, t.name AS team, r.version, r.from_on, r.to_on, r.state,
    (SELECT max(a.at) FROM audit a WHERE a.noun = 'roster' AND a.noun_id = r.id AND a.command = 'roster.publish') AS published_at,
    r.base_id, r.cost, r.steps, r.seed,
    (SELECT count(*) FROM roster_line l WHERE l.roster_id = r.id) AS lines,
    (SELECT count(*) FROM roster_gap g WHERE g.roster_id = r.id) AS gaps
FROM roster r JOIN team t ON t.id = r.team_id
WHERE ($team IS NULL OR r.team_id = $team) /*scope*/ ORDER BY r.team_id, r.version DESC;
