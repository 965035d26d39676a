-- name: person.find
-- args: name text, phone text, org int?, address text, work_unit text, kind text, remark text, name_key text, home_key text
-- in parts, so that each has its partial index: with OR every row would be read for each person
SELECT id FROM person WHERE erased_at IS NULL AND name = $name AND phone = $phone AND phone <> ''
UNION ALL
SELECT p.id FROM phone_before b JOIN person p ON p.id = b.person_id
WHERE b.phone = $phone AND p.erased_at IS NULL AND p.name = $name AND p.phone <> b.phone
    AND NOT EXISTS (SELECT 1 FROM person q WHERE q.erased_at IS NULL AND q.name = $name AND q.phone = $phone AND q.phone <> '')
UNION ALL
SELECT q.id FROM person m JOIN person q ON q.id = m.merged_into
WHERE m.phone = $phone AND m.phone <> '' AND m.name = $name AND q.erased_at IS NULL AND NOT (q.name = $name AND q.phone = $phone)
    AND NOT EXISTS (SELECT 1 FROM phone_before b WHERE b.person_id = q.id AND b.phone = $phone AND q.name = $name)
UNION ALL
SELECT id FROM (SELECT q.id FROM person m JOIN person q ON q.id = m.merged_into WHERE m.name = $name AND m.phone = '' AND $phone = ''
    AND COALESCE(m.org_id, 0) = COALESCE($org, 0) AND m.address_text = $address AND q.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM person w WHERE w.erased_at IS NULL AND w.name = $name AND w.phone = ''
        AND COALESCE(w.org_id, 0) = COALESCE($org, 0) AND w.address_text = $address) ORDER BY q.id LIMIT 1) merged_without_phone
UNION ALL
SELECT id FROM (SELECT id FROM person WHERE erased_at IS NULL AND name = $name AND phone = '' AND $phone = ''
    AND COALESCE(org_id, 0) = COALESCE($org, 0) AND address_text = $address ORDER BY id LIMIT 1) without_phone;
-- name: person.add
-- args: name text, phone text, org int?, address text, work_unit text, kind text, remark text, name_key text, home_key text, id int
INSERT INTO person (id, name, phone, org_id, address_text, work_unit, kind, remark, name_key, home_key)
VALUES ($id, $name, $phone, $org, $address, $work_unit, $kind, $remark, $name_key, $home_key);
-- name: person.change
-- args: name text, phone text, org int?, address text, work_unit text, kind text, remark text, name_key text, home_key text, id int
UPDATE person SET org_id = $org, address_text = $address, home_key = $home_key, work_unit = $work_unit, kind = $kind, remark = $remark, version = version + 1
WHERE id = $id AND (org_id IS DISTINCT FROM $org OR address_text IS DISTINCT FROM $address OR work_unit IS DISTINCT FROM $work_unit OR kind IS DISTINCT FROM $kind OR remark IS DISTINCT FROM $remark) RETURNING id;
-- name: person.listed
-- args: id int, org int?
SELECT p.org_id, p.address_text, p.work_unit, p.kind, p.remark,
    CASE WHEN p.org_id IS NULL OR $org IS NULL OR EXISTS (SELECT 1 FROM org_above x JOIN org_above y ON y.above_id = x.above_id
        WHERE x.org_id = p.org_id AND y.org_id = $org) THEN 0 ELSE 1 END AS elsewhere
FROM person p WHERE p.id = $id;
-- name: person.add_unit
-- args: id int, org int, work_unit text
INSERT INTO person_unit (person_id, org_id, work_unit) VALUES ($id, $org, $work_unit)
ON CONFLICT (person_id, org_id) DO UPDATE SET work_unit = excluded.work_unit WHERE person_unit.work_unit <> excluded.work_unit
RETURNING org_id;
-- name: person.find_skill
-- args: id int
SELECT skill AS text FROM person_skill WHERE person_id = $id ORDER BY skill;
-- name: person.add_skill
-- args: id int, text text
INSERT INTO person_skill (person_id, skill) VALUES ($id, $text);
-- name: person.drop_skill
-- args: id int, text text
DELETE FROM person_skill WHERE person_id = $id AND skill = $text;
-- name: person.version
-- args: id int
SELECT version FROM person WHERE id = $id;
-- @postgres
SELECT version FROM person WHERE id = $id FOR NO KEY UPDATE;
-- name: person.phone
-- args: id int
SELECT phone FROM person WHERE id = $id AND erased_at IS NULL;
-- name: person.is
-- args: id int
SELECT id FROM person WHERE id = $id;
-- name: person.phone_taken
-- args: id int, phone text
SELECT id FROM person WHERE phone = $phone AND phone <> '' AND erased_at IS NULL AND id <> $id LIMIT 1;
-- name: person.keep_phone
-- args: id int, now int
INSERT INTO phone_before (person_id, phone, until_at) SELECT id, phone, $now FROM person WHERE id = $id;
-- name: person.set_phone
-- args: id int, phone text
UPDATE person SET phone = $phone, version = version + 1 WHERE id = $id;
-- name: person.drop_phone
-- args: id int, phone text
DELETE FROM phone_before WHERE person_id = $id AND phone = $phone;
