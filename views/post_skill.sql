-- view: post_skill  How many who can do what a post asks for.
-- scope: team s.team_id   also: $team id?
-- columns: post_id id, team_id id, post text, skill text, count int
SELECT k.post_id, s.team_id, s.name AS post, k.skill, k.count FROM post_skill k JOIN post s ON s.id = k.post_id
WHERE ($team IS NULL OR s.team_id = $team) /*scope*/ ORDER BY k.post_id, k.skill;
