-- view: attendance_sheet  A team's sign-in sheet of a day: who is due and when, who came and left, who came besides.
-- scope: team x.team_id   for: commander secretary liaison leader auditor   also: $team id, $day day
-- columns: duty_id id, team_id id, person_id id, name name, org text, post_id id, post text, shift text, start_minute minute, end_minute minute, starts_at utc, ends_at utc, attendance_id id, in_happened_at utc, out_happened_at utc
SELECT x.duty_id, x.team_id, x.person_id, /*name*/p.name/*end*/ AS name, COALESCE(o.name, p.work_unit) AS org, x.post_id, s.name AS post,
    x.shift, x.start_minute, x.end_minute, x.starts_at, x.ends_at, x.attendance_id, x.in_happened_at, x.out_happened_at
FROM (
    SELECT d.id AS duty_id, n.team_id, d.person_id, n.post_id, h.name AS shift, h.start_minute, h.end_minute, d.starts_at, d.ends_at,
        a.id AS attendance_id, a.in_happened_at, a.out_happened_at
    FROM duty d JOIN need n ON n.id = d.need_id JOIN shift h ON h.id = n.shift_id
    LEFT JOIN attendance a ON a.duty_id = d.id AND a.void_at IS NULL
    WHERE n.team_id = $team AND d.starts_on = $day AND (d.state <> 'cancelled' OR a.id IS NOT NULL)
    UNION ALL
    SELECT NULL, a.team_id, a.person_id, a.post_id, NULL, NULL, NULL, NULL, NULL, a.id, a.in_happened_at, a.out_happened_at
    FROM attendance a WHERE a.team_id = $team AND a.starts_on = $day AND a.duty_id IS NULL AND a.void_at IS NULL
) AS x
JOIN person p ON p.id = x.person_id LEFT JOIN org o ON o.id = p.org_id LEFT JOIN post s ON s.id = x.post_id
WHERE 1 = 1 /*scope*/
ORDER BY CASE WHEN x.duty_id IS NULL THEN 1 ELSE 0 END, x.start_minute, s.name, x.duty_id, x.attendance_id;
