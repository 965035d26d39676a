-- view: call_board  Whom somebody rings: the own list and the members of the own teams, with the next duty; one row a person.
-- scope: person CASE WHEN n.liaison_id = $actor THEN $actor ELSE p.id END   for: commander liaison leader   also: $caller id, $from utc, $until utc
-- columns: notice_id id, order_id id, number int, operation_id id, zone text, person_id id, name name, org text, work_unit text, phone phone, state text, answer text, back_on day, answered_at utc, answered_by id, tries int, last_outcome text, last_at utc, calling_by id, calling_name name, calling_until utc, remark text, duty_on day, start_minute minute, end_minute minute, post text
SELECT n.id AS notice_id, n.order_id, o.number, x.id AS operation_id, x.zone, p.id AS person_id, /*name*/p.name/*end*/ AS name,
    g.name AS org, p.work_unit,
    CASE WHEN length(p.phone) > 7 THEN substr(p.phone, 1, 3) || '****' || substr(p.phone, length(p.phone) - 3)
        WHEN p.phone = '' THEN '' ELSE '****' END AS phone, n.state, n.answer, n.back_on,
    (SELECT a.recorded_at FROM notice_answer a WHERE a.notice_id = n.id ORDER BY a.recorded_at DESC, a.id DESC LIMIT 1) AS answered_at,
    (SELECT a.by_id FROM notice_answer a WHERE a.notice_id = n.id ORDER BY a.recorded_at DESC, a.id DESC LIMIT 1) AS answered_by,
    (SELECT count(*) FROM call_attempt c WHERE c.notice_id = n.id) AS tries,
    (SELECT c.outcome FROM call_attempt c WHERE c.notice_id = n.id ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1) AS last_outcome,
    (SELECT c.happened_at FROM call_attempt c WHERE c.notice_id = n.id ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1) AS last_at,
    n.calling_by_id AS calling_by, /*name*/k.name/*end*/ AS calling_name, n.calling_until_at AS calling_until, p.remark,
    d.starts_on AS duty_on, h.start_minute, h.end_minute, s.name AS post
FROM person p
-- the newest order still open is the one talked about
LEFT JOIN notice n ON n.id = (SELECT y.id FROM notice y JOIN call_order z ON z.id = y.order_id JOIN operation v ON v.id = z.operation_id
    WHERE y.person_id = p.id AND z.state = 'released' AND v.state = 'open' ORDER BY y.id DESC LIMIT 1)
LEFT JOIN duty d ON d.id = (SELECT e.id FROM duty e WHERE e.person_id = p.id AND e.seat IS NOT NULL AND e.starts_at >= $from
    AND e.starts_at < $until ORDER BY e.starts_at, e.id LIMIT 1)
LEFT JOIN need w ON w.id = d.need_id LEFT JOIN team t ON t.id = w.team_id LEFT JOIN shift h ON h.id = w.shift_id
LEFT JOIN post s ON s.id = w.post_id LEFT JOIN call_order o ON o.id = n.order_id
LEFT JOIN operation x ON x.id = COALESCE(o.operation_id, t.operation_id)
LEFT JOIN org g ON g.id = p.org_id LEFT JOIN person k ON k.id = n.calling_by_id
WHERE p.erased_at IS NULL AND (n.id IS NOT NULL OR d.id IS NOT NULL)
    AND p.id IN (SELECT y.person_id FROM notice y WHERE y.liaison_id = $caller
        UNION SELECT m.person_id FROM role_grant r JOIN membership m ON m.team_id = r.team_id
            WHERE r.person_id = $caller AND r.role IN ('leader', 'liaison') AND m.state = 'active')
    AND (n.liaison_id = $caller OR EXISTS (SELECT 1 FROM role_grant r JOIN membership m ON m.team_id = r.team_id
        WHERE r.person_id = $caller AND r.role IN ('leader', 'liaison') AND m.state = 'active' AND m.person_id = p.id)) /*scope*/
ORDER BY CASE WHEN n.id IS NULL THEN 1 ELSE 0 END, n.id, p.id;
