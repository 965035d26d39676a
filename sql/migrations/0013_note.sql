-- What a person tells a team in writing: a record of mine is wrong, I could help over there.
-- @both
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    team_id INTEGER NOT NULL REFERENCES team (id), -- whose leader reads it
    kind TEXT NOT NULL CHECK (kind IN ('gift', 'hours', 'help')),
    about_id INTEGER NOT NULL, -- of the donation, attendance or need
    text TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by INTEGER REFERENCES person (id)
);
CREATE INDEX note_team ON note (team_id);
CREATE UNIQUE INDEX note_open ON note (person_id, kind, about_id) WHERE settled_at IS NULL;
