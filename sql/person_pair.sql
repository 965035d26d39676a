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
