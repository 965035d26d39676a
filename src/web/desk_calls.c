/*
 * A call list of the desk on paper: who has not answered an order, or who is due at a moment and has not come. Numbers in
 * full stand on the answer to a press, and the records say whose were printed.
 */
#include "web/desk.h"

#include "base/limits.h"

#include <jansson.h>

/* As many as one command shows; the rest are on further papers. */
enum { PAPER_ROWS = PIECE_ROWS_MAX };

typedef struct paper {
    rows r;
    size_t *at; /* the rows to be called */
    size_t count, from, to; /* of them on this paper */
    bool of_order;
} paper;

/* By the address, or by the form that stands on the page of it. */
static str asked(web *w, const char *name)
{
    return w->q->method == WEB_POST ? form_field(w->q, name) : query_field(w->q, name);
}

static bool is_due(const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    return rows_int(r, i, "duty_id") && !rows_int(r, i, "in_happened_at") && !str_is(state, "excused") && !str_is(state, "cancelled");
}

static err *load_order(web *w, paper *p)
{
    str org = asked(w, "org");
    rows order = { 0 };
    int64_t id = 0;
    desk_int(asked(w, "order"), &id);
    TRY(web_view(w, "call_order", NAMED({ 0 }), &order));
    for (size_t i = 0; i < order.count; i++)
        if (rows_int(&order, i, "id") == id) {
            tree_int(w->tree, "number", rows_int(&order, i, "number"));
            return desk_view(w, "notice_silent", NAMED({ "order", V_INT(id) }, { org.len ? "org" : NULL, V_TEXT(org) }), PAGE_ROWS_MAX, &p->r);
        }
    return err_new(w->q->a, ERR_NOT_FOUND, "order.missing", NULL);
}

static err *load_duties(web *w, const desk *d, paper *p)
{
    int64_t at = 0;
    if (!desk_int(asked(w, "at"), &at))
        return err_new(w->q->a, ERR_INPUT, "web_desk.calls.which", NULL);
    return web_view(w, "duty_at", NAMED({ "operation", V_INT(d->operation) }, { "at", V_INT(at) }, { "community", V_TEXT(asked(w, "community")) }), &p->r);
}

static err *load(web *w, const desk *d, paper *p)
{
    int64_t from = 0;
    *p = (paper){ .of_order = asked(w, "order").len > 0 };
    TRY(p->of_order ? load_order(w, p) : load_duties(w, d, p));
    p->at = arena_many(w->q->a, size_t, p->r.count + 1);
    for (size_t i = 0; i < p->r.count; i++)
        if (p->of_order || is_due(&p->r, i))
            p->at[p->count++] = i;
    str_int(asked(w, "from"), 0, PAGE_ROWS_MAX, &from);
    p->from = (size_t)from < p->count ? (size_t)from : 0;
    p->to = p->from + PAPER_ROWS < p->count ? p->from + PAPER_ROWS : p->count;
    return NULL;
}

static void put_row(web *w, const paper *p, size_t n, const json_t *phones)
{
    const rows *r = &p->r;
    size_t i = p->at[n];
    tree *t = tree_add(w->tree, "people");
    const char *whole = json_string_value(json_object_get(phones, text_format(w->q->a, "%lld", (long long)rows_int(r, i, "person_id")).at));
    tree_int(t, "n", (int64_t)n + 1);
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_text(t, "phone", whole ? str_copy(w->q->a, str_of(whole)) : rows_text(r, i, "phone"));
    if (p->of_order) {
        tree_text(t, "group", rows_text(r, i, "org"));
        tree_text(t, "more", rows_text(r, i, "liaison"));
        return;
    }
    tree_text(t, "group", rows_text(r, i, "community"));
    tree_text(t, "more", text_format(w->q->a, "%.*s %.*s", STR_ARG(rows_text(r, i, "post")),
                                     STR_ARG(web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")))));
}

/* What the list was asked for with. */
static const char *const kept[] = { "order", "org", "at", "community" };

/* The same list, another part of it. */
static str part_of(web *w, size_t from)
{
    text t = text_begin(w->q->a);
    text_printf(&t, "/desk/calls?from=%zu", from);
    for (size_t i = 0; i < COUNT(kept); i++) {
        str given = asked(w, kept[i]);
        if (!given.len)
            continue;
        text_printf(&t, "&%s=", kept[i]);
        percent_put(&t, given);
    }
    return text_done(&t);
}

/* Agencies that name nobody: their contact is rung, who tells the agency's own people. On the first paper of an order. */
static err *put_contacts(web *w, const paper *p, const json_t *phones)
{
    rows r = { 0 };
    if (!p->of_order || p->from || asked(w, "org").len)
        return NULL;
    TRY(web_view(w, "org_headcount", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "contacts");
        const char *whole = json_string_value(json_object_get(phones, text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "org_id")).at));
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "name", rows_text(&r, i, "contact"));
        tree_text(t, "phone", whole ? str_copy(w->q->a, str_of(whole)) : rows_text(&r, i, "phone"));
        tree_text(t, "people", text_format(w->q->a, "%lld", (long long)rows_int(&r, i, "headcount")));
    }
    return NULL;
}

static err *show(web *w, const desk *d, const paper *p, const json_t *phones, const json_t *contacts)
{
    tree *t = w->tree;
    TRY(put_contacts(w, p, contacts));
    for (size_t i = 0; i < COUNT(kept); i++)
        tree_text(t, text_format(w->q->a, "asked_%s", kept[i]).at, asked(w, kept[i]));
    for (size_t n = p->from; n < p->to; n++)
        put_row(w, p, n, phones);
    tree_int(t, "from", (int64_t)p->from);
    tree_yes(t, "of_order", p->of_order);
    tree_yes(t, "numbers", phones != NULL);
    tree_int(t, "count", (int64_t)p->count);
    tree_int(t, "first", (int64_t)p->from + 1);
    tree_int(t, "last", (int64_t)p->to);
    tree_yes(t, "parts", p->count > PAPER_ROWS);
    tree_text(t, "when", desk_when(w, d, w->q->now));
    if (!p->of_order) {
        desk_moment m;
        TRY(desk_moment_find(w, d, &m));
        desk_put_moment(w, &m);
    }
    if (p->to < p->count)
        tree_text(t, "next", part_of(w, p->to));
    return web_show(w, "desk_calls");
}

static err *get_calls(web *w)
{
    desk d;
    paper p;
    if (!w->who.is_commander)
        return err_new(w->q->a, ERR_RIGHTS, "web.no_office", NULL);
    TRY(desk_open(w, &d));
    TRY(load(w, &d, &p));
    return show(w, &d, &p, NULL, NULL);
}

/* What persons' and then agencies' commands showed. */
static err *show_shown(web *w, str people, str agencies)
{
    desk d;
    paper p;
    TRY(desk_open(w, &d));
    TRY(load(w, &d, &p));
    json_t *o = json_loadb(people.at, people.len, 0, NULL), *c = agencies.len ? json_loadb(agencies.at, agencies.len, 0, NULL) : NULL;
    err *e = show(w, &d, &p, json_object_get(o, "phones"), json_object_get(c, "phones"));
    json_decref(o);
    json_decref(c);
    return e;
}

static void contacts_revealed(web *w, err *e, str result)
{
    if (!e)
        e = show_shown(w, *(str *)w->step_data, result);
    if (e)
        web_fail(w, e);
}

/* Only who commands the city is shown numbers of agencies; to others theirs stay masked. */
static err *contacts_too(web *w, str people)
{
    desk d;
    rows r = { 0 };
    TRY(desk_open(w, &d));
    w->tree = tree_new(w->q->a);
    if (asked(w, "order").len && d.all)
        TRY(web_view(w, "org_headcount", NAMED({ 0 }), &r));
    if (!r.count)
        return show_shown(w, people, (str){ 0 });
    text t = text_begin(w->q->a);
    for (size_t i = 0; i < r.count; i++)
        text_printf(&t, "%s{\"org\":\"%lld\"}", i ? "," : "[", (long long)rows_int(&r, i, "org_id"));
    text_put_z(&t, "]");
    str *kept_result = arena_new(w->q->a, str);
    *kept_result = str_copy(w->q->a, people);
    w->step_data = kept_result;
    web_run(w, w->who.person_id, "org_headcount.reveal", NAMED({ "rows", V_TEXT(text_done(&t)) }, { "purpose", V_TEXT(STR("call list on paper")) }),
            contacts_revealed);
    return NULL;
}

static void revealed(web *w, err *e, str result)
{
    if (!e)
        e = contacts_too(w, result);
    if (e)
        web_fail(w, e);
}

static err *post_calls(web *w)
{
    desk d;
    paper p;
    if (!w->who.is_commander)
        return err_new(w->q->a, ERR_RIGHTS, "web.no_office", NULL);
    TRY(desk_open(w, &d));
    TRY(load(w, &d, &p));
    w->tree = tree_new(w->q->a);
    if (!p.count)
        return get_calls(w);
    text t = text_begin(w->q->a);
    for (size_t n = p.from; n < p.to; n++)
        text_printf(&t, "%s{\"person\":\"%lld\"}", n > p.from ? "," : "[", (long long)rows_int(&p.r, p.at[n], "person_id"));
    text_put_z(&t, "]");
    web_run(w, w->who.person_id, "person.reveal", NAMED({ "rows", V_TEXT(text_done(&t)) }, { "purpose", V_TEXT(STR("call list on paper")) }), revealed);
    return NULL;
}

const route desk_calls_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/calls", .show = get_calls },
    { WEB_POST, WEB_DESK, "/desk/calls", .show = get_calls, .form = post_calls },
    { 0 },
};
