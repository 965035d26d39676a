-- reminder: who is told the evening before a duty, and thanked when the team's watch is over. Once for a person and duty.
-- name: reminder.operation
-- args: operation int
SELECT zone FROM operation WHERE id = $operation;
-- name: reminder.duties
-- args: operation int, day text, now int, channel text, tries int, limit int
SELECT d.id, d.person_id, p.name, s.name AS post, h.start_minute, h.end_minute, v.name AS community,
    COALESCE(l.name, r.name) AS contact, COALESCE(l.phone, r.phone) AS contact_phone
FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
JOIN team t ON t.id = n.team_id JOIN person p ON p.id = d.person_id JOIN division v ON v.code = t.community_code
LEFT JOIN person l ON l.id = t.liaison_id LEFT JOIN person r ON r.id = t.leader_id
WHERE t.operation_id = $operation AND d.state IN ('planned', 'confirmed') AND d.starts_on = $day AND d.starts_at > $now
    AND p.phone <> '' AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.purpose = 'reminder' AND m.purpose_id = d.id AND m.person_id = d.person_id
        AND m.state <> 'failed')
    AND (SELECT count(*) FROM message m WHERE m.purpose = 'reminder' AND m.purpose_id = d.id AND m.person_id = d.person_id
        AND m.channel = $channel) < $tries
ORDER BY d.id LIMIT $limit;
-- name: reminder.finished
-- args: operation int, since int, now int, channel text, tries int, limit int
-- the last duty each person really stood for a team whose last need is over
SELECT d.id, d.person_id, v.name AS community, w.ends_at,
    COALESCE(l.name, r.name) AS contact, COALESCE(l.phone, r.phone) AS contact_phone
FROM (SELECT n.team_id, max(n.ends_at) AS ends_at FROM need n GROUP BY n.team_id) AS w
JOIN team t ON t.id = w.team_id JOIN need k ON k.team_id = t.id JOIN duty d ON d.need_id = k.id JOIN person p ON p.id = d.person_id
JOIN division v ON v.code = t.community_code LEFT JOIN person l ON l.id = t.liaison_id LEFT JOIN person r ON r.id = t.leader_id
WHERE t.operation_id = $operation AND w.ends_at > $since AND w.ends_at <= $now AND p.phone <> '' AND p.erased_at IS NULL
    AND EXISTS (SELECT 1 FROM attendance x WHERE x.duty_id = d.id AND x.void_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM duty e JOIN need f ON f.id = e.need_id JOIN attendance y ON y.duty_id = e.id
        WHERE e.person_id = d.person_id AND f.team_id = t.id AND y.void_at IS NULL AND e.starts_at > d.starts_at)
    AND NOT EXISTS (SELECT 1 FROM message m WHERE m.purpose = 'finished' AND m.purpose_id = d.id AND m.person_id = d.person_id
        AND m.state <> 'failed')
    AND (SELECT count(*) FROM message m WHERE m.purpose = 'finished' AND m.purpose_id = d.id AND m.person_id = d.person_id
        AND m.channel = $channel) < $tries
ORDER BY d.id LIMIT $limit;
