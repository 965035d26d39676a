-- view: community_short  Communities in which posts stayed below their minimum on a day.
-- scope: division t.community_code   names: commander secretary leader   also: $operation id, $day day, $before utc?
-- columns: community_code code, community text, subdistrict text, wanted int, rostered int, missing int, reason name
SELECT c.community_code, v.name AS community, u.name AS subdistrict, CAST(sum(c.headcount_min) AS BIGINT) AS wanted,
    CAST(sum(c.rostered) AS BIGINT) AS rostered, CAST(sum(c.missing) AS INTEGER) AS missing, max(c.reason) AS reason
FROM (
    SELECT t.community_code, n.id, n.headcount_min,
        (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS rostered,
        CASE WHEN n.headcount_min > (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            THEN n.headcount_min - (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL)
            ELSE 0 END AS missing,
        /*name*/COALESCE((SELECT g.explanation FROM roster_gap g JOIN roster r ON r.id = g.roster_id
            WHERE g.need_id = n.id AND r.state = 'published' ORDER BY r.version DESC LIMIT 1), '')/*end*/ AS reason
    FROM need n JOIN team t ON t.id = n.team_id
    WHERE t.operation_id = $operation AND n.starts_on = $day AND ($before IS NULL OR n.starts_at < $before) /*scope*/
) AS c JOIN division v ON v.code = c.community_code LEFT JOIN division u ON u.code = v.parent_code
GROUP BY c.community_code, v.name, u.name HAVING sum(c.missing) > 0
ORDER BY c.community_code;
