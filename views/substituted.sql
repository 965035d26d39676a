-- view: substituted  Duties taken over from somebody else.
-- scope: team n.team_id   also: $operation id?, $team id?, $from_on day?, $to_on day?, $until utc?
-- columns: id id, team_id id, team text, starts_on day, shift text, post text, person_id id, name name, replaces_id id, replaced_id id, replaced name, state text
SELECT d.id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, s.name AS post, d.person_id, /*name*/p.name/*end*/ AS name, d.replaces_id,
    q.id AS replaced_id, /*name*/q.name/*end*/ AS replaced, d.state
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
JOIN duty o ON o.id = d.replaces_id JOIN person q ON q.id = o.person_id
WHERE d.state <> 'cancelled' AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR n.team_id = $team)
    AND ($from_on IS NULL OR d.starts_on >= $from_on) AND ($to_on IS NULL OR d.starts_on <= $to_on)
    AND ($until IS NULL OR EXISTS (SELECT 1 FROM swap w WHERE w.state = 'done' AND w.decided_at <= $until
        AND (w.from_duty_id = d.replaces_id OR w.to_duty_id = d.replaces_id))) /*scope*/
ORDER BY d.starts_at, d.id;
