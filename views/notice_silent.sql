-- view: notice_silent  Who has not answered yet.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id, $org id?
-- columns: id id, person_id id, name name, org text, phone phone, liaison_id id, liaison name, state text, due_at utc, tries int
SELECT n.id, n.person_id, /*name*/p.name/*end*/ AS name, g.name AS org,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, n.liaison_id, /*name*/l.name/*end*/ AS liaison, n.state, n.due_at,
    (SELECT count(*) FROM call_attempt c WHERE c.notice_id = n.id) AS tries
FROM notice n JOIN person p ON p.id = n.person_id LEFT JOIN org g ON g.id = p.org_id LEFT JOIN person l ON l.id = n.liaison_id
WHERE n.order_id = $order AND n.state IN ('queued', 'sent', 'delivered', 'read')
    AND ($org IS NULL OR EXISTS (SELECT 1 FROM org_above u WHERE u.org_id = p.org_id AND u.above_id = $org)) /*scope*/
ORDER BY p.org_id NULLS LAST, n.id;
