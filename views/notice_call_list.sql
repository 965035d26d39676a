-- view: notice_call_list  Whom a liaison calls, the unanswered first.
-- scope: person CASE WHEN n.liaison_id = $actor THEN $actor ELSE n.person_id END   for: commander liaison leader   also: $liaison id, $order id?
-- columns: id id, order_id id, number int, person_id id, name name, org text, work_unit text, phone phone, state text, answer text, back_on day, tries int, last_outcome text, last_at utc, calling_by id, calling_until utc, remark text
SELECT n.id, n.order_id, o.number, n.person_id, /*name*/p.name/*end*/ AS name, g.name AS org, p.work_unit,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, n.state, n.answer, n.back_on,
    (SELECT count(*) FROM call_attempt c WHERE c.notice_id = n.id) AS tries,
    (SELECT c.outcome FROM call_attempt c WHERE c.notice_id = n.id ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1) AS last_outcome,
    (SELECT c.happened_at FROM call_attempt c WHERE c.notice_id = n.id ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1) AS last_at,
    n.calling_by_id AS calling_by, n.calling_until_at AS calling_until, p.remark
FROM notice n JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id LEFT JOIN org g ON g.id = p.org_id
WHERE n.liaison_id = $liaison AND ($order IS NULL OR n.order_id = $order) /*scope*/
ORDER BY n.order_id DESC, CASE n.state WHEN 'answered' THEN 1 ELSE 0 END, p.org_id NULLS LAST, n.id;
