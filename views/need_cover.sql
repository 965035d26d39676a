-- view: need_cover  Needs of a period: wanted, on the roster, come.
-- scope: team n.team_id   names: commander secretary leader   also: $operation id, $from_on day?, $to_on day?, $state text?, $before utc?
-- columns: id id, team_id id, team text, community_code code, starts_on day, shift text, start_minute minute, end_minute minute, post text, headcount_min int, rostered int, came int, missing int, reason name
SELECT * FROM (
    SELECT n.id, n.team_id, t.name AS team, t.community_code, n.starts_on, h.name AS shift, h.start_minute, h.end_minute,
        s.name AS post, n.headcount_min,
        (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS rostered,
        (SELECT count(*) FROM attendance a JOIN duty d ON d.id = a.duty_id
            WHERE d.need_id = n.id AND a.void_at IS NULL) AS came,
        CASE WHEN n.headcount_min > (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            THEN n.headcount_min - (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            ELSE 0 END AS missing,
        /*name*/COALESCE((SELECT g.explanation FROM roster_gap g JOIN roster r ON r.id = g.roster_id
            WHERE g.need_id = n.id AND r.state = 'published' ORDER BY r.version DESC LIMIT 1), '')/*end*/ AS reason
    FROM need n JOIN team t ON t.id = n.team_id JOIN shift h ON h.id = n.shift_id JOIN post s ON s.id = n.post_id
    WHERE t.operation_id = $operation AND n.headcount_min > 0 AND ($from_on IS NULL OR n.starts_on >= $from_on)
        AND ($to_on IS NULL OR n.starts_on <= $to_on) AND ($before IS NULL OR n.starts_at < $before) /*scope*/
) AS c
WHERE $state IS NULL OR ($state = 'short' AND c.missing > 0) OR ($state = 'met' AND c.missing = 0)
ORDER BY c.team_id, c.starts_on, c.start_minute, c.post, c.id;
