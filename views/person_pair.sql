-- view: person_pair  Pairs to be kept apart or together.
-- scope: person q.a_id   for: commander leader
-- columns: id id, operation_id id, a_id id, a name, b_id id, b name, kind text
SELECT q.id, q.operation_id, q.a_id, /*name*/x.name/*end*/ AS a, q.b_id, /*name*/y.name/*end*/ AS b, q.kind
FROM person_pair q JOIN person x ON x.id = q.a_id JOIN person y ON y.id = q.b_id
WHERE 1 = 1 /*scope*/ ORDER BY q.id;
