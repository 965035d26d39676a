-- A job that reads a file in runs on the machine that holds it.
-- @both
ALTER TABLE job ADD COLUMN body TEXT NOT NULL DEFAULT ''; -- what it is to do, as JSON, where the other columns do not say it
ALTER TABLE job ADD COLUMN home TEXT NOT NULL DEFAULT ''; -- the folder of uploads it must run beside; empty: anywhere
ALTER TABLE job ADD COLUMN result TEXT NOT NULL DEFAULT ''; -- what came of it, as JSON
