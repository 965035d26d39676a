-- Personal and group links: what a browser holds after one was opened, and tries with wrong digits.
-- @both
DROP TABLE session;
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    pass_id INTEGER REFERENCES pass (id),
    serial INTEGER,
    weak INTEGER NOT NULL DEFAULT 0,
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE pass_try (
    id INTEGER PRIMARY KEY,
    pass_id INTEGER NOT NULL REFERENCES pass (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL
);
CREATE INDEX pass_try_pass ON pass_try (pass_id, at);
CREATE INDEX pass_person ON pass (person_id);
CREATE INDEX pass_team ON pass (team_id);
CREATE INDEX pass_org ON pass (org_id);
CREATE INDEX pass_post ON pass (post_id);
