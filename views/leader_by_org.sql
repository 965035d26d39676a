-- view: leader_by_org  Teams whose leader comes from an organisation or one below it.
-- scope: team t.id   also: $operation id, $org id?, $until utc?
-- columns: team_id id, team text, person_id id, name name, org text
SELECT t.id AS team_id, t.name AS team, t.leader_id AS person_id, /*name*/p.name/*end*/ AS name, o.name AS org
FROM team t JOIN person p ON p.id = t.leader_id LEFT JOIN org o ON o.id = p.org_id
WHERE t.operation_id = $operation AND ($org IS NULL
    OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org))
    AND ($until IS NULL OR EXISTS (SELECT 1 FROM audit x WHERE x.noun = 'team' AND x.noun_id = t.id AND x.command = 'team.confirm'
        AND x.at <= $until)) /*scope*/
ORDER BY t.id;
