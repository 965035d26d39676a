-- view: order_released  Orders that were released, with their corrections.
-- scope: public   also: $operation id?, $until utc?
-- columns: id id, operation_id id, number int, text text, principle text, released_at utc, reply_by utc, report_at utc, state text, corrects_id id
SELECT o.id, o.operation_id, o.number, o.text, o.principle, o.released_at, o.reply_by, o.report_at, o.state, o.corrects_id
FROM call_order o WHERE o.released_at IS NOT NULL AND ($operation IS NULL OR o.operation_id = $operation)
    AND ($until IS NULL OR o.released_at <= $until)
ORDER BY o.released_at, o.id;
