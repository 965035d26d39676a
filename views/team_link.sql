-- view: team_link  Links of teams and of their posts: until when, and wrong tries of a day.
-- scope: team q.team_id   for: commander secretary leader   also: $since utc, $team id?, $pass id?
-- columns: kind text, id id, name text, team_id id, team text, pass_id id, until utc, tries int
SELECT q.kind, q.id, q.name, q.team_id, q.team, x.id AS pass_id, x.expires_at AS until,
    (SELECT count(*) FROM pass_try y WHERE y.pass_id = x.id AND y.at > $since) AS tries
FROM (SELECT 0 AS rank, 'team' AS kind, t.id, t.name, t.id AS team_id, t.name AS team, t.id AS of_team, CAST(NULL AS INTEGER) AS of_post FROM team t
    UNION ALL SELECT 1, 'post', s.id, s.name, s.team_id, t.name, CAST(NULL AS INTEGER), s.id FROM post s JOIN team t ON t.id = s.team_id) AS q
LEFT JOIN pass x ON x.revoked_at IS NULL AND (x.team_id = q.of_team OR x.post_id = q.of_post)
WHERE ($team IS NULL OR q.team_id = $team) AND ($pass IS NULL OR x.id = $pass) /*scope*/
ORDER BY q.team_id, q.rank, q.id;
