-- view: call_order  Orders with their drafts, newest first.
-- scope: division COALESCE(o.division_code, (SELECT min(d.code) FROM division d WHERE d.parent_code IS NULL))   for: commander auditor   also: $operation id?
-- columns: id id, operation_id id, number int, state text, text text, principle text, drafted_by id, released_by id, released_at utc, reply_by utc, report_at utc, corrects_id id, division_code code
SELECT o.id, o.operation_id, o.number, o.state, o.text, o.principle, o.drafted_by, o.released_by, o.released_at, o.reply_by,
    o.report_at, o.corrects_id, o.division_code
FROM call_order o WHERE ($operation IS NULL OR o.operation_id = $operation) /*scope*/ ORDER BY o.id DESC;
