/*
 * The password of those who open the desk. It is compared on another thread, as that takes a tenth of a second, and
 * before the command, which then hears a proof alone (command/login.h).
 */
#include "base/text.h"
#include "command/login.h"
#include "web/site.h"

#include <jansson.h>

typedef struct entering {
    web *w;
    login login;
    str password, code, proof, hash; /* hash: of a new password */
} entering;

static bool is_true(str result, const char *name)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    bool yes = json_is_true(json_object_get(o, name));
    json_decref(o);
    return yes;
}

static str session_of(const web *w)
{
    return request_cookie(w->q, "muster");
}

/* Only pages of the desk ask for a password, so nowhere else is gone on to. */
static str place_to_go(web *w)
{
    str to = w->q->method == WEB_POST ? form_field(w->q, "to") : query_field(w->q, "to");
    return str_starts(to, STR("/desk")) ? to : STR("/desk");
}

static err *show(web *w, const char *page)
{
    login l = { 0 };
    TRY(login_find(w->site->app, w->q->a, w->who.person_id, w->q->now, &l));
    tree_yes(w->tree, "has_password", l.hash.len > 0);
    tree_int(w->tree, "min", PASSWORD_MIN_SIGNS);
    tree_text(w->tree, "to", place_to_go(w));
    return web_show(w, page);
}

static err *get_login(web *w)
{
    return show(w, "login");
}

static err *get_code(web *w)
{
    tree_yes(w->tree, "by_code", true);
    return show(w, "login_new");
}

static err *get_change(web *w)
{
    return show(w, "login_new");
}

/* Too many tries and a wrong password sound alike. */
static err *does_not_fit(web *w)
{
    return err_new(w->q->a, ERR_INPUT, str_is(str_of(w->route->path), "/login/code") ? "login.code_wrong" : "login.wrong", NULL);
}

static void entered(web *w, err *e, str result)
{
    if (!e && is_true(result, "entered"))
        web_go(w, str_z(w->q->a, place_to_go(w)), NULL);
    else
        web_fail(w, e ? e : does_not_fit(w));
}

static void set(web *w, err *e, str result)
{
    if (!e && is_true(result, "set"))
        web_go(w, str_z(w->q->a, place_to_go(w)), "login_set");
    else
        web_fail(w, e ? e : does_not_fit(w));
}

/* -- on another thread --------------------------------------------------------------------------------- */
/* Whoever tried too often is not compared at all: that would give away whether this one was right. */
static err *prove(entering *n)
{
    web *w = n->w;
    return n->login.worn ? NULL : login_prove(w->site->app, w->q->a, &n->login, session_of(w), n->password, &n->proof);
}

static void enter(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    entering *n = p->step_data;
    err *e = prove(n);
    if (e) {
        web_fail(n->w, e);
        return;
    }
    web_run(n->w, n->w->who.person_id, "login.enter",
            NAMED({ "person", V_INT(n->w->who.person_id) }, { "session", V_TEXT(session_of(n->w)) },
                  { n->proof.len ? "proof" : NULL, V_TEXT(n->proof) }),
            entered);
}

static void choose(void *of, request *q, response *p)
{
    (void)of;
    (void)q;
    entering *n = p->step_data;
    err *e = n->code.len ? NULL : prove(n);
    if (!e)
        e = login_hash(n->w->site->app, n->w->q->a, form_field(n->w->q, "new"), &n->hash);
    if (e) {
        web_fail(n->w, e);
        return;
    }
    bool by_code = n->code.len > 0, proved = n->proof.len > 0;
    web_run(n->w, n->w->who.person_id, "login.set",
            NAMED({ "person", V_INT(n->w->who.person_id) }, { "session", V_TEXT(session_of(n->w)) },
                  { "hash", V_TEXT(n->hash) }, { by_code ? "code" : proved ? "proof" : NULL, V_TEXT(by_code ? n->code : n->proof) }),
            set);
}

/* -- the forms ----------------------------------------------------------------------------------------- */
static err *begin(web *w, entering **out, response_step *step)
{
    entering *n = *out = arena_new(w->q->a, entering);
    n->w = w;
    TRY(login_find(w->site->app, w->q->a, w->who.person_id, w->q->now, &n->login));
    w->p->step_data = n;
    w->p->later = step;
    return NULL;
}

static err *post_login(web *w)
{
    entering *n;
    TRY(begin(w, &n, enter));
    n->password = form_field(w->q, "password");
    return NULL;
}

/* What can be said at once is said before anything is compared. */
static err *new_reads(web *w)
{
    str fresh = form_field(w->q, "new");
    return str_equal(fresh, form_field(w->q, "again")) ? NULL : err_new(w->q->a, ERR_INPUT, "login.differ", NULL);
}

static err *post_new(web *w, const char *old)
{
    entering *n;
    err *e = new_reads(w);
    if (!e && !form_field(w->q, old).len)
        e = does_not_fit(w);
    if (e) {
        web_fail(w, e);
        return NULL;
    }
    TRY(begin(w, &n, choose));
    n->code = form_field(w->q, "code");
    n->password = form_field(w->q, "password");
    return NULL;
}

static err *post_code(web *w)
{
    return post_new(w, "code");
}

/* A code in this form would pass by the old password. */
static err *post_change(web *w)
{
    return form_has(w->q, "code") ? does_not_fit(w) : post_new(w, "password");
}

const route login_routes[] = {
    { WEB_GET, WEB_PERSON, "/login", .show = get_login },
    { WEB_POST, WEB_PERSON, "/login", .show = get_login, .form = post_login },
    { WEB_GET, WEB_PERSON, "/login/code", .show = get_code },
    { WEB_POST, WEB_PERSON, "/login/code", .show = get_code, .form = post_code },
    { WEB_GET, WEB_PERSON, "/login/change", .show = get_change },
    { WEB_POST, WEB_PERSON, "/login/change", .show = get_change, .form = post_change },
    { 0 },
};
