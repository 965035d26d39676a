-- notice_call: a liaison's calls, the orgs that sleep, and who takes over.
-- name: notice.add_call
-- args: id int, notice int, by int, outcome text, happened_at int, now int
INSERT INTO call_attempt (id, notice_id, by_id, outcome, happened_at, recorded_at)
VALUES ($id, $notice, $by, $outcome, $happened_at, $now);
-- name: notice.settle_call
-- args: id int, state text
UPDATE notice SET state = $state, calling_by_id = NULL, calling_until_at = NULL WHERE id = $id;
-- name: notice.mark_calling
-- args: id int, by int, until int
UPDATE notice SET calling_by_id = $by, calling_until_at = $until WHERE id = $id;
-- name: notice.tries
-- args: notice int, order int, person int
SELECT (SELECT count(*) FROM call_attempt c WHERE c.notice_id = $notice)
    + (SELECT count(*) FROM message m WHERE m.purpose IN ('order', 'chase') AND m.purpose_id = $order AND m.person_id = $person) AS n;
-- name: escalation.sleeping
-- args: order int, due_before int, limit int
SELECT p.org_id, g.parent_id FROM notice n JOIN person p ON p.id = n.person_id JOIN org g ON g.id = p.org_id
WHERE n.order_id = $order AND n.state IN ('queued', 'sent', 'delivered', 'read') AND n.due_at <= $due_before
    AND g.parent_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM escalation e WHERE e.order_id = n.order_id AND e.org_id = p.org_id)
GROUP BY p.org_id, g.parent_id ORDER BY p.org_id LIMIT $limit;
-- name: escalation.add
-- args: id int, order int, org int, to_org int, now int
INSERT INTO escalation (id, order_id, org_id, to_org_id, at) VALUES ($id, $order, $org, $to_org, $now);
-- name: escalation.take
-- args: order int, org int, by int, now int
UPDATE escalation SET taken_by_id = $by, taken_at = $now WHERE order_id = $order AND org_id = $org;
-- name: notice.take_over
-- args: order int, org int, by int
UPDATE notice SET liaison_id = $by, calling_by_id = NULL, calling_until_at = NULL
WHERE order_id = $order AND state IN ('queued', 'sent', 'delivered', 'read')
    AND person_id IN (SELECT p.id FROM person p JOIN org_above u ON u.org_id = p.org_id WHERE u.above_id = $org)
RETURNING id;
