-- view: escalation  Organisations that sleep, shown to the one above: who is silent there still, and who took over.
-- scope: org e.to_org_id   also: $order id?
-- columns: id id, order_id id, number int, org_id id, org text, to_org_id id, to_org text, at utc, silent int, taken_by id, taken_name name, taken_at utc
SELECT e.id, e.order_id, o.number, e.org_id, g.name AS org, e.to_org_id, t.name AS to_org, e.at,
    (SELECT count(*) FROM notice n JOIN person p ON p.id = n.person_id WHERE n.order_id = e.order_id AND p.org_id = e.org_id
        AND n.state IN ('queued', 'sent', 'delivered', 'read')) AS silent,
    e.taken_by_id AS taken_by, /*name*/k.name/*end*/ AS taken_name, e.taken_at
FROM escalation e JOIN call_order o ON o.id = e.order_id JOIN org g ON g.id = e.org_id JOIN org t ON t.id = e.to_org_id
LEFT JOIN person k ON k.id = e.taken_by_id
WHERE ($order IS NULL OR e.order_id = $order) /*scope*/ ORDER BY e.at, e.id;
