-- name: care.find
-- args: person int
SELECT cipher FROM care WHERE person_id = $person;
-- name: care.put
-- args: person int, cipher blob
INSERT INTO care (person_id, cipher) VALUES ($person, $cipher)
ON CONFLICT (person_id) DO UPDATE SET cipher = excluded.cipher, version = care.version + 1;
-- name: care.reader
-- args: person int, reader int
SELECT reader_id FROM care_reader WHERE person_id = $person AND reader_id = $reader;
-- name: care.add_reader
-- args: person int, reader int
INSERT INTO care_reader (person_id, reader_id) VALUES ($person, $reader) ON CONFLICT DO NOTHING;
-- name: care.drop_reader
-- args: person int, reader int
DELETE FROM care_reader WHERE person_id = $person AND reader_id = $reader;
