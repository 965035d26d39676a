-- view: call_list  Whom to call before a day: one row per person and duty, telephone masked (ruling 16).
-- scope: team n.team_id   for: commander secretary liaison leader   also: $team id, $day day
-- columns: duty_id id, shift text, start_minute minute, post text, person_id id, name name, phone phone, lead yes, state text
SELECT d.id AS duty_id, h.name AS shift, h.start_minute, s.name AS post, d.person_id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, d.lead, d.state
FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
JOIN person p ON p.id = d.person_id
WHERE d.seat IS NOT NULL AND n.team_id = $team AND d.starts_on = $day /*scope*/
ORDER BY h.start_minute, s.name, d.lead DESC, d.id;
