-- view: no_show  Who was due and did not come.
-- scope: team n.team_id   for: commander secretary liaison leader auditor   also: $operation id?, $team id?, $from_on day?, $to_on day?, $until utc?
-- columns: id id, team_id id, team text, starts_on day, shift text, post text, person_id id, name name
SELECT d.id, n.team_id, t.name AS team, d.starts_on, h.name AS shift, s.name AS post, d.person_id, /*name*/p.name/*end*/ AS name
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id JOIN person p ON p.id = d.person_id
WHERE d.state = 'no_show' AND ($operation IS NULL OR t.operation_id = $operation) AND ($team IS NULL OR n.team_id = $team)
    AND ($from_on IS NULL OR d.starts_on >= $from_on) AND ($to_on IS NULL OR d.starts_on <= $to_on)
    AND ($until IS NULL OR d.starts_at < $until) /*scope*/
ORDER BY d.starts_at, d.id;
