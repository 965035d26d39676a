-- view: order_addressee  Whom an order will reach, or has reached: those of its orgs, of its division where it names one.
-- scope: person p.id   for: commander auditor   also: $order id
-- columns: person_id id, name name, org text, phone phone
SELECT p.id AS person_id, /*name*/p.name/*end*/ AS name, g.name AS org,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone
FROM person p LEFT JOIN org g ON g.id = p.org_id
WHERE p.erased_at IS NULL AND p.org_id IN (SELECT u.org_id FROM org_above u JOIN order_addressee a ON a.org_id = u.above_id
        WHERE a.order_id = $order)
    AND NOT EXISTS (SELECT 1 FROM call_order o WHERE o.id = $order AND o.division_code IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM placement l JOIN division_above u ON u.code = l.community_code
            WHERE l.id = p.placement_id AND u.above_code = o.division_code)) /*scope*/
ORDER BY p.id;
