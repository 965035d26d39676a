-- name: shift.find
-- args: operation int, name text, kind text, start int, end int
SELECT id FROM shift WHERE operation_id = $operation AND name = $name;
-- name: shift.add
-- args: operation int, name text, kind text, start int, end int, id int
INSERT INTO shift (id, operation_id, name, kind, start_minute, end_minute)
VALUES ($id, $operation, $name, $kind, $start, $end);
-- name: shift.change
-- args: operation int, name text, kind text, start int, end int, id int
UPDATE shift SET kind = $kind, start_minute = $start, end_minute = $end
WHERE id = $id AND (kind IS DISTINCT FROM $kind OR start_minute IS DISTINCT FROM $start OR end_minute IS DISTINCT FROM $end) RETURNING id;
