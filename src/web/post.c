/*
 * The page of a post, behind the code at its door: own name among those due here, last four digits, here I am, and later
 * I am leaving. The main way to check in, as the scanner of a chat program has no cookie of the personal link.
 */
#include "web/site.h"

#include <jansson.h>

enum { HOUR_MS = 3600 * 1000, AHEAD_MS = 2 * HOUR_MS, BEHIND_MS = 2 * HOUR_MS };

static err *find(web *w, pass *x)
{
    TRY(pass_find(w->site->app, w->q->a, w->param[0], w->q->now, x));
    return str_is(x->kind, "post") ? NULL : err_new(w->q->a, ERR_NOT_FOUND, "pass.gone", NULL);
}

static err *due_here(web *w, const pass *x, rows *r)
{
    return web_view_all(w, "post_due",
                        NAMED({ "post", V_INT(x->post_id) }, { "after", V_INT(w->q->now - BEHIND_MS) },
                              { "before", V_INT(w->q->now + AHEAD_MS) }),
                        r);
}

static void put_person(web *w, tree *t, const rows *r, size_t i)
{
    tree_int(t, "duty", rows_int(r, i, "id"));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_yes(t, "lead", rows_int(r, i, "lead"));
    tree_text(t, "span", web_span(w, rows_int(r, i, "start_minute"), rows_int(r, i, "end_minute")));
    tree_yes(t, "chosen", str_equal(form_field(w->q, "duty"), text_format(w->q->a, "%lld", (long long)rows_int(r, i, "id"))));
}

static err *get_post(web *w)
{
    pass x;
    rows r = { 0 };
    TRY(find(w, &x));
    TRY(due_here(w, &x, &r));
    tree_text(w->tree, "post", x.name);
    tree_text(w->tree, "instructions", r.count ? rows_text(&r, 0, "instructions") : (str){ 0 });
    for (size_t i = 0; i < r.count; i++) {
        bool here = rows_int(&r, i, "attendance_id") != 0;
        tree *t = tree_add(w->tree, here ? "here" : "due");
        put_person(w, t, &r, i);
        if (here)
            tree_text(t, "since", web_span(w, rows_int(&r, i, "in_minute"), rows_int(&r, i, "in_minute")));
        bool left = rows_int(&r, i, "out_happened_at") != 0;
        tree_yes(t, "left", left);
        if (here && !left)
            put_person(w, tree_add(w->tree, "staying"), &r, i);
    }
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

static int64_t person_of_duty(const rows *r, str duty)
{
    int64_t id = 0;
    if (str_int(duty, 1, INT64_MAX, &id))
        for (size_t i = 0; i < r->count; i++)
            if (rows_int(r, i, "id") == id)
                return rows_int(r, i, "person_id");
    return 0;
}

/* The digits were right: now the duty itself, as that person. No cookie is left on a phone that may be anybody's. */
static void recognised(web *w, err *e, str result)
{
    json_t *o = e ? NULL : json_loadb(result.at, result.len, 0, NULL);
    bool opened = json_is_true(json_object_get(o, "opened"));
    json_decref(o);
    if (e || !opened) {
        web_fail(w, e ? e : err_new(w->q->a, ERR_INPUT, "web.digits_wrong", NULL));
        return;
    }
    value duty = V_TEXT(form_field(w->q, "duty"));
    if (is_leaving(w))
        web_run(w, w->who.person_id, "duty.check_out", NAMED({ "duty", duty }), recorded);
    else
        web_run(w, w->who.person_id, "duty.check_in", NAMED({ "duty", duty }, { "via", V_TEXT(STR("post_code")) }), recorded);
}

static err *post_presence(web *w)
{
    pass x;
    rows r = { 0 };
    TRY(find(w, &x));
    TRY(due_here(w, &x, &r));
    int64_t person = person_of_duty(&r, form_field(w->q, "duty"));
    str digits = form_field(w->q, "digits");
    if (!person) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web.name_wanted", NULL));
        return NULL;
    }
    bool known = w->who.person_id == person;
    w->who = (session){ .person_id = person, .weak = !known };
    if (known) {
        recognised(w, NULL, STR("{\"opened\":true}"));
        return NULL;
    }
    web_run(w, person, "pass.open",
            NAMED({ "token_hash", V_TEXT(x.token_hash) }, { "person", V_INT(person) },
                  { "digits", V_TEXT(digits.len ? digits : STR("-")) }),
            recognised);
    return NULL;
}

const route post_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/c/:token", .show = get_post },
    { WEB_POST, WEB_ANYBODY, "/c/:token", .show = get_post, .form = post_presence },
    { 0 },
};
