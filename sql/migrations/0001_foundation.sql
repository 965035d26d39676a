-- 0001 foundation: the tables of MODEL.md.
--
-- How store/migrate.c reads a migration
-- - Blocks begin with "-- @both", "-- @sqlite" or "-- @postgres". In @both only the types INTEGER, TEXT and BLOB stand.
-- - PostgreSQL: INTEGER becomes BIGINT, BLOB becomes BYTEA.
-- - SQLite: the line ");" that closes a table becomes ") STRICT;", so that both refuse text in a number.
-- - No table refers to a later one. The one circle, person.placement_id, has no foreign key. Several roots of a tree:
--   unique on COALESCE(parent_id, 0).
--
-- @both ---------------------------------------------------------------- the installation
CREATE TABLE installation (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    uid TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('real', 'drill', 'demo')),
    schema_version INTEGER NOT NULL,
    key_mark TEXT NOT NULL
);
CREATE TABLE lane (
    lane INTEGER PRIMARY KEY CHECK (lane BETWEEN 0 AND 4095),
    next_id INTEGER NOT NULL CHECK (next_id >= 1),
    holder TEXT NOT NULL DEFAULT ''
);
CREATE TABLE setting (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (scope, name)
);

-- territory
CREATE TABLE division (
    code TEXT PRIMARY KEY CHECK (length(code) IN (6, 9, 12)), -- x and digits where the city has no codes
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('city', 'district', 'subdistrict', 'community')),
    parent_code TEXT REFERENCES division (code),
    from_on TEXT,
    to_on TEXT,
    successor_code TEXT REFERENCES division (code)
);
CREATE INDEX division_parent ON division (parent_code);
CREATE TABLE division_above (
    code TEXT NOT NULL REFERENCES division (code),
    above_code TEXT NOT NULL REFERENCES division (code),
    PRIMARY KEY (code, above_code)
);
CREATE INDEX division_above_above ON division_above (above_code);
CREATE TABLE compound (
    id INTEGER PRIMARY KEY,
    community_code TEXT NOT NULL REFERENCES division (code),
    kind TEXT NOT NULL CHECK (kind IN ('compound', 'road')),
    name TEXT NOT NULL,
    households INTEGER CHECK (households >= 0),
    property_company INTEGER CHECK (property_company IN (0, 1)),
    owners_committee INTEGER CHECK (owners_committee IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (community_code, kind, name)
);
CREATE TABLE compound_alias (
    compound_id INTEGER NOT NULL REFERENCES compound (id),
    alias TEXT NOT NULL,
    PRIMARY KEY (compound_id, alias)
);
CREATE INDEX compound_alias_alias ON compound_alias (alias);
CREATE TABLE compound_range (
    id INTEGER PRIMARY KEY,
    compound_id INTEGER NOT NULL REFERENCES compound (id),
    community_code TEXT NOT NULL REFERENCES division (code),
    number_from INTEGER NOT NULL CHECK (number_from >= 0),
    number_to INTEGER NOT NULL,
    side TEXT NOT NULL DEFAULT 'both' CHECK (side IN ('both', 'odd', 'even')),
    phase TEXT NOT NULL DEFAULT '',
    CHECK (number_from <= number_to)
);
CREATE INDEX compound_range_compound ON compound_range (compound_id);

-- operation, organisations, people
CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    zone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((closed_at IS NOT NULL) = (state = 'closed'))
);
CREATE TABLE org (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES org (id),
    kind TEXT NOT NULL CHECK (kind IN ('city', 'agency', 'branch')),
    name TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX org_name ON org (COALESCE(parent_id, 0), name);
CREATE TABLE org_above (
    org_id INTEGER NOT NULL REFERENCES org (id),
    above_id INTEGER NOT NULL REFERENCES org (id),
    PRIMARY KEY (org_id, above_id)
);
CREATE INDEX org_above_above ON org_above (above_id);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    org_id INTEGER REFERENCES org (id),
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    address_text TEXT NOT NULL DEFAULT '',
    work_unit TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '',
    birth_year INTEGER CHECK (birth_year BETWEEN 1900 AND 2100),
    placement_id INTEGER, -- the placement in force; no foreign key: it would be a circle
    erased_at INTEGER,
    source_ref TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX person_name_phone ON person (name, phone) WHERE erased_at IS NULL AND phone <> '';
CREATE INDEX person_org ON person (org_id);
CREATE INDEX person_phone ON person (phone) WHERE phone <> '';
CREATE TABLE person_skill (
    person_id INTEGER NOT NULL REFERENCES person (id),
    skill TEXT NOT NULL,
    PRIMARY KEY (person_id, skill)
);
CREATE TABLE placement (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    community_code TEXT REFERENCES division (code),
    compound_id INTEGER REFERENCES compound (id),
    state TEXT NOT NULL CHECK (state IN ('placed', 'queued', 'outside')),
    reasons TEXT NOT NULL,
    decided_by INTEGER REFERENCES person (id),
    CHECK ((community_code IS NOT NULL) = (state = 'placed'))
);
CREATE INDEX placement_person ON placement (person_id);
-- how an address was decided by hand: the next like it goes the same way
CREATE TABLE place_rule (
    text_key TEXT PRIMARY KEY,
    community_code TEXT REFERENCES division (code),
    outside INTEGER NOT NULL DEFAULT 0 CHECK (outside IN (0, 1)),
    decided_by INTEGER,
    decided_at INTEGER NOT NULL
);
CREATE TABLE care (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    cipher BLOB NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE care_rule (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    rule TEXT NOT NULL,
    value INTEGER NOT NULL,
    from_on TEXT,
    to_on TEXT
);
CREATE INDEX care_rule_person ON care_rule (person_id);
CREATE TABLE care_reader (
    person_id INTEGER NOT NULL REFERENCES person (id),
    reader_id INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (person_id, reader_id)
);
CREATE TABLE person_pair (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    a_id INTEGER NOT NULL REFERENCES person (id),
    b_id INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('apart', 'together', 'not_both')),
    CHECK (a_id < b_id),
    UNIQUE (operation_id, a_id, b_id, kind)
);
CREATE TABLE availability (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('can', 'prefer', 'rather_not', 'cannot')),
    source TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (starts_at < ends_at)
);
CREATE INDEX availability_person ON availability (person_id, starts_at);

-- teams
CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    community_code TEXT NOT NULL REFERENCES division (code),
    name TEXT NOT NULL,
    leader_id INTEGER REFERENCES person (id),
    deputy_id INTEGER REFERENCES person (id),
    liaison_id INTEGER REFERENCES person (id),
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (operation_id, community_code)
);
CREATE TABLE team_proposal (
    team_id INTEGER NOT NULL REFERENCES team (id),
    office TEXT NOT NULL CHECK (office IN ('leader', 'deputy', 'liaison')),
    person_id INTEGER NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (team_id, office)
);
CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    team_id INTEGER NOT NULL REFERENCES team (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    source TEXT NOT NULL CHECK (source IN ('assigned', 'joined', 'reinforcement')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'left', 'moved')),
    from_at INTEGER NOT NULL,
    to_at INTEGER
);
CREATE UNIQUE INDEX membership_home ON membership (operation_id, person_id)
    WHERE state = 'active' AND source <> 'reinforcement';
CREATE UNIQUE INDEX membership_once ON membership (team_id, person_id) WHERE state = 'active';
CREATE TABLE structure (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'approved', 'in_force', 'superseded')),
    UNIQUE (team_id, version)
);
CREATE UNIQUE INDEX structure_in_force ON structure (team_id) WHERE state = 'in_force';
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    structure_id INTEGER NOT NULL REFERENCES structure (id),
    parent_id INTEGER REFERENCES unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('general_branch', 'branch', 'group')),
    name TEXT NOT NULL,
    leader_id INTEGER REFERENCES person (id),
    UNIQUE (structure_id, id)
);
CREATE TABLE structure_member (
    structure_id INTEGER NOT NULL REFERENCES structure (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    unit_id INTEGER NOT NULL,
    PRIMARY KEY (structure_id, person_id),
    FOREIGN KEY (structure_id, unit_id) REFERENCES unit (structure_id, id)
);
CREATE TABLE join_request (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    team_id INTEGER NOT NULL REFERENCES team (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn'))
);
CREATE UNIQUE INDEX join_request_open ON join_request (team_id, person_id) WHERE state = 'asked';
CREATE TABLE reinforcement (
    id INTEGER PRIMARY KEY,
    from_team_id INTEGER NOT NULL REFERENCES team (id),
    to_team_id INTEGER NOT NULL REFERENCES team (id),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'accepted', 'refused', 'in_force', 'ended')),
    CHECK (from_team_id <> to_team_id),
    CHECK (from_on <= to_on)
);
CREATE TABLE reinforcement_person (
    reinforcement_id INTEGER NOT NULL REFERENCES reinforcement (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused')),
    PRIMARY KEY (reinforcement_id, person_id)
);

-- posts, shifts, needs
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    compound_id INTEGER REFERENCES compound (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gate', 'checkpoint', 'door_to_door', 'desk', 'patrol')),
    outdoor INTEGER NOT NULL CHECK (outdoor IN (0, 1)),
    instructions TEXT NOT NULL DEFAULT '',
    closed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (team_id, name)
);
CREATE TABLE post_skill (
    post_id INTEGER NOT NULL REFERENCES post (id),
    skill TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (post_id, skill)
);
CREATE TABLE shift (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    start_minute INTEGER NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
    end_minute INTEGER NOT NULL CHECK (end_minute <= 2879),
    CHECK (end_minute > start_minute AND end_minute - start_minute <= 1440),
    UNIQUE (operation_id, name)
);
CREATE TABLE need (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    post_id INTEGER NOT NULL REFERENCES post (id),
    shift_id INTEGER NOT NULL REFERENCES shift (id),
    starts_on TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    headcount_min INTEGER NOT NULL CHECK (headcount_min >= 0),
    headcount_target INTEGER NOT NULL,
    headcount_limit INTEGER NOT NULL CHECK (headcount_limit <= 200),
    priority INTEGER NOT NULL DEFAULT 1 CHECK (priority >= 1),
    source TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (headcount_min <= headcount_target AND headcount_target <= headcount_limit),
    CHECK (starts_at < ends_at),
    UNIQUE (post_id, shift_id, starts_on)
);
CREATE INDEX need_team ON need (team_id, starts_at);
CREATE TABLE need_seat (
    need_id INTEGER NOT NULL REFERENCES need (id),
    seat INTEGER NOT NULL CHECK (seat BETWEEN 1 AND 200),
    PRIMARY KEY (need_id, seat)
);

-- rosters and duties
CREATE TABLE roster (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    version INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
    base_id INTEGER REFERENCES roster (id),
    cost TEXT NOT NULL DEFAULT '',
    steps INTEGER NOT NULL DEFAULT 0,
    seed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (team_id, version)
);
CREATE UNIQUE INDEX roster_draft ON roster (team_id) WHERE state = 'draft';
CREATE TABLE roster_line (
    roster_id INTEGER NOT NULL REFERENCES roster (id),
    need_id INTEGER NOT NULL REFERENCES need (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    lead INTEGER NOT NULL DEFAULT 0 CHECK (lead IN (0, 1)),
    locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    PRIMARY KEY (roster_id, need_id, person_id)
);
CREATE TABLE roster_gap (
    roster_id INTEGER NOT NULL REFERENCES roster (id),
    need_id INTEGER NOT NULL REFERENCES need (id),
    missing INTEGER NOT NULL CHECK (missing >= 1),
    proven INTEGER NOT NULL CHECK (proven IN (0, 1)),
    explanation TEXT NOT NULL,
    PRIMARY KEY (roster_id, need_id)
);
CREATE TABLE duty (
    id INTEGER PRIMARY KEY,
    need_id INTEGER NOT NULL REFERENCES need (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    seat INTEGER,
    lead INTEGER NOT NULL DEFAULT 0 CHECK (lead IN (0, 1)),
    -- not IN: SQLite would build a table of its values at each change of a state
    state TEXT NOT NULL CHECK (state = 'planned' OR state = 'confirmed' OR state = 'on_duty' OR state = 'done'
        OR state = 'no_show' OR state = 'excused' OR state = 'cancelled'),
    starts_on TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    roster_id INTEGER REFERENCES roster (id),
    replaces_id INTEGER REFERENCES duty (id),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK ((seat IS NULL) = (state = 'no_show' OR state = 'excused' OR state = 'cancelled')),
    CHECK (starts_at < ends_at),
    UNIQUE (need_id, seat),
    FOREIGN KEY (need_id, seat) REFERENCES need_seat (need_id, seat)
);
CREATE UNIQUE INDEX duty_once ON duty (need_id, person_id) WHERE seat IS NOT NULL;
CREATE INDEX duty_person ON duty (person_id, starts_at);
CREATE TABLE swap (
    id INTEGER PRIMARY KEY,
    from_duty_id INTEGER NOT NULL REFERENCES duty (id),
    to_person_id INTEGER NOT NULL REFERENCES person (id),
    to_duty_id INTEGER REFERENCES duty (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn', 'done'))
);
CREATE UNIQUE INDEX swap_open ON swap (from_duty_id) WHERE state IN ('asked', 'accepted');
CREATE TABLE attendance (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    duty_id INTEGER REFERENCES duty (id),
    post_id INTEGER REFERENCES post (id),
    team_id INTEGER NOT NULL REFERENCES team (id),
    starts_on TEXT NOT NULL,
    in_minute INTEGER NOT NULL,
    in_happened_at INTEGER NOT NULL,
    in_recorded_at INTEGER NOT NULL,
    out_happened_at INTEGER,
    marks TEXT NOT NULL DEFAULT '',
    by_id INTEGER NOT NULL REFERENCES person (id),
    via TEXT NOT NULL,
    confirmed_minutes INTEGER CHECK (confirmed_minutes >= 0),
    confirmed_by INTEGER REFERENCES person (id),
    void_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (out_happened_at >= in_happened_at)
);
CREATE UNIQUE INDEX attendance_duty ON attendance (duty_id) WHERE void_at IS NULL;
CREATE UNIQUE INDEX attendance_walk_in ON attendance (person_id, post_id, starts_on)
    WHERE duty_id IS NULL AND out_happened_at IS NULL AND void_at IS NULL;
CREATE INDEX attendance_team ON attendance (team_id, starts_on);

-- who may
CREATE TABLE role_grant (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN
        ('commander', 'liaison', 'leader', 'secretary', 'volunteer', 'auditor')),
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('org', 'division', 'team', 'all')),
    org_id INTEGER REFERENCES org (id),
    division_code TEXT REFERENCES division (code),
    team_id INTEGER REFERENCES team (id),
    from_at INTEGER NOT NULL,
    until_at INTEGER,
    CHECK ((org_id IS NOT NULL) = (scope_kind = 'org')),
    CHECK ((division_code IS NOT NULL) = (scope_kind = 'division')),
    CHECK ((team_id IS NOT NULL) = (scope_kind = 'team'))
);
CREATE INDEX role_grant_person ON role_grant (person_id);
CREATE TABLE pass (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'answer', 'org', 'team', 'post')),
    person_id INTEGER REFERENCES person (id),
    org_id INTEGER REFERENCES org (id),
    team_id INTEGER REFERENCES team (id),
    post_id INTEGER REFERENCES post (id),
    serial INTEGER NOT NULL DEFAULT 1,
    token_hash BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    CHECK ((person_id IS NOT NULL) = (kind IN ('person', 'answer'))),
    CHECK ((org_id IS NOT NULL) = (kind = 'org')),
    CHECK ((team_id IS NOT NULL) = (kind = 'team')),
    CHECK ((post_id IS NOT NULL) = (kind = 'post'))
);
CREATE TABLE login (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    hash TEXT NOT NULL
);
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    expires_at INTEGER NOT NULL
);

-- orders, notices, answers, messages
CREATE TABLE call_order (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    text TEXT NOT NULL,
    principle TEXT NOT NULL DEFAULT '',
    drafted_by INTEGER NOT NULL REFERENCES person (id),
    released_by INTEGER REFERENCES person (id),
    released_at INTEGER,
    reply_by INTEGER NOT NULL,
    report_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'released', 'closed')),
    corrects_id INTEGER REFERENCES call_order (id),
    version INTEGER NOT NULL DEFAULT 1,
    CHECK (released_by <> drafted_by),
    CHECK ((released_at IS NULL) = (state = 'draft')),
    CHECK ((released_by IS NULL) = (state = 'draft'))
);
-- a correction bears the number of the order it corrects
CREATE UNIQUE INDEX call_order_number ON call_order (operation_id, number) WHERE corrects_id IS NULL;
CREATE TABLE order_addressee (
    order_id INTEGER NOT NULL REFERENCES call_order (id),
    org_id INTEGER NOT NULL REFERENCES org (id),
    PRIMARY KEY (order_id, org_id)
);
CREATE TABLE notice (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES call_order (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    liaison_id INTEGER REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'sent', 'delivered', 'read', 'answered', 'unreachable')),
    answer TEXT CHECK (answer IN ('can', 'cannot', 'hindered')),
    due_at INTEGER NOT NULL,
    UNIQUE (order_id, person_id),
    CHECK ((answer IS NOT NULL) = (state = 'answered'))
);
CREATE INDEX notice_person ON notice (person_id);
CREATE TABLE notice_answer (
    id INTEGER PRIMARY KEY,
    notice_id INTEGER NOT NULL REFERENCES notice (id),
    answer TEXT NOT NULL CHECK (answer IN ('can', 'cannot', 'hindered')),
    back_on TEXT,
    reason TEXT NOT NULL DEFAULT '',
    by_id INTEGER NOT NULL REFERENCES person (id),
    via TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL
);
CREATE INDEX notice_answer_notice ON notice_answer (notice_id, recorded_at);
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL,
    purpose_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    try INTEGER NOT NULL CHECK (try >= 1),
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'delivered', 'failed', 'unknown')),
    text TEXT NOT NULL DEFAULT '', -- without the link: ruling 12
    carrier_ref TEXT,
    UNIQUE (purpose, purpose_id, person_id, channel, try)
);
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id),
    carrier_state TEXT NOT NULL,
    at INTEGER NOT NULL,
    raw TEXT NOT NULL DEFAULT '',
    UNIQUE (message_id, carrier_state, at)
);

-- gifts, certificates, bulletins
CREATE TABLE donor (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES person (id),
    name TEXT NOT NULL,
    anonymous INTEGER NOT NULL CHECK (anonymous IN (0, 1))
);
CREATE TABLE donation (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    receipt_no TEXT NOT NULL,
    donor_id INTEGER NOT NULL REFERENCES donor (id),
    kind TEXT NOT NULL CHECK (kind IN ('money', 'goods')),
    amount_fen INTEGER NOT NULL,
    goods TEXT NOT NULL DEFAULT '',
    receiver_id INTEGER REFERENCES person (id),
    community_code TEXT REFERENCES division (code),
    received_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    purpose TEXT NOT NULL DEFAULT '',
    voucher_no TEXT NOT NULL DEFAULT '',
    reverses_id INTEGER UNIQUE REFERENCES donation (id),
    UNIQUE (operation_id, receipt_no),
    CHECK (reverses_id IS NOT NULL OR amount_fen > 0 OR kind = 'goods'),
    CHECK (reverses_id IS NULL OR amount_fen <= 0)
);
CREATE TABLE certificate (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    number TEXT NOT NULL UNIQUE,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    issuer TEXT NOT NULL,
    signature BLOB NOT NULL,
    revoked_at INTEGER
);
CREATE TABLE bulletin (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    number INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'frozen')),
    UNIQUE (operation_id, number)
);
CREATE TABLE bulletin_figure (
    bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
    name TEXT NOT NULL,
    view TEXT NOT NULL,
    args TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (bulletin_id, name)
);
CREATE TABLE bulletin_record (
    bulletin_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    record TEXT NOT NULL, -- the row's key as text: an id, a division code, a person and a day
    PRIMARY KEY (bulletin_id, name, record),
    FOREIGN KEY (bulletin_id, name) REFERENCES bulletin_figure (bulletin_id, name)
);

-- imports, jobs, audit
CREATE TABLE import (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    file TEXT NOT NULL DEFAULT '', -- its name, to show
    file_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('checked', 'applying', 'applied', 'undone'))
);
CREATE TABLE import_row (
    import_id INTEGER NOT NULL REFERENCES import (id),
    row_no INTEGER NOT NULL,
    cells TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('ready', 'warning', 'error', 'duplicate')),
    noun_id INTEGER,
    before TEXT,
    PRIMARY KEY (import_id, row_no)
);
CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'parked')),
    lease_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    noun_id INTEGER,
    body TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_due ON job (due_at) WHERE state IN ('waiting', 'leased');
CREATE TABLE audit (
    lane INTEGER NOT NULL REFERENCES lane (lane),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    at INTEGER NOT NULL,
    principal TEXT NOT NULL,
    actor_id INTEGER, -- no foreign key: the chain outlives every row
    about_id INTEGER,
    command TEXT NOT NULL,
    key TEXT,
    args_hash BLOB NOT NULL,
    noun TEXT NOT NULL DEFAULT '',
    noun_id INTEGER,
    topic TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    result TEXT NOT NULL,
    source TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (lane, seq)
);
CREATE UNIQUE INDEX audit_key ON audit (principal, key) WHERE key IS NOT NULL;
CREATE INDEX audit_noun ON audit (noun, noun_id);
CREATE TABLE audit_private (
    lane INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    part TEXT NOT NULL,
    person_id INTEGER,
    salt BLOB NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (lane, seq, part),
    FOREIGN KEY (lane, seq) REFERENCES audit (lane, seq)
);
CREATE INDEX audit_private_person ON audit_private (person_id);
CREATE TABLE seal (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL
);

-- @sqlite ------------------------------------------------------------- what only triggers can say
CREATE TRIGGER placement_no_delete BEFORE DELETE ON placement
    BEGIN SELECT RAISE(ABORT, 'append_only: placement'); END;
CREATE TRIGGER placement_no_update BEFORE UPDATE OF id, person_id, community_code, compound_id, state, reasons, decided_by ON placement
    BEGIN SELECT RAISE(ABORT, 'append_only: placement'); END;
CREATE TRIGGER notice_answer_no_delete BEFORE DELETE ON notice_answer
    BEGIN SELECT RAISE(ABORT, 'append_only: notice_answer'); END;
CREATE TRIGGER notice_answer_no_update BEFORE UPDATE OF id, notice_id, answer, back_on, by_id, via, happened_at, recorded_at ON notice_answer
    BEGIN SELECT RAISE(ABORT, 'append_only: notice_answer'); END;
CREATE TRIGGER notice_answer_blank_reason BEFORE UPDATE OF reason ON notice_answer WHEN length(NEW.reason) > 0
    BEGIN SELECT RAISE(ABORT, 'append_only: notice_answer'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
    BEGIN SELECT RAISE(ABORT, 'append_only: receipt'); END;
CREATE TRIGGER receipt_no_update BEFORE UPDATE OF id, message_id, carrier_state, at ON receipt
    BEGIN SELECT RAISE(ABORT, 'append_only: receipt'); END;
CREATE TRIGGER receipt_blank_raw BEFORE UPDATE OF raw ON receipt WHEN length(NEW.raw) > 0
    BEGIN SELECT RAISE(ABORT, 'append_only: receipt'); END;
CREATE TRIGGER donation_no_delete BEFORE DELETE ON donation
    BEGIN SELECT RAISE(ABORT, 'append_only: donation'); END;
CREATE TRIGGER donation_no_update BEFORE UPDATE OF id, operation_id, receipt_no, donor_id, kind, amount_fen, goods, receiver_id, community_code, received_on, recorded_at, purpose, voucher_no, reverses_id ON donation
    BEGIN SELECT RAISE(ABORT, 'append_only: donation'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'append_only: audit'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE OF lane, seq, at, principal, actor_id, about_id, command, key, args_hash, noun, noun_id, topic, body, result, source, prev, hash ON audit
    BEGIN SELECT RAISE(ABORT, 'append_only: audit'); END;
CREATE TRIGGER audit_private_no_delete BEFORE DELETE ON audit_private
    BEGIN SELECT RAISE(ABORT, 'append_only: audit_private'); END;
CREATE TRIGGER audit_private_no_update BEFORE UPDATE OF lane, seq, part, person_id ON audit_private
    BEGIN SELECT RAISE(ABORT, 'append_only: audit_private'); END;
CREATE TRIGGER audit_private_blank_salt BEFORE UPDATE OF salt ON audit_private WHEN length(NEW.salt) > 0
    BEGIN SELECT RAISE(ABORT, 'append_only: audit_private'); END;
CREATE TRIGGER audit_private_blank_value BEFORE UPDATE OF value ON audit_private WHEN length(NEW.value) > 0
    BEGIN SELECT RAISE(ABORT, 'append_only: audit_private'); END;
CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal
    BEGIN SELECT RAISE(ABORT, 'append_only: seal'); END;
CREATE TRIGGER seal_no_update BEFORE UPDATE OF id, at, heads, prev, hash ON seal
    BEGIN SELECT RAISE(ABORT, 'append_only: seal'); END;
CREATE TRIGGER duty_overlap_insert BEFORE INSERT ON duty WHEN NEW.seat IS NOT NULL
    AND EXISTS (SELECT 1 FROM duty d WHERE d.person_id = NEW.person_id AND d.seat IS NOT NULL
        AND d.starts_at < NEW.ends_at AND NEW.starts_at < d.ends_at)
    BEGIN SELECT RAISE(ABORT, 'duty_overlap'); END;
CREATE TRIGGER duty_overlap_update BEFORE UPDATE OF person_id, seat, starts_at, ends_at ON duty WHEN NEW.seat IS NOT NULL
    AND EXISTS (SELECT 1 FROM duty d WHERE d.person_id = NEW.person_id AND d.seat IS NOT NULL AND d.id <> NEW.id
        AND d.starts_at < NEW.ends_at AND NEW.starts_at < d.ends_at)
    BEGIN SELECT RAISE(ABORT, 'duty_overlap'); END;
CREATE TRIGGER roster_line_frozen_insert BEFORE INSERT ON roster_line
    WHEN (SELECT state FROM roster WHERE id = NEW.roster_id) <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'roster_published'); END;
CREATE TRIGGER roster_line_frozen_update BEFORE UPDATE ON roster_line
    WHEN (SELECT state FROM roster WHERE id = NEW.roster_id) <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'roster_published'); END;
CREATE TRIGGER roster_line_frozen_update_old BEFORE UPDATE ON roster_line
    WHEN (SELECT state FROM roster WHERE id = OLD.roster_id) <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'roster_published'); END;
CREATE TRIGGER roster_line_frozen_delete BEFORE DELETE ON roster_line
    WHEN (SELECT state FROM roster WHERE id = OLD.roster_id) <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'roster_published'); END;
CREATE TRIGGER call_order_frozen BEFORE UPDATE OF operation_id, number, text, principle, reply_by, report_at, drafted_by ON call_order
    WHEN OLD.state <> 'draft'
    BEGIN SELECT RAISE(ABORT, 'order_released'); END;

-- @postgres
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE duty ADD CONSTRAINT duty_overlap
    EXCLUDE USING gist (person_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (seat IS NOT NULL);
-- arguments: the columns that may be blanked
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb; now jsonb; name text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        was := to_jsonb(OLD); now := to_jsonb(NEW);
        FOREACH name IN ARRAY COALESCE(TG_ARGV, '{}') LOOP -- null without arguments
            -- a text is blanked to '', a bytea to '\x' (as jsonb shows it)
            IF now ->> name IN ('', '\x') THEN was := was - name; now := now - name; END IF;
        END LOOP;
        IF was = now THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'append_only: %', TG_TABLE_NAME;
END $$;
CREATE TRIGGER placement_append_only BEFORE UPDATE OR DELETE ON placement
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER placement_no_truncate BEFORE TRUNCATE ON placement EXECUTE FUNCTION append_only();
CREATE TRIGGER notice_answer_append_only BEFORE UPDATE OR DELETE ON notice_answer
    FOR EACH ROW EXECUTE FUNCTION append_only('reason');
CREATE TRIGGER notice_answer_no_truncate BEFORE TRUNCATE ON notice_answer EXECUTE FUNCTION append_only();
CREATE TRIGGER receipt_append_only BEFORE UPDATE OR DELETE ON receipt
    FOR EACH ROW EXECUTE FUNCTION append_only('raw');
CREATE TRIGGER receipt_no_truncate BEFORE TRUNCATE ON receipt EXECUTE FUNCTION append_only();
CREATE TRIGGER donation_append_only BEFORE UPDATE OR DELETE ON donation
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER donation_no_truncate BEFORE TRUNCATE ON donation EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_private_append_only BEFORE UPDATE OR DELETE ON audit_private
    FOR EACH ROW EXECUTE FUNCTION append_only('salt', 'value');
CREATE TRIGGER audit_private_no_truncate BEFORE TRUNCATE ON audit_private EXECUTE FUNCTION append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON seal
    FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER seal_no_truncate BEFORE TRUNCATE ON seal EXECUTE FUNCTION append_only();
CREATE FUNCTION roster_line_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND (SELECT state FROM roster WHERE id = OLD.roster_id) <> 'draft' THEN
        RAISE EXCEPTION 'roster_published';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF (SELECT state FROM roster WHERE id = NEW.roster_id) <> 'draft' THEN
        RAISE EXCEPTION 'roster_published';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roster_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON roster_line
    FOR EACH ROW EXECUTE FUNCTION roster_line_frozen();
CREATE FUNCTION call_order_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'order_released';
END $$;
CREATE TRIGGER call_order_frozen BEFORE UPDATE OF operation_id, number, text, principle, reply_by, report_at, drafted_by ON call_order
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION call_order_frozen();
