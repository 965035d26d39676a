-- view: duty_at  The posts at an instant and who is due there: one row per duty, and one for a post nobody is on.
-- scope: team n.team_id   also: $operation id, $at utc, $community code?
-- columns: need_id id, team_id id, team text, community_code code, community text, post_id id, post text, shift text, starts_on day, start_minute minute, end_minute minute, starts_at utc, ends_at utc, headcount_min int, duty_id id, person_id id, name name, phone phone, lead yes, state text, in_happened_at utc, in_minute minute, out_happened_at utc, unreachable yes
SELECT n.id AS need_id, n.team_id, t.name AS team, t.community_code, v.name AS community, n.post_id, s.name AS post, h.name AS shift,
    n.starts_on, h.start_minute, h.end_minute, n.starts_at, n.ends_at, n.headcount_min, d.id AS duty_id, d.person_id,
    /*name*/p.name/*end*/ AS name,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone,
    d.lead, d.state, x.in_happened_at, x.in_minute, x.out_happened_at,
    CASE WHEN EXISTS (SELECT 1 FROM notice k WHERE k.person_id = d.person_id AND k.state = 'unreachable') THEN 1 ELSE 0 END AS unreachable
FROM need n JOIN team t ON t.id = n.team_id JOIN division v ON v.code = t.community_code JOIN shift h ON h.id = n.shift_id
JOIN post s ON s.id = n.post_id LEFT JOIN duty d ON d.need_id = n.id AND d.state <> 'cancelled'
LEFT JOIN person p ON p.id = d.person_id LEFT JOIN attendance x ON x.duty_id = d.id AND x.void_at IS NULL
WHERE t.operation_id = $operation AND n.starts_at <= $at AND n.ends_at > $at
    AND ($community IS NULL OR t.community_code = $community) /*scope*/
ORDER BY t.community_code, n.starts_at, s.name, n.id, d.lead DESC, d.id;
