-- view: draft_line  The draft of a roster: who would stand where, and who is held there.
-- scope: team r.team_id   for: commander secretary leader liaison   also: $team id?, $roster id?, $from_on day?, $to_on day?
-- columns: roster_id id, team_id id, version int, need_id id, starts_on day, shift text, start_minute minute, end_minute minute, post text, person_id id, name name, lead yes, locked yes, headcount_min int
SELECT r.id AS roster_id, r.team_id, r.version, l.need_id, n.starts_on, h.name AS shift, h.start_minute, h.end_minute, s.name AS post, l.person_id,
    /*name*/p.name/*end*/ AS name, l.lead, l.locked, n.headcount_min
FROM roster r JOIN roster_line l ON l.roster_id = r.id JOIN need n ON n.id = l.need_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = l.person_id
WHERE r.state = 'draft' AND ($team IS NULL OR r.team_id = $team) AND ($roster IS NULL OR r.id = $roster)
    AND ($from_on IS NULL OR n.starts_on >= $from_on) AND ($to_on IS NULL OR n.starts_on <= $to_on) /*scope*/
ORDER BY r.team_id, n.starts_on, s.name, n.post_id, h.start_minute, n.id, l.lead DESC, l.person_id;
