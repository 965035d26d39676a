-- view: post_due  Who is due at a post about now, and who is there already.
-- scope: team n.team_id   also: $post id, $after utc, $before utc
-- columns: id id, post_id id, post text, team_id id, shift text, start_minute minute, end_minute minute, starts_at utc, person_id id, name name, lead yes, state text, attendance_id id, in_minute minute, out_happened_at utc, instructions text
SELECT d.id, n.post_id, s.name AS post, n.team_id, h.name AS shift, h.start_minute, h.end_minute, d.starts_at, d.person_id,
    /*name*/p.name/*end*/ AS name, d.lead, d.state, x.id AS attendance_id, x.in_minute, x.out_happened_at, s.instructions
FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
JOIN person p ON p.id = d.person_id LEFT JOIN attendance x ON x.duty_id = d.id AND x.void_at IS NULL
WHERE n.post_id = $post AND d.seat IS NOT NULL AND d.ends_at > $after AND d.starts_at < $before /*scope*/
ORDER BY d.starts_at, d.lead DESC, d.id;
