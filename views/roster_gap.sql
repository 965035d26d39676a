-- view: roster_gap  Needs a roster leaves short, with the reason.
-- scope: team n.team_id   for: commander secretary leader   also: $roster id?
-- columns: roster_id id, need_id id, team text, starts_on day, shift text, post text, missing int, proven yes, explanation text
SELECT g.roster_id, g.need_id, t.name AS team, n.starts_on, h.name AS shift, s.name AS post, g.missing, g.proven, g.explanation
FROM roster_gap g JOIN need n ON n.id = g.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id
WHERE ($roster IS NULL OR g.roster_id = $roster) /*scope*/ ORDER BY g.roster_id, n.starts_at, g.need_id;
