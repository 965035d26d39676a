-- view: notice_answer  Every answer ever given, the newest first: who said it, by which way, and when it came in.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id?, $person id?
-- columns: id id, notice_id id, number int, person_id id, name name, answer text, back_on day, via text, by_id id, happened_at utc, recorded_at utc, cut yes
SELECT a.id, a.notice_id, o.number, n.person_id, /*name*/p.name/*end*/ AS name, a.answer, a.back_on, a.via, a.by_id, a.happened_at,
    a.recorded_at, a.cut
FROM notice_answer a JOIN notice n ON n.id = a.notice_id JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id
WHERE ($order IS NULL OR n.order_id = $order) AND ($person IS NULL OR n.person_id = $person) /*scope*/
ORDER BY a.recorded_at DESC, a.id DESC;
