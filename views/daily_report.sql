-- view: daily_report  The figures of a day as they are reported upward: the operation, then each team. Person-times count by shift.
-- scope: all   for: commander auditor   also: $operation id, $day day, $until utc
-- columns: team_id id, unit text, due int, told int, came int, absent int, on_duty int, person_times int, person_times_all int, confirmed_minutes int, communities int, posts int, teams int, missing int, lent_in int, lent_out int, donors int, amount_fen int
SELECT f.team_id, f.unit, f.due, f.told, f.came, f.due - f.came AS absent, f.on_duty, f.person_times, f.person_times_all, f.confirmed_minutes,
    f.communities, f.posts, f.teams, f.missing, f.lent_in, f.lent_out, f.donors, f.amount_fen
FROM (
    SELECT u.team_id, u.unit,
        (SELECT count(DISTINCT d.person_id) FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
            WHERE t.operation_id = $operation AND d.starts_on = $day AND d.state NOT IN ('cancelled', 'excused')
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS due,
        (SELECT count(DISTINCT k.person_id) FROM notice k JOIN call_order c ON c.id = k.order_id
            WHERE c.operation_id = $operation AND k.state <> 'queued' AND (u.team_id IS NULL OR EXISTS (SELECT 1 FROM membership m
                WHERE m.person_id = k.person_id AND m.team_id = u.team_id AND m.state = 'active'))) AS told,
        (SELECT count(DISTINCT d.person_id) FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
            JOIN attendance x ON x.duty_id = d.id WHERE t.operation_id = $operation AND d.starts_on = $day
            AND d.state NOT IN ('cancelled', 'excused') AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS came,
        (SELECT count(DISTINCT x.person_id) FROM attendance x JOIN team t ON t.id = x.team_id WHERE t.operation_id = $operation
            AND x.starts_on = $day AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS on_duty,
        (SELECT count(*) FROM attendance x JOIN team t ON t.id = x.team_id WHERE t.operation_id = $operation
            AND x.starts_on = $day AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS person_times,
        (SELECT count(*) FROM attendance x JOIN team t ON t.id = x.team_id WHERE t.operation_id = $operation
            AND x.starts_on <= $day AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS person_times_all,
        (SELECT CAST(COALESCE(sum(x.confirmed_minutes), 0) AS BIGINT) FROM attendance x JOIN team t ON t.id = x.team_id
            WHERE t.operation_id = $operation AND x.starts_on <= $day AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS confirmed_minutes,
        (SELECT count(DISTINCT t.community_code) FROM attendance x JOIN team t ON t.id = x.team_id WHERE t.operation_id = $operation
            AND x.starts_on = $day AND x.void_at IS NULL AND x.in_recorded_at <= $until
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS communities,
        (SELECT count(DISTINCT n.post_id) FROM need n JOIN team t ON t.id = n.team_id WHERE t.operation_id = $operation
            AND n.starts_on = $day AND n.headcount_min > 0 AND (u.team_id IS NULL OR t.id = u.team_id)) AS posts,
        (SELECT count(*) FROM team t WHERE t.operation_id = $operation AND (u.team_id IS NULL OR t.id = u.team_id)) AS teams,
        (SELECT CAST(COALESCE(sum(CASE WHEN s.headcount_min > s.live THEN s.headcount_min - s.live ELSE 0 END), 0) AS BIGINT)
            FROM (SELECT n.team_id, n.headcount_min,
                    (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS live
                FROM need n JOIN team t ON t.id = n.team_id WHERE t.operation_id = $operation AND n.starts_on = $day) AS s
            WHERE u.team_id IS NULL OR s.team_id = u.team_id) AS missing,
        (SELECT count(*) FROM reinforcement_person y JOIN reinforcement r ON r.id = y.reinforcement_id JOIN team t ON t.id = r.to_team_id
            WHERE t.operation_id = $operation AND y.state = 'accepted' AND r.state = 'in_force' AND r.from_on <= $day AND r.to_on >= $day
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS lent_in,
        (SELECT count(*) FROM reinforcement_person y JOIN reinforcement r ON r.id = y.reinforcement_id JOIN team t ON t.id = r.from_team_id
            WHERE t.operation_id = $operation AND y.state = 'accepted' AND r.state = 'in_force' AND r.from_on <= $day AND r.to_on >= $day
            AND (u.team_id IS NULL OR t.id = u.team_id)) AS lent_out,
        (SELECT count(DISTINCT g.donor_id) FROM donation g WHERE g.operation_id = $operation AND g.kind = 'money' AND g.recorded_at <= $until
            AND g.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM donation b WHERE b.reverses_id = g.id AND b.recorded_at <= $until)
            AND (u.community_code IS NULL OR g.community_code = u.community_code)) AS donors,
        (SELECT CAST(COALESCE(sum(g.amount_fen), 0) AS BIGINT) FROM donation g WHERE g.operation_id = $operation AND g.kind = 'money'
            AND g.recorded_at <= $until AND (u.community_code IS NULL OR g.community_code = u.community_code)) AS amount_fen
    FROM (
        SELECT NULL AS team_id, o.title AS unit, NULL AS community_code FROM operation o WHERE o.id = $operation
        UNION ALL SELECT t.id, t.name, t.community_code FROM team t WHERE t.operation_id = $operation
    ) AS u
    WHERE 1 = 1 /*scope*/
) AS f
ORDER BY CASE WHEN f.team_id IS NULL THEN 0 ELSE 1 END, f.team_id;
