-- view: team_led  Teams whose roster one may look after.
-- scope: team t.id   for: commander secretary leader liaison   also: $team id?
-- columns: id id, operation_id id, operation text, zone text, community_code code, team text, leader_id id, leader name, members int, version int
SELECT t.id, t.operation_id, o.title AS operation, o.zone, t.community_code, t.name AS team, t.leader_id, /*name*/p.name/*end*/ AS leader,
    (SELECT count(*) FROM membership m WHERE m.team_id = t.id AND m.state = 'active') AS members, t.version
FROM team t JOIN operation o ON o.id = t.operation_id LEFT JOIN person p ON p.id = t.leader_id
WHERE ($team IS NULL OR t.id = $team) /*scope*/ ORDER BY t.id;
