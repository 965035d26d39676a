-- view: notice_node  How an order stands at each organisation, with all below it; in the order of the list, no ranking.
-- scope: org o.id   also: $order id, $org id?
-- columns: org_id id, parent_id id, org text, called int, can int, cannot int, hindered int, silent int, unreachable int
SELECT o.id AS org_id, o.parent_id, o.name AS org, count(n.id) AS called,
    count(CASE WHEN n.answer = 'can' THEN 1 END) AS can, count(CASE WHEN n.answer = 'cannot' THEN 1 END) AS cannot,
    count(CASE WHEN n.answer = 'hindered' THEN 1 END) AS hindered,
    count(CASE WHEN n.state IN ('queued', 'sent', 'delivered', 'read') THEN 1 END) AS silent,
    count(CASE WHEN n.state = 'unreachable' THEN 1 END) AS unreachable
FROM org o JOIN org_above u ON u.above_id = o.id LEFT JOIN person p ON p.org_id = u.org_id
LEFT JOIN notice n ON n.person_id = p.id AND n.order_id = $order
WHERE ($org IS NULL OR EXISTS (SELECT 1 FROM org_above s WHERE s.org_id = o.id AND s.above_id = $org)) /*scope*/
GROUP BY o.id, o.parent_id, o.name ORDER BY o.id;
