-- When a notice was queued: a bulletin counts what there was at its cut-off. Unknown for those of before.
-- @both
ALTER TABLE notice ADD COLUMN queued_at INTEGER;
