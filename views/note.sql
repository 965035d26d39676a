-- view: note  What people told a team in writing, newest first.
-- scope: team n.team_id   for: commander secretary leader   also: $team id?, $kind text?
-- columns: id id, team_id id, team text, person_id id, name name, kind text, about_id id, text name, written_at utc, settled_at utc, settled_by name
SELECT n.id, n.team_id, t.name AS team, n.person_id, /*name*/p.name/*end*/ AS name, n.kind, n.about_id, /*name*/n.text/*end*/ AS text, n.written_at,
    n.settled_at, /*name*/b.name/*end*/ AS settled_by
FROM note n JOIN team t ON t.id = n.team_id JOIN person p ON p.id = n.person_id LEFT JOIN person b ON b.id = n.settled_by
WHERE ($team IS NULL OR n.team_id = $team) AND ($kind IS NULL OR n.kind = $kind) /*scope*/
ORDER BY n.id DESC;
