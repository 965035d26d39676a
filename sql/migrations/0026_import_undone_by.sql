-- Who took an import back; null: the local operator, or it was before this was kept.
-- @both
ALTER TABLE import ADD COLUMN undone_by INTEGER REFERENCES person (id);
