-- view: person_skill  What people can do.
-- scope: person k.person_id   for: commander leader   also: $person id?
-- columns: person_id id, name name, skill text
SELECT k.person_id, /*name*/p.name/*end*/ AS name, k.skill FROM person_skill k JOIN person p ON p.id = k.person_id
WHERE p.erased_at IS NULL AND ($person IS NULL OR k.person_id = $person) /*scope*/ ORDER BY k.person_id, k.skill;
