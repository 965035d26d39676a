-- view: team_contact  Whom a member rings: the leader and liaison of the own teams, as their rosters print them.
-- scope: own m.person_id   also: $person id?
-- columns: team_id id, operation_id id, team text, zone text, person_id id, leader text, leader_phone text, liaison text, liaison_phone text
SELECT t.id AS team_id, t.operation_id, t.name AS team, x.zone, m.person_id, a.name AS leader, a.phone AS leader_phone, c.name AS liaison,
    c.phone AS liaison_phone
FROM membership m JOIN team t ON t.id = m.team_id JOIN operation x ON x.id = t.operation_id
LEFT JOIN person a ON a.id = t.leader_id LEFT JOIN person c ON c.id = t.liaison_id
WHERE m.state = 'active' AND ($person IS NULL OR m.person_id = $person) /*scope*/
ORDER BY CASE WHEN m.source = 'reinforcement' THEN 1 ELSE 0 END, t.id;
