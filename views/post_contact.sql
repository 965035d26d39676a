-- view: post_contact  A post, its team, and whom to go to there.
-- scope: team s.team_id   also: $post id
-- columns: id id, post text, team_id id, team text, leader name, instructions text
SELECT s.id, s.name AS post, s.team_id, t.name AS team, /*name*/p.name/*end*/ AS leader, s.instructions
FROM post s JOIN team t ON t.id = s.team_id LEFT JOIN person p ON p.id = t.leader_id
WHERE s.id = $post /*scope*/ ORDER BY s.id;
