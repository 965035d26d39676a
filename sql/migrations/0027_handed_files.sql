-- An agency hands in several files: one of the same name replaces that one. And an import knows the untouched bytes of
-- what was mended before it, by which a list that was handed in is known as taken.
-- @both
DROP INDEX handed_list_newest;
CREATE UNIQUE INDEX handed_list_waiting ON handed_list (org_id, file) WHERE replaced_at IS NULL;
CREATE INDEX handed_list_bytes ON handed_list (org_id, file_hash);
ALTER TABLE import ADD COLUMN bytes_hash TEXT;
