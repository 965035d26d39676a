-- Why somebody wishes a substitute, in the own words, for the leader.
-- @both
ALTER TABLE swap ADD COLUMN why TEXT NOT NULL DEFAULT '';
