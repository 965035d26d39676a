-- Telephones that people have changed themselves: the lists of their agencies still hold the old one, and must find them.
-- @both
CREATE TABLE phone_before (
    person_id INTEGER NOT NULL REFERENCES person (id),
    phone TEXT NOT NULL,
    until_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, phone)
);
CREATE INDEX phone_before_phone ON phone_before (phone);
