-- The last things done are read on each opening of the desk: by their time, not through all that was ever done.
-- @both
CREATE INDEX audit_at ON audit (at);
