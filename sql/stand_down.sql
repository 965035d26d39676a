-- stand_down: duties that are not needed after all, and whom to tell.
-- name: stand_down.operation
-- args: need int?, team int?, operation int?
SELECT o.id FROM operation o WHERE o.id = COALESCE($operation,
    (SELECT t.operation_id FROM team t WHERE t.id = COALESCE($team, (SELECT n.team_id FROM need n WHERE n.id = $need))));
-- name: stand_down.duties
-- args: need int?, team int?, operation int?, from_on text?, to_on text?, now int, limit int
SELECT d.id, d.person_id, d.starts_on, p.name, p.phone, v.name AS community,
    COALESCE(l.name, r.name) AS contact, COALESCE(l.phone, r.phone) AS contact_phone
FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id JOIN person p ON p.id = d.person_id
JOIN division v ON v.code = t.community_code LEFT JOIN person l ON l.id = t.liaison_id LEFT JOIN person r ON r.id = t.leader_id
WHERE d.state IN ('planned', 'confirmed') AND d.starts_at > $now
    AND ($need IS NULL OR d.need_id = $need) AND ($team IS NULL OR n.team_id = $team)
    AND ($operation IS NULL OR t.operation_id = $operation)
    AND ($from_on IS NULL OR d.starts_on >= $from_on) AND ($to_on IS NULL OR d.starts_on <= $to_on)
ORDER BY d.id LIMIT $limit;
-- name: stand_down.count
-- args: need int?, team int?, operation int?, from_on text?, to_on text?, now int
SELECT count(*) AS n FROM duty d JOIN need n ON n.id = d.need_id JOIN team t ON t.id = n.team_id
WHERE d.state IN ('planned', 'confirmed') AND d.starts_at > $now
    AND ($need IS NULL OR d.need_id = $need) AND ($team IS NULL OR n.team_id = $team)
    AND ($operation IS NULL OR t.operation_id = $operation)
    AND ($from_on IS NULL OR d.starts_on >= $from_on) AND ($to_on IS NULL OR d.starts_on <= $to_on);
-- name: stand_down.cancel
-- args: id int, why text, now int
-- whoever has checked in meanwhile stays
UPDATE duty SET state = 'cancelled', seat = NULL, why = $why, version = version + 1, changed_at = $now
WHERE id = $id AND state IN ('planned', 'confirmed') RETURNING id;
