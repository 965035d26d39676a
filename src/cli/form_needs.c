/* How many people a team's posts want: written with a key for each row, and whatever was changed in it read back. */
#include "cli/form.h"

#include "base/json.h"
#include "base/limits.h"

enum { DAYS_AHEAD = 60 /* of a new row */, NIGHT_SEATS = 2 };

typedef struct asking {
    form *f;
    civil_zone *zone;
    civil_day today;
    bool writing;
    str team_name, number, from_on, to_on;
    rows needs, posts, shifts;
    bool *seen;   /* which needs the file has */
    map *keys;
    json *fresh;  /* rows of need.import */
} asking;

static err *load(asking *k)
{
    form *f = k->f;
    int minute;
    str title;
    TRY(form_team(f, &k->team_name));
    TRY(form_operation(f, &title, &k->zone));
    civil_local(k->zone, f->now, &k->today, &minute);
    str today = civil_day_text(f->a, k->today);
    if (!k->from_on.len) {
        k->from_on = f->day.len ? f->day : today;
        k->to_on = f->day;
    }
    /* reading: what a new row asks for may be there on a day the sheet is not of */
    str from = !k->writing && str_compare(today, k->from_on) < 0 ? today : k->from_on;
    TRY(form_view(f, "need", NAMED({ "team", V_INT(f->team) }, { "from_on", V_TEXT(from) },
                                   { "to_on", k->writing && k->to_on.len ? V_TEXT(k->to_on) : V_NULL }),
                  &k->needs));
    TRY(form_view(f, "post", NAMED({ "team", V_INT(f->team) }), &k->posts));
    TRY(form_view(f, "shift", NULL, &k->shifts));
    k->seen = arena_many(f->a, bool, k->needs.count + 1);
    return NULL;
}

/* -- what stands ------------------------------------------------------------------------------------------- */
static str count_text(arena *a, int64_t min, int64_t target)
{
    return min == target ? form_number(a, min) : text_format(a, "%lld-%lld", (long long)min, (long long)target);
}

static size_t shift_row(const asking *k, size_t need)
{
    size_t i = 0;
    while (i < k->shifts.count && rows_int(&k->shifts, i, "id") != rows_int(&k->needs, need, "shift_id"))
        i++;
    return i; /* a need has its shift */
}

static str shift_text(const asking *k, size_t shift)
{
    arena *a = k->f->a;
    return text_format(a, "%.*s-%.*s", STR_ARG(civil_time_text(a, (int)rows_int(&k->shifts, shift, "start_minute"))),
                       STR_ARG(civil_time_text(a, (int)rows_int(&k->shifts, shift, "end_minute"))));
}

static str have_text(const asking *k, size_t need, sheet_field field)
{
    switch (field) {
    case SHEET_DAYS:
        return rows_text(&k->needs, need, "starts_on");
    case SHEET_POST:
        return rows_text(&k->needs, need, "post");
    case SHEET_SHIFTS:
        return shift_text(k, shift_row(k, need));
    default:
        return count_text(k->f->a, rows_int(&k->needs, need, "headcount_min"), rows_int(&k->needs, need, "headcount_target"));
    }
}

static str need_name(const asking *k, size_t need)
{
    return text_format(k->f->a, "%.*s %.*s %.*s", STR_ARG(have_text(k, need, SHEET_DAYS)), STR_ARG(have_text(k, need, SHEET_SHIFTS)),
                       STR_ARG(have_text(k, need, SHEET_POST)));
}

/* -- out --------------------------------------------------------------------------------------------------- */
static value cell(void *of, size_t row, sheet_field field)
{
    const asking *k = of;
    const rows *r = &k->needs;
    switch (field) {
    case SHEET_IGNORED:
        return V_INT((int64_t)row + 1);
    case SHEET_HEADCOUNT_NOW:
        return *rows_at(r, row, "headcount_filled");
    case SHEET_KEY:
        return V_TEXT(form_key_text(k->f->a, (form_key){ rows_int(r, row, "id"), rows_int(r, row, "version") }));
    case SHEET_NUMBER:
        return V_TEXT(k->number);
    default:
        return V_TEXT(have_text(k, row, field));
    }
}

static err *needs_write(form *f)
{
    asking k = { .f = f, .writing = true };
    if (!f->team)
        return err_new(f->a, ERR_USAGE, "form.team", NULL);
    TRY(load(&k));
    str last = k.to_on.len ? k.to_on : k.from_on;
    for (size_t i = 0; i < k.needs.count; i++) {
        if (str_compare(rows_text(&k.needs, i, "starts_on"), last) > 0)
            last = rows_text(&k.needs, i, "starts_on");
    }
    k.number = text_format(f->a, "%lld/%.*s/%.*s", (long long)f->team, STR_ARG(k.from_on), STR_ARG(last));
    str title = words_get(f->a, f->lang, "form.needs.title", VALUES({ "team", k.team_name }, { "from", k.from_on }, { "to", last }));
    return form_write(f, SHEET_NEEDS, title, k.needs.count, cell, &k);
}

/* -- in: rows of need.import ------------------------------------------------------------------------------- */
static void put_id(const asking *k, const char *key, int64_t id)
{
    json_key(k->fresh, key);
    json_str(k->fresh, form_number(k->f->a, id));
}

static void put_int(const asking *k, const char *key, int64_t n)
{
    json_key(k->fresh, key);
    json_int(k->fresh, n);
}

static void put_counts(const asking *k, int64_t min, int64_t target, int64_t limit)
{
    put_int(k, "min", min);
    put_int(k, "target", target);
    put_int(k, "limit", limit);
}

/* Seats beyond what is asked stay as many as they were. */
static void put_changed(const asking *k, size_t need, int min, int target)
{
    const rows *r = &k->needs;
    int64_t spare = rows_int(r, need, "headcount_limit") - rows_int(r, need, "headcount_target"), limit = target + spare;
    json_open(k->fresh, '{');
    put_id(k, "team", rows_int(r, need, "team_id"));
    put_id(k, "post", rows_int(r, need, "post_id"));
    put_id(k, "shift", rows_int(r, need, "shift_id"));
    json_key(k->fresh, "starts_on");
    json_str(k->fresh, rows_text(r, need, "starts_on"));
    put_int(k, "starts_at", rows_int(r, need, "starts_at"));
    put_int(k, "ends_at", rows_int(r, need, "ends_at"));
    put_counts(k, min, target, target ? (limit > HEADCOUNT_MAX ? HEADCOUNT_MAX : limit) : rows_int(r, need, "headcount_limit"));
    put_int(k, "priority", rows_int(r, need, "priority"));
    json_key(k->fresh, "source");
    json_str(k->fresh, rows_text(r, need, "source"));
    put_int(k, "version", rows_int(r, need, "version"));
    json_close(k->fresh, '}');
}

static void put_new(const asking *k, size_t post, size_t shift, civil_day day, int min, int target)
{
    int begin = (int)rows_int(&k->shifts, shift, "start_minute"), end = (int)rows_int(&k->shifts, shift, "end_minute");
    bool night = str_is(rows_text(&k->shifts, shift, "kind"), "night");
    json_open(k->fresh, '{');
    put_id(k, "team", k->f->team);
    put_id(k, "post", rows_int(&k->posts, post, "id"));
    put_id(k, "shift", rows_int(&k->shifts, shift, "id"));
    json_key(k->fresh, "starts_on");
    json_str(k->fresh, civil_day_text(k->f->a, day));
    put_int(k, "starts_at", civil_instant(k->zone, day, begin));
    put_int(k, "ends_at", civil_instant(k->zone, day, end));
    put_counts(k, min, target, night && target < NIGHT_SEATS ? NIGHT_SEATS : target); /* nobody stands alone at night */
    json_key(k->fresh, "source");
    json_str(k->fresh, STR("form"));
    json_close(k->fresh, '}');
}

/* -- in: a row --------------------------------------------------------------------------------------------- */
static bool tell(const asking *k, form_read *out, sheet_at at, sheet_field field, const char *what, str more)
{
    sheet_tell_at(k->f->a, &out->troubles, at, field, SHEET_ERROR, what, VALUES({ "more", more }));
    return false;
}

/* 0 asks for nobody; in people's own lists it is a slip, here it is how a need is called off. */
static bool count_take(const asking *k, sheet_at at, form_read *out, int *min, int *target)
{
    size_t shifts;
    str s = sheet_text(k->f->a, at.table, at.row, SHEET_HEADCOUNT);
    *min = *target = 0;
    if (str_is(s, "0"))
        return true;
    const char *fault = s.len ? sheet_headcount_read(k->f->a, s, &shifts, min, target) : "sheet.headcount_missing";
    return !fault || tell(k, out, at, SHEET_HEADCOUNT, fault, (str){ 0 });
}

static bool days_take(const asking *k, sheet_at at, form_read *out, sheet_days *days)
{
    sheet_operation when = { .first_day = k->today, .last_day = k->today + DAYS_AHEAD };
    const char *fault = sheet_days_read(k->f->a, sheet_text(k->f->a, at.table, at.row, SHEET_DAYS), &when, days);
    return !fault || tell(k, out, at, SHEET_DAYS, fault, (str){ 0 });
}

static bool is_shift(const asking *k, size_t shift, const sheet_shift *s)
{
    return rows_int(&k->shifts, shift, "operation_id") == k->f->operation && rows_int(&k->shifts, shift, "start_minute") == s->begin_minute &&
           rows_int(&k->shifts, shift, "end_minute") == s->end_minute;
}

/* Which need a row is of is fixed by its key: another day, shift or post would be another need. */
static bool stays_itself(const asking *k, sheet_at at, size_t need, form_read *out)
{
    static const sheet_field fields[] = { SHEET_DAYS, SHEET_POST, SHEET_SHIFTS };
    for (size_t i = 0; i < COUNT(fields); i++) {
        str said = sheet_text(k->f->a, at.table, at.row, fields[i]), have = have_text(k, need, fields[i]);
        sheet_shifts shifts = { 0 };
        sheet_operation when = { 0 };
        if (!said.len || str_equal(said, text_normal(k->f->a, have)))
            continue;
        if (fields[i] == SHEET_SHIFTS && !sheet_shifts_read(k->f->a, said, &when, &shifts) && shifts.count == 1 &&
            is_shift(k, shift_row(k, need), &shifts.at[0]))
            continue;
        return tell(k, out, at, fields[i], "form.need_fixed", have);
    }
    return true;
}

static void compare_known(const asking *k, sheet_at at, form_key key, size_t need, form_read *out)
{
    const rows *r = &k->needs;
    int min, target;
    k->seen[need] = true;
    if (!stays_itself(k, at, need, out) || !count_take(k, at, out, &min, &target))
        return;
    if (min == rows_int(r, need, "headcount_min") && target == rows_int(r, need, "headcount_target")) {
        out->same++;
        return;
    }
    form_changed(k->f, out, at, SHEET_HEADCOUNT, need_name(k, need), have_text(k, need, SHEET_HEADCOUNT), count_text(k->f->a, min, target));
    bool meanwhile = key.version != rows_int(r, need, "version"), past = rows_int(r, need, "ends_at") <= k->f->now;
    if (meanwhile || past) {
        form_line(k->f, out, at, meanwhile ? "form.meanwhile" : "form.need_past", VALUES({ "name", need_name(k, need) }));
        out->standing++;
        return;
    }
    put_changed(k, need, min, target);
    out->fresh++;
}

static bool post_take(const asking *k, sheet_at at, form_read *out, size_t *post)
{
    str name = sheet_text(k->f->a, at.table, at.row, SHEET_POST);
    size_t count = 0;
    for (size_t i = 0; i < k->posts.count; i++) {
        if (str_equal(text_normal(k->f->a, rows_text(&k->posts, i, "name")), name) && !count++)
            *post = i;
    }
    return count == 1 || tell(k, out, at, SHEET_POST, count ? "form.need_posts" : "form.need_post", k->team_name);
}

static bool shifts_take(const asking *k, sheet_at at, form_read *out, sheet_shifts *shifts)
{
    sheet_operation when = { 0 };
    str s = sheet_text(k->f->a, at.table, at.row, SHEET_SHIFTS);
    const char *fault = s.len ? sheet_shifts_read(k->f->a, s, &when, shifts) : "sheet.shift_missing";
    return (!fault || shifts->count) || tell(k, out, at, SHEET_SHIFTS, fault, (str){ 0 });
}

static bool shift_find(const asking *k, const sheet_shift *s, size_t *shift)
{
    for (*shift = 0; *shift < k->shifts.count; (*shift)++) {
        if (is_shift(k, *shift, s))
            return true;
    }
    return false;
}

/* What is asked for already has a row of its own. */
static bool is_there(const asking *k, size_t post, size_t shift, civil_day day)
{
    for (size_t i = 0; i < k->needs.count; i++) {
        if (rows_int(&k->needs, i, "post_id") == rows_int(&k->posts, post, "id") &&
            rows_int(&k->needs, i, "shift_id") == rows_int(&k->shifts, shift, "id") &&
            str_equal(rows_text(&k->needs, i, "starts_on"), civil_day_text(k->f->a, day)))
            return true;
    }
    return false;
}

static bool take_slot(const asking *k, sheet_at at, size_t post, const sheet_shift *s, civil_day day, const int counts[2], form_read *out)
{
    size_t shift;
    if (!shift_find(k, s, &shift))
        return tell(k, out, at, SHEET_SHIFTS, "form.need_shift", k->team_name);
    str name = text_format(k->f->a, "%.*s %.*s %.*s", STR_ARG(civil_day_text(k->f->a, day)), STR_ARG(shift_text(k, shift)),
                           STR_ARG(rows_text(&k->posts, post, "name")));
    if (is_there(k, post, shift, day) || map_get(k->keys, name, NULL))
        return tell(k, out, at, SHEET_POST, "form.need_there", name);
    map_put(k->keys, name, 1);
    form_line(k->f, out, at, "form.need_new", VALUES({ "name", name }, { "said", count_text(k->f->a, counts[0], counts[1]) }));
    put_new(k, post, shift, day, counts[0], counts[1]);
    out->fresh++;
    return true;
}

/* A row without a key may ask for several days and shifts, as in people's own lists. */
static void take_new(const asking *k, sheet_at at, form_read *out)
{
    size_t post = 0;
    int counts[2];
    sheet_days days = { 0 };
    sheet_shifts shifts = { 0 };
    if (!sheet_text(k->f->a, at.table, at.row, SHEET_POST).len && !sheet_text(k->f->a, at.table, at.row, SHEET_HEADCOUNT).len)
        return; /* an empty line under the sheet's own number */
    if (!days_take(k, at, out, &days) || !post_take(k, at, out, &post) || !shifts_take(k, at, out, &shifts) ||
        !count_take(k, at, out, &counts[0], &counts[1]))
        return;
    for (size_t d = 0; d < days.list.count; d++) {
        for (size_t s = 0; s < shifts.count; s++) {
            if (!take_slot(k, at, post, &shifts.at[s], days.list.at[d], counts, out))
                return;
        }
    }
}

static void take_row(const asking *k, sheet_at at, form_read *out)
{
    form_key key;
    if (!form_key_take(k->f, at, k->keys, out, &key))
        return;
    if (!key.id) {
        take_new(k, at, out);
        return;
    }
    for (size_t i = 0; i < k->needs.count; i++) {
        if (rows_int(&k->needs, i, "id") != key.id)
            continue;
        compare_known(k, at, key, i, out);
        return;
    }
    tell(k, out, at, SHEET_KEY, "form.key_unknown", k->number);
}

/* Whoever deletes a row may have had too many before him: only who says so calls the need off. */
static void take_missing(const asking *k, form_read *out)
{
    for (size_t i = 0; i < k->needs.count; i++) {
        str day = rows_text(&k->needs, i, "starts_on");
        if (k->seen[i] || rows_int(&k->needs, i, "ends_at") <= k->f->now || str_compare(day, k->from_on) < 0 ||
            str_compare(day, k->to_on) > 0)
            continue;
        form_say(k->f, out, k->f->drop ? "form.need_dropped" : "form.missing", VALUES({ "name", need_name(k, i) }));
        out->fresh += k->f->drop;
        out->standing += !k->f->drop;
        if (k->f->drop)
            put_changed(k, i, 0, 0);
    }
}

/* -- in ---------------------------------------------------------------------------------------------------- */
/* 12/2020-02-08/2020-02-14: team and days. Without one the command line says the team, and no row can be missing. */
static err *which_sheet(asking *k, const sheet_tables *tables, form_read *out)
{
    form *f = k->f;
    int64_t team = 0;
    civil_day day;
    k->number = form_sheet_number(f, tables, out);
    str rest = k->number, id, from;
    if (!k->number.len)
        return f->team ? NULL : err_new(f->a, ERR_USAGE, "form.sheet_missing", VALUES({ "file", str_of(f->path) }));
    if (!str_split(&rest, '/', &id) || !str_split(&rest, '/', &from) || !str_int(id, 1, INT64_MAX, &team) || !civil_day_read(from, &day) ||
        !civil_day_read(rest, &day) || (f->team && f->team != team))
        return err_new(f->a, ERR_INPUT, "form.sheet_not_asked", VALUES({ "number", k->number }));
    f->team = team;
    k->from_on = from;
    k->to_on = rest;
    return NULL;
}

static err *apply(asking *k, form_read *out, str fresh)
{
    form *f = k->f;
    str result = { 0 };
    if (out->fresh > PIECE_ROWS_MAX)
        return err_new(f->a, ERR_LIMIT, "form.rows_many", VALUES({ "n", form_number(f->a, (int64_t)out->fresh) },
                                                                { "max", form_number(f->a, PIECE_ROWS_MAX) }));
    if (!f->apply || !out->fresh)
        return NULL;
    TRY(form_command(f, "need.import", NAMED({ "rows", V_TEXT(fresh) }), &result));
    out->applied = true;
    return NULL;
}

static err *needs_read(form *f, form_read *out)
{
    asking k = { .f = f, .keys = map_new(f->a) };
    sheet_file file;
    sheet_tables tables;
    TRY(sheet_read(f->a, f->path, &file));
    TRY(sheet_tables_of(f->a, &file, SHEET_NEEDS, &out->troubles, &tables));
    TRY(which_sheet(&k, &tables, out));
    TRY(load(&k));
    text t = text_begin(f->a);
    json j = json_begin(&t);
    k.fresh = &j;
    json_open(&j, '[');
    for (size_t i = 0; i < tables.list.count; i++) {
        const sheet_table *one = &tables.list.at[i];
        for (size_t r = 0; r < one->rows.count; r++)
            take_row(&k, (sheet_at){ one, &one->rows.at[r] }, out);
    }
    if (k.number.len)
        take_missing(&k, out);
    json_close(&j, ']');
    TRY(form_verdict(f, out));
    return apply(&k, out, text_done(&t));
}

const form_kind form_needs = { "needs", false, needs_write, needs_read };
