-- view: roster_duty  The roster: one row per duty, by day, shift and post.
-- scope: team n.team_id   also: $team id?, $from_on day?, $to_on day?
-- columns: id id, team_id id, team text, starts_on day, shift text, start_minute minute, end_minute minute, need_id id, post text, compound text, person_id id, name name, lead yes, lead_name name, state text
SELECT d.id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, h.start_minute, h.end_minute, d.need_id, s.name AS post,
    c.name AS compound, d.person_id, /*name*/p.name/*end*/ AS name, d.lead,
    /*name*/(SELECT w.name FROM duty e JOIN person w ON w.id = e.person_id
        WHERE e.need_id = d.need_id AND e.seat IS NOT NULL AND e.lead = 1 ORDER BY e.id LIMIT 1)/*end*/ AS lead_name, d.state
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id LEFT JOIN compound c ON c.id = s.compound_id JOIN person p ON p.id = d.person_id
WHERE d.seat IS NOT NULL AND ($team IS NULL OR n.team_id = $team) AND ($from_on IS NULL OR d.starts_on >= $from_on)
    AND ($to_on IS NULL OR d.starts_on <= $to_on) /*scope*/
ORDER BY n.team_id, d.starts_on, h.start_minute, s.name, d.need_id, d.lead DESC, d.seat;
