/* The frame of the desk, and what its pages read first: the operation, the moment that is looked at. */
#include "web/desk.h"

#include "command/event.h"
#include "view/view.h"

#include <assert.h>
#include <string.h>

enum { VALUE_WORD_MAX_BYTES = 40 };

bool desk_int(str s, int64_t *out)
{
    return str_int(s, 1, INT64_MAX, out);
}

static const named *with_now(web *w, const named *args)
{
    size_t count = 0;
    while (args[count].name)
        count++;
    named *all = arena_many(w->q->a, named, count + 2);
    all[0] = (named){ "now", V_INT(w->q->now) };
    memcpy(all + 1, args, count * sizeof *args);
    return all;
}

err *desk_view(web *w, const char *name, const named *args, int64_t limit, rows *out)
{
    const view *v = view_find(str_of(name));
    assert(v && w->who.person_id);
    return view_run(app_store(w->site->app), w->q->a, v, with_now(w, args), w->who.person_id, limit, out);
}

err *desk_count(web *w, const char *name, const named *args, int64_t *out)
{
    const view *v = view_find(str_of(name));
    assert(v && w->who.person_id);
    return view_count(app_store(w->site->app), w->q->a, v, with_now(w, args), w->who.person_id, out);
}

int64_t desk_sum(const rows *r, const char *column)
{
    int64_t sum = 0;
    for (size_t i = 0; i < r->count; i++)
        sum += rows_int(r, i, column);
    return sum;
}

/* Only what can be a word of ours is looked for: a cell may hold a whole message. */
static bool is_word(str s)
{
    bool word = s.len > 0 && s.len <= VALUE_WORD_MAX_BYTES;
    for (size_t i = 0; i < s.len && word; i++)
        word = (s.at[i] >= 'a' && s.at[i] <= 'z') || s.at[i] == '_';
    return word;
}

str desk_value(web *w, str value)
{
    static const char *const from[] = { "web_desk.value", "value" };
    for (size_t i = 0; i < COUNT(from) && is_word(value); i++) {
        const char *key = text_format(w->q->a, "%s.%.*s", from[i], STR_ARG(value)).at;
        if (words_has(w->q->lang, key))
            return web_word(w, key, NULL);
    }
    return value;
}

str desk_time(web *w, const desk *d, int64_t at)
{
    civil_day day;
    int minute;
    civil_local(d->local, at, &day, &minute);
    return civil_time_text(w->q->a, minute);
}

str desk_when(web *w, const desk *d, int64_t at)
{
    civil_day day, today;
    int minute, ignored;
    civil_local(d->local, at, &day, &minute);
    civil_local(d->local, w->q->now, &today, &ignored);
    str time = civil_time_text(w->q->a, minute);
    if (day == today)
        return time;
    return web_word(w, "web_desk.day_time", VALUES({ "day", web_day(w, civil_day_text(w->q->a, day)) }, { "time", time }));
}

/* -- the frame ----------------------------------------------------------------------------------------- */
/* "全市" for whoever runs all of it; else the names of what is theirs. */
static err *put_scope(web *w, desk *d)
{
    rows r = { 0 };
    bool whole = false;
    text t = text_begin(w->q->a);
    TRY(web_view(w, "scope_my", NAMED({ "person", V_INT(w->who.person_id) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str name = rows_text(&r, i, "scope_name");
        bool all = str_is(rows_text(&r, i, "scope_kind"), "all");
        d->all = d->all || (all && str_is(rows_text(&r, i, "role"), "commander"));
        if (!str_is(rows_text(&r, i, "role"), "commander") && !str_is(rows_text(&r, i, "role"), "auditor"))
            continue;
        if (all) {
            whole = true;
            continue;
        }
        if (t.len)
            text_put(&t, web_word(w, "web_desk.and", NULL));
        text_put(&t, name);
    }
    tree_text(w->tree, "scope", whole ? web_word(w, "web_desk.scope_all", NULL) : text_done(&t));
    tree_yes(w->tree, "commander_all", d->all);
    return NULL;
}

err *desk_open(web *w, desk *d)
{
    rows r = { 0 };
    size_t at = 0;
    *d = (desk){ .zone = STR("UTC") };
    TRY(web_view(w, "operation", NAMED({ 0 }), &r));
    while (at < r.count && !str_is(rows_text(&r, at, "state"), "open"))
        at++;
    if (r.count)
        *d = (desk){ .operation = rows_int(&r, at % r.count, "id"), .title = rows_text(&r, at % r.count, "title"),
                     .zone = rows_text(&r, at % r.count, "zone") };
    TRY(civil_zone_open(w->q->a, d->zone, &d->local));
    tree_text(w->tree, "operation", d->title);
    tree_text(w->tree, "time", desk_time(w, d, w->q->now));
    tree_yes(w->tree, "commander", w->who.is_commander);
    return put_scope(w, d);
}

err *desk_show(web *w, const char *page, const char *place)
{
    str topics = { 0 };
    TRY(web_own_topics(w, &topics));
    TRY(web_live(w, topics, ""));
    tree_yes(w->tree, text_format(w->q->a, "at_%s", place).at, true);
    return web_show(w, page);
}

err *desk_show_none(web *w, const char *place)
{
    return desk_show(w, "desk_none", place);
}

/* "12.50%" */
static str percent(arena *a, int64_t hundredths)
{
    return text_format(a, "%lld.%02lld%%", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

void desk_put_bar(web *w, tree *t, const char *const *names, const int64_t *parts, size_t count, int64_t whole)
{
    arena *a = w->q->a;
    int64_t from = 0;
    for (size_t i = 0; i < count && whole > 0; i++) {
        int64_t x = from * 10000 / whole, end = (from + parts[i]) * 10000 / whole;
        from += parts[i];
        tree_text(t, text_format(a, "%s_x", names[i]).at, percent(a, x));
        tree_text(t, text_format(a, "%s_w", names[i]).at, percent(a, end - x));
    }
}

/* -- the moment ---------------------------------------------------------------------------------------- */
enum { AROUND_HOURS = 48 };

static void name_moment(web *w, const rows *r, size_t i, desk_moment *m)
{
    m->day = rows_text(r, i, "starts_on");
    m->name = rows_text(r, i, "shift");
    m->span = web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute"));
}

/* Now, where a shift is on; else the first begin ahead; else the last one behind. */
static int64_t choose(const rows *r, int64_t now)
{
    int64_t ahead = 0, behind = 0;
    for (size_t i = 0; i < r->count; i++) {
        int64_t begin = rows_int(r, i, "starts_at");
        if (begin <= now && rows_int(r, i, "ends_at") > now)
            return now;
        if (begin > now && !ahead)
            ahead = begin;
        if (begin <= now)
            behind = begin;
    }
    return ahead ? ahead : behind;
}

static err *shifts_around(web *w, const desk *d, int64_t at, rows *r)
{
    return web_view(w, "shift_begin",
                    NAMED({ "operation", V_INT(d->operation) }, { "from_at", V_INT(at - AROUND_HOURS * DESK_HOUR_MS) },
                          { "to_at", V_INT(at + AROUND_HOURS * DESK_HOUR_MS) }), r);
}

err *desk_moment_find(web *w, const desk *d, desk_moment *m)
{
    rows r = { 0 };
    int64_t asked = 0, begin = 0;
    *m = (desk_moment){ 0 };
    bool given = desk_int(query_field(w->q, "at"), &asked);
    TRY(shifts_around(w, d, given ? asked : w->q->now, &r));
    if (!given && !r.count) /* a quiet operation: its whole time */
        TRY(web_view(w, "shift_begin", NAMED({ "operation", V_INT(d->operation) }, { "from_at", V_INT(0) }, { "to_at", V_INT(INT64_MAX) }), &r));
    m->at = given ? asked : choose(&r, w->q->now);
    m->begun = m->at <= w->q->now;
    for (size_t i = 0; i < r.count; i++) {
        int64_t starts = rows_int(&r, i, "starts_at");
        if (starts <= m->at && rows_int(&r, i, "ends_at") > m->at && !m->name.len) {
            name_moment(w, &r, i, m);
            begin = starts;
        }
        if (starts > m->at && !m->after)
            m->after = starts;
    }
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "starts_at") < (begin ? begin : m->at))
            m->before = rows_int(&r, i, "starts_at");
    return NULL;
}

void desk_put_moment(web *w, const desk_moment *m)
{
    tree *t = w->tree;
    tree_int(t, "at", m->at);
    tree_yes(t, "begun", m->begun);
    tree_text(t, "shift", m->name);
    if (m->day.len)
        tree_text(t, "shift_day", web_day(w, m->day));
    tree_text(t, "shift_span", m->span);
    if (m->before)
        tree_int(t, "before", m->before);
    if (m->after)
        tree_int(t, "after", m->after);
}
