-- view: duty_board  Who stands where, with what has changed since the roster in force and who has not answered.
-- scope: team n.team_id   for: commander secretary leader liaison   also: $team id?, $need id?, $from_on day?, $to_on day?
-- columns: id id, team_id id, need_id id, starts_on day, starts_at utc, person_id id, name name, lead yes, state text, changed yes, answer text
SELECT d.id, n.team_id, d.need_id, d.starts_on, d.starts_at, d.person_id, /*name*/p.name/*end*/ AS name, d.lead, d.state,
    CASE WHEN EXISTS (SELECT 1 FROM roster r WHERE r.team_id = n.team_id AND r.state = 'published' AND n.starts_on BETWEEN r.from_on AND r.to_on)
        AND NOT EXISTS (SELECT 1 FROM roster r JOIN roster_line l ON l.roster_id = r.id
            WHERE r.team_id = n.team_id AND r.state = 'published' AND l.need_id = d.need_id AND l.person_id = d.person_id)
        THEN 1 ELSE 0 END AS changed,
    COALESCE((SELECT x.answer FROM notice x JOIN call_order c ON c.id = x.order_id WHERE x.person_id = d.person_id AND c.operation_id = t.operation_id
        AND x.answer IS NOT NULL ORDER BY x.id DESC LIMIT 1), '') AS answer
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN person p ON p.id = d.person_id
WHERE d.seat IS NOT NULL AND ($team IS NULL OR n.team_id = $team) AND ($need IS NULL OR n.id = $need)
    AND ($from_on IS NULL OR d.starts_on >= $from_on) AND ($to_on IS NULL OR d.starts_on <= $to_on) /*scope*/
ORDER BY n.team_id, d.starts_at, d.need_id, d.lead DESC, d.seat, d.id;
