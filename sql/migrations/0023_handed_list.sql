-- Lists that agencies hand in by a link, until the clerk takes one in; and how many people an agency has that names nobody.
-- @both
CREATE TABLE handed_list (
    id INTEGER PRIMARY KEY,
    org_id INTEGER NOT NULL REFERENCES org (id),
    file TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    home TEXT NOT NULL, -- the folder of uploads it lies in
    contact TEXT NOT NULL DEFAULT '',
    row_count INTEGER NOT NULL,
    error_count INTEGER NOT NULL,
    handed_at INTEGER NOT NULL,
    replaced_at INTEGER
);
CREATE UNIQUE INDEX handed_list_newest ON handed_list (org_id) WHERE replaced_at IS NULL;
CREATE TABLE org_headcount (
    org_id INTEGER PRIMARY KEY REFERENCES org (id),
    headcount INTEGER NOT NULL CHECK (headcount >= 0),
    contact TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1
);
