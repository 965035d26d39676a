-- view: team_appeal  What an appeal letter says of a community: compounds, posts, people wanted a day and had.
-- scope: team t.id   also: $team id, $day day
-- columns: team_id id, operation_id id, zone text, team text, community text, subdistrict text, leader_id id, leader name, liaison_id id, liaison name, compounds int, posts int, wanted int, members int
SELECT t.id AS team_id, t.operation_id, o.zone, t.name AS team, v.name AS community, u.name AS subdistrict, t.leader_id,
    /*name*/a.name/*end*/ AS leader, t.liaison_id, /*name*/b.name/*end*/ AS liaison,
    (SELECT count(*) FROM compound c WHERE c.community_code = t.community_code AND c.kind = 'compound') AS compounds,
    (SELECT count(*) FROM post s WHERE s.team_id = t.id AND s.closed_at IS NULL) AS posts,
    (SELECT COALESCE(CAST(sum(n.headcount_min) AS BIGINT), 0) FROM need n WHERE n.team_id = t.id AND n.starts_on = $day) AS wanted,
    (SELECT count(*) FROM membership m WHERE m.team_id = t.id AND m.state = 'active') AS members
FROM team t JOIN operation o ON o.id = t.operation_id JOIN division v ON v.code = t.community_code
LEFT JOIN division u ON u.code = v.parent_code LEFT JOIN person a ON a.id = t.leader_id
LEFT JOIN person b ON b.id = t.liaison_id
WHERE t.id = $team /*scope*/
ORDER BY t.id;
