-- view: duty_today  Who is due at the posts on a day, and who is there.
-- scope: team n.team_id   also: $day day, $team id?, $post id?
-- columns: id id, team_id id, team text, starts_on day, shift text, start_minute minute, end_minute minute, starts_at utc, ends_at utc, need_id id, post_id id, post text, person_id id, name name, lead yes, state text, attendance_id id, in_happened_at utc, out_happened_at utc, marks text
SELECT d.id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, h.start_minute, h.end_minute, d.starts_at, d.ends_at, d.need_id,
    n.post_id, s.name AS post, d.person_id, /*name*/p.name/*end*/ AS name, d.lead, d.state, x.id AS attendance_id, x.in_happened_at, x.out_happened_at, x.marks
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
LEFT JOIN attendance x ON x.duty_id = d.id AND x.void_at IS NULL
WHERE d.starts_on = $day AND d.state <> 'cancelled' AND ($team IS NULL OR n.team_id = $team)
    AND ($post IS NULL OR n.post_id = $post) /*scope*/
ORDER BY n.team_id, h.start_minute, s.name, d.need_id, d.lead DESC, d.id;
