-- view: person_pair_my  Pairs that a person is one of.
-- scope: own x.person_id   also: $person id?
-- columns: id id, operation_id id, person_id id, other_id id, other name, kind text
SELECT q.id, q.operation_id, x.person_id, x.other_id, /*name*/p.name/*end*/ AS other, q.kind
FROM (SELECT id, a_id AS person_id, b_id AS other_id FROM person_pair UNION ALL SELECT id, b_id, a_id FROM person_pair) AS x
JOIN person_pair q ON q.id = x.id JOIN person p ON p.id = x.other_id
WHERE ($person IS NULL OR x.person_id = $person) /*scope*/ ORDER BY q.id, x.person_id;
