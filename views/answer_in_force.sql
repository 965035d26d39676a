-- view: answer_in_force  What everybody called last answered to the orders of an operation; empty: nothing yet.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $operation id
-- columns: person_id id, name name, order_id id, state text, answer text, back_on day
SELECT n.person_id, /*name*/p.name/*end*/ AS name, n.order_id, n.state, n.answer, n.back_on
FROM notice n JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id
WHERE o.operation_id = $operation AND o.corrects_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM notice m JOIN call_order q ON q.id = m.order_id WHERE m.person_id = n.person_id
        AND q.operation_id = o.operation_id AND q.corrects_id IS NULL
        AND ((m.answer IS NOT NULL AND (n.answer IS NULL OR m.id > n.id)) OR (n.answer IS NULL AND m.id > n.id))) /*scope*/
ORDER BY n.person_id;
