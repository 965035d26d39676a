-- view: draft  The drafts of rosters; `seen` changes with their lines, for whoever publishes what he has looked at.
-- scope: team r.team_id   for: commander secretary leader liaison   also: $team id?
-- columns: id id, team_id id, team text, version int, from_on day, to_on day, lines int, gaps int, seen int
SELECT r.id, r.team_id, t.name AS team, r.version, r.from_on, r.to_on, (SELECT count(*) FROM roster_line l WHERE l.roster_id = r.id) AS lines,
    (SELECT count(*) FROM roster_gap g WHERE g.roster_id = r.id) AS gaps,
    (SELECT CAST(COALESCE(sum((l.need_id % 99991) * (l.person_id % 99989) % 99971 + 1 + 7 * l.lead), 0) AS BIGINT) FROM roster_line l
        WHERE l.roster_id = r.id) AS seen
FROM roster r JOIN team t ON t.id = r.team_id
WHERE r.state = 'draft' AND ($team IS NULL OR r.team_id = $team) /*scope*/ ORDER BY r.team_id, r.version;
