/* The sign-in sheet of a team's day, written with its duties and keyed back; its number says team, day and version. */
#include "cli/form.h"

#include "base/civil.h"
#include "base/json.h"
#include "domain/attendance.h"

enum { SPARE_LINES = 3, DAY_MINUTES = 1440 };

typedef struct signing {
    form *f;
    civil_zone *zone;
    str number, team_name;
    civil_day day;
    rows duties, members, posts;
} signing;

static str time_text(arena *a, int minute)
{
    return civil_time_text(a, minute % DAY_MINUTES);
}

static str local_time(const signing *s, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(s->zone, at, &day, &minute);
    return civil_time_text(s->f->a, minute);
}

static bool is_null(const rows *r, size_t row, const char *column)
{
    return rows_at(r, row, column)->kind == VALUE_NULL;
}

/* The roster in force on the day; 0: none was published. */
static err *version_now(form *f, int64_t *out)
{
    rows r = { 0 };
    *out = 0;
    TRY(form_view(f, "roster", NAMED({ "team", V_INT(f->team) }), &r));
    for (size_t i = 0; i < r.count; i++) { /* the newest first */
        if (!str_is(rows_text(&r, i, "state"), "published") || str_compare(rows_text(&r, i, "from_on"), f->day) > 0 ||
            str_compare(rows_text(&r, i, "to_on"), f->day) < 0)
            continue;
        *out = rows_int(&r, i, "version");
        return NULL;
    }
    return NULL;
}

static err *load(signing *s)
{
    form *f = s->f;
    str title;
    TRY(form_team(f, &s->team_name));
    TRY(form_operation(f, &title, &s->zone));
    const value team = V_INT(f->team);
    TRY(form_view(f, "team_member", NAMED({ "team", team }), &s->members));
    TRY(form_view(f, "post", NAMED({ "team", team }), &s->posts));
    return form_view(f, "attendance_sheet", NAMED({ "team", team }, { "day", V_TEXT(f->day) }), &s->duties);
}

/* -- out -------------------------------------------------------------------------------------------------- */
static value id_cell(const signing *s, size_t row, const char *column)
{
    return is_null(&s->duties, row, column) ? V_NULL : V_TEXT(form_number(s->f->a, rows_int(&s->duties, row, column)));
}

static value time_cell(const signing *s, size_t row, const char *column)
{
    return is_null(&s->duties, row, column) ? V_NULL : V_TEXT(local_time(s, rows_int(&s->duties, row, column)));
}

static str shift_text(arena *a, const rows *r, size_t row)
{
    if (is_null(r, row, "start_minute"))
        return (str){ 0 };
    return text_format(a, "%.*s-%.*s", STR_ARG(civil_time_text(a, (int)rows_int(r, row, "start_minute"))),
                       STR_ARG(time_text(a, (int)rows_int(r, row, "end_minute"))));
}

static value cell(void *of, size_t row, sheet_field field)
{
    const signing *s = of;
    if (field == SHEET_IGNORED)
        return V_INT((int64_t)row + 1);
    if (field == SHEET_DAYS)
        return V_TEXT(s->f->day);
    if (field == SHEET_NUMBER)
        return V_TEXT(s->number);
    if (row >= s->duties.count)
        return V_NULL; /* a line to write on */
    switch (field) {
    case SHEET_NAME:
        return *rows_at(&s->duties, row, "name");
    case SHEET_ORG:
        return *rows_at(&s->duties, row, "org");
    case SHEET_POST:
        return *rows_at(&s->duties, row, "post");
    case SHEET_SHIFTS:
        return V_TEXT(shift_text(s->f->a, &s->duties, row));
    case SHEET_CAME:
        return time_cell(s, row, "in_happened_at");
    case SHEET_LEFT:
        return time_cell(s, row, "out_happened_at");
    case SHEET_DUTY:
        return id_cell(s, row, "duty_id");
    default:
        return V_NULL;
    }
}

static err *attendance_write(form *f)
{
    signing s = { .f = f };
    int64_t version;
    if (!f->team || !f->day.len)
        return err_new(f->a, ERR_USAGE, "form.team_day", NULL);
    TRY(load(&s));
    TRY(version_now(f, &version));
    s.number = text_format(f->a, "%lld/%.*s/%lld", (long long)f->team, STR_ARG(f->day), (long long)version);
    str title = words_get(f->a, f->lang, "form.attendance.title", VALUES({ "team", s.team_name }, { "day", f->day }));
    return form_write(f, SHEET_ATTENDANCE, title, s.duties.count + SPARE_LINES, cell, &s);
}

/* -- in: which sheet -------------------------------------------------------------------------------------- */
/* 12/2020-02-08/3: team, day, version of the roster. */
static bool number_read(str s, form *f)
{
    str rest = s, team, day;
    civil_day on;
    if (!str_split(&rest, '/', &team) || !str_split(&rest, '/', &day) || !str_int(team, 1, INT64_MAX, &f->team) ||
        !civil_day_read(day, &on) || !str_int(rest, 0, INT32_MAX, &f->version))
        return false;
    f->day = day;
    return true;
}

/* All rows bear one number, that of the first that has one; what the command line says must agree. */
static err *which_sheet(signing *s, const sheet_attendance *all, form_read *out)
{
    form *f = s->f, said = *f;
    const sheet_came *first = NULL;
    for (size_t i = 0; i < all->list.count; i++) {
        const sheet_came *c = &all->list.at[i];
        first = first ? first : c->number.len ? c : NULL;
        if (first && c->number.len && !str_equal(c->number, first->number))
            sheet_tell_at(f->a, &out->troubles, c->at, SHEET_NUMBER, SHEET_ERROR, "form.number_other",
                          VALUES({ "first", first->number }));
    }
    if (first && !number_read(first->number, f)) {
        sheet_tell_at(f->a, &out->troubles, first->at, SHEET_NUMBER, SHEET_ERROR, "form.number_bad", NULL);
        return form_verdict(f, out);
    }
    if (!first && (!f->team || !f->day.len || !f->version))
        return err_new(f->a, ERR_USAGE, "form.number_missing", VALUES({ "file", str_of(f->path) }));
    if (first && ((said.team && said.team != f->team) || (said.day.len && !str_equal(said.day, f->day))))
        return err_new(f->a, ERR_INPUT, "form.number_not_asked", VALUES({ "number", first->number }));
    s->number = first ? first->number : text_format(f->a, "%lld/%.*s/%lld", (long long)f->team, STR_ARG(f->day), (long long)f->version);
    civil_day_read(f->day, &s->day);
    return NULL;
}

static err *check_version(form *f)
{
    int64_t now;
    TRY(version_now(f, &now));
    if (f->version == now)
        return NULL;
    return err_new(f->a, f->version < now ? ERR_STALE : ERR_INPUT,
                   f->version < now ? "attendance.sheet_old" : "attendance.sheet_unknown",
                   VALUES({ "version", form_number(f->a, f->version) }, { "now", form_number(f->a, now) }, { "day", f->day }));
}

/* -- in: who ---------------------------------------------------------------------------------------------- */
typedef struct row_match {
    const sheet_came *c;
    size_t duty; /* its row in duties; SIZE_MAX: on no line so far */
    int64_t person, post;
} row_match;

static bool said_same(str said, str have)
{
    return !said.len || str_equal(said, have);
}

/* How many rows have the name and whatever else is said; *found is the first. */
static size_t named_in(const rows *r, const sheet_came *c, bool by_post, size_t *found)
{
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!str_equal(rows_text(r, i, "name"), c->name) || !said_same(c->org, rows_text(r, i, "org")) ||
            (by_post && !said_same(c->post, rows_text(r, i, "post"))))
            continue;
        if (!count++)
            *found = i;
    }
    return count;
}

static bool tell(const signing *s, form_read *out, const sheet_came *c, sheet_field field, const char *what, str more)
{
    sheet_tell_at(s->f->a, &out->troubles, c->at, field, SHEET_ERROR, what, VALUES({ "more", more }));
    return false;
}

static bool match_duty(const signing *s, row_match *m, form_read *out)
{
    for (size_t i = 0; i < s->duties.count; i++) {
        if (rows_int(&s->duties, i, "duty_id") != m->c->duty)
            continue;
        str name = rows_text(&s->duties, i, "name");
        m->duty = i;
        return said_same(m->c->name, name) || tell(s, out, m->c, SHEET_NAME, "form.duty_name", name);
    }
    return tell(s, out, m->c, SHEET_DUTY, "form.duty_other", s->number);
}

/* On no line of the sheet: a member who came all the same. */
static bool match_member(const signing *s, row_match *m, form_read *out)
{
    size_t found = 0, count = named_in(&s->members, m->c, false, &found);
    if (count != 1)
        return tell(s, out, m->c, SHEET_NAME, count ? "form.name_twice" : "form.name_unknown", s->team_name);
    m->person = rows_int(&s->members, found, "person_id");
    for (size_t i = 0; i < s->posts.count; i++) {
        if (str_equal(rows_text(&s->posts, i, "name"), m->c->post))
            m->post = rows_int(&s->posts, i, "id");
    }
    return m->post || tell(s, out, m->c, SHEET_POST, "form.post_unknown", s->team_name);
}

static bool match(const signing *s, row_match *m, form_read *out)
{
    m->duty = SIZE_MAX;
    if (m->c->duty)
        return match_duty(s, m, out);
    size_t count = named_in(&s->duties, m->c, true, &m->duty);
    if (count > 1)
        return tell(s, out, m->c, SHEET_NAME, "form.name_many", s->team_name);
    return count == 1 || match_member(s, m, out);
}

/* -- in: what differs ------------------------------------------------------------------------------------- */
typedef struct keyed {
    int came, left; /* minutes of the day of the sheet; SHEET_TIME_NONE; came may be SHEET_TIME_PLANNED */
} keyed;

/* As attendance.key_sheet will read them; what it would refuse is told here, with its cell. */
static bool times_fit(const signing *s, const row_match *m, keyed *k, form_read *out)
{
    const rows *d = &s->duties;
    bool planned = m->duty != SIZE_MAX && !is_null(d, m->duty, "start_minute");
    int start = planned ? (int)rows_int(d, m->duty, "start_minute") : 0, end = planned ? (int)rows_int(d, m->duty, "end_minute") : 0;
    *k = (keyed){ m->c->came, m->c->left };
    if (k->came == SHEET_TIME_PLANNED && !planned)
        return tell(s, out, m->c, SHEET_CAME, "form.time_planned", s->number);
    if (k->came >= 0)
        k->came = attendance_paper_minute(k->came, planned ? start - ATTENDANCE_ACROSS_MINUTES : 0, end);
    int came = k->came >= 0 ? k->came : start;
    if (k->left >= 0)
        k->left = attendance_paper_minute(k->left, came, end);
    if (k->came != SHEET_TIME_NONE && civil_instant(s->zone, s->day, came) > s->f->now + ATTENDANCE_CLAIM_AHEAD_MINUTES * 60000)
        return tell(s, out, m->c, SHEET_CAME, "form.time_ahead", s->number);
    if (planned && k->came >= end)
        return tell(s, out, m->c, SHEET_CAME, "form.time_late", shift_text(s->f->a, d, m->duty));
    return k->left < 0 || k->left >= came || tell(s, out, m->c, SHEET_LEFT, "form.time_order", time_text(s->f->a, came));
}

static str time_or(const signing *s, int minute, const char *otherwise)
{
    return minute >= 0 ? time_text(s->f->a, minute) : words_get(s->f->a, s->f->lang, otherwise, NULL);
}

static void line(const signing *s, const row_match *m, const char *key, str came, str left, form_read *out)
{
    str name = m->duty != SIZE_MAX ? rows_text(&s->duties, m->duty, "name") : m->c->name;
    str post = m->duty != SIZE_MAX ? rows_text(&s->duties, m->duty, "post") : m->c->post;
    form_line(s->f, out, m->c->at, key, VALUES({ "name", name }, { "post", post }, { "came", came }, { "left", left }));
}

static bool same_minute(const signing *s, const rows *r, size_t row, const char *column, int minute)
{
    civil_day day;
    int had;
    civil_local(s->zone, rows_int(r, row, column), &day, &had);
    return had % DAY_MINUTES == minute % DAY_MINUTES;
}

/* Something is recorded already: it stands, the sheet adds only a leaving that is missing. */
typedef enum verdict { SAME, FRESH, STANDS } verdict;
static verdict against_known(const signing *s, const row_match *m, const keyed *k)
{
    const rows *d = &s->duties;
    bool open = is_null(d, m->duty, "out_happened_at");
    if (m->c->absent || (k->came >= 0 && !same_minute(s, d, m->duty, "in_happened_at", k->came)) ||
        (k->left >= 0 && !open && !same_minute(s, d, m->duty, "out_happened_at", k->left)))
        return STANDS;
    return k->left >= 0 && open ? FRESH : SAME;
}

static void put_row(const signing *s, const row_match *m, const keyed *k, json *j)
{
    const rows *d = &s->duties;
    bool on_line = m->duty != SIZE_MAX;
    json_open(j, '{');
    json_key(j, "row_no");
    json_int(j, m->c->at.row->number);
    if (on_line && !is_null(d, m->duty, "duty_id")) {
        json_key(j, "duty");
        json_str(j, form_number(s->f->a, rows_int(d, m->duty, "duty_id")));
    } else {
        json_key(j, "person");
        json_str(j, form_number(s->f->a, on_line ? rows_int(d, m->duty, "person_id") : m->person));
        json_key(j, "post");
        json_str(j, form_number(s->f->a, on_line ? rows_int(d, m->duty, "post_id") : m->post));
    }
    json_key(j, "in_minute");
    json_str(j, k->came >= 0 ? form_number(s->f->a, k->came) : STR(""));
    json_key(j, "out_minute");
    json_str(j, k->left >= 0 ? form_number(s->f->a, k->left) : STR(""));
    json_close(j, '}');
}

static void compare(const signing *s, const row_match *m, form_read *out, json *j)
{
    keyed k;
    bool known = m->duty != SIZE_MAX && !is_null(&s->duties, m->duty, "attendance_id");
    if (!times_fit(s, m, &k, out))
        return;
    verdict v = known ? against_known(s, m, &k) : k.came == SHEET_TIME_NONE ? SAME : FRESH;
    if (!known && m->c->absent)
        line(s, m, "form.attendance.absent", (str){ 0 }, (str){ 0 }, out);
    if (v == STANDS) {
        const rows *d = &s->duties;
        bool open = is_null(d, m->duty, "out_happened_at");
        line(s, m, "form.attendance.stands", local_time(s, rows_int(d, m->duty, "in_happened_at")),
             open ? words_get(s->f->a, s->f->lang, "form.time.open", NULL) : local_time(s, rows_int(d, m->duty, "out_happened_at")), out);
        out->standing++;
    } else if (v == FRESH) {
        line(s, m, known ? "form.attendance.left" : "form.attendance.fresh", time_or(s, k.came, "form.time.planned"),
             time_or(s, k.left, "form.time.open"), out);
        put_row(s, m, &k, j);
        out->fresh++;
    } else {
        out->same++;
    }
}

/* Planned rows of which nothing is recorded and that the file has not: those of another page, or one cut by a slip. */
static void tell_gone(const signing *s, const bool *seen, form_read *out)
{
    enum { NAMED_MAX = 8 };
    text names = text_begin(s->f->a);
    int64_t n = 0;
    for (size_t i = 0; i < s->duties.count; i++) {
        if (seen[i] || is_null(&s->duties, i, "duty_id") || !is_null(&s->duties, i, "attendance_id"))
            continue;
        if (n++ >= NAMED_MAX)
            continue;
        text_put(&names, names.len ? word_first(WORD_LIST) : STR(""));
        text_put(&names, rows_text(&s->duties, i, "name"));
    }
    if (n)
        form_say(s->f, out, "form.attendance.gone", VALUES({ "n", form_number(s->f->a, n) }, { "names", text_done(&names) },
                                                         { "more", n > NAMED_MAX ? STR("…") : STR("") }));
}

static void compare_all(const signing *s, const sheet_attendance *all, form_read *out, json *j)
{
    bool *seen = arena_many(s->f->a, bool, s->duties.count + 1);
    json_open(j, '[');
    for (size_t i = 0; i < all->list.count; i++) {
        row_match m = { .c = &all->list.at[i] };
        if (!match(s, &m, out))
            continue;
        if (m.duty != SIZE_MAX && seen[m.duty]) {
            tell(s, out, m.c, SHEET_NAME, "form.row_twice", rows_text(&s->duties, m.duty, "name"));
            continue;
        }
        if (m.duty != SIZE_MAX)
            seen[m.duty] = true;
        compare(s, &m, out, j);
    }
    json_close(j, ']');
    tell_gone(s, seen, out);
}

static err *apply(signing *s, form_read *out, str keyed_rows)
{
    form *f = s->f;
    str result = { 0 };
    if (!f->apply || !out->fresh)
        return NULL;
    TRY(form_command(f, "attendance.key_sheet",
                     NAMED({ "team", V_INT(f->team) }, { "number", V_TEXT(s->number) }, { "day", V_TEXT(f->day) },
                           { "version", V_INT(f->version) }, { "rows", V_TEXT(keyed_rows) },
                           { "by", f->by ? V_INT(f->by) : V_NULL }),
                     &result));
    out->applied = true;
    return NULL;
}

static err *attendance_read(form *f, form_read *out)
{
    signing s = { .f = f };
    sheet_file file;
    sheet_attendance all;
    TRY(sheet_read(f->a, f->path, &file));
    TRY(sheet_attendance_of(f->a, &file, &all, &out->troubles));
    TRY(which_sheet(&s, &all, out));
    TRY(load(&s));
    TRY(check_version(f));
    text t = text_begin(f->a);
    json j = json_begin(&t);
    compare_all(&s, &all, out, &j);
    TRY(form_verdict(f, out));
    return apply(&s, out, text_done(&t));
}

const form_kind form_attendance = { "attendance", false, attendance_write, attendance_read };
