/*
 * One person at the desk: where from, what was answered, duties, hours, messages. What may be seen once alone (the full
 * number, the link, a code) stands on the answer to a press, and the records say who pressed.
 */
#include "web/desk.h"
#include "web/qr.h"

#include "domain/certificate.h"

enum { DUTIES_SHOWN = 20, MESSAGES_SHOWN = 10, ANSWERS_SHOWN = 10 };
#define DAY_MS ((int64_t)24 * DESK_HOUR_MS)

static err *load_person(web *w, rows *r)
{
    int64_t person = 0;
    if (!w->who.is_commander)
        return err_new(w->q->a, ERR_RIGHTS, "web.no_office", NULL);
    if (desk_int(w->param[0], &person))
        TRY(web_view(w, "person_find", NAMED({ "person", V_INT(person) }), r));
    return r->count ? NULL : err_new(w->q->a, ERR_NOT_FOUND, "web_desk.person.missing", NULL);
}

/* -- what is known --------------------------------------------------------------------------------------- */
static err *put_answers(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(desk_view(w, "notice", NAMED({ "person", V_TEXT(w->param[0]) }), ANSWERS_SHOWN, &r));
    for (size_t i = r.count; i-- > 0;) {
        tree *t = tree_add(w->tree, "answers");
        str answer = rows_text(&r, i, "answer");
        tree_int(t, "order", rows_int(&r, i, "order_id"));
        tree_int(t, "number", rows_int(&r, i, "number"));
        tree_text(t, "liaison", rows_text(&r, i, "liaison"));
        tree_text(t, "state", answer.len ? web_word(w, text_format(w->q->a, "web.answer.%.*s", STR_ARG(answer)).at, NULL)
                                         : web_word(w, text_format(w->q->a, "web_desk.notice.%.*s", STR_ARG(rows_text(&r, i, "state"))).at, NULL));
        if (rows_int(&r, i, "due_at"))
            tree_text(t, "due", desk_when(w, d, rows_int(&r, i, "due_at")));
    }
    return NULL;
}

static err *put_duties(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(desk_view(w, "duty_person", NAMED({ "person", V_TEXT(w->param[0]) }), DUTIES_SHOWN, &r));
    for (size_t i = 0; i < r.count; i++) {
        tree *t = tree_add(w->tree, "duties");
        tree_text(t, "day", web_day(w, rows_text(&r, i, "starts_on")));
        tree_text(t, "span", web_span(w, rows_int(&r, i, "start_minute"), rows_int(&r, i, "end_minute")));
        tree_text(t, "post", rows_text(&r, i, "post"));
        tree_text(t, "team", rows_text(&r, i, "team"));
        tree_int(t, "team_id", rows_int(&r, i, "team_id"));
        tree_text(t, "state", desk_value(w, rows_text(&r, i, "state")));
        if (rows_int(&r, i, "in_happened_at"))
            tree_text(t, "in", desk_time(w, d, rows_int(&r, i, "in_happened_at")));
        if (rows_int(&r, i, "out_happened_at"))
            tree_text(t, "out", desk_time(w, d, rows_int(&r, i, "out_happened_at")));
    }
    return NULL;
}

static err *put_hours(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "hours_person", NAMED({ "person", V_TEXT(w->param[0]) }), &r));
    int64_t minutes = desk_sum(&r, "confirmed_minutes");
    tree_text(w->tree, "hours", certificate_hours(w->q->a, minutes));
    tree_text(w->tree, "times", text_format(w->q->a, "%lld", (long long)desk_sum(&r, "entries")));
    tree_text(w->tree, "unconfirmed", text_format(w->q->a, "%lld", (long long)desk_sum(&r, "unconfirmed")));
    return NULL;
}

/* The last ones; the view has the first in front. */
static err *put_messages(web *w)
{
    rows r = { 0 };
    TRY(web_view(w, "message", NAMED({ "person", V_TEXT(w->param[0]) }), &r));
    for (size_t i = r.count, shown = 0; i-- > 0 && shown < MESSAGES_SHOWN; shown++) {
        tree *t = tree_add(w->tree, "messages");
        tree_text(t, "purpose", desk_value(w, rows_text(&r, i, "purpose")));
        tree_text(t, "channel", desk_value(w, rows_text(&r, i, "channel")));
        tree_text(t, "state", desk_value(w, rows_text(&r, i, "state")));
        tree_int(t, "try", rows_int(&r, i, "try"));
    }
    tree_int(w->tree, "message_count", (int64_t)r.count);
    return NULL;
}

/* Whoever opens the desk has a password besides, and may need a code for a new one. */
static err *put_roles(web *w)
{
    rows r = { 0 };
    bool at_desk = false;
    TRY(web_view(w, "person_role", NAMED({ "person", V_TEXT(w->param[0]) }, { "at", V_INT(w->q->now) }), &r));
    for (size_t i = 0; i < r.count; i++) {
        str role = rows_text(&r, i, "role");
        tree *t = tree_add(w->tree, "roles");
        at_desk = at_desk || str_is(role, "commander") || str_is(role, "auditor");
        tree_int(t, "grant", rows_int(&r, i, "id"));
        tree_yes(t, "may_end", rows_int(&r, i, "person_id") != w->who.person_id);
        tree_text(t, "role", desk_value(w, role));
        tree_text(t, "of", str_is(rows_text(&r, i, "scope_kind"), "all") ? web_word(w, "web_desk.scope_all", NULL) : rows_text(&r, i, "scope_name"));
    }
    tree_yes(w->tree, "code_wanted", at_desk);
    return NULL;
}

static err *put_link(web *w, const desk *d)
{
    rows r = { 0 };
    TRY(web_view(w, "person_link", NAMED({ "person", V_TEXT(w->param[0]) }, { "since", V_INT(w->q->now - DAY_MS) }), &r));
    if (!r.count || !rows_int(&r, 0, "pass_id"))
        return NULL;
    tree_int(w->tree, "pass", rows_int(&r, 0, "pass_id"));
    tree_text(w->tree, "until", desk_when(w, d, rows_int(&r, 0, "until")));
    tree_int(w->tree, "tries", rows_int(&r, 0, "tries"));
    return NULL;
}

static void put_facts(web *w, const rows *r)
{
    static const char *const shown[] = { "name", "phone", "org", "work_unit", "community", "team" };
    for (size_t i = 0; i < COUNT(shown); i++)
        tree_text(w->tree, shown[i], rows_text(r, 0, shown[i]));
    tree_text(w->tree, "person", w->param[0]);
    tree_text(w->tree, "placement", desk_value(w, rows_text(r, 0, "placement")));
}

static err *get_person(web *w)
{
    desk d;
    rows r = { 0 };
    TRY(desk_open(w, &d));
    TRY(load_person(w, &r));
    put_facts(w, &r);
    TRY(put_roles(w));
    TRY(put_answers(w, &d));
    TRY(put_duties(w, &d));
    TRY(put_hours(w));
    TRY(put_messages(w));
    TRY(put_link(w, &d));
    return desk_show(w, "desk_person", "people");
}

/* -- shown once ------------------------------------------------------------------------------------------ */
/* The page with what the press asked for; a form that comes again has nothing to show and says so. */
static void show_once(web *w, err *e, const char *name, str shown)
{
    if (!e) {
        tree_text(w->tree, name, shown);
        tree_yes(w->tree, "shown_before", !shown.len);
        e = get_person(w);
    }
    if (e)
        web_fail(w, e);
}

static void revealed(web *w, err *e, str result)
{
    str number = !e ? web_answered(w, result, "phones", str_z(w->q->a, w->param[0])) : (str){ 0 };
    if (number.len)
        tree_text(w->tree, "call", text_format(w->q->a, "tel:%.*s", STR_ARG(number)));
    show_once(w, e, "number", number);
}

static err *post_reveal(web *w)
{
    int64_t person = 0;
    str reason = str_trim(form_field(w->q, "reason"));
    if (!reason.len) {
        web_fail(w, err_new(w->q->a, ERR_INPUT, "web_desk.person.reason_missing", NULL));
        return NULL;
    }
    desk_int(w->param[0], &person);
    web_run(w, w->who.person_id, "person.reveal",
            NAMED({ "rows", V_TEXT(text_format(w->q->a, "[{\"person\":\"%lld\"}]", (long long)person)) }, { "purpose", V_TEXT(reason) }), revealed);
    return NULL;
}

static void linked(web *w, err *e, str result)
{
    str token = !e ? web_answered(w, result, NULL, "token") : (str){ 0 }, link = { 0 };
    if (token.len) {
        link = text_format(w->q->a, "%s://%.*s/p/%.*s", w->q->secure ? "https" : "http", STR_ARG(w->q->host), STR_ARG(token));
        qr_put(w->tree, w->q->a, link);
    }
    show_once(w, e, "link", link);
}

static err *post_link(web *w)
{
    web_run(w, w->who.person_id, "pass.issue", NAMED({ "kind", V_TEXT(STR("person")) }, { "person", V_TEXT(w->param[0]) }), linked);
    return NULL;
}

static err *post_renew(web *w)
{
    web_run(w, w->who.person_id, "pass.renew", NAMED({ "pass", V_TEXT(form_field(w->q, "pass")) }), linked);
    return NULL;
}

static void saved(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/desk/people/%.*s", STR_ARG(w->param[0])).at, "desk_saved");
}

static err *post_revoke(web *w)
{
    web_run(w, w->who.person_id, "pass.revoke", NAMED({ "pass", V_TEXT(form_field(w->q, "pass")) }), saved);
    return NULL;
}

static err *post_end_role(web *w)
{
    web_run(w, w->who.person_id, "role_grant.end", NAMED({ "role_grant", V_TEXT(form_field(w->q, "grant")) }), saved);
    return NULL;
}

static void coded(web *w, err *e, str result)
{
    show_once(w, e, "code", !e ? web_answered(w, result, NULL, "code") : (str){ 0 });
}

static err *post_code(web *w)
{
    web_run(w, w->who.person_id, "login.issue_code", NAMED({ "person", V_TEXT(w->param[0]) }), coded);
    return NULL;
}

const route desk_person_routes[] = {
    { WEB_GET, WEB_DESK, "/desk/people/:person", .show = get_person },
    { WEB_POST, WEB_DESK, "/desk/people/:person/reveal", .show = get_person, .form = post_reveal },
    { WEB_POST, WEB_DESK, "/desk/people/:person/link", .show = get_person, .form = post_link },
    { WEB_POST, WEB_DESK, "/desk/people/:person/renew", .show = get_person, .form = post_renew },
    { WEB_POST, WEB_DESK, "/desk/people/:person/revoke", .show = get_person, .form = post_revoke },
    { WEB_POST, WEB_DESK, "/desk/people/:person/end-role", .show = get_person, .form = post_end_role },
    { WEB_POST, WEB_DESK, "/desk/people/:person/code", .show = get_person, .form = post_code },
    { 0 },
};
