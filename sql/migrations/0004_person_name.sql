-- 0004 person_name: people without a telephone are found by their name; without this each one read the whole table.
--
-- @both
CREATE INDEX person_name ON person (name) WHERE phone = '';
