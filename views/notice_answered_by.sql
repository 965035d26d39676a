-- view: notice_answered_by  Notices of an order whose people were reached by one liaison: the answer was recorded by that person.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id, $person id, $until utc?
-- columns: id id, person_id id, name name, org text, answer text, state text
SELECT n.id, n.person_id, /*name*/p.name/*end*/ AS name, g.name AS org, n.answer, n.state
FROM notice n JOIN person p ON p.id = n.person_id LEFT JOIN org g ON g.id = p.org_id
WHERE n.order_id = $order AND n.person_id <> $person
    AND EXISTS (SELECT 1 FROM notice_answer a WHERE a.notice_id = n.id AND a.by_id = $person
        AND ($until IS NULL OR a.recorded_at <= $until)) /*scope*/ ORDER BY n.id;
