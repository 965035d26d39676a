-- name: person_correct.load
-- args: id int
SELECT name, phone, work_unit, kind FROM person WHERE id = $id AND erased_at IS NULL;
-- name: person_correct.twin
-- args: id int, name text, phone text
SELECT id FROM person WHERE erased_at IS NULL AND name = $name AND phone = $phone AND phone <> '' AND id <> $id LIMIT 1;
-- name: person_correct.save
-- args: id int, name text, name_key text, work_unit text, kind text
UPDATE person SET name = $name, name_key = $name_key, work_unit = $work_unit, kind = $kind, version = version + 1
WHERE id = $id AND (name <> $name OR work_unit <> $work_unit OR kind <> $kind) RETURNING id;
