-- view: need_board  Needs of a team, post by post: wanted, on the roster, and what the roster in force says of a gap.
-- scope: team n.team_id   for: commander secretary leader liaison   also: $team id?, $need id?, $from_on day?, $to_on day?
-- columns: id id, team_id id, post_id id, post text, shift_id id, shift text, start_minute minute, end_minute minute, starts_on day, starts_at utc, ends_at utc, headcount_min int, headcount_limit int, rostered int, source text, version int, explanation text
SELECT n.id, n.team_id, n.post_id, s.name AS post, n.shift_id, h.name AS shift, h.start_minute, h.end_minute, n.starts_on, n.starts_at, n.ends_at,
    n.headcount_min, n.headcount_limit,
    (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS rostered, n.source, n.version,
    COALESCE((SELECT g.explanation FROM roster_gap g JOIN roster r ON r.id = g.roster_id
        WHERE g.need_id = n.id AND r.state = 'published' ORDER BY r.version DESC LIMIT 1), '') AS explanation
FROM need n JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
WHERE n.headcount_target > 0 AND ($team IS NULL OR n.team_id = $team) AND ($need IS NULL OR n.id = $need)
    AND ($from_on IS NULL OR n.starts_on >= $from_on) AND ($to_on IS NULL OR n.starts_on <= $to_on) /*scope*/
ORDER BY n.team_id, n.starts_on, s.name, n.post_id, h.start_minute, n.id;
