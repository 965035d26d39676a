/* 召集: the list of orders, a new one, and the board of one: how each branch stands, in the order of the list. */
#include "web/desk.h"

#include <jansson.h>
#include <string.h>

enum { PREVIEW_PEOPLE = 8, SILENT_SHOWN = 200, ORGS_MAX = 5000, DEPTH_MAX = 6 };

static str id_text(web *w, int64_t id)
{
    return text_format(w->q->a, "%lld", (long long)id);
}

/* -- one order's words --------------------------------------------------------------------------------- */
static err *load(web *w, const desk *d, int64_t id, rows *all, size_t *at)
{
    TRY(web_view(w, "call_order", NAMED({ "operation", V_INT(d->operation) }), all));
    for (*at = 0; *at < all->count; ++*at)
        if (rows_int(all, *at, "id") == id)
            return NULL;
    return err_new(w->q->a, ERR_NOT_FOUND, "order.missing", NULL);
}

static void put_order(web *w, const desk *d, tree *t, const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    tree_int(t, "order", rows_int(r, i, "id"));
    tree_int(t, "number", rows_int(r, i, "number"));
    tree_text(t, "order_text", rows_text(r, i, "text"));
    tree_text(t, "state", web_word(w, text_format(w->q->a, "web_desk.order.%.*s", STR_ARG(state)).at, NULL));
    tree_yes(t, "draft", str_is(state, "draft"));
    tree_yes(t, "released", str_is(state, "released"));
    tree_yes(t, "correction", rows_int(r, i, "corrects_id"));
    tree_yes(t, "mine", rows_int(r, i, "drafted_by") == w->who.person_id);
    tree_text(t, "reply_by", desk_when(w, d, rows_int(r, i, "reply_by")));
    tree_text(t, "report_at", desk_when(w, d, rows_int(r, i, "report_at")));
    if (rows_int(r, i, "released_at"))
        tree_text(t, "released_at", desk_when(w, d, rows_int(r, i, "released_at")));
}

static err *get_orders(web *w)
{
    desk d;
    rows r = { 0 };
    TRY(desk_open(w, &d));
    if (!d.operation)
        return desk_show_none(w, "orders");
    TRY(web_view(w, "call_order", NAMED({ "operation", V_INT(d.operation) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t called = 0, silent = 0;
        tree *t = tree_add(w->tree, "orders");
        put_order(w, &d, t, &r, i);
        const value order = V_INT(rows_int(&r, i, "id"));
        TRY(desk_count(w, "notice", NAMED({ "order", order }), &called));
        TRY(desk_count(w, "notice_silent", NAMED({ "order", order }), &silent));
        tree_int(t, "called", called);
        tree_int(t, "silent", silent);
    }
    return desk_show(w, "desk_orders", "orders");
}

/* -- a new one ----------------------------------------------------------------------------------------- */
/* As typed last time; at first a number not yet taken. */
static err *put_fields(web *w, const desk *d)
{
    static const char *const fields[] = { "text", "report_on", "report_time", "reply_on", "reply_time" };
    rows r = { 0 };
    size_t at;
    int64_t corrects = 0, number = 1;
    for (size_t i = 0; i < COUNT(fields); i++)
        tree_text(w->tree, fields[i], form_field(w->q, fields[i]));
    str asked = query_field(w->q, "corrects").len ? query_field(w->q, "corrects") : form_field(w->q, "corrects");
    if (desk_int(asked, &corrects)) {
        TRY(load(w, d, corrects, &r, &at));
        tree_int(w->tree, "corrects", corrects);
        tree_int(w->tree, "number", rows_int(&r, at, "number"));
        if (!form_field(w->q, "text").len)
            tree_text(w->tree, "text", rows_text(&r, at, "text"));
        return NULL;
    }
    TRY(web_view(w, "call_order", NAMED({ "operation", V_INT(d->operation) }), &r));
    for (size_t i = 0; i < r.count; i++)
        number = rows_int(&r, i, "number") >= number ? rows_int(&r, i, "number") + 1 : number;
    str typed = form_field(w->q, "number");
    tree_text(w->tree, "number", typed.len ? typed : id_text(w, number));
    return NULL;
}

static bool chosen(web *w, const char *name, str wanted)
{
    str rest = w->q->body, field, given;
    while (form_next(w->q->a, &rest, &field, &given))
        if (str_is(field, name) && str_equal(given, wanted))
            return true;
    return false;
}

/* The organisations as they belong together: the first below each, and the next below the same one; NONE: no more. */
typedef struct {
    rows r; /* by number */
    size_t *first, *next;
} org_tree;
enum { NONE = -1 };

static size_t row_of(const rows *r, int64_t org)
{
    size_t from = 0, to = r->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (rows_int(r, middle, "id") < org)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->count && rows_int(r, from, "id") == org ? from : (size_t)NONE;
}

static void put_org(web *w, const org_tree *o, size_t i, int depth)
{
    tree *t = tree_add(w->tree, "orgs");
    str id = id_text(w, rows_int(&o->r, i, "id"));
    tree_text(t, "org", id);
    tree_text(t, "name", rows_text(&o->r, i, "name"));
    tree_yes(t, "below", depth > 0);
    tree_yes(t, "chosen", chosen(w, "org", id));
    for (size_t k = o->first[i]; k != (size_t)NONE && depth < DEPTH_MAX; k = o->next[k])
        put_org(w, o, k, depth + 1);
}

/* Whoever is addressed brings all below. */
static err *put_orgs(web *w)
{
    org_tree o = { 0 };
    TRY(desk_view(w, "org", NAMED({ 0 }), ORGS_MAX, &o.r));
    o.first = arena_many(w->q->a, size_t, o.r.count);
    o.next = arena_many(w->q->a, size_t, o.r.count);
    memset(o.first, 0xff, o.r.count * sizeof *o.first);
    for (size_t i = o.r.count; i-- > 0;) {
        size_t above = row_of(&o.r, rows_int(&o.r, i, "parent_id"));
        if (above != (size_t)NONE) {
            o.next[i] = o.first[above];
            o.first[above] = i;
        }
    }
    for (size_t i = 0; i < o.r.count; i++)
        if (row_of(&o.r, rows_int(&o.r, i, "parent_id")) == (size_t)NONE)
            put_org(w, &o, i, 0);
    return NULL;
}

/* A coordinator addresses those who live in her own division. */
static err *put_divisions(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "scope_my", NAMED({ "person", V_INT(w->who.person_id) }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "role"), "commander") && rows_text(&r, i, "division_code").len) {
            tree *t = tree_add(w->tree, "divisions");
            tree_text(t, "code", rows_text(&r, i, "division_code"));
            tree_text(t, "name", rows_text(&r, i, "scope_name"));
        }
    return NULL;
}

static err *get_new(web *w)
{
    desk d;
    TRY(desk_open(w, &d));
    if (!d.operation)
        return desk_show_none(w, "orders");
    TRY(put_fields(w, &d));
    TRY(put_orgs(w));
    TRY(put_divisions(w));
    return desk_show(w, "desk_order_new", "orders");
}

/* "2020-02-08" and "08:00" of the operation's zone. */
static bool read_instant(web *w, const desk *d, const char *on, const char *time, int64_t *out)
{
    civil_day day;
    int64_t hour, minute;
    str t = form_field(w->q, time);
    if (!civil_day_read(form_field(w->q, on), &day) || t.len != 5 || t.at[2] != ':' || !str_int(str_part(t, 0, 2), 0, 23, &hour) ||
        !str_int(str_part(t, 3, 2), 0, 59, &minute))
        return false;
    *out = civil_instant(d->local, day, (int)(hour * 60 + minute));
    return true;
}

static str chosen_orgs(web *w)
{
    text t = text_begin(w->q->a);
    str rest = w->q->body, field, given;
    int64_t id;
    text_put_z(&t, "[");
    while (form_next(w->q->a, &rest, &field, &given))
        if (str_is(field, "org") && desk_int(given, &id))
            text_printf(&t, "%s%lld", t.len > 1 ? "," : "", (long long)id);
    text_put_z(&t, "]");
    return text_done(&t);
}

static void drafted(web *w, err *e, str result)
{
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/orders/%.*s", STR_ARG(web_answered(w, result, NULL, "id"))).at, "desk_saved");
}

static err *post_new(web *w)
{
    desk d;
    int64_t report_at = 0, reply_by = 0;
    TRY(desk_open(w, &d));
    if (!read_instant(w, &d, "report_on", "report_time", &report_at) || !read_instant(w, &d, "reply_on", "reply_time", &reply_by)) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web_desk.order_time", NULL));
        return NULL;
    }
    str division = form_field(w->q, "division"), corrects = form_field(w->q, "corrects");
    named args[9] = { { "operation", V_INT(d.operation) }, { "number", V_TEXT(form_field(w->q, "number")) },
                      { "text", V_TEXT(form_field(w->q, "text")) }, { "reply_by", V_INT(reply_by) }, { "report_at", V_INT(report_at) } };
    size_t count = 5;
    if (corrects.len)
        args[count++] = (named){ "corrects", V_TEXT(corrects) };
    else
        args[count++] = (named){ "orgs", V_TEXT(chosen_orgs(w)) };
    if (division.len && !corrects.len)
        args[count++] = (named){ "division", V_TEXT(division) };
    web_run(w, w->who.person_id, "order.draft", args, drafted);
    return NULL;
}

/* -- the board ----------------------------------------------------------------------------------------- */
static const char *const answer_names[] = { "can", "hindered", "cannot", "silent", "unreachable" };

static void put_node(web *w, const rows *r, size_t i, int depth)
{
    tree *t = tree_add(w->tree, "branches");
    int64_t parts[COUNT(answer_names)];
    for (size_t k = 0; k < COUNT(answer_names); k++) {
        parts[k] = rows_int(r, i, answer_names[k]);
        tree_int(t, answer_names[k], parts[k]);
    }
    tree_int(t, "org", rows_int(r, i, "org_id"));
    tree_text(t, "name", rows_text(r, i, "org"));
    tree_int(t, "called", rows_int(r, i, "called"));
    tree_text(t, "depth", text_format(w->q->a, "deep-%d", depth));
    desk_put_bar(w, t, answer_names, parts, COUNT(parts), rows_int(r, i, "called"));
}

static bool has_row(const rows *r, int64_t org)
{
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "org_id") == org)
            return true;
    return false;
}

/* Depth first, in the order of the list; a branch nobody was called of is left out. */
static void put_below(web *w, const rows *r, int64_t parent, int depth)
{
    for (size_t i = 0; i < r->count && depth < DEPTH_MAX; i++) {
        int64_t above = rows_int(r, i, "parent_id");
        bool below = parent ? above == parent : !above || !has_row(r, above);
        if (!below || !rows_int(r, i, "called"))
            continue;
        put_node(w, r, i, depth);
        put_below(w, r, rows_int(r, i, "org_id"), depth + 1);
    }
}

static err *put_sums(web *w, int64_t order, int64_t *silent)
{
    rows r = { 0 };
    int64_t parts[COUNT(answer_names)] = { 0 }, called = 0;
    TRY(web_view(w, "notice_node", NAMED({ "order", V_INT(order) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        int64_t above = rows_int(&r, i, "parent_id");
        if (above && has_row(&r, above))
            continue;
        called += rows_int(&r, i, "called");
        for (size_t k = 0; k < COUNT(parts); k++)
            parts[k] += rows_int(&r, i, answer_names[k]);
    }
    for (size_t k = 0; k < COUNT(parts); k++)
        tree_int(w->tree, answer_names[k], parts[k]);
    tree_int(w->tree, "called", called);
    desk_put_bar(w, w->tree, answer_names, parts, COUNT(parts), called);
    put_below(w, &r, 0, 0);
    *silent = parts[3];
    return NULL;
}

static err *put_silent(web *w, int64_t order)
{
    rows r = { 0 };
    str org = query_field(w->q, "org");
    TRY(desk_view(w, "notice_silent", NAMED({ "order", V_INT(order) }, { "org", V_TEXT(org) }), SILENT_SHOWN + 1, &r));
    tree_yes(w->tree, "silent_cut", r.count > SILENT_SHOWN);
    for (size_t i = 0; i < r.count && i < SILENT_SHOWN; i++) {
        tree *t = tree_add(w->tree, "people");
        tree_int(t, "notice", rows_int(&r, i, "id"));
        tree_int(t, "person", rows_int(&r, i, "person_id"));
        tree_text(t, "name", rows_text(&r, i, "name"));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "phone", rows_text(&r, i, "phone"));
        tree_text(t, "liaison", rows_text(&r, i, "liaison"));
        tree_int(t, "tries", rows_int(&r, i, "tries"));
        tree_text(t, "notice_state", web_word(w, text_format(w->q->a, "web_desk.notice.%.*s", STR_ARG(rows_text(&r, i, "state"))).at, NULL));
    }
    return NULL;
}

/* What those addressed will get, by the first of them, and how many there are. */
static err *put_preview(web *w, int64_t order)
{
    rows r = { 0 };
    int64_t count = 0;
    TRY(desk_view(w, "order_addressee", NAMED({ "order", V_INT(order) }), PREVIEW_PEOPLE, &r));
    TRY(desk_count(w, "order_addressee", NAMED({ "order", V_INT(order) }), &count));
    tree_int(w->tree, "addressees", count);
    for (size_t i = 0; i < r.count; i++)
        tree_text(tree_add(w->tree, "first"), "name", rows_text(&r, i, "name"));
    if (r.count)
        tree_text(w->tree, "one", rows_text(&r, 0, "name"));
    return NULL;
}

/* The round after those already sent. */
static err *next_round(web *w, int64_t order, int64_t *round)
{
    rows r = { 0 };
    *round = 1;
    TRY(web_view(w, "message", NAMED({ "purpose", V_TEXT(STR("chase")) }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "purpose_id") == order && rows_int(&r, i, "try") >= *round)
            *round = rows_int(&r, i, "try") + 1;
    return NULL;
}

/* Agencies that name nobody are rung, too; they are in none of the figures above. */
static err *put_unnamed(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "org_headcount", NAMED({ 0 }), &r));
    tree_int(w->tree, "headcount_people", desk_sum(&r, "headcount"));
    tree_int(w->tree, "headcount_agencies", (int64_t)r.count);
    return NULL;
}

static err *get_order(web *w)
{
    desk d;
    rows r = { 0 };
    size_t at;
    int64_t id = 0, silent = 0, round = 1;
    TRY(desk_open(w, &d));
    if (!desk_int(w->param[0], &id))
        return err_new(w->q->a, ERR_NOT_FOUND, "order.missing", NULL);
    TRY(load(w, &d, id, &r, &at));
    put_order(w, &d, w->tree, &r, at);
    if (str_is(rows_text(&r, at, "state"), "draft")) {
        TRY(put_preview(w, id));
    } else {
        TRY(put_sums(w, id, &silent));
        TRY(put_silent(w, id));
        TRY(put_unnamed(w));
        TRY(next_round(w, id, &round));
        tree_int(w->tree, "round", round);
    }
    return desk_show(w, "desk_order", "orders");
}

/* -- acts ---------------------------------------------------------------------------------------------- */
static void back(web *w)
{
    web_go(w, text_format(w->q->a, "/desk/orders/%.*s", STR_ARG(w->param[0])).at, "desk_saved");
}

static void ended(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        back(w);
}

static int64_t remaining(str result)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    int64_t n = json_integer_value(json_object_get(o, "remaining"));
    json_decref(o);
    return n;
}

/* Each piece of the same command has a key of its own, the same when the form comes again: how many were left before it. */
static str part_of(web *w, str result)
{
    return text_format(w->q->a, "%lld:", (long long)remaining(result));
}

/* Messages go where there is a channel; without one the call lists and links do it, which is no mistake. */
static void sent(web *w, err *e, str result)
{
    if (e && strcmp(e->message, "channel.none") != 0)
        web_fail(w, e);
    else if (!e && remaining(result) > 0)
        web_run_part(w, part_of(w, result), w->who.person_id, "notice.send", NAMED({ "order", V_TEXT(w->param[0]) }), sent);
    else
        back(w);
}

static void queued(web *w, err *e, str result)
{
    if (e)
        web_fail(w, e);
    else if (remaining(result) > 0)
        web_run_part(w, part_of(w, result), w->who.person_id, "notice.queue", NAMED({ "order", V_TEXT(w->param[0]) }), queued);
    else
        web_run(w, w->who.person_id, "notice.send", NAMED({ "order", V_TEXT(w->param[0]) }), sent);
}

static void released(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_run(w, w->who.person_id, "notice.queue", NAMED({ "order", V_TEXT(w->param[0]) }), queued);
}

static err *post_release(web *w)
{
    web_run(w, w->who.person_id, "order.release", NAMED({ "order", V_TEXT(w->param[0]) }), released);
    return NULL;
}

static void chase(web *w, str part, void (*then)(web *w, err *e, str result))
{
    web_run_part(w, part, w->who.person_id, "notice.send",
            NAMED({ "order", V_TEXT(w->param[0]) }, { "kind", V_TEXT(STR("chase")) }, { "round", V_TEXT(form_field(w->q, "round")) }), then);
}

static void chased(web *w, err *e, str result)
{
    if (e)
        web_fail(w, e);
    else if (remaining(result) > 0)
        chase(w, part_of(w, result), chased);
    else
        back(w);
}

static err *post_chase(web *w)
{
    chase(w, (str){ 0 }, chased);
    return NULL;
}

static err *post_answer(web *w)
{
    web_run(w, w->who.person_id, "notice.answer",
            NAMED({ "notice", V_TEXT(w->param[1]) }, { "answer", V_TEXT(form_field(w->q, "answer")) }, { "via", V_TEXT(STR("call")) }), ended);
    return NULL;
}

static err *post_close(web *w)
{
    web_run(w, w->who.person_id, "order.close", NAMED({ "order", V_TEXT(w->param[0]) }), ended);
    return NULL;
}

const route desk_order_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/orders", .show = get_orders },
    { WEB_GET, WEB_DESK, "/desk/orders/new", .show = get_new },
    { WEB_POST, WEB_DESK, "/desk/orders/new", .show = get_new, .form = post_new },
    { WEB_GET, WEB_DESK, "/desk/orders/:order", .show = get_order },
    { WEB_POST, WEB_DESK, "/desk/orders/:order/release", .show = get_order, .form = post_release },
    { WEB_POST, WEB_DESK, "/desk/orders/:order/chase", .show = get_order, .form = post_chase },
    { WEB_POST, WEB_DESK, "/desk/orders/:order/close", .show = get_order, .form = post_close },
    { WEB_POST, WEB_DESK, "/desk/orders/:order/answer/:notice", .show = get_order, .form = post_answer },
    { 0 },
};
