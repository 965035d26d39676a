-- view: notice  Notices with the answer in force; of what was recorded until an instant, if one is given.
-- scope: person n.person_id   for: commander liaison leader auditor   also: $order id?, $person id?, $state text?, $answer text?, $until utc?, $silent yes?
-- columns: id id, order_id id, number int, person_id id, name name, org_id id, org text, phone phone, liaison_id id, liaison name, state text, answer text, back_on day, due_at utc
SELECT * FROM (
    SELECT n.id, n.order_id, o.number, n.person_id, /*name*/p.name/*end*/ AS name, p.org_id, g.name AS org,
        CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
            WHEN p.phone = '' THEN '' ELSE '****' END AS phone, n.liaison_id, /*name*/l.name/*end*/ AS liaison,
        CASE WHEN $until IS NULL THEN n.state WHEN f.id IS NOT NULL THEN 'answered'
            WHEN EXISTS (SELECT 1 FROM audit x WHERE x.noun = 'notice' AND x.noun_id = n.id
                AND x.command = 'notice.unreachable' AND x.at <= $until) THEN 'unreachable'
            WHEN n.state IN ('answered', 'unreachable') THEN 'sent' ELSE n.state END AS state,
        CASE WHEN $until IS NULL THEN n.answer ELSE f.answer END AS answer,
        CASE WHEN $until IS NULL THEN n.back_on ELSE f.back_on END AS back_on, n.due_at
    FROM notice n JOIN call_order o ON o.id = n.order_id JOIN person p ON p.id = n.person_id
    LEFT JOIN org g ON g.id = p.org_id LEFT JOIN person l ON l.id = n.liaison_id
    -- as notice_in_force of src/domain has it
    LEFT JOIN notice_answer f ON f.id = (SELECT a.id FROM notice_answer a WHERE a.notice_id = n.id AND a.recorded_at <= $until
        AND (a.by_id = n.person_id OR NOT EXISTS (SELECT 1 FROM notice_answer w WHERE w.notice_id = n.id
            AND w.by_id = n.person_id AND w.recorded_at <= $until AND w.happened_at > a.happened_at))
        ORDER BY a.recorded_at DESC, a.id DESC LIMIT 1)
    WHERE ($order IS NULL OR n.order_id = $order) AND ($person IS NULL OR n.person_id = $person)
        AND ($until IS NULL OR n.queued_at IS NULL OR n.queued_at <= $until) /*scope*/
) AS q
WHERE ($state IS NULL OR q.state = $state) AND ($answer IS NULL OR q.answer = $answer)
    AND ($silent IS NULL OR $silent = 0 OR q.state NOT IN ('answered', 'unreachable'))
ORDER BY q.order_id, q.id;
