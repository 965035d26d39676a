-- view: correction_seen  Who has seen a correction: read it or answered it.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id
-- columns: id id, person_id id, name name, org text, state text, seen yes, liaison_id id
SELECT n.id, n.person_id, /*name*/p.name/*end*/ AS name, g.name AS org, n.state, CASE WHEN n.state IN ('read', 'answered') THEN 1 ELSE 0 END AS seen,
    n.liaison_id
FROM notice n JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id LEFT JOIN org g ON g.id = p.org_id
WHERE n.order_id = $order AND o.corrects_id IS NOT NULL /*scope*/ ORDER BY n.id;
