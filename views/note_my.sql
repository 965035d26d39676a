-- view: note_my  What a person told teams in writing, newest first.
-- scope: own n.person_id   also: $person id?, $kind text?
-- columns: id id, person_id id, team text, kind text, about_id id, text text, written_at utc, settled_at utc
SELECT n.id, n.person_id, t.name AS team, n.kind, n.about_id, n.text, n.written_at, n.settled_at
FROM note n JOIN team t ON t.id = n.team_id
WHERE ($person IS NULL OR n.person_id = $person) AND ($kind IS NULL OR n.kind = $kind) /*scope*/
ORDER BY n.id DESC;
