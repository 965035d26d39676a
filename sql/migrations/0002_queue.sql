-- 0002 queue: what the queue of addresses groups and settles by, and where each row of an import came from.
--
-- @both
ALTER TABLE placement ADD COLUMN text_key TEXT NOT NULL DEFAULT ''; -- how the address reads without its numbers
ALTER TABLE placement ADD COLUMN candidates TEXT NOT NULL DEFAULT ''; -- communities to choose from, to show
ALTER TABLE placement ADD COLUMN suggested_code TEXT; -- the first of them
ALTER TABLE placement ADD COLUMN settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)); -- a person decided
CREATE INDEX placement_text_key ON placement (text_key) WHERE text_key <> '';
ALTER TABLE import_row ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
ALTER TABLE import_row ADD COLUMN sheet_row INTEGER NOT NULL DEFAULT 0; -- as the spreadsheet program shows it
ALTER TABLE import_row ADD COLUMN trouble TEXT NOT NULL DEFAULT ''; -- what was told about it, in words

-- @sqlite
CREATE TRIGGER placement_no_update_queue BEFORE UPDATE OF text_key, candidates, suggested_code, settled ON placement
    BEGIN SELECT RAISE(ABORT, 'append_only: placement'); END;
