-- view: reinforcement_person  People lent from one team to another.
-- scope: team f.from_team_id   for: commander secretary leader auditor   also: $operation id?, $reinforcement id?, $state text?, $until utc?
-- columns: reinforcement_id id, person_id id, name name, from_team_id id, from_team text, to_team_id id, to_team text, from_on day, to_on day, state text
SELECT x.reinforcement_id, x.person_id, /*name*/p.name/*end*/ AS name, f.from_team_id, a.name AS from_team, f.to_team_id, b.name AS to_team, f.from_on, f.to_on, f.state
FROM reinforcement_person x JOIN reinforcement f ON f.id = x.reinforcement_id JOIN person p ON p.id = x.person_id
JOIN team a ON a.id = f.from_team_id JOIN team b ON b.id = f.to_team_id
WHERE x.state = 'accepted' AND ($operation IS NULL OR a.operation_id = $operation)
    AND ($reinforcement IS NULL OR x.reinforcement_id = $reinforcement) AND ($state IS NULL OR f.state = $state)
    AND ($until IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.team_id = f.to_team_id AND m.person_id = x.person_id
        AND m.source = 'reinforcement' AND m.from_at <= $until)) /*scope*/
ORDER BY x.reinforcement_id, x.person_id;
