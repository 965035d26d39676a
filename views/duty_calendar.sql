-- view: duty_calendar  A person's own duties as a calendar has them, called-off ones too, soonest first.
-- scope: own d.person_id   also: $person id?, $from_on day?
-- columns: id id, version int, changed_at utc, team_id id, team text, zone text, community text, post text, compound text, shift text, start_minute minute, starts_at utc, ends_at utc, person_id id, name name, lead yes, state text, leader text, leader_phone text
SELECT d.id, d.version, CASE WHEN d.changed_at > 0 THEN d.changed_at ELSE o.opened_at END AS changed_at, n.team_id, t.name AS team, o.zone,
    v.name AS community, s.name AS post, c.name AS compound, h.name AS shift, h.start_minute, d.starts_at, d.ends_at, d.person_id,
    /*name*/p.name/*end*/ AS name, d.lead, d.state, l.name AS leader, l.phone AS leader_phone
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN operation o ON o.id = t.operation_id AND o.state = 'open'
JOIN division v ON v.code = t.community_code JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
LEFT JOIN compound c ON c.id = s.compound_id JOIN person p ON p.id = d.person_id LEFT JOIN person l ON l.id = t.leader_id
WHERE ($person IS NULL OR d.person_id = $person) AND ($from_on IS NULL OR d.starts_on >= $from_on) /*scope*/
ORDER BY d.starts_at, d.id;
