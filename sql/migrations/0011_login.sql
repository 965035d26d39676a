-- Passwords: until when a session counts as entered by one, codes that let somebody choose one, wrong tries.
-- @both
ALTER TABLE session ADD COLUMN strong_until INTEGER NOT NULL DEFAULT 0;
CREATE TABLE login_code (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL
);
CREATE TABLE login_try (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
);
CREATE INDEX login_try_person ON login_try (person_id, at);
