-- name: care_rule.find
-- args: person int, rule text, value int, from_on text?, to_on text?
SELECT id FROM care_rule WHERE person_id = $person AND rule = $rule
    AND from_on IS NOT DISTINCT FROM $from_on AND to_on IS NOT DISTINCT FROM $to_on ORDER BY id LIMIT 1;
-- name: care_rule.add
-- args: person int, rule text, value int, from_on text?, to_on text?, id int
INSERT INTO care_rule (id, person_id, rule, value, from_on, to_on)
VALUES ($id, $person, $rule, $value, $from_on, $to_on);
-- name: care_rule.change
-- args: person int, rule text, value int, from_on text?, to_on text?, id int
UPDATE care_rule SET value = $value
WHERE id = $id AND (value IS DISTINCT FROM $value) RETURNING id;
-- name: care_rule.find_person
-- args: person int
SELECT id FROM person WHERE id = $person AND erased_at IS NULL;
-- name: care_rule.drop
-- args: person int, rule text
DELETE FROM care_rule WHERE person_id = $person AND rule = $rule RETURNING id;
