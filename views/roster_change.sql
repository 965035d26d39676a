-- view: roster_change  Who must be told of a published roster: what came and what went.
-- scope: team n.team_id   also: $roster id
-- columns: roster_id id, change text, person_id id, name name, starts_on day, shift text, post text, state text
SELECT d.roster_id, CASE WHEN d.state = 'cancelled' THEN 'removed' ELSE 'added' END AS change, d.person_id, p.name,
    d.starts_on, h.name AS shift, s.name AS post, d.state
FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
JOIN person p ON p.id = d.person_id
WHERE d.roster_id = $roster AND d.state IN ('planned', 'confirmed', 'cancelled') /*scope*/
ORDER BY d.person_id, d.starts_at, d.id;
