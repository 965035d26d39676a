-- What an agency says of its headcount is kept when it says another: a bulletin counts what was said by its cut-off.
-- @both
DROP TABLE org_headcount;
CREATE TABLE org_headcount (
    id INTEGER PRIMARY KEY,
    org_id INTEGER NOT NULL REFERENCES org (id),
    headcount INTEGER NOT NULL CHECK (headcount > 0),
    contact TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    said_at INTEGER NOT NULL,
    replaced_at INTEGER -- by another number, or taken back
);
CREATE UNIQUE INDEX org_headcount_newest ON org_headcount (org_id) WHERE replaced_at IS NULL;
