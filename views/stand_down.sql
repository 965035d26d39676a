-- view: stand_down  Duties that were called off, and who has been told.
-- scope: team n.team_id   for: commander secretary liaison leader   also: $need id?, $team id?
-- columns: duty_id id, team_id id, team text, starts_on day, shift text, post text, person_id id, name name, phone phone, why text, told yes
SELECT d.id AS duty_id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, s.name AS post, d.person_id, /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, d.why,
    CASE WHEN EXISTS (SELECT 1 FROM message m WHERE m.purpose = 'stand_down' AND m.purpose_id = d.id
        AND m.person_id = d.person_id AND m.state IN ('sent', 'delivered')) THEN 1 ELSE 0 END AS told
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
WHERE d.state = 'cancelled' AND d.why <> '' AND ($need IS NULL OR d.need_id = $need)
    AND ($team IS NULL OR n.team_id = $team) /*scope*/ ORDER BY d.starts_at, d.id;
