-- view: notice_my  Orders a person is asked to answer, the newest first.
-- scope: own n.person_id   also: $person id?
-- columns: id id, order_id id, number int, principle text, order_text text, reply_by utc, report_at utc, zone text, state text, answer text, back_on day, person_id id, liaison text, order_state text
SELECT n.id, n.order_id, o.number, o.principle, o.text AS order_text, o.reply_by, o.report_at, x.zone, n.state, n.answer, n.back_on,
    n.person_id, l.name AS liaison, o.state AS order_state
FROM notice n JOIN call_order o ON o.id = n.order_id JOIN operation x ON x.id = o.operation_id
LEFT JOIN person l ON l.id = n.liaison_id
WHERE o.state <> 'draft' AND ($person IS NULL OR n.person_id = $person) /*scope*/ ORDER BY o.released_at DESC, n.id DESC;
