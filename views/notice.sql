-- view: notice  Notices with the answer in force.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id?, $person id?, $state text?, $answer text?
-- columns: id id, order_id id, number int, person_id id, name name, org_id id, org text, phone phone, liaison_id id, liaison name, state text, answer text, back_on day, due_at utc
SELECT n.id, n.order_id, o.number, n.person_id, /*name*/p.name/*end*/ AS name, p.org_id, g.name AS org,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, n.liaison_id, /*name*/l.name/*end*/ AS liaison, n.state, n.answer, n.back_on, n.due_at
FROM notice n JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id
LEFT JOIN org g ON g.id = p.org_id LEFT JOIN person l ON l.id = n.liaison_id
WHERE ($order IS NULL OR n.order_id = $order) AND ($person IS NULL OR n.person_id = $person)
    AND ($state IS NULL OR n.state = $state) AND ($answer IS NULL OR n.answer = $answer) /*scope*/ ORDER BY n.order_id, n.id;
