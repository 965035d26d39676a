-- view: notice_filled_for_others  Answers that somebody else recorded for a person.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id?, $by id?, $until utc?
-- columns: id id, order_id id, person_id id, name name, answer text, back_on day, by_id id, by_name name, via text, happened_at utc, recorded_at utc
SELECT a.id, n.order_id, n.person_id, /*name*/p.name/*end*/ AS name, a.answer, a.back_on, a.by_id, /*name*/b.name/*end*/ AS by_name, a.via, a.happened_at, a.recorded_at
FROM notice_answer a JOIN notice n ON n.id = a.notice_id JOIN person p ON p.id = n.person_id JOIN person b ON b.id = a.by_id
WHERE a.by_id <> n.person_id AND ($order IS NULL OR n.order_id = $order) AND ($by IS NULL OR a.by_id = $by)
    AND ($until IS NULL OR a.recorded_at <= $until) /*scope*/
ORDER BY a.recorded_at, a.id;
