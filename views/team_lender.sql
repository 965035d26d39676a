-- view: team_lender  Teams with members who have no duty on a day, those of the same subdistrict first.
-- scope: team b.to_team_id   also: $team id, $day day
-- columns: id id, to_team_id id, team text, community text, subdistrict text, near yes, members int, free int
SELECT * FROM (
    SELECT a.id, b.to_team_id, a.name AS team, v.name AS community, u.name AS subdistrict,
        CASE WHEN v.parent_code = w.parent_code THEN 1 ELSE 0 END AS near, count(*) AS members,
        CAST(sum(CASE WHEN EXISTS (SELECT 1 FROM duty d WHERE d.person_id = m.person_id AND d.starts_on = $day AND d.seat IS NOT NULL)
            THEN 0 ELSE 1 END) AS BIGINT) AS free
    FROM (SELECT t.id AS to_team_id, t.operation_id, t.community_code FROM team t) AS b JOIN division w ON w.code = b.community_code
    JOIN team a ON a.operation_id = b.operation_id AND a.id <> b.to_team_id JOIN division v ON v.code = a.community_code
    LEFT JOIN division u ON u.code = v.parent_code
    JOIN membership m ON m.team_id = a.id AND m.state = 'active' AND m.source <> 'reinforcement'
    WHERE b.to_team_id = $team /*scope*/
        AND NOT EXISTS (SELECT 1 FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id
            WHERE x.person_id = m.person_id AND f.from_team_id = a.id AND f.state IN ('proposed', 'accepted', 'in_force')
                AND f.from_on <= $day AND f.to_on >= $day)
    GROUP BY a.id, b.to_team_id, a.name, v.name, u.name, v.parent_code, w.parent_code
) AS c
WHERE c.free > 0
ORDER BY c.near DESC, c.free DESC, c.id;
