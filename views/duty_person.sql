-- view: duty_person  Duties of a person with what came of them, the newest first.
-- scope: team n.team_id   for: commander secretary liaison leader   also: $person id
-- columns: id id, person_id id, name name, team_id id, team text, starts_on day, shift text, start_minute minute, end_minute minute, post text, lead yes, state text, in_happened_at utc, out_happened_at utc
SELECT d.id, d.person_id, /*name*/p.name/*end*/ AS name, n.team_id, t.name AS team, d.starts_on, h.name AS shift, h.start_minute, h.end_minute,
    s.name AS post, d.lead, d.state, x.in_happened_at, x.out_happened_at
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
LEFT JOIN attendance x ON x.duty_id = d.id AND x.void_at IS NULL
WHERE d.person_id = $person /*scope*/ ORDER BY d.starts_at DESC, d.id DESC;
