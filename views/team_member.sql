-- view: team_member  Active members of teams.
-- scope: team m.team_id   also: $team id?, $until utc?
-- columns: team_id id, team text, person_id id, name name, org text, work_unit text, kind text, source text
SELECT m.team_id, t.name AS team, m.person_id, /*name*/p.name/*end*/ AS name, o.name AS org, p.work_unit, p.kind, m.source
FROM membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id LEFT JOIN org o ON o.id = p.org_id
WHERE m.state = 'active' AND ($team IS NULL OR m.team_id = $team) AND ($until IS NULL OR m.from_at <= $until) /*scope*/ ORDER BY m.team_id, m.person_id;
