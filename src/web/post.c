/*
 * The page of a post, behind the code at its door: own name among those due here, last four digits, here I am, and later
 * I am leaving. Who is on no roster but known types the name; who is in no list is sent to the leader. The main way to
 * check in, as the scanner of a chat program has no cookie of the personal link.
 */
#include "web/site.h"

#include <jansson.h>

enum { HOUR_MS = 3600 * 1000, AHEAD_MS = 2 * HOUR_MS, BEHIND_MS = 2 * HOUR_MS, GUEST_BEHIND_MS = 16 * HOUR_MS };
enum { GUEST = 'w' }; /* before the number of an attendance, where else a duty's stands */

static err *find(web *w, pass *x)
{
    TRY(pass_find(w->site->app, w->q->a, "open", w->param[0], w->q->now, x));
    return str_is(x->kind, "post") ? NULL : err_new(w->q->a, ERR_NOT_FOUND, "pass.gone", NULL);
}

static err *due_here(web *w, const pass *x, rows *r)
{
    return web_view_all(w, "post_due",
                        NAMED({ "post", V_INT(x->post_id) }, { "after", V_INT(w->q->now - BEHIND_MS) },
                              { "before", V_INT(w->q->now + AHEAD_MS) }),
                        r);
}

static err *guests_here(web *w, const pass *x, rows *r)
{
    return web_view_all(w, "post_guest", NAMED({ "post", V_INT(x->post_id) }, { "after", V_INT(w->q->now - GUEST_BEHIND_MS) }), r);
}

static bool is_guest(str who)
{
    return who.len && who.at[0] == GUEST;
}

static void put_person(web *w, tree *t, str who, const rows *r, size_t i)
{
    tree_text(t, "who", who);
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_yes(t, "chosen", str_equal(form_field(w->q, "duty"), who));
}

static void put_due(web *w, const rows *r, size_t i)
{
    str who = text_format(w->q->a, "%lld", (long long)rows_int(r, i, "id")), span = web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute"));
    bool here = rows_int(r, i, "attendance_id") != 0, left = rows_int(r, i, "out_happened_at") != 0;
    const char *lists[] = { here ? "here" : "due", here && !left ? "staying" : NULL };
    for (size_t k = 0; k < COUNT(lists) && lists[k]; k++) {
        tree *t = tree_add(w->tree, lists[k]);
        put_person(w, t, who, r, i);
        tree_text(t, "span", span);
        tree_yes(t, "lead", rows_int(r, i, "lead"));
        tree_yes(t, "left", left);
    }
}

/* Without a duty here; their attendance is what they leave. */
static void put_guest(web *w, const rows *r, size_t i)
{
    str who = text_format(w->q->a, "%c%lld", GUEST, (long long)rows_int(r, i, "id"));
    bool left = rows_int(r, i, "out_happened_at") != 0;
    const char *lists[] = { "here", left ? NULL : "staying" };
    for (size_t k = 0; k < COUNT(lists) && lists[k]; k++) {
        tree *t = tree_add(w->tree, lists[k]);
        put_person(w, t, who, r, i);
        tree_yes(t, "guest", true);
        tree_yes(t, "left", left);
    }
}

static bool is_among(const web *w, const rows *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (rows_int(r, i, "person_id") == w->who.person_id)
            return true;
    return false;
}

static err *get_post(web *w)
{
    pass x;
    rows r = { 0 }, guests = { 0 }, contact = { 0 };
    TRY(find(w, &x));
    TRY(due_here(w, &x, &r));
    TRY(guests_here(w, &x, &guests));
    TRY(web_view_all(w, "post_contact", NAMED({ "post", V_INT(x.post_id) }), &contact));
    tree_text(w->tree, "post", x.name);
    tree_text(w->tree, "instructions", rows_text(&contact, 0, "instructions"));
    tree_text(w->tree, "leader", rows_text(&contact, 0, "leader"));
    for (size_t i = 0; i < r.count; i++)
        put_due(w, &r, i);
    for (size_t i = 0; i < guests.count; i++)
        put_guest(w, &guests, i);
    tree_yes(w->tree, "is_walk_in", str_is(form_field(w->q, "act"), "walk_in"));
    tree_yes(w->tree, "is_known", w->who.person_id && !is_among(w, &r) && !is_among(w, &guests));
    return web_show(w, "post");
}

static bool is_leaving(const web *w)
{
    return str_is(form_field(w->q, "act"), "leave");
}

static void recorded(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/c/%.*s", STR_ARG(w->param[0])).at, is_leaving(w) ? "check_out" : "check_in");
}

static bool was_opened(str result)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    bool opened = json_is_true(json_object_get(o, "opened"));
    json_decref(o);
    return opened;
}

/* -- whose name stands in the list ----------------------------------------------------------------------- */
static int64_t person_of(const rows *r, str who)
{
    int64_t id = 0;
    if (str_int(who, 1, INT64_MAX, &id))
        for (size_t i = 0; i < r->count; i++)
            if (rows_int(r, i, "id") == id)
                return rows_int(r, i, "person_id");
    return 0;
}

static void run_presence(web *w)
{
    str who = form_field(w->q, "duty");
    if (is_guest(who))
        web_run(w, w->who.person_id, "attendance.check_out", NAMED({ "attendance", V_TEXT(str_from(who, 1)) }), recorded);
    else if (is_leaving(w))
        web_run(w, w->who.person_id, "duty.check_out", NAMED({ "duty", V_TEXT(who) }), recorded);
    else
        web_run(w, w->who.person_id, "duty.check_in", NAMED({ "duty", V_TEXT(who) }, { "via", V_TEXT(STR("post_code")) }), recorded);
}

/* The digits were right: now the duty itself, as that person. No cookie is left on a phone that may be anybody's. */
static void recognised(web *w, err *e, str result)
{
    if (e || !was_opened(result))
        web_fail(w, e ? e : err_new(w->q->a, ERR_INPUT, "web.digits_wrong", NULL));
    else
        run_presence(w);
}

/* As this person, if the digits are right. guest: of somebody whose name was typed. */
static void ask_digits(web *w, const pass *x, int64_t person, bool guest, void (*then)(web *w, err *e, str result))
{
    str digits = form_field(w->q, "digits");
    w->who = (session){ .person_id = person, .weak = true };
    web_run(w, person, "pass.open",
            NAMED({ "token_hash", V_TEXT(x->token_hash) }, { "person", V_INT(person) }, { "digits", V_TEXT(digits.len ? digits : STR("-")) },
                  { guest ? "guest" : NULL, V_TEXT(STR("yes")) }),
            then);
}

static err *post_listed(web *w, const pass *x)
{
    rows r = { 0 }, guests = { 0 };
    str who = form_field(w->q, "duty");
    TRY(due_here(w, x, &r));
    TRY(guests_here(w, x, &guests));
    int64_t person = is_guest(who) ? person_of(&guests, str_from(who, 1)) : person_of(&r, who);
    if (!person)
        return err_new(w->q->a, ERR_INPUT, "web.name_wanted", NULL);
    if (w->who.person_id != person)
        ask_digits(w, x, person, false, recognised);
    else
        run_presence(w);
    return NULL;
}

/* -- who is on no list here ------------------------------------------------------------------------------ */
/* The same words whether there is no such name, other digits or too many tries. */
static err *unknown(web *w, const pass *x)
{
    rows r = { 0 };
    TRY(web_view_all(w, "post_contact", NAMED({ "post", V_INT(x->post_id) }), &r));
    str leader = rows_text(&r, 0, "leader");
    return err_new(w->q->a, ERR_INPUT, leader.len ? "web.post_unknown" : "web.post_unknown_here", VALUES({ "leader", leader }, { "team", rows_text(&r, 0, "team") }));
}

static void walk_in(web *w, const pass *x)
{
    web_run(w, w->who.person_id, "attendance.walk_in",
            NAMED({ "post", V_INT(x->post_id) }, { "person", V_INT(w->who.person_id) }, { "via", V_TEXT(STR("post_code")) }), recorded);
}

static void guest_recognised(web *w, err *e, str result)
{
    pass x;
    if (!e)
        e = find(w, &x);
    if (!e && !was_opened(result))
        e = unknown(w, &x);
    if (e)
        web_fail(w, e);
    else
        walk_in(w, &x);
}

static err *post_walk_in(web *w, const pass *x)
{
    str name = str_trim(form_field(w->q, "name"));
    int64_t person = 0;
    if (w->who.person_id && form_field(w->q, "me").len) {
        walk_in(w, x);
        return NULL;
    }
    if (name.len)
        TRY(pass_named(w->site->app, w->q->a, name, form_field(w->q, "digits"), &person));
    if (!person)
        return unknown(w, x);
    ask_digits(w, x, person, true, guest_recognised);
    return NULL;
}

static err *post_presence(web *w)
{
    pass x;
    TRY(find(w, &x));
    err *e = str_is(form_field(w->q, "act"), "walk_in") ? post_walk_in(w, &x) : post_listed(w, &x);
    if (e)
        web_fail(w, e);
    return NULL;
}

const route post_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/c/:token", .show = get_post },
    { WEB_POST, WEB_ANYBODY, "/c/:token", .show = get_post, .form = post_presence },
    { 0 },
};
