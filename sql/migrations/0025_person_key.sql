-- What is compared where two rows may be one person: name and home in one form (domain/name.h, place/home.h), written by
-- whatever writes those. People of before have none until the program has filled them, when it opens the database.
-- @both
ALTER TABLE person ADD COLUMN name_key TEXT;
ALTER TABLE person ADD COLUMN home_key TEXT;
CREATE INDEX person_unkeyed ON person (id) WHERE name_key IS NULL;
CREATE INDEX person_key ON person (name_key, home_key) WHERE erased_at IS NULL;
CREATE INDEX person_key_silent ON person (name_key) WHERE erased_at IS NULL AND phone = '';
