-- view: shift  Shifts of an operation.
-- scope: public
-- columns: id id, operation_id id, name text, kind text, start_minute minute, end_minute minute
SELECT id, operation_id, name, kind, start_minute, end_minute FROM shift ORDER BY operation_id, start_minute, id;
