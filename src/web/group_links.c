/*
 * Links that a leader or liaison hands out: of teams, posts and agencies for their chat groups and doors, and of one
 * person. A link stands only on the answer of the press that asked for it, as each showing is a command of its own.
 */
#include "base/limits.h"
#include "web/office.h"
#include "web/qr.h"

enum { LINKS_SHOWN = 30 };
#define DAY_MS ((int64_t)24 * 3600 * 1000)

static const struct kind {
    const char *name, *view, *id, *page, *words;
    const char *of, *purpose; /* what it is a link of; purpose: null, it opens pages */
} kinds[] = {
    { "team", "team_link", "id", "g", "links.text.team", "team", NULL },
    { "post", "team_link", "id", "c", "links.text.post", "post", NULL },
    { "org", "org_link", "org_id", "g", "links.text.org", "org", NULL },
    { "upload", "org_link", "org_id", "u", "links.text.upload", "org", "upload" },
    { "person", "person_link", "person_id", "p", "links.text.person", "person", NULL },
};

static const struct kind *kind_of(str name)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_is(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

/* -- the list ------------------------------------------------------------------------------------------ */
static void put_link(web *w, tree *t, str zone, const struct kind *k, const rows *r, size_t i)
{
    tree_text(t, "kind", str_of(k->name));
    tree_text(t, "kind_word", web_word(w, text_format(w->q->a, "links.kind.%s", k->name).at, NULL));
    tree_int(t, "id", rows_int(r, i, k->id));
    tree_text(t, "name", rows_text(r, i, "name"));
    tree_int(t, "pass", rows_int(r, i, "pass_id"));
    tree_int(t, "wrong_tries", rows_int(r, i, "tries"));
    tree_yes(t, "worn", rows_int(r, i, "tries") >= TRIES_OF_PASS_MAX && !str_is(str_of(k->name), "person"));
    int64_t until = rows_int(r, i, "until");
    if (!until)
        return;
    tree_yes(t, "over", until <= w->q->now);
    tree_text(t, "until", web_day(w, web_local_day(w, zone, until)));
}

static err *links_of(web *w, const struct kind *k, const named *more, rows *r)
{
    named args[5] = { { "since", V_INT(w->q->now - DAY_MS) } };
    size_t count = 1;
    if (k->purpose)
        args[count++] = (named){ "purpose", V_TEXT(str_of(k->purpose)) };
    for (; more->name && count < 4; more++)
        args[count++] = *more;
    return web_view(w, k->view, args, r);
}

static err *put_teams(web *w, str zone)
{
    rows teams = { 0 };
    TRY(web_view(w, "team", NAMED({ 0 }), &teams));
    for (size_t i = 0; i < teams.count; i++) {
        rows r = { 0 };
        if (!office_is_mine(w, &teams, i))
            continue;
        TRY(links_of(w, kind_of(STR("team")), NAMED({ "team", *rows_at(&teams, i, "id") }), &r));
        for (size_t k = 0; k < r.count; k++)
            put_link(w, tree_add(w->tree, "links"), zone, kind_of(rows_text(&r, k, "kind")), &r, k);
    }
    return NULL;
}

/* A commander may link every agency: one is looked for by name. */
static err *put_orgs(web *w, const struct kind *k, str zone, str find)
{
    rows r = { 0 };
    if (!find.len && w->who.is_commander && !w->who.is_liaison)
        return NULL;
    TRY(links_of(w, k, NAMED({ "find", V_TEXT(find) }), &r));
    for (size_t i = 0; i < r.count && i < LINKS_SHOWN; i++)
        put_link(w, tree_add(w->tree, find.len ? "found" : "links"), zone, k, &r, i);
    tree_yes(w->tree, "more_orgs", r.count > LINKS_SHOWN);
    return NULL;
}

static err *put_people(web *w, str zone, str find)
{
    rows r = { 0 };
    if (!find.len)
        return NULL;
    TRY(links_of(w, kind_of(STR("person")), NAMED({ "find", V_TEXT(find) }), &r));
    for (size_t i = 0; i < r.count && i < LINKS_SHOWN; i++) {
        tree *t = tree_add(w->tree, "found");
        put_link(w, t, zone, kind_of(STR("person")), &r, i);
        tree_text(t, "org", rows_text(&r, i, "org"));
        tree_text(t, "phone", rows_text(&r, i, "phone"));
    }
    tree_yes(w->tree, "more_people", r.count > LINKS_SHOWN);
    return NULL;
}

static err *get_links(web *w)
{
    str find = str_trim(query_field(w->q, "find")), zone;
    TRY(office_zone(w, &zone));
    tree_text(w->tree, "find", find);
    if (!find.len)
        TRY(put_teams(w, zone));
    TRY(put_orgs(w, kind_of(STR("org")), zone, find));
    TRY(put_orgs(w, kind_of(STR("upload")), zone, find));
    TRY(put_people(w, zone, find));
    return web_show(w, "calls_links");
}

/* -- one link ------------------------------------------------------------------------------------------ */
static str link_text(web *w, const struct kind *k, str token)
{
    return text_format(w->q->a, "%s://%.*s/%s/%.*s", w->q->secure ? "https" : "http", STR_ARG(w->q->host), k->page, STR_ARG(token));
}

/* The token is answered once; a page loaded again asks for another press. */
static err *show_link(web *w, str result)
{
    const struct kind *k = kind_of(w->param[0]);
    int64_t pass = 0;
    rows r = { 0 };
    str token = web_answered(w, result, NULL, "token"), zone;
    str_int(web_answered(w, result, NULL, "id"), 1, INT64_MAX, &pass);
    TRY(office_zone(w, &zone));
    TRY(links_of(w, k, NAMED({ "pass", V_INT(pass) }), &r));
    if (!r.count)
        return err_new(w->q->a, ERR_NOT_FOUND, "pass.gone", NULL);
    put_link(w, w->tree, zone, k, &r, 0);
    tree_yes(w->tree, "renewed", w->step_data != NULL);
    if (!token.len)
        return web_show(w, "calls_link");
    str link = link_text(w, k, token);
    tree_text(w->tree, "link", link);
    tree_text(w->tree, "copy", web_word(w, k->words, VALUES({ "name", rows_text(&r, 0, "name") }, { "link", link })));
    qr_put(w->tree, w->q->a, link);
    return web_show(w, "calls_link");
}

static void issued(web *w, err *e, str result)
{
    if (!e)
        e = show_link(w, result);
    if (e)
        web_fail(w, e);
}

static err *post_show(web *w)
{
    const struct kind *k = kind_of(w->param[0]);
    if (!k)
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    web_run_part(w, text_format(w->q->a, "%s:%.*s:", k->name, STR_ARG(w->param[1])), w->who.person_id, "pass.issue",
                 NAMED({ "kind", V_TEXT(str_of(k->of)) }, { k->of, V_TEXT(w->param[1]) },
                       { k->purpose ? "purpose" : NULL, V_TEXT(str_of(k->purpose)) }), issued);
    return NULL;
}

static err *post_renew(web *w)
{
    if (!kind_of(w->param[0]))
        return err_new(w->q->a, ERR_NOT_FOUND, "web.no_page", NULL);
    w->step_data = w;
    web_run_part(w, text_format(w->q->a, "%.*s:", STR_ARG(w->param[1])), w->who.person_id, "pass.renew",
                 NAMED({ "pass", V_TEXT(w->param[1]) }), issued);
    return NULL;
}

/* -- phones that know me ------------------------------------------------------------------------------- */
static err *get_devices(web *w)
{
    rows r = { 0 };
    str zone;
    TRY(office_zone(w, &zone));
    TRY(session_mine(w->site->app, w->q->a, &w->who, w->q->now, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "devices");
        tree_text(t, "day", web_day(w, web_local_day(w, zone, rows_int(&r, i, "opened_at"))));
        tree_text(t, "time", web_time(w, zone, rows_int(&r, i, "opened_at")));
        tree_yes(t, "weak", rows_int(&r, i, "weak"));
        tree_yes(t, "this_one", rows_int(&r, i, "opened_at") == w->who.opened_at);
    }
    tree_yes(w->tree, "others", r.count > 1);
    return web_show(w, "calls_devices");
}

static void others_ended(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, "/l/devices", "end_others");
}

static err *post_end_others(web *w)
{
    web_run(w, w->who.person_id, "session.end_others",
            NAMED({ "session", V_TEXT(request_cookie(w->q, "muster")) }, { "person", V_INT(w->who.person_id) }), others_ended);
    return NULL;
}

const route group_links_routes[] = {
    { WEB_GET, WEB_LEADER, "/l/links", .show = get_links },
    { WEB_POST, WEB_LEADER, "/l/links/show/:kind/:id", .show = get_links, .form = post_show },
    { WEB_POST, WEB_LEADER, "/l/links/renew/:kind/:pass", .show = get_links, .form = post_renew },
    { WEB_POST, WEB_LEADER, "/l/links/revoke/:pass", .show = get_links, .command = "pass.revoke", .args = "pass=:pass", .then = "/l/links" },
    { WEB_GET, WEB_PERSON, "/l/devices", .show = get_devices },
    { WEB_POST, WEB_PERSON, "/l/devices/end-others", .show = get_devices, .form = post_end_others },
    { 0 },
};
