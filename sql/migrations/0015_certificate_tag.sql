-- What is printed beside a certificate's number and asked for with it: numbers run on, and could be tried one by one.
-- @both
ALTER TABLE certificate ADD COLUMN tag TEXT NOT NULL DEFAULT '';
-- @sqlite
UPDATE certificate SET tag = lower(hex(substr(signature, 1, 4)));
-- @postgres
UPDATE certificate SET tag = encode(substr(signature, 1, 4), 'hex');
