-- Links that open one thing alone, as a calendar; and since when a duty is as it is, which a calendar is told.
-- @both
ALTER TABLE pass ADD COLUMN purpose TEXT NOT NULL DEFAULT 'open' CHECK (purpose IN ('open', 'calendar', 'upload'));
ALTER TABLE duty ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0; -- 0: not since this column is there
