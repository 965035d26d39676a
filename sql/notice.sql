-- notice: one order to one person. The liaison is the one of the grant nearest above the person's org.
-- name: notice.unqueued
-- args: order int, limit int, now int
SELECT p.id AS person_id,
    (SELECT g.person_id FROM role_grant g JOIN org_above u ON u.above_id = g.org_id
     WHERE u.org_id = p.org_id AND g.role = 'liaison' AND g.from_at <= $now AND (g.until_at IS NULL OR g.until_at > $now)
     ORDER BY (SELECT count(*) FROM org_above d WHERE d.org_id = g.org_id) DESC, g.id LIMIT 1) AS liaison_id
FROM person p
WHERE p.erased_at IS NULL AND p.org_id IN (SELECT u.org_id FROM org_above u JOIN order_addressee a ON a.org_id = u.above_id
        WHERE a.order_id = $order)
    AND NOT EXISTS (SELECT 1 FROM call_order o WHERE o.id = $order AND o.division_code IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM placement l JOIN division_above u ON u.code = l.community_code
            WHERE l.id = p.placement_id AND u.above_code = o.division_code))
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.order_id = $order AND n.person_id = p.id)
ORDER BY p.id LIMIT $limit;
-- name: notice.unqueued_count
-- args: order int
SELECT count(*) AS n FROM person p
WHERE p.erased_at IS NULL AND p.org_id IN (SELECT u.org_id FROM org_above u JOIN order_addressee a ON a.org_id = u.above_id
        WHERE a.order_id = $order)
    AND NOT EXISTS (SELECT 1 FROM call_order o WHERE o.id = $order AND o.division_code IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM placement l JOIN division_above u ON u.code = l.community_code
            WHERE l.id = p.placement_id AND u.above_code = o.division_code))
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.order_id = $order AND n.person_id = p.id);
-- name: notice.uncorrected
-- args: order int, corrects int, limit int
SELECT f.person_id, f.liaison_id FROM notice f JOIN person p ON p.id = f.person_id
WHERE f.order_id = $corrects AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.order_id = $order AND n.person_id = f.person_id)
ORDER BY f.person_id LIMIT $limit;
-- name: notice.uncorrected_count
-- args: order int, corrects int
SELECT count(*) AS n FROM notice f JOIN person p ON p.id = f.person_id
WHERE f.order_id = $corrects AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.order_id = $order AND n.person_id = f.person_id);
-- name: notice.add
-- args: id int, order int, person int, liaison int?, due_at int, now int
INSERT INTO notice (id, order_id, person_id, liaison_id, state, due_at, queued_at)
VALUES ($id, $order, $person, $liaison, 'queued', $due_at, $now);
-- name: notice.find
-- args: order int, person int
SELECT id FROM notice WHERE order_id = $order AND person_id = $person;
-- name: notice.load
-- args: id int
SELECT n.id, n.order_id, n.person_id, n.state, n.calling_by_id, n.calling_until_at FROM notice n WHERE n.id = $id;
-- @postgres
SELECT n.id, n.order_id, n.person_id, n.state, n.calling_by_id, n.calling_until_at FROM notice n WHERE n.id = $id
FOR NO KEY UPDATE OF n;
-- name: notice.add_answer
-- args: id int, notice int, answer text, back_on text?, reason text, by int, via text, happened_at int, now int, cut int
INSERT INTO notice_answer (id, notice_id, answer, back_on, reason, by_id, via, happened_at, recorded_at, cut)
VALUES ($id, $notice, $answer, $back_on, $reason, $by, $via, $happened_at, $now, $cut);
-- name: notice.answers
-- args: notice int
SELECT a.id, a.answer, a.back_on, a.happened_at, a.recorded_at, CASE WHEN a.by_id = n.person_id THEN 1 ELSE 0 END AS own
FROM notice_answer a JOIN notice n ON n.id = a.notice_id WHERE a.notice_id = $notice ORDER BY a.recorded_at, a.id;
-- name: notice.settle_answer
-- args: id int, answer text, back_on text?
UPDATE notice SET state = 'answered', answer = $answer, back_on = $back_on, calling_by_id = NULL, calling_until_at = NULL
WHERE id = $id;
-- name: notice.set_state
-- args: id int, state text
UPDATE notice SET state = $state WHERE id = $id;
