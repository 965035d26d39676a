-- view: swap_my  Substitutes a person asked for, or is asked to be, newest first.
-- scope: own x.person_id   also: $person id?, $state text?
-- columns: id id, person_id id, asking yes, state text, from_duty_id id, from_name name, to_name name, trade yes, team text, zone text, starts_on day, shift text, start_minute minute, end_minute minute, ends_at utc, post text, asked_at utc
SELECT w.id, x.person_id, CASE WHEN x.person_id = d.person_id THEN 1 ELSE 0 END AS asking, w.state, w.from_duty_id, /*name*/p.name/*end*/ AS from_name,
    /*name*/q.name/*end*/ AS to_name, CASE WHEN w.to_duty_id IS NULL THEN 0 ELSE 1 END AS trade, t.name AS team, o.zone, d.starts_on, h.name AS shift,
    h.start_minute, h.end_minute, d.ends_at, s.name AS post, w.asked_at
FROM (SELECT y.id, e.person_id FROM swap y JOIN duty e ON e.id = y.from_duty_id UNION ALL SELECT y.id, y.to_person_id FROM swap y) AS x
JOIN swap w ON w.id = x.id JOIN duty d ON d.id = w.from_duty_id JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
JOIN operation o ON o.id = t.operation_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
JOIN person p ON p.id = d.person_id JOIN person q ON q.id = w.to_person_id
WHERE ($person IS NULL OR x.person_id = $person) AND ($state IS NULL OR w.state = $state) /*scope*/
ORDER BY w.id DESC, x.person_id;
