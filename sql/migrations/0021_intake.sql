-- What people said columns mean, what an import changed so that it can be undone, and who is whom on two lists.
-- @both
CREATE TABLE column_choice (
    kind TEXT NOT NULL,
    header_key TEXT NOT NULL, -- of the set of labels
    label TEXT NOT NULL,
    nth INTEGER NOT NULL DEFAULT 0, -- of several columns so called
    field TEXT NOT NULL,
    PRIMARY KEY (kind, header_key, label, nth)
);
ALTER TABLE import ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN applied_at INTEGER;
ALTER TABLE import ADD COLUMN undone_at INTEGER;
-- one row for each thing an import made or changed, in the order it did
CREATE TABLE import_before (
    import_id INTEGER NOT NULL REFERENCES import (id),
    seq INTEGER NOT NULL,
    noun TEXT NOT NULL,
    noun_key TEXT NOT NULL,
    before TEXT NOT NULL, -- as JSON; empty: it was not there
    after TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'undone', 'kept')),
    why TEXT NOT NULL DEFAULT '', -- it was kept
    PRIMARY KEY (import_id, seq),
    UNIQUE (import_id, noun, noun_key)
);
CREATE INDEX import_before_waiting ON import_before (import_id, seq) WHERE state = 'waiting';
CREATE INDEX import_row_noun ON import_row (noun_id);
-- a unit besides the one a person is listed by: of a second list
CREATE TABLE person_unit (
    person_id INTEGER NOT NULL REFERENCES person (id),
    org_id INTEGER NOT NULL REFERENCES org (id),
    work_unit TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, org_id)
);
-- two rows of one man: the merged one is erased and says into whom, what was his is the other's
ALTER TABLE person ADD COLUMN merged_into INTEGER REFERENCES person (id);
CREATE TABLE person_merge (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES person (id),
    merged_id INTEGER NOT NULL REFERENCES person (id),
    by_id INTEGER REFERENCES person (id),
    merged_at INTEGER NOT NULL,
    undone_at INTEGER,
    kept_before TEXT NOT NULL, -- as JSON
    hanging TEXT NOT NULL -- what hung on the kept one after it
);
CREATE TABLE person_merge_row (
    merge_id INTEGER NOT NULL REFERENCES person_merge (id),
    part TEXT NOT NULL, -- a table and column
    row_key TEXT NOT NULL,
    PRIMARY KEY (merge_id, part, row_key)
);
CREATE TABLE person_apart (
    a_id INTEGER NOT NULL REFERENCES person (id),
    b_id INTEGER NOT NULL REFERENCES person (id),
    by_id INTEGER REFERENCES person (id),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (a_id, b_id),
    CHECK (a_id < b_id)
);
