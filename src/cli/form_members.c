/* The members of a team: written with a key for each row and telephones masked; what was put right in it is read back. */
#include "cli/form.h"

#include "base/json.h"
#include "base/limits.h"

typedef struct listing {
    form *f;
    str team_name, number;
    rows members, people, skills; /* people as the view has them: telephones masked */
    size_t *person;               /* row in people, for each of members; SIZE_MAX: not the reader's to see */
    bool *seen;
    json *fresh;                  /* rows of person.correct */
} listing;

/* Somebody new, or a row put right: what the file says of him. */
typedef struct said {
    sheet_at at;
    str name, phone, work_unit, kind; /* phone empty: as it is */
} said;
typedef LIST(said) saids;

static size_t find_id(const rows *r, const char *column, int64_t id)
{
    for (size_t i = 0; i < r->count; i++) {
        if (rows_int(r, i, column) == id)
            return i;
    }
    return SIZE_MAX;
}

static err *load(listing *m)
{
    form *f = m->f;
    TRY(form_team(f, &m->team_name));
    m->number = text_format(f->a, "%lld/members", (long long)f->team);
    TRY(form_view(f, "team_member", NAMED({ "team", V_INT(f->team) }), &m->members));
    TRY(form_view(f, "person", NULL, &m->people));
    TRY(form_view(f, "person_skill", NULL, &m->skills));
    map *rows_of = map_new(f->a);
    for (size_t i = 0; i < m->people.count; i++)
        map_put(rows_of, form_number(f->a, rows_int(&m->people, i, "id")), (int64_t)i);
    m->person = arena_many(f->a, size_t, m->members.count + 1);
    m->seen = arena_many(f->a, bool, m->members.count + 1);
    for (size_t i = 0; i < m->members.count; i++) {
        int64_t row;
        bool known = map_get(rows_of, form_number(f->a, rows_int(&m->members, i, "person_id")), &row);
        m->person[i] = known ? (size_t)row : SIZE_MAX;
    }
    return NULL;
}

/* -- what stands ------------------------------------------------------------------------------------------- */
static str skills_text(const listing *m, int64_t person)
{
    text t = text_begin(m->f->a);
    for (size_t i = 0; i < m->skills.count; i++) {
        if (rows_int(&m->skills, i, "person_id") != person)
            continue;
        text_put(&t, t.len ? word_first(WORD_LIST) : STR(""));
        text_put(&t, rows_text(&m->skills, i, "skill"));
    }
    return text_done(&t);
}

static str have_text(const listing *m, size_t member, sheet_field field)
{
    size_t row = m->person[member];
    switch (field) {
    case SHEET_NAME:
        return rows_text(&m->people, row, "name");
    case SHEET_PHONE:
        return rows_text(&m->people, row, "phone");
    case SHEET_ORG:
        return rows_text(&m->people, row, "org");
    case SHEET_WORK_UNIT:
        return rows_text(&m->people, row, "work_unit");
    case SHEET_PERSON_KIND:
        return rows_text(&m->people, row, "kind");
    case SHEET_COMMUNITY:
        return rows_text(&m->people, row, "community");
    default:
        return skills_text(m, rows_int(&m->people, row, "id"));
    }
}

/* -- out --------------------------------------------------------------------------------------------------- */
static value cell(void *of, size_t row, sheet_field field)
{
    const listing *m = of;
    size_t person = m->person[row];
    switch (field) {
    case SHEET_IGNORED:
        return V_INT((int64_t)row + 1);
    case SHEET_KEY:
        return V_TEXT(form_key_text(m->f->a, (form_key){ rows_int(&m->people, person, "id"), rows_int(&m->people, person, "version") }));
    case SHEET_NUMBER:
        return V_TEXT(m->number);
    default:
        return V_TEXT(have_text(m, row, field));
    }
}

/* Whom the reader may not look up is on no sheet of his, and not missing on it either. */
static void keep_visible(listing *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->members.count; i++) {
        if (m->person[i] != SIZE_MAX)
            m->person[kept++] = m->person[i];
    }
    m->members.count = kept; /* only the count is asked from here on */
}

static err *members_write(form *f)
{
    listing m = { .f = f };
    if (!f->team)
        return err_new(f->a, ERR_USAGE, "form.team", NULL);
    TRY(load(&m));
    keep_visible(&m);
    str title = words_get(f->a, f->lang, "form.members.title", VALUES({ "team", m.team_name }));
    return form_write(f, SHEET_PEOPLE, title, m.members.count, cell, &m);
}

/* -- in: a row --------------------------------------------------------------------------------------------- */
static bool tell(const listing *m, form_read *out, sheet_at at, sheet_field field, const char *what)
{
    sheet_tell_at(m->f->a, &out->troubles, at, field, SHEET_ERROR, what, NULL);
    return false;
}

static str plain(const listing *m, str s)
{
    return sheet_is_none(s) ? STR("") : text_normal(m->f->a, s);
}

/* A masked number is none that was written: it stands for the one that is kept. */
static bool phone_take(const listing *m, sheet_at at, str have, form_read *out, str *phone)
{
    str cell = sheet_text(m->f->a, at.table, at.row, SHEET_PHONE);
    *phone = (str){ 0 };
    if (str_equal(cell, have))
        return true;
    if (!cell.len)
        return tell(m, out, at, SHEET_PHONE, "form.member_phone");
    const char *fault = sheet_phone_read(m->f->a, cell, phone);
    return (!fault && phone->len) || tell(m, out, at, SHEET_PHONE, fault ? fault : "form.member_phone");
}

static bool said_take(const listing *m, sheet_at at, str have_phone, form_read *out, said *s)
{
    arena *a = m->f->a;
    *s = (said){ .at = at };
    s->name = sheet_text(a, at.table, at.row, SHEET_NAME);
    s->work_unit = plain(m, sheet_text(a, at.table, at.row, SHEET_WORK_UNIT));
    s->kind = plain(m, sheet_text(a, at.table, at.row, SHEET_PERSON_KIND));
    if (!s->name.len)
        return tell(m, out, at, SHEET_NAME, "form.member_name");
    return phone_take(m, at, have_phone, out, &s->phone);
}

/* Of these the sheet tells, but each has a place of its own where it is changed. */
static size_t compare_elsewhere(const listing *m, sheet_at at, size_t member, form_read *out)
{
    static const sheet_field fields[] = { SHEET_ORG, SHEET_COMMUNITY, SHEET_SKILLS };
    size_t differ = 0;
    for (size_t i = 0; i < COUNT(fields); i++) {
        str have = plain(m, have_text(m, member, fields[i])), text = plain(m, sheet_text(m->f->a, at.table, at.row, fields[i]));
        /* an empty cell of a column that is filled only once takes what stands above */
        if (!sheet_has(at.table, fields[i]) || str_equal(have, text) || (!have.len && fields[i] != SHEET_SKILLS))
            continue;
        form_changed(m->f, out, at, fields[i], have_text(m, member, SHEET_NAME), have, text);
        differ++;
    }
    if (differ)
        form_line(m->f, out, at, "form.member_elsewhere", VALUES({ "name", have_text(m, member, SHEET_NAME) }));
    return differ;
}

static size_t compare_own(const listing *m, const said *s, size_t member, form_read *out)
{
    const struct { sheet_field field; str text; } cells[] = {
        { SHEET_NAME, s->name }, { SHEET_PHONE, s->phone.len ? s->phone : have_text(m, member, SHEET_PHONE) },
        { SHEET_WORK_UNIT, s->work_unit }, { SHEET_PERSON_KIND, s->kind },
    };
    size_t differ = 0;
    for (size_t i = 0; i < COUNT(cells); i++) {
        str have = plain(m, have_text(m, member, cells[i].field));
        if (!sheet_has(s->at.table, cells[i].field) || str_equal(have, cells[i].text))
            continue;
        form_changed(m->f, out, s->at, cells[i].field, have_text(m, member, SHEET_NAME), have, cells[i].text);
        differ++;
    }
    return differ;
}

static void put(const listing *m, const char *key, str s)
{
    json_key(m->fresh, key);
    json_str(m->fresh, s);
}

static void put_row(const listing *m, const said *s, size_t member)
{
    const sheet_table *t = s->at.table;
    size_t person = m->person[member];
    json_open(m->fresh, '{');
    put(m, "person", form_number(m->f->a, rows_int(&m->people, person, "id")));
    json_key(m->fresh, "version");
    json_int(m->fresh, rows_int(&m->people, person, "version"));
    put(m, "name", s->name);
    put(m, "phone", s->phone);
    put(m, "work_unit", sheet_has(t, SHEET_WORK_UNIT) ? s->work_unit : have_text(m, member, SHEET_WORK_UNIT));
    put(m, "kind", sheet_has(t, SHEET_PERSON_KIND) ? s->kind : have_text(m, member, SHEET_PERSON_KIND));
    json_close(m->fresh, '}');
}

static void compare_known(const listing *m, sheet_at at, form_key key, size_t member, form_read *out)
{
    said s;
    m->seen[member] = true;
    if (!said_take(m, at, have_text(m, member, SHEET_PHONE), out, &s))
        return;
    size_t own = compare_own(m, &s, member, out), elsewhere = compare_elsewhere(m, at, member, out);
    bool meanwhile = own && key.version != rows_int(&m->people, m->person[member], "version");
    if (meanwhile)
        form_line(m->f, out, at, "form.meanwhile", VALUES({ "name", have_text(m, member, SHEET_NAME) }));
    out->same += !own && !elsewhere;
    out->standing += meanwhile || elsewhere;
    out->fresh += own && !meanwhile;
    if (own && !meanwhile)
        put_row(m, &s, member);
}

static void take_new(const listing *m, sheet_at at, saids *added, form_read *out)
{
    said s;
    if (!sheet_text(m->f->a, at.table, at.row, SHEET_NAME).len && !sheet_text(m->f->a, at.table, at.row, SHEET_PHONE).len)
        return;
    if (!said_take(m, at, (str){ 0 }, out, &s))
        return;
    if (!s.phone.len) {
        tell(m, out, at, SHEET_PHONE, "form.member_phone");
        return;
    }
    form_line(m->f, out, at, "form.member_new", VALUES({ "name", s.name }, { "team", m->team_name }));
    *list_add(m->f->a, added) = s;
    out->fresh++;
}

static void take_row(const listing *m, sheet_at at, map *keys, saids *added, form_read *out)
{
    form_key key;
    if (!form_key_take(m->f, at, keys, out, &key))
        return;
    if (!key.id) {
        take_new(m, at, added, out);
        return;
    }
    size_t member = find_id(&m->members, "person_id", key.id);
    if (member == SIZE_MAX || m->person[member] == SIZE_MAX)
        sheet_tell_at(m->f->a, &out->troubles, at, SHEET_KEY, SHEET_ERROR, "form.key_unknown", VALUES({ "more", m->number }));
    else
        compare_known(m, at, key, member, out);
}

/* Nobody leaves a team by being deleted from a sheet: he moves to another one, or is stood down. */
static void take_missing(const listing *m, form_read *out)
{
    for (size_t i = 0; i < m->members.count; i++) {
        if (m->seen[i] || m->person[i] == SIZE_MAX)
            continue;
        form_say(m->f, out, "form.member_missing", VALUES({ "name", have_text(m, i, SHEET_NAME) }));
        out->standing++;
    }
}

/* -- in ---------------------------------------------------------------------------------------------------- */
static err *which_sheet(form *f, const sheet_tables *tables, form_read *out, bool *numbered)
{
    str number = form_sheet_number(f, tables, out), rest = number, id;
    int64_t team;
    *numbered = number.len > 0;
    if (!*numbered)
        return f->team ? NULL : err_new(f->a, ERR_USAGE, "form.sheet_missing", VALUES({ "file", str_of(f->path) }));
    if (!str_split(&rest, '/', &id) || !str_is(rest, "members") || !str_int(id, 1, INT64_MAX, &team) || (f->team && f->team != team))
        return err_new(f->a, ERR_INPUT, "form.sheet_not_asked", VALUES({ "number", number }));
    f->team = team;
    return NULL;
}

/* Each has his own answer: of another team, known already under that number. What is refused is told, the others go in. */
static err *add_one(const listing *m, const said *s, form_read *out)
{
    form *f = m->f;
    str result;
    err *e = form_command(f, "team.add_person",
                          NAMED({ "team", V_INT(f->team) }, { "name", V_TEXT(s->name) }, { "phone", V_TEXT(s->phone) },
                                { "work_unit", V_TEXT(s->work_unit) }),
                          &result);
    if (!e || (e->code != ERR_CONFLICT && e->code != ERR_INPUT))
        return e;
    form_line(f, out, s->at, "form.member_refused", VALUES({ "name", s->name }, { "why", words_err(f->a, f->lang, e) }));
    out->fresh--;
    out->standing++;
    return NULL;
}

static err *apply(const listing *m, form_read *out, str fresh, const saids *added)
{
    form *f = m->f;
    str result;
    size_t corrected = out->fresh - added->count;
    if (corrected > PIECE_ROWS_MAX)
        return err_new(f->a, ERR_LIMIT, "form.rows_many", VALUES({ "n", form_number(f->a, (int64_t)corrected) },
                                                                { "max", form_number(f->a, PIECE_ROWS_MAX) }));
    if (!f->apply || !out->fresh)
        return NULL;
    if (corrected)
        TRY(form_command(f, "person.correct", NAMED({ "rows", V_TEXT(fresh) }), &result));
    for (size_t i = 0; i < added->count; i++)
        TRY(add_one(m, &added->at[i], out));
    out->applied = out->fresh > 0;
    return NULL;
}

static err *members_read(form *f, form_read *out)
{
    listing m = { .f = f };
    sheet_file file;
    sheet_tables tables;
    saids added = { 0 };
    bool numbered;
    map *keys = map_new(f->a);
    TRY(sheet_read(f->a, f->path, &file));
    TRY(sheet_tables_of(f->a, &file, SHEET_PEOPLE, &out->troubles, &tables));
    TRY(which_sheet(f, &tables, out, &numbered));
    TRY(load(&m));
    text t = text_begin(f->a);
    json j = json_begin(&t);
    m.fresh = &j;
    json_open(&j, '[');
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *one = &tables.list.at[i];
        for (size_t r = 0; r < one->rows.count; r++)
            take_row(&m, (sheet_at){ one, &one->rows.at[r] }, keys, &added, out);
    }
    json_close(&j, ']');
    if (numbered)
        take_missing(&m, out);
    TRY(form_verdict(f, out));
    return apply(&m, out, text_done(&t), &added);
}

const form_kind form_members = { "members", false, members_write, members_read };
