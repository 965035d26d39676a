-- An order may be addressed to one division: of the orgs it names, those who live there.
-- @both
ALTER TABLE call_order ADD COLUMN division_code TEXT REFERENCES division (code);

-- @sqlite
CREATE TRIGGER call_order_frozen_division BEFORE UPDATE OF division_code ON call_order
    WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'order_released'); END;

-- @postgres
CREATE TRIGGER call_order_frozen_division BEFORE UPDATE OF division_code ON call_order
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION call_order_frozen();
