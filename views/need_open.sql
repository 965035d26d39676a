-- view: need_open  Where people are still wanted, soonest first; no names.
-- scope: public   also: $after utc, $until utc
-- columns: id id, team_id id, community_code code, community text, subdistrict text, starts_on day, shift text, start_minute minute, end_minute minute, starts_at utc, ends_at utc, zone text, post text, outdoor yes, missing int
SELECT c.id, c.team_id, c.community_code, v.name AS community, u.name AS subdistrict, c.starts_on, h.name AS shift, h.start_minute, h.end_minute,
    c.starts_at, c.ends_at, o.zone, s.name AS post, s.outdoor, c.headcount_min - c.filled AS missing
FROM (SELECT n.id, n.team_id, t.operation_id, t.community_code, n.shift_id, n.post_id, n.starts_on, n.starts_at, n.ends_at, n.headcount_min,
        (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS filled
    FROM team t JOIN need n ON n.team_id = t.id WHERE n.starts_at >= $after AND n.starts_at < $until AND n.headcount_min > 0) AS c
JOIN operation o ON o.id = c.operation_id AND o.state = 'open' JOIN shift h ON h.id = c.shift_id JOIN post s ON s.id = c.post_id
JOIN division v ON v.code = c.community_code LEFT JOIN division u ON u.code = v.parent_code
WHERE c.filled < c.headcount_min
ORDER BY c.starts_at, c.id;
