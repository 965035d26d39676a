-- name: substitute.facts
-- args: need int, person int, without int
-- a lent member serves with the borrowing team on his days, at home on all others; a skill is lacking where the post would lose the one who has it, or give its last seats to those who have not
SELECT n.starts_at, n.ends_at, n.starts_on, CASE WHEN h.kind = 'night' THEN 1 ELSE 0 END AS night, s.outdoor,
    (SELECT count(*) FROM membership m WHERE m.person_id = p.id AND m.team_id = n.team_id AND m.state = 'active'
        AND (m.source = 'reinforcement') = EXISTS (SELECT 1 FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id
            WHERE x.person_id = m.person_id AND x.state = 'accepted' AND f.state = 'in_force' AND n.starts_on BETWEEN f.from_on AND f.to_on
                AND m.team_id = CASE WHEN m.source = 'reinforcement' THEN f.to_team_id ELSE f.from_team_id END)) AS member,
    (SELECT count(*) FROM notice x JOIN call_order o ON o.id = x.order_id WHERE x.person_id = p.id AND o.operation_id = t.operation_id
        AND x.answer IN ('cannot', 'hindered') AND (x.back_on IS NULL OR x.back_on > n.starts_on)
        AND NOT EXISTS (SELECT 1 FROM notice y JOIN call_order q ON q.id = y.order_id WHERE y.person_id = x.person_id
            AND q.operation_id = o.operation_id AND y.answer IS NOT NULL AND y.id > x.id)) AS away,
    (SELECT count(*) FROM availability a WHERE a.person_id = p.id AND a.level = 'cannot'
        AND a.starts_at < n.ends_at AND n.starts_at < a.ends_at) AS cannot,
    (SELECT count(*) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'no_night' AND r.value <> 0
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)) AS no_night,
    (SELECT count(*) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'no_outdoor' AND r.value <> 0
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)) AS no_outdoor,
    (SELECT count(*) FROM post_skill k WHERE k.post_id = n.post_id
        AND NOT EXISTS (SELECT 1 FROM person_skill e WHERE e.person_id = p.id AND e.skill = k.skill)
        AND (SELECT count(*) FROM duty d JOIN person_skill e ON e.person_id = d.person_id AND e.skill = k.skill
            WHERE d.need_id = n.id AND d.seat IS NOT NULL AND d.id <> $without) < k.count
        AND (EXISTS (SELECT 1 FROM duty d JOIN person_skill e ON e.person_id = d.person_id AND e.skill = k.skill WHERE d.id = $without)
            OR ($without = 0 AND (SELECT count(*) FROM need_seat z WHERE z.need_id = n.id)
                - (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
                <= k.count - (SELECT count(*) FROM duty d JOIN person_skill e ON e.person_id = d.person_id AND e.skill = k.skill
            WHERE d.need_id = n.id AND d.seat IS NOT NULL AND d.id <> $without)))) AS skill_lacking,
    COALESCE((SELECT max(r.value) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'nights_agreed'
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)), 0) AS nights_agreed,
    COALESCE((SELECT min(r.value) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'nights'
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)), 0) AS nights_fewer,
    (SELECT count(*) FROM person_pair v JOIN person q ON q.id IN (v.a_id, v.b_id) AND q.id <> p.id
        WHERE v.operation_id = t.operation_id AND p.id IN (v.a_id, v.b_id)
        AND ((v.kind <> 'together' AND EXISTS (SELECT 1 FROM duty d WHERE d.person_id = q.id AND d.seat IS NOT NULL AND d.id <> $without
                AND d.starts_at < n.ends_at AND n.starts_at < d.ends_at))
            OR (v.kind = 'together' AND NOT EXISTS (SELECT 1 FROM duty d JOIN need k ON k.id = d.need_id WHERE d.person_id = q.id
                AND d.seat IS NOT NULL AND d.id <> $without AND k.shift_id = n.shift_id AND k.starts_on = n.starts_on)))) AS paired
FROM need n JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id JOIN team t ON t.id = n.team_id
JOIN person p ON p.id = $person AND p.erased_at IS NULL
WHERE n.id = $need;
-- name: substitute.duties
-- args: need int, person int, leaves int
-- what lies within seven days may touch it: nights are counted over them
SELECT d.starts_at, d.ends_at, d.starts_on, CASE WHEN h.kind = 'night' THEN 1 ELSE 0 END AS night, s.outdoor
FROM need n JOIN duty d ON d.person_id = $person AND d.seat IS NOT NULL AND d.id <> $leaves
    AND d.starts_at > n.starts_at - 691200000 AND d.starts_at < n.ends_at + 691200000
JOIN need k ON k.id = d.need_id JOIN shift h ON h.id = k.shift_id JOIN post s ON s.id = k.post_id
WHERE n.id = $need ORDER BY d.starts_at, d.id;
-- name: substitute.limits
-- args: need int
-- the team's value comes after its operation's, and wins
SELECT z.name, z.value FROM need n JOIN team t ON t.id = n.team_id
JOIN setting z ON z.scope IN ('team:' || t.id, 'operation:' || t.operation_id)
WHERE n.id = $need AND z.name IN ('roster.day_hours', 'roster.rest_hours', 'roster.nights') ORDER BY z.scope;
