-- name: person_pair.find
-- args: operation int, a int, b int, kind text
SELECT id FROM person_pair WHERE operation_id = $operation AND a_id = $a AND b_id = $b AND kind = $kind;
-- name: person_pair.add
-- args: operation int, a int, b int, kind text, id int
INSERT INTO person_pair (id, operation_id, a_id, b_id, kind)
VALUES ($id, $operation, $a, $b, $kind);
-- name: person_pair.change
-- args: operation int, a int, b int, kind text, id int
SELECT id FROM person_pair WHERE id = $id AND 1 = 0;
-- name: person_pair.people
-- args: a int, b int
SELECT id FROM person WHERE id IN ($a, $b) AND erased_at IS NULL ORDER BY id;
-- name: person_pair.contrary
-- args: operation int, a int, b int, together int
SELECT id FROM person_pair WHERE operation_id = $operation AND a_id = $a AND b_id = $b
    AND (CASE WHEN kind = 'together' THEN 1 ELSE 0 END) <> $together;
-- name: person_pair.drop
-- args: operation int, a int, b int
DELETE FROM person_pair WHERE operation_id = $operation AND a_id = $a AND b_id = $b RETURNING id;
-- name: person_pair.both_serve
-- args: operation int, a int, b int
SELECT DISTINCT m.person_id AS id FROM membership m
WHERE m.operation_id = $operation AND m.state = 'active' AND m.person_id IN ($a, $b);
-- name: person_pair.drop_kind
-- args: operation int, a int, b int, kind text
DELETE FROM person_pair WHERE operation_id = $operation AND a_id = $a AND b_id = $b AND kind = $kind RETURNING id;
