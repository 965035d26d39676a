-- That the time an answer claimed was cut to what can be believed.
-- @both
ALTER TABLE notice_answer ADD COLUMN cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1));
