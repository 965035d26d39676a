-- view: care_reader_my  Whom a person let read the own care note.
-- scope: own r.person_id   also: $person id?
-- columns: person_id id, reader_id id, reader name
SELECT r.person_id, r.reader_id, /*name*/p.name/*end*/ AS reader FROM care_reader r JOIN person p ON p.id = r.reader_id
WHERE ($person IS NULL OR r.person_id = $person) /*scope*/ ORDER BY r.person_id, r.reader_id;
