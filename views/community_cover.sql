-- view: community_cover  Communities at an instant: wanted, rostered, come, missing, not to be reached; in the order of the list.
-- scope: division t.community_code   also: $operation id, $at utc
-- columns: community_code code, community text, subdistrict text, wanted int, rostered int, came int, unrostered int, absent int, unreachable int
SELECT q.community_code, v.name AS community, u.name AS subdistrict, CAST(sum(q.headcount_min) AS BIGINT) AS wanted,
    CAST(sum(q.rostered) AS BIGINT) AS rostered, CAST(sum(q.came) AS BIGINT) AS came,
    CAST(sum(CASE WHEN q.rostered < q.headcount_min THEN q.headcount_min - q.rostered ELSE 0 END) AS BIGINT) AS unrostered,
    CAST(sum(CASE WHEN q.came < q.headcount_min THEN q.headcount_min - q.came ELSE 0 END) AS BIGINT) AS absent,
    CAST(sum(q.unreachable) AS BIGINT) AS unreachable
FROM (
    SELECT t.community_code, n.headcount_min,
        (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL) AS rostered,
        (SELECT count(*) FROM attendance x JOIN duty d ON d.id = x.duty_id WHERE d.need_id = n.id AND x.void_at IS NULL) AS came,
        (SELECT count(*) FROM duty d WHERE d.need_id = n.id AND d.seat IS NOT NULL AND EXISTS (SELECT 1 FROM notice k
            WHERE k.person_id = d.person_id AND k.state = 'unreachable')) AS unreachable
    FROM need n JOIN team t ON t.id = n.team_id
    WHERE t.operation_id = $operation AND n.starts_at <= $at AND n.ends_at > $at /*scope*/
) AS q JOIN division v ON v.code = q.community_code LEFT JOIN division u ON u.code = v.parent_code
GROUP BY q.community_code, v.name, u.name
ORDER BY q.community_code;
