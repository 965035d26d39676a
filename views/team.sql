-- view: team  Teams with their size and offices.
-- scope: team t.id   also: $operation id?, $until utc?
-- columns: id id, operation_id id, community_code code, name text, members int, leader_id id, leader name, deputy_id id, deputy name, liaison_id id, liaison name, version int
SELECT t.id, t.operation_id, t.community_code, t.name,
    (SELECT count(*) FROM membership m WHERE m.team_id = t.id AND m.state = 'active') AS members,
    t.leader_id, /*name*/a.name/*end*/ AS leader, t.deputy_id, /*name*/b.name/*end*/ AS deputy, t.liaison_id, /*name*/c.name/*end*/ AS liaison, t.version
FROM team t LEFT JOIN person a ON a.id = t.leader_id LEFT JOIN person b ON b.id = t.deputy_id
LEFT JOIN person c ON c.id = t.liaison_id WHERE ($operation IS NULL OR t.operation_id = $operation)
    AND ($until IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.team_id = t.id AND m.from_at <= $until)) /*scope*/ ORDER BY t.id;
