/*
 * The pages behind a link. Opening one by GET changes nothing and begins no session, as chat programs open links to
 * show a preview; one press does, and takes the token out of the address bar.
 */
#include "web/site.h"

#include <jansson.h>

enum { DAY_SECONDS = 24 * 3600 };

static err *find(web *w, const char *kind, pass *x)
{
    TRY(pass_find(w->site->app, w->q->a, "open", w->param[0], w->q->now, x));
    if (kind && !str_is(x->kind, kind))
        return err_new(w->q->a, ERR_NOT_FOUND, "pass.gone", NULL);
    return NULL;
}

/* {"opened":true,"session":"..."} sets the cookie; what was not opened says so in the same words whatever the reason. */
static bool take_session(web *w, str result, bool weak)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    const char *token = json_string_value(json_object_get(o, "session"));
    if (token)
        response_cookie(w->q, w->p, "muster", str_of(token), (weak ? SESSION_WEAK_HOURS / 24 : SESSION_DAYS) * DAY_SECONDS);
    json_decref(o);
    return token != NULL;
}

/* -- the personal link --------------------------------------------------------------------------------- */
static err *get_personal(web *w)
{
    pass x;
    TRY(find(w, "person", &x));
    tree_text(w->tree, "name", x.name);
    tree_yes(w->tree, "ask_digits", w->wrong != NULL);
    return web_show(w, "open_personal");
}

static void personal_opened(web *w, err *e, str result)
{
    if (!e && take_session(w, result, false))
        web_go(w, "/p", NULL);
    else
        web_fail(w, e ? e : err_new(w->q->a, ERR_INPUT, form_field(w->q, "digits").len ? "web.digits_wrong" : "web.digits_wanted", NULL));
}

static err *post_personal(web *w)
{
    pass x;
    TRY(find(w, "person", &x));
    str digits = form_field(w->q, "digits");
    web_run(w, x.person_id, "pass.open",
            NAMED({ "token_hash", V_TEXT(x.token_hash) }, { "person", V_INT(x.person_id) },
                  { "known", V_TEXT(w->who.person_id == x.person_id ? STR("yes") : STR("no")) },
                  { digits.len ? "digits" : NULL, V_TEXT(digits) }),
            personal_opened);
    return NULL;
}

/* -- the link of a team's or agency's chat group ------------------------------------------------------- */
static err *get_group(web *w)
{
    pass x;
    rows names = { 0 };
    TRY(find(w, NULL, &x));
    TRY(pass_names(w->site->app, w->q->a, &x, &names));
    tree_text(w->tree, "group", x.name);
    str chosen = form_field(w->q, "person");
    for (size_t i = 0; i < names.count; i++) {
        tree *t = tree_add(w->tree, "people");
        tree_int(t, "id", rows_int(&names, i, "id"));
        tree_text(t, "name", rows_text(&names, i, "name"));
        tree_yes(t, "chosen", str_equal(chosen, text_format(w->q->a, "%lld", (long long)rows_int(&names, i, "id"))));
    }
    return web_show(w, "open_group");
}

static void group_opened(web *w, err *e, str result)
{
    if (!e && take_session(w, result, true))
        web_go(w, "/p", NULL);
    else
        web_fail(w, e ? e : err_new(w->q->a, ERR_INPUT, "web.digits_wrong", NULL));
}

static err *post_group(web *w)
{
    pass x;
    int64_t person = 0;
    TRY(find(w, NULL, &x));
    str digits = form_field(w->q, "digits");
    if (!str_int(form_field(w->q, "person"), 1, INT64_MAX, &person)) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web.name_wanted", NULL));
        return NULL;
    }
    web_run(w, person, "pass.open",
            NAMED({ "token_hash", V_TEXT(x.token_hash) }, { "person", V_INT(person) },
                  { "digits", V_TEXT(digits.len ? digits : STR("-")) }),
            group_opened);
    return NULL;
}

/* -- the end ------------------------------------------------------------------------------------------- */
static void ended(web *w, err *e, str result)
{
    (void)result;
    if (e) {
        web_fail(w, e);
        return;
    }
    response_cookie(w->q, w->p, "muster", STR("-"), -1);
    web_go(w, "/", "session_end");
}

static err *post_end(web *w)
{
    web_run(w, w->who.person_id, "session.end", NAMED({ "session", V_TEXT(request_cookie(w->q, "muster")) }, { "person", V_INT(w->who.person_id) }), ended);
    return NULL;
}

const route pass_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/p/:token", .show = get_personal },
    { WEB_POST, WEB_ANYBODY, "/p/:token", .show = get_personal, .form = post_personal },
    { WEB_GET, WEB_ANYBODY, "/g/:token", .show = get_group },
    { WEB_POST, WEB_ANYBODY, "/g/:token", .show = get_group, .form = post_group },
    { WEB_POST, WEB_WEAK, "/end", .form = post_end },
    { 0 },
};
