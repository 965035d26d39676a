-- name: order.find_number
-- args: operation int, number int
SELECT id FROM call_order WHERE operation_id = $operation AND number = $number AND corrects_id IS NULL;
-- name: order.load
-- args: id int
SELECT o.id, o.operation_id, o.number, o.text, o.state, o.drafted_by, o.released_at, o.reply_by, o.report_at, o.corrects_id, o.division_code, w.zone
FROM call_order o JOIN operation w ON w.id = o.operation_id WHERE o.id = $id;
-- name: order.add
-- args: id int, operation int, number int, text text, principle text, drafted_by int, reply_by int, report_at int, corrects int?, division text?
INSERT INTO call_order (id, operation_id, number, text, principle, drafted_by, reply_by, report_at, state, corrects_id, division_code)
VALUES ($id, $operation, $number, $text, $principle, $drafted_by, $reply_by, $report_at, 'draft', $corrects, $division);
-- name: order.add_addressee
-- args: id int, org int
INSERT INTO order_addressee (order_id, org_id) SELECT $id, o.id FROM org o WHERE o.id = $org
ON CONFLICT (order_id, org_id) DO NOTHING;
-- name: order.copy_addressees
-- args: id int, corrects int
INSERT INTO order_addressee (order_id, org_id) SELECT $id, a.org_id FROM order_addressee a WHERE a.order_id = $corrects;
-- name: order.org
-- args: org int
SELECT id FROM org WHERE id = $org;
-- name: order.release
-- args: id int, by int, now int
UPDATE call_order SET state = 'released', released_by = $by, released_at = $now, version = version + 1 WHERE id = $id;
-- name: order.close
-- args: id int
UPDATE call_order SET state = 'closed', version = version + 1 WHERE id = $id;
