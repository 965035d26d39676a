-- What the weekend keeps beside the foundation: channels, calls, withdrawals, who approved and who agreed.
-- @both
CREATE TABLE channel (
    name TEXT PRIMARY KEY,
    driver TEXT NOT NULL CHECK (driver IN ('file', 'call_list')),
    rank INTEGER NOT NULL, -- the order in which they are tried
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    config TEXT NOT NULL DEFAULT '' -- file: where to write
);
-- one call of a liaison; an answer got on it is in notice_answer
CREATE TABLE call_attempt (
    id INTEGER PRIMARY KEY,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    by_id INTEGER NOT NULL REFERENCES person (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'no_answer', 'wrong_number', 'family')),
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
);
CREATE INDEX call_attempt_notice ON call_attempt (notice_id);
ALTER TABLE notice ADD COLUMN calling_by_id INTEGER REFERENCES person (id); -- 正在打
ALTER TABLE notice ADD COLUMN calling_until_at INTEGER;
ALTER TABLE notice ADD COLUMN back_on TEXT; -- of the answer in force
-- an org that sleeps is shown to the one above it; once per order and org
CREATE TABLE escalation (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES call_order (id),
    org_id INTEGER NOT NULL REFERENCES org (id),
    to_org_id INTEGER NOT NULL REFERENCES org (id),
    at INTEGER NOT NULL,
    taken_by_id INTEGER REFERENCES person (id),
    taken_at INTEGER,
    UNIQUE (order_id, org_id),
    CHECK (org_id <> to_org_id)
);
-- everybody leaves now, and is counted
CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    text TEXT NOT NULL,
    meeting_place TEXT NOT NULL,
    started_by INTEGER NOT NULL REFERENCES person (id),
    started_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE UNIQUE INDEX withdrawal_open ON withdrawal (team_id) WHERE ended_at IS NULL;
CREATE TABLE withdrawal_person (
    withdrawal_id INTEGER NOT NULL REFERENCES withdrawal (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    safe_at INTEGER,
    by_id INTEGER REFERENCES person (id),
    via TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (withdrawal_id, person_id),
    CHECK ((safe_at IS NULL) = (by_id IS NULL))
);
ALTER TABLE duty ADD COLUMN why TEXT NOT NULL DEFAULT ''; -- of excused, no_show, cancelled
ALTER TABLE structure ADD COLUMN proposed_by INTEGER REFERENCES person (id);
ALTER TABLE structure ADD COLUMN proposed_at INTEGER;
ALTER TABLE structure ADD COLUMN approved_by INTEGER REFERENCES person (id);
ALTER TABLE structure ADD COLUMN approved_at INTEGER;
ALTER TABLE structure ADD COLUMN reference TEXT NOT NULL DEFAULT ''; -- 批复文号
ALTER TABLE unit ADD COLUMN rank INTEGER NOT NULL DEFAULT 0; -- among those of one parent
ALTER TABLE join_request ADD COLUMN asked_at INTEGER;
ALTER TABLE join_request ADD COLUMN decided_by INTEGER REFERENCES person (id);
ALTER TABLE join_request ADD COLUMN decided_at INTEGER;
ALTER TABLE reinforcement ADD COLUMN headcount INTEGER NOT NULL DEFAULT 1 CHECK (headcount >= 1);
ALTER TABLE reinforcement ADD COLUMN why TEXT NOT NULL DEFAULT '';
ALTER TABLE reinforcement ADD COLUMN from_by INTEGER REFERENCES person (id); -- the lending leader's word
ALTER TABLE reinforcement ADD COLUMN to_by INTEGER REFERENCES person (id);   -- the receiving leader's word
ALTER TABLE swap ADD COLUMN asked_at INTEGER;
ALTER TABLE swap ADD COLUMN decided_at INTEGER;
ALTER TABLE attendance ADD COLUMN sheet_no TEXT NOT NULL DEFAULT ''; -- of the paper it was keyed from
ALTER TABLE attendance ADD COLUMN sheet_row INTEGER;
ALTER TABLE donor ADD COLUMN org_id INTEGER REFERENCES org (id);
ALTER TABLE donor ADD COLUMN publish INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1)); -- by consent only
ALTER TABLE donation ADD COLUMN quantity INTEGER;
ALTER TABLE donation ADD COLUMN goods_unit TEXT NOT NULL DEFAULT '';
ALTER TABLE donation ADD COLUMN by_id INTEGER REFERENCES person (id);
ALTER TABLE certificate ADD COLUMN issued_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE certificate ADD COLUMN issued_by INTEGER REFERENCES person (id);
ALTER TABLE certificate ADD COLUMN community_code TEXT REFERENCES division (code);
ALTER TABLE certificate ADD COLUMN service TEXT NOT NULL DEFAULT ''; -- what was done, as printed
ALTER TABLE certificate ADD COLUMN replaces_id INTEGER REFERENCES certificate (id);
ALTER TABLE certificate ADD COLUMN print_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bulletin ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletin ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE bulletin ADD COLUMN filled_by INTEGER REFERENCES person (id);
ALTER TABLE bulletin ADD COLUMN checked_by INTEGER REFERENCES person (id);
ALTER TABLE bulletin ADD COLUMN requests TEXT NOT NULL DEFAULT ''; -- 六、问题与请求
ALTER TABLE bulletin_figure ADD COLUMN kind TEXT NOT NULL DEFAULT 'count' CHECK (kind IN ('count', 'sum', 'max'));
CREATE INDEX duty_state ON duty (starts_at) WHERE seat IS NOT NULL;
CREATE INDEX attendance_person ON attendance (person_id, starts_on);
CREATE INDEX notice_order ON notice (order_id, state);

-- @sqlite
CREATE TRIGGER call_attempt_no_delete BEFORE DELETE ON call_attempt
    BEGIN SELECT RAISE(ABORT, 'append_only: call_attempt'); END;
CREATE TRIGGER call_attempt_no_update BEFORE UPDATE ON call_attempt
    BEGIN SELECT RAISE(ABORT, 'append_only: call_attempt'); END;
-- the new columns of an append-only table are no less so
CREATE TRIGGER donation_no_update_goods BEFORE UPDATE OF quantity, goods_unit, by_id ON donation
    BEGIN SELECT RAISE(ABORT, 'append_only: donation'); END;

-- @postgres
CREATE TRIGGER call_attempt_append_only BEFORE UPDATE OR DELETE ON call_attempt
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER call_attempt_no_truncate BEFORE TRUNCATE ON call_attempt EXECUTE FUNCTION append_only();
