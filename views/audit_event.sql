-- view: audit_event  What was done, by whom and about whom, newest first.
-- scope: all
-- columns: lane int, seq int, at utc, actor_id id, actor name, command text, noun text, noun_id id, about name, source text
SELECT a.lane, a.seq, a.at, a.actor_id, /*name*/p.name/*end*/ AS actor, a.command, a.noun, a.noun_id, /*name*/q.name/*end*/ AS about, a.source
FROM audit a LEFT JOIN person p ON p.id = a.actor_id LEFT JOIN person q ON q.id = a.about_id
WHERE 1 = 1 /*scope*/ ORDER BY a.at DESC, a.lane, a.seq DESC;
