-- view: member_unlisted  Members who were on no list and joined by themselves.
-- scope: team m.team_id   also: $operation id, $until utc?
-- columns: id id, team_id id, team text, person_id id, name name, from_at utc
SELECT m.id, m.team_id, t.name AS team, m.person_id, /*name*/p.name/*end*/ AS name, m.from_at
FROM membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id
WHERE m.operation_id = $operation AND m.source = 'joined' AND m.state = 'active' AND ($until IS NULL OR m.from_at <= $until)
    AND NOT EXISTS (SELECT 1 FROM notice n JOIN call_order c ON c.id = n.order_id
        WHERE n.person_id = m.person_id AND c.operation_id = m.operation_id
            AND ($until IS NULL OR c.released_at <= $until)) /*scope*/
ORDER BY m.id;
