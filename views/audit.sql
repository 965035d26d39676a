-- view: audit  What was done, newest first.
-- scope: all
-- columns: lane int, seq int, at utc, actor_id id, about_id id, command text, noun text, noun_id id, body text, result text, source text
SELECT a.lane, a.seq, a.at, a.actor_id, a.about_id, a.command, a.noun, a.noun_id, a.body, a.result, a.source
FROM audit a WHERE 1 = 1 /*scope*/ ORDER BY a.at DESC, a.lane, a.seq DESC;
