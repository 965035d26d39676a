/*
 * The call list on paper, with boxes, and the screen to key it back. A row's number is its place in the whole list in the
 * order in which the notices were made, so that it stays the same whoever answers in between.
 */
#include "web/calls.h"

#include <jansson.h>

enum { ROWS_KEYED = 50, REVEALED_MAX = 200 };

/* -- the paper ----------------------------------------------------------------------------------------- */
static void put_sheet(web *w, const rows *r, const json_t *phones)
{
    size_t shown = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!calls_silent(r, i))
            continue;
        if (shown++ == REVEALED_MAX)
            break;
        tree *t = tree_add(w->tree, "people");
        calls_put(w, t, r, i);
        tree_int(t, "number", (int64_t)i + 1);
        const char *phone = json_string_value(json_object_get(phones, text_format(w->q->a, "%lld", (long long)rows_int(r, i, "person_id")).at));
        if (phone)
            tree_text(t, "phone", str_copy(w->q->a, str_of(phone)));
    }
    tree_yes(w->tree, "numbers", phones != NULL);
    tree_yes(w->tree, "cut", shown > REVEALED_MAX);
    if (r->count && rows_text(r, 0, "zone").len) {
        tree_text(w->tree, "printed_day", web_day(w, web_local_day(w, rows_text(r, 0, "zone"), w->q->now)));
        tree_text(w->tree, "printed_time", web_time(w, rows_text(r, 0, "zone"), w->q->now));
    }
}

static err *get_print(web *w)
{
    rows r = { 0 };
    TRY(calls_load(w, &r));
    put_sheet(w, &r, NULL);
    return web_show(w, "calls_print");
}

static void numbers_shown(web *w, err *e, str result)
{
    rows r = { 0 };
    if (!e)
        e = calls_load(w, &r);
    if (e) {
        web_fail(w, e);
        return;
    }
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    put_sheet(w, &r, json_object_get(o, "phones"));
    json_decref(o);
    e = web_show(w, "calls_print");
    if (e)
        web_fail(w, e);
}

/* Numbers on paper are shown numbers: the audit says whose, and that they were printed. */
static err *post_print(web *w)
{
    rows r = { 0 };
    size_t count = 0;
    TRY(calls_load(w, &r));
    text t = text_begin(w->q->a);
    for (size_t i = 0; i < r.count && count < REVEALED_MAX; i++)
        if (calls_silent(&r, i))
            text_printf(&t, "%s{\"person\":\"%lld\"}", count++ ? "," : "[", (long long)rows_int(&r, i, "person_id"));
    text_put_z(&t, count ? "]" : "[]");
    web_run(w, w->who.person_id, "person.reveal", NAMED({ "rows", V_TEXT(text_done(&t)) }, { "purpose", V_TEXT(STR("call list on paper")) }),
            numbers_shown);
    return NULL;
}

/* -- keyed back ---------------------------------------------------------------------------------------- */
typedef struct keyed {
    call_row *all;
    size_t count;
} keyed;

static str row_field(web *w, char letter, int64_t notice)
{
    return form_field(w->q, text_format(w->q->a, "%c%lld", letter, (long long)notice).at);
}

/* What was chosen stays chosen where it was not kept. */
static void put_choice(web *w, tree *t, const keyed *k, int64_t notice)
{
    bool wrong = false;
    for (size_t i = 0; i < k->count; i++)
        wrong = wrong || (k->all[i].notice == notice && k->all[i].wrong);
    str chosen = row_field(w, 'o', notice);
    if (wrong && calls_outcome(chosen))
        tree_yes(t, text_format(w->q->a, "chose_%.*s", STR_ARG(chosen)).at, true);
}

static err *show_key(web *w, const keyed *k)
{
    rows r = { 0 };
    int64_t from = 0, shown = 0;
    TRY(calls_load(w, &r));
    str_int(query_field(w->q, "from"), 0, 1000000, &from);
    for (size_t i = (size_t)from; i < r.count; i++) {
        if (!rows_int(&r, i, "notice_id") || str_is(rows_text(&r, i, "state"), "answered"))
            continue;
        if (shown++ == ROWS_KEYED) {
            tree_int(w->tree, "next_from", (int64_t)i);
            break;
        }
        tree *t = tree_add(w->tree, "people");
        tree_int(t, "number", (int64_t)i + 1);
        tree_int(t, "notice", rows_int(&r, i, "notice_id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        put_choice(w, t, k, rows_int(&r, i, "notice_id"));
    }
    tree_int(w->tree, "from", from);
    return web_show(w, "calls_key");
}

static err *get_key(web *w)
{
    return show_key(w, &(keyed){ 0 });
}

/* One letter and the number of a notice: o12 the outcome; s, u, d, n the chips. */
static bool read_field(str name, char *letter, int64_t *notice)
{
    *letter = name.len ? name.at[0] : 0;
    return str_find(STR("osudn"), str_part(name, 0, 1)) >= 0 && str_int(str_from(name, 1), 1, INT64_MAX, notice);
}

static call_row *row_of(web *w, const rows *r, keyed *k, int64_t notice)
{
    size_t i = calls_find(r, notice);
    for (size_t n = 0; n < k->count; n++)
        if (k->all[n].notice == notice)
            return &k->all[n];
    call_row *row = &k->all[k->count++];
    *row = (call_row){ .notice = notice };
    if (i == r->count) {
        row->wrong = err_new(w->q->a, ERR_NOT_FOUND, "notice.missing", NULL);
        return row;
    }
    row->number = (int64_t)i + 1;
    row->name = rows_text(r, i, "name");
    row->person = rows_int(r, i, "person_id");
    row->operation = rows_int(r, i, "operation_id");
    return row;
}

static void take_field(web *w, call_row *row, char letter, str given)
{
    switch (letter) {
    case 's': row->saturday = true; break;
    case 'u': row->sunday = true; break;
    case 'd': row->day = true; break;
    case 'n': row->night = true; break;
    default:
        row->outcome = calls_outcome(given);
        if (!row->outcome && !row->wrong)
            row->wrong = err_new(w->q->a, ERR_INPUT, "calls.outcome_wanted", NULL);
    }
}

static void keyed_done(web *w, call_row *all, size_t count)
{
    calls_put_kept(w, all, count);
    err *e = show_key(w, &(keyed){ all, count });
    if (e)
        web_fail(w, e);
    for (size_t i = 0; !e && i < count; i++)
        if (all[i].wrong)
            w->p->status = 422;
}

static err *post_key(web *w)
{
    rows r = { 0 };
    str rest = w->q->body, name, given;
    char letter;
    int64_t notice;
    keyed k = { .all = arena_many(w->q->a, call_row, ROWS_KEYED + 1) };
    TRY(calls_load(w, &r));
    while (form_next(w->q->a, &rest, &name, &given) && k.count <= ROWS_KEYED)
        if (given.len && read_field(name, &letter, &notice))
            take_field(w, row_of(w, &r, &k, notice), letter, given);
    for (size_t i = 0; i < k.count; i++)
        if (!k.all[i].outcome && !k.all[i].wrong)
            k.all[i].wrong = err_new(w->q->a, ERR_INPUT, "calls.outcome_wanted", NULL);
    if (!k.count || k.count > ROWS_KEYED)
        web_fail(w, err_new(w->q->a, ERR_INPUT, k.count ? "calls.key_many" : "calls.key_nothing", NULL));
    else
        calls_keep_all(w, k.all, k.count, "paper", keyed_done);
    return NULL;
}

const route calls_paper_routes[] = {
    { WEB_GET, WEB_LEADER, "/l/calls/print", .show = get_print },
    { WEB_POST, WEB_LEADER, "/l/calls/print", .show = get_print, .form = post_print },
    { WEB_GET, WEB_LEADER, "/l/calls/key", .show = get_key },
    { WEB_POST, WEB_LEADER, "/l/calls/key", .show = get_key, .form = post_key },
    { 0 },
};
