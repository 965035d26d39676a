-- view: swap  Who asked whom to stand in, or to trade duties, newest first.
-- scope: team n.team_id   for: commander secretary leader   also: $team id?, $state text?
-- columns: id id, state text, from_duty_id id, from_person_id id, from_name name, to_person_id id, to_name name, to_duty_id id, team_id id, team text, starts_on day, shift text, post text, asked_at utc, decided_at utc, why text
SELECT w.id, w.state, w.from_duty_id, d.person_id AS from_person_id, /*name*/p.name/*end*/ AS from_name, w.to_person_id, /*name*/q.name/*end*/ AS to_name,
    w.to_duty_id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, s.name AS post, w.asked_at, w.decided_at, w.why
FROM swap w JOIN duty d ON d.id = w.from_duty_id JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
JOIN person q ON q.id = w.to_person_id
WHERE ($team IS NULL OR n.team_id = $team) AND ($state IS NULL OR w.state = $state) /*scope*/
ORDER BY w.id DESC;
