-- Background work: who asked for it, how far it is, what came of it. Nothing was ever kept in the table before.
-- @both
DROP TABLE job;
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE, -- planning the same twice makes one
    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'parked', 'cancelled')),
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0, -- also whose lease it is: a claimer whose number is past has lost it
    asked_by INTEGER REFERENCES person (id), -- null: the clock, or whoever runs the machine
    asked_at INTEGER NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('zh-CN', 'en')),
    team_id INTEGER REFERENCES team (id),
    noun_id INTEGER, -- of the record it is about; which table says the kind
    from_on TEXT,
    to_on TEXT,
    seconds INTEGER, -- at most so long
    cancel INTEGER NOT NULL DEFAULT 0 CHECK (cancel IN (0, 1)), -- asked to stop while under way
    started_at INTEGER,
    steps INTEGER,
    missing INTEGER, -- seats below the minimum in the best roster so far
    roster_id INTEGER REFERENCES roster (id),
    file TEXT NOT NULL DEFAULT '',
    wrong TEXT NOT NULL DEFAULT '', -- why it failed last, in the words of lang
    ended_at INTEGER
);
CREATE INDEX job_due ON job (due_at) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_team ON job (team_id);
CREATE INDEX job_asked ON job (asked_by);
