-- view: need  Needs of teams with how many are found, soonest first; not those given up (target 0).
-- scope: team n.team_id   also: $team id?, $from_on day?, $to_on day?
-- columns: id id, team_id id, team text, post_id id, post text, shift_id id, shift text, starts_on day, starts_at utc, ends_at utc, headcount_min int, headcount_target int, headcount_limit int, headcount_filled int, priority int, source text, version int
SELECT n.id, n.team_id, t.name AS team, n.post_id, s.name AS post, n.shift_id, h.name AS shift, n.starts_on, n.starts_at, n.ends_at,
    n.headcount_min, n.headcount_target, n.headcount_limit,
    (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS headcount_filled, n.priority, n.source, n.version
FROM need n JOIN team t ON t.id = n.team_id JOIN post s ON s.id = n.post_id JOIN shift h ON h.id = n.shift_id
WHERE n.headcount_target > 0 AND ($team IS NULL OR n.team_id = $team) AND ($from_on IS NULL OR n.starts_on >= $from_on)
    AND ($to_on IS NULL OR n.starts_on <= $to_on) /*scope*/ ORDER BY n.starts_at, n.id;
