/* The roster of a team as it stands: its draft, else what is in force. */
#include "cli/form_roster.h"

typedef struct span {
    int64_t roster, mark; /* of a draft; mark: what changes when it does */
    bool draft;
} span;

static bool covers(const form *f, const rows *r, size_t i)
{
    return !f->day.len || (str_compare(rows_text(r, i, "from_on"), f->day) <= 0 && str_compare(rows_text(r, i, "to_on"), f->day) >= 0);
}

/* The draft; without one the newest roster in force, of the day asked for if one is. */
static err *find_span(rostering *r, span *s)
{
    form *f = r->f;
    rows drafts = { 0 }, all = { 0 };
    TRY(form_view(f, "draft", NAMED({ "team", V_INT(f->team) }), &drafts));
    TRY(form_view(f, "roster", NAMED({ "team", V_INT(f->team) }), &all));
    const rows *from = &drafts;
    size_t i = 0;
    if (!drafts.count || !covers(f, &drafts, 0)) {
        from = &all;
        while (i < all.count && (!str_is(rows_text(&all, i, "state"), "published") || !covers(f, &all, i)))
            i++;
    }
    if (i == from->count)
        return err_new(f->a, ERR_NOT_FOUND, "form.roster_none", VALUES({ "team", r->team_name }));
    *s = (span){ .roster = rows_int(from, i, "id"), .draft = from == &drafts };
    s->mark = rows_int(from, i, s->draft ? "seen" : "version");
    civil_day_read(rows_text(from, i, "from_on"), &r->from);
    civil_day_read(rows_text(from, i, "to_on"), &r->to);
    r->number = text_format(f->a, "%lld/%.*s/%.*s/%s%lld", (long long)f->team, STR_ARG(rows_text(from, i, "from_on")),
                            STR_ARG(rows_text(from, i, "to_on")), s->draft ? "d" : "v", (long long)s->mark);
    return NULL;
}

/* -- who --------------------------------------------------------------------------------------------------- */
static size_t man_of(const rostering *r, int64_t id)
{
    size_t i = 0;
    while (i < r->men.count && r->men.at[i].id != id)
        i++;
    return i;
}

str roster_name_key(arena *a, str name)
{
    text t = text_begin(a);
    for (str rest = word_key(a, name); rest.len;) {
        if (word_cut(&rest, WORD_DOT)) {
            text_put(&t, word_first(WORD_DOT));
            continue;
        }
        text_put(&t, str_part(rest, 0, 1));
        rest = str_from(rest, 1);
    }
    return text_done(&t);
}

static size_t man_add(rostering *r, int64_t id, str name, str unit)
{
    size_t i = man_of(r, id);
    if (i < r->men.count)
        return i;
    str key = roster_name_key(r->f->a, name);
    bool twin = false;
    for (size_t k = 0; k < r->men.count; k++) {
        if (!str_equal(r->men.at[k].key, key))
            continue;
        r->men.at[k].twin = true;
        twin = true;
    }
    *list_add(r->f->a, &r->men) = (roster_man){ .id = id, .name = name, .key = key, .unit = unit, .twin = twin };
    return i;
}

static err *load_men(rostering *r)
{
    form *f = r->f;
    rows members = { 0 }, people = { 0 };
    TRY(form_view(f, "team_member", NAMED({ "team", V_INT(f->team) }), &members));
    TRY(form_view(f, "person", NULL, &people));
    for (size_t i = 0; i < members.count; i++) {
        str org = rows_text(&members, i, "org");
        man_add(r, rows_int(&members, i, "person_id"), rows_text(&members, i, "name"), org.len ? org : rows_text(&members, i, "work_unit"));
    }
    for (size_t i = 0; i < people.count; i++) {
        size_t man = man_of(r, rows_int(&people, i, "id"));
        if (man < r->men.count)
            r->men.at[man].phone = rows_text(&people, i, "phone");
    }
    return NULL;
}

/* -- where ------------------------------------------------------------------------------------------------- */
static size_t need_of_id(const rostering *r, int64_t id)
{
    size_t i = 0;
    while (i < r->needs.count && rows_int(&r->needs, i, "id") != id)
        i++;
    return i;
}

static err *load_stands(rostering *r, const span *s)
{
    form *f = r->f;
    rows lines = { 0 };
    const value team = V_INT(f->team);
    const value from = V_TEXT(civil_day_text(f->a, r->from)), to = V_TEXT(civil_day_text(f->a, r->to));
    TRY(s->draft ? form_view(f, "draft_line", NAMED({ "team", team }, { "roster", V_INT(s->roster) }), &lines)
                 : form_view(f, "roster_duty", NAMED({ "team", team }, { "from_on", from }, { "to_on", to }), &lines));
    for (size_t i = 0; i < lines.count; i++) {
        size_t need = need_of_id(r, rows_int(&lines, i, "need_id"));
        if (need == r->needs.count)
            continue; /* called off since */
        size_t man = man_add(r, rows_int(&lines, i, "person_id"), rows_text(&lines, i, "name"), (str){ 0 });
        *list_add(f->a, &r->have) = (roster_stand){ need, man, rows_int(&lines, i, "lead") != 0,
                                                    s->draft && rows_int(&lines, i, "locked") != 0, { NULL, NULL } };
    }
    return NULL;
}

err *roster_load(rostering *r)
{
    form *f = r->f;
    span s = { 0 };
    str title;
    int minute;
    TRY(form_team(f, &r->team_name));
    TRY(form_operation(f, &title, &r->zone));
    civil_local(r->zone, f->now, &r->today, &minute);
    TRY(find_span(r, &s));
    TRY(form_view(f, "need", NAMED({ "team", V_INT(f->team) }, { "from_on", V_TEXT(civil_day_text(f->a, r->from)) },
                                   { "to_on", V_TEXT(civil_day_text(f->a, r->to)) }),
                  &r->needs));
    TRY(form_view(f, "shift", NULL, &r->shifts));
    TRY(load_men(r));
    TRY(load_stands(r, &s));
    r->need_said = arena_many(f->a, bool, r->needs.count + 1);
    r->cell_said = arena_many(f->a, bool, (r->men.count + 1) * (size_t)(r->to - r->from + 1));
    return NULL;
}

civil_day roster_need_day(const rostering *r, size_t need)
{
    civil_day day = 0;
    civil_day_read(rows_text(&r->needs, need, "starts_on"), &day);
    return day;
}

int roster_need_minute(const rostering *r, size_t need, const char *column)
{
    size_t i = 0;
    while (i < r->shifts.count && rows_int(&r->shifts, i, "id") != rows_int(&r->needs, need, "shift_id"))
        i++;
    return (int)rows_int(&r->shifts, i, column);
}

str roster_need_name(const rostering *r, size_t need)
{
    arena *a = r->f->a;
    return text_format(a, "%.*s %.*s-%.*s %.*s", STR_ARG(rows_text(&r->needs, need, "starts_on")),
                       STR_ARG(civil_time_text(a, roster_need_minute(r, need, "start_minute"))),
                       STR_ARG(civil_time_text(a, roster_need_minute(r, need, "end_minute"))), STR_ARG(rows_text(&r->needs, need, "post")));
}

bool roster_stands_at(const roster_stands *s, size_t need, size_t man, size_t *at)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->at[i].need != need || s->at[i].man != man)
            continue;
        if (at)
            *at = i;
        return true;
    }
    return false;
}

str roster_man_text(const rostering *r, size_t man)
{
    const roster_man *m = &r->men.at[man];
    str more = m->unit.len ? m->unit : m->phone;
    if (!m->twin || !more.len)
        return m->name;
    return words_get(r->f->a, r->f->lang, "form.roster.twin", VALUES({ "name", m->name }, { "unit", more }));
}

/* -- the form ---------------------------------------------------------------------------------------------- */
static err *roster_form_write(form *f)
{
    rostering r = { .f = f };
    if (!f->team)
        return err_new(f->a, ERR_USAGE, "form.team", NULL);
    TRY(roster_load(&r));
    return roster_write(&r);
}

/* One of the two layouts has its header in the file; the other's complaint is not asked for. */
static err *find_tables(form *f, const sheet_file *file, sheet_tables *by_day, sheet_tables *by_person, form_read *out)
{
    sheet_troubles apart = { 0 };
    if (!sheet_tables_of(f->a, file, SHEET_ROSTER, &out->troubles, by_day))
        return NULL;
    out->troubles = (sheet_troubles){ 0 };
    *by_day = (sheet_tables){ 0 };
    return sheet_tables_of(f->a, file, SHEET_ROSTER_PEOPLE, &apart, by_person); /* its columns of days are not unknown */
}

static err *roster_form_read(form *f, form_read *out)
{
    rostering r = { .f = f };
    sheet_file file;
    sheet_tables by_day = { 0 }, by_person = { 0 };
    TRY(sheet_read(f->a, f->path, &file));
    TRY(find_tables(f, &file, &by_day, &by_person, out));
    str number = form_sheet_number(f, by_day.list.count ? &by_day : &by_person, out), rest = number, id;
    int64_t team = 0;
    if (number.len && (!str_split(&rest, '/', &id) || !str_int(id, 1, INT64_MAX, &team) || (f->team && f->team != team)))
        return err_new(f->a, ERR_INPUT, "form.sheet_not_asked", VALUES({ "number", number }));
    f->team = team ? team : f->team;
    if (!f->team)
        return err_new(f->a, ERR_USAGE, "form.sheet_missing", VALUES({ "file", str_of(f->path) }));
    TRY(roster_load(&r));
    r.said_number = number;
    roster_read(&r, &by_day, &by_person, out);
    TRY(form_verdict(f, out));
    return roster_apply(&r, out);
}

const form_kind form_roster = { "roster", false, roster_form_write, roster_form_read };
