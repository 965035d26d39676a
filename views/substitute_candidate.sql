-- view: substitute_candidate  Who could take a duty over, or a free seat of a need: free and near first, and why the others cannot.
-- scope: team n.team_id   for: commander secretary leader   also: $duty id, $need id?
-- columns: place int, person_id id, name name, phone phone, reason text, near int, rather_not yes, minutes int, week_minutes int, rest_minutes int, answer text
WITH wanted AS (SELECT COALESCE(d.id, 0) AS duty_id, COALESCE(d.person_id, 0) AS holder_id, n.id AS need_id, n.team_id, n.post_id, n.shift_id, n.starts_on, n.starts_at, n.ends_at,
        t.operation_id, t.community_code, s.compound_id, s.outdoor, CASE WHEN h.kind = 'night' THEN 1 ELSE 0 END AS night,
        60 * COALESCE((SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.day_hours' AND z.scope = 'team:' || t.id),
            (SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.day_hours' AND z.scope = 'operation:' || t.operation_id), 8) AS day_max,
        60 * COALESCE((SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.rest_hours' AND z.scope = 'team:' || t.id),
            (SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.rest_hours' AND z.scope = 'operation:' || t.operation_id), 8) * 60000 AS rest,
        COALESCE((SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.nights' AND z.scope = 'team:' || t.id),
            (SELECT CAST(z.value AS INTEGER) FROM setting z WHERE z.name = 'roster.nights' AND z.scope = 'operation:' || t.operation_id), 3) AS nights_max,
        367 * CAST(substr(n.starts_on, 1, 4) AS INTEGER) - 7 * (CAST(substr(n.starts_on, 1, 4) AS INTEGER) + (CAST(substr(n.starts_on, 6, 2) AS INTEGER) + 9) / 12) / 4
        + 275 * CAST(substr(n.starts_on, 6, 2) AS INTEGER) / 9 + CAST(substr(n.starts_on, 9, 2) AS INTEGER) AS day
    FROM need n JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
    JOIN team t ON t.id = n.team_id LEFT JOIN duty d ON d.id = $duty AND d.need_id = n.id
    WHERE n.id = COALESCE($need, (SELECT k.need_id FROM duty k WHERE k.id = $duty)) /*scope*/),
own AS (SELECT w.duty_id, d.person_id,
        sum(CASE WHEN d.starts_at < w.ends_at AND w.starts_at < d.ends_at THEN 1 ELSE 0 END) AS overlap,
        sum(CASE WHEN h.kind = 'night' AND d.ends_at <= w.starts_at AND w.starts_at - d.ends_at < w.rest THEN 1
            WHEN w.night = 1 AND w.ends_at <= d.starts_at AND d.starts_at - w.ends_at < w.rest THEN 1 ELSE 0 END) AS close,
        sum(CASE WHEN d.starts_on = w.starts_on THEN (d.ends_at - d.starts_at) / 60000 ELSE 0 END) AS minutes,
        min(CASE WHEN d.ends_at <= w.starts_at THEN w.starts_at - d.ends_at WHEN w.ends_at <= d.starts_at THEN d.starts_at - w.ends_at END) / 60000 AS rest_minutes
    FROM wanted w JOIN duty d ON d.seat IS NOT NULL AND d.starts_at > w.starts_at - 172800000 AND d.starts_at < w.ends_at + 172800000
    JOIN need k ON k.id = d.need_id JOIN shift h ON h.id = k.shift_id GROUP BY w.duty_id, d.person_id),
-- Monday to Sunday: day 6 of the count above is a Monday
week AS (SELECT x.person_id, sum(x.minutes) AS minutes FROM (SELECT d.person_id, (d.ends_at - d.starts_at) / 60000 AS minutes, w.day AS wanted_day,
        367 * CAST(substr(d.starts_on, 1, 4) AS INTEGER) - 7 * (CAST(substr(d.starts_on, 1, 4) AS INTEGER) + (CAST(substr(d.starts_on, 6, 2) AS INTEGER) + 9) / 12) / 4
        + 275 * CAST(substr(d.starts_on, 6, 2) AS INTEGER) / 9 + CAST(substr(d.starts_on, 9, 2) AS INTEGER) AS day
    FROM wanted w JOIN duty d ON d.seat IS NOT NULL AND d.starts_at > w.starts_at - 691200000 AND d.starts_at < w.ends_at + 691200000) x
    WHERE (x.day + 1) / 7 = (x.wanted_day + 1) / 7 GROUP BY x.person_id),
night AS (SELECT w.day AS wanted_day, d.person_id, 367 * CAST(substr(d.starts_on, 1, 4) AS INTEGER) - 7 * (CAST(substr(d.starts_on, 1, 4) AS INTEGER) + (CAST(substr(d.starts_on, 6, 2) AS INTEGER) + 9) / 12) / 4
        + 275 * CAST(substr(d.starts_on, 6, 2) AS INTEGER) / 9 + CAST(substr(d.starts_on, 9, 2) AS INTEGER) AS day
    FROM wanted w JOIN duty d ON d.seat IS NOT NULL AND d.starts_at > w.starts_at - 691200000 AND d.starts_at < w.ends_at + 691200000
    JOIN need k ON k.id = d.need_id JOIN shift h ON h.id = k.shift_id AND h.kind = 'night' WHERE w.night = 1),
first_night AS (SELECT person_id, day FROM night WHERE day BETWEEN wanted_day - 6 AND wanted_day UNION SELECT person_id, wanted_day FROM night),
nights AS (SELECT x.person_id, max(x.n) AS n FROM (SELECT f.person_id, f.day, count(*) AS n FROM first_night f
        JOIN night i ON i.person_id = f.person_id AND i.day BETWEEN f.day AND f.day + 6 GROUP BY f.person_id, f.day) x GROUP BY x.person_id),
own_nights AS (SELECT r.person_id, COALESCE(max(CASE WHEN r.rule = 'nights_agreed' THEN r.value END), 0) AS agreed,
        COALESCE(min(CASE WHEN r.rule = 'nights' THEN r.value END), 0) AS fewer
    FROM wanted w JOIN care_rule r ON r.rule IN ('nights_agreed', 'nights')
        AND (r.from_on IS NULL OR r.from_on <= w.starts_on) AND (r.to_on IS NULL OR r.to_on >= w.starts_on) GROUP BY r.person_id),
candidate AS (SELECT p.id AS person_id, /*name*/p.name/*end*/ AS name, p.phone, CAST(COALESCE(o.minutes, 0) AS BIGINT) AS minutes,
    CAST(COALESCE(u.minutes, 0) AS BIGINT) AS week_minutes, CAST(o.rest_minutes AS BIGINT) AS rest_minutes,
    COALESCE((SELECT x.answer FROM notice x JOIN call_order c ON c.id = x.order_id WHERE x.person_id = p.id AND c.operation_id = n.operation_id
        AND x.answer IS NOT NULL ORDER BY x.id DESC LIMIT 1), '') AS answer,
    CASE WHEN l.compound_id = n.compound_id THEN 0 WHEN l.community_code = n.community_code THEN 1 ELSE 2 END AS near,
    CASE WHEN EXISTS (SELECT 1 FROM availability a WHERE a.person_id = p.id AND a.level = 'rather_not'
        AND a.starts_at < n.ends_at AND n.starts_at < a.ends_at) THEN 1 ELSE 0 END AS rather_not,
    CASE WHEN (SELECT count(*) FROM notice x JOIN call_order o ON o.id = x.order_id WHERE x.person_id = p.id AND o.operation_id = n.operation_id
        AND x.answer IN ('cannot', 'hindered') AND (x.back_on IS NULL OR x.back_on > n.starts_on)
        AND NOT EXISTS (SELECT 1 FROM notice y JOIN call_order q ON q.id = y.order_id WHERE y.person_id = x.person_id
            AND q.operation_id = o.operation_id AND y.answer IS NOT NULL AND y.id > x.id)) > 0 THEN 'away'
    WHEN (SELECT count(*) FROM availability a WHERE a.person_id = p.id AND a.level = 'cannot'
        AND a.starts_at < n.ends_at AND n.starts_at < a.ends_at) > 0 THEN 'cannot'
    WHEN n.night = 1 AND (SELECT count(*) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'no_night' AND r.value <> 0
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)) > 0 THEN 'care'
    WHEN n.outdoor = 1 AND (SELECT count(*) FROM care_rule r WHERE r.person_id = p.id AND r.rule = 'no_outdoor' AND r.value <> 0
        AND (r.from_on IS NULL OR r.from_on <= n.starts_on) AND (r.to_on IS NULL OR r.to_on >= n.starts_on)) > 0 THEN 'care'
    WHEN EXISTS (SELECT 1 FROM post_skill k JOIN person_skill e ON e.person_id = n.holder_id AND e.skill = k.skill
        WHERE k.post_id = n.post_id AND NOT EXISTS (SELECT 1 FROM person_skill i WHERE i.person_id = p.id AND i.skill = k.skill)
        AND (SELECT count(*) FROM duty d JOIN person_skill i ON i.person_id = d.person_id AND i.skill = k.skill
            WHERE d.need_id = n.need_id AND d.seat IS NOT NULL AND d.id <> n.duty_id) < k.count) THEN 'skill'
    WHEN COALESCE(o.overlap, 0) > 0 THEN 'overlap'
    WHEN COALESCE(o.close, 0) > 0 THEN 'rest'
    WHEN COALESCE(o.minutes, 0) > 0 AND o.minutes + (n.ends_at - n.starts_at) / 60000 > n.day_max THEN 'hours'
    WHEN n.night = 1 AND (COALESCE(i.n, 0) + 1 > CASE WHEN COALESCE(e.agreed, 0) > n.nights_max THEN e.agreed ELSE n.nights_max END
        OR (COALESCE(e.fewer, 0) > 0 AND COALESCE(i.n, 0) + 1 > e.fewer)) THEN 'nights'
    WHEN (SELECT count(*) FROM person_pair v JOIN person q ON q.id IN (v.a_id, v.b_id) AND q.id <> p.id
        WHERE v.operation_id = n.operation_id AND p.id IN (v.a_id, v.b_id)
        AND ((v.kind <> 'together' AND EXISTS (SELECT 1 FROM duty d WHERE d.person_id = q.id AND d.seat IS NOT NULL AND d.id <> n.duty_id
                AND d.starts_at < n.ends_at AND n.starts_at < d.ends_at))
            OR (v.kind = 'together' AND NOT EXISTS (SELECT 1 FROM duty d JOIN need k ON k.id = d.need_id WHERE d.person_id = q.id
                AND d.seat IS NOT NULL AND d.id <> n.duty_id AND k.shift_id = n.shift_id AND k.starts_on = n.starts_on)))) > 0 THEN 'pair'
    ELSE 'free' END AS reason
    FROM wanted n JOIN membership m ON m.team_id = n.team_id AND m.state = 'active'
        AND (m.source = 'reinforcement') = EXISTS (SELECT 1 FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id
            WHERE x.person_id = m.person_id AND x.state = 'accepted' AND f.state = 'in_force' AND n.starts_on BETWEEN f.from_on AND f.to_on
                AND m.team_id = CASE WHEN m.source = 'reinforcement' THEN f.to_team_id ELSE f.from_team_id END)
    JOIN person p ON p.id = m.person_id AND p.id <> n.holder_id AND p.erased_at IS NULL
    LEFT JOIN placement l ON l.id = p.placement_id LEFT JOIN own o ON o.person_id = p.id LEFT JOIN week u ON u.person_id = p.id LEFT JOIN nights i ON i.person_id = p.id
    LEFT JOIN own_nights e ON e.person_id = p.id)
SELECT row_number() OVER (ORDER BY CASE WHEN reason = 'free' THEN 0 ELSE 1 END, rather_not, near, minutes, person_id) AS place,
    person_id, name, CASE WHEN length(phone) > 7 THEN substr(phone, 1, 3) || '****' || substr(phone, length(phone) - 3)
        WHEN phone = '' THEN '' ELSE '****' END AS phone, reason, near, rather_not, minutes, week_minutes, rest_minutes, answer
FROM candidate ORDER BY 1;
