/*
 * Duties in the calendar of a phone: a person's own, or a team's for whoever looks after it; as a file, or subscribed by a
 * link of one's own. The link is asked for by machines, so it needs no press; what it shows is looked up at each fetch as
 * its person, so an office that ended shows nothing more. A number stands in it only where the person's page shows it.
 */
#include "command/key.h"
#include "print/calendar.h"
#include "web/leader.h"
#include "web/my.h"
#include "view/view.h"

#include <sodium.h>

enum { EVENTS_MAX = 4000, DAYS_BACK = 31 };
#define DAY_MS ((int64_t)24 * 3600 * 1000)

/* -- events -------------------------------------------------------------------------------------------- */
static bool is_off(const rows *r, size_t i)
{
    str state = rows_text(r, i, "state");
    return str_is(state, "cancelled") || str_is(state, "excused");
}

static str summary_of(web *w, const rows *r, size_t i, bool named_people)
{
    str s = web_word(w, rows_int(r, i, "lead") ? "calendar.summary_lead" : "calendar.summary",
                     VALUES({ "post", rows_text(r, i, "post") }, { "shift", rows_text(r, i, "shift") }));
    if (named_people)
        s = web_word(w, "calendar.summary_of", VALUES({ "name", rows_text(r, i, "name") }, { "summary", s }));
    return is_off(r, i) ? web_word(w, "calendar.called_off", VALUES({ "summary", s })) : s;
}

static str location_of(web *w, const rows *r, size_t i)
{
    text t = text_begin(w->q->a);
    static const char *const parts[] = { "community", "compound", "post" };
    for (size_t k = 0; k < COUNT(parts); k++) {
        str part = rows_text(r, i, parts[k]);
        if (part.len)
            text_printf(&t, "%s%.*s", t.len ? " " : "", STR_ARG(part));
    }
    return text_done(&t);
}

static void put_line(text *t, str line)
{
    text_printf(t, "%s%.*s", t->len ? "\n" : "", STR_ARG(line));
}

/* To oneself: whom to ring, as on one's page. */
static str own_text(web *w, const rows *r, size_t i)
{
    text t = text_begin(w->q->a);
    str leader = rows_text(r, i, "leader"), phone = rows_text(r, i, "leader_phone");
    if (is_off(r, i))
        put_line(&t, web_word(w, str_is(rows_text(r, i, "state"), "excused") ? "calendar.text_passed_on" : "calendar.text_called_off", NULL));
    put_line(&t, web_word(w, "calendar.text_team", VALUES({ "team", rows_text(r, i, "team") })));
    if (leader.len)
        put_line(&t, web_word(w, phone.len ? "calendar.ring" : "calendar.leader", VALUES({ "leader", leader }, { "phone", phone })));
    return text_done(&t);
}

static calendar_event event_of(web *w, const rows *r, size_t i, bool of_team)
{
    calendar_event e = { .id = rows_int(r, i, "id"), .sequence = rows_int(r, i, "version") - 1,
                         .starts_at = rows_int(r, i, "starts_at"), .ends_at = rows_int(r, i, "ends_at"),
                         .changed_at = rows_int(r, i, "changed_at"), .summary = summary_of(w, r, i, of_team),
                         .location = location_of(w, r, i), .called_off = is_off(r, i) };
    if (!of_team)
        e.description = own_text(w, r, i);
    return e;
}

/* An address may change, the installation's key does not: an event keeps its id. */
static err *source_of(web *w, str *out)
{
    const keys *k;
    unsigned char salt[KEY_SALT_BYTES];
    TRY(app_keys(w->site->app, w->q->a, &k));
    key_salt(k, STR("calendar"), salt);
    char *hex = arena_alloc(w->q->a, sizeof salt * 2 + 1);
    sodium_bin2hex(hex, sizeof salt * 2 + 1, salt, sizeof salt);
    *out = text_format(w->q->a, "%s.muster", hex);
    return NULL;
}

static err *read_duties(web *w, int64_t team, rows *r)
{
    str from = web_local_day(w, STR("UTC"), w->q->now - DAYS_BACK * DAY_MS);
    const view *v = view_find(team ? STR("team_calendar") : STR("duty_calendar"));
    return view_run(app_store(w->site->app), w->q->a, v,
                    NAMED({ "now", V_INT(w->q->now) }, { "from_on", V_TEXT(from) },
                          { team ? "team" : "person", V_INT(team ? team : w->who.person_id) }),
                    w->who.person_id, EVENTS_MAX, r);
}

/* -- the answer ---------------------------------------------------------------------------------------- */
static str tag_of(arena *a, str body)
{
    unsigned char hash[16];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)body.at, body.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return text_format(a, "\"%s\"", hex);
}

/* As it was sent, squeezed (-gz) or weak: for a calendar it is the same. */
static bool has_already(const request *q, str tag)
{
    str rest = request_header(q, "If-None-Match"), one;
    str bare = str_part(tag, 1, tag.len - 2);
    while (rest.len && str_split(&rest, ',', &one))
        if (str_is(str_trim(one), "*") || str_find(one, bare) >= 0)
            return true;
    return false;
}

static err *answer(web *w, int64_t team, str title, str zone)
{
    rows r = { 0 };
    calendar c = { .title = title, .zone = zone };
    TRY(source_of(w, &c.source));
    TRY(read_duties(w, team, &r));
    calendar_event *events = arena_many(w->q->a, calendar_event, r.count + 1);
    for (size_t i = 0; i < r.count; i++)
        events[i] = event_of(w, &r, i, team != 0);
    TRY(calendar_write(w->q->a, &c, events, r.count, &w->p->body));
    str tag = tag_of(w->q->a, w->p->body);
    w->p->type = "text/calendar; charset=utf-8";
    response_header(w->q, w->p, "ETag", tag);
    if (!has_already(w->q, tag))
        return NULL;
    w->p->status = 304;
    w->p->body = (str){ 0 };
    return NULL;
}

/* A calendar ends with the last operation; of a team with the team's. */
static err *answer_own(web *w)
{
    rows r = { 0 };
    TRY(web_view_all(w, "operation", NAMED({ 0 }), &r));
    for (size_t i = 0; i < r.count; i++)
        if (str_is(rows_text(&r, i, "state"), "open"))
            return answer(w, 0, web_word(w, "calendar.title", VALUES({ "name", w->who.name })), rows_text(&r, i, "zone"));
    return err_new(w->q->a, ERR_NOT_FOUND, "calendar.closed", NULL);
}

static err *answer_team(web *w, str given)
{
    rows r = { 0 }, o = { 0 };
    int64_t team = 0;
    if (str_int(given, 1, INT64_MAX, &team))
        TRY(web_view(w, "team_led", NAMED({ "team", V_INT(team) }), &r));
    if (!r.count)
        return err_new(w->q->a, ERR_NOT_FOUND, "pass.gone", NULL);
    TRY(web_view_all(w, "operation", NAMED({ 0 }), &o));
    for (size_t i = 0; i < o.count; i++)
        if (rows_int(&o, i, "id") == rows_int(&r, 0, "operation_id") && str_is(rows_text(&o, i, "state"), "open"))
            return answer(w, team, web_word(w, "calendar.title_team", VALUES({ "team", rows_text(&r, 0, "team") })), rows_text(&r, 0, "zone"));
    return err_new(w->q->a, ERR_NOT_FOUND, "calendar.closed", NULL);
}

/* The link stands for its person, for this answer alone. */
static err *by_link(web *w)
{
    pass x;
    TRY(pass_find(w->site->app, w->q->a, "calendar", w->param[0], w->q->now, &x));
    w->who = (session){ .person_id = x.person_id, .name = x.name };
    return NULL;
}

static err *get_own_feed(web *w)
{
    TRY(by_link(w));
    return answer_own(w);
}

static err *get_team_feed(web *w)
{
    TRY(by_link(w));
    str team = w->param[1];
    if (str_ends(team, STR(".ics")))
        team.len -= 4;
    return answer_team(w, team);
}

static err *get_own_file(web *w)
{
    response_header(w->q, w->p, "Content-Disposition", STR("attachment; filename=\"duties.ics\""));
    return answer_own(w);
}

static err *get_team_file(web *w)
{
    response_header(w->q, w->p, "Content-Disposition", STR("attachment; filename=\"team.ics\""));
    return answer_team(w, w->param[0]);
}

/* -- the page ------------------------------------------------------------------------------------------ */
static err *get_own_page(web *w)
{
    tree_text(w->tree, "file", STR("/p/duties.ics"));
    return web_show(w, "my_calendar");
}

static err *get_team_page(web *w)
{
    leader l;
    TRY(leader_open(w, LEADER_TODAY, &l));
    tree_text(w->tree, "file", text_format(w->q->a, "/l/team/%lld/duties.ics", (long long)l.team));
    return web_show(w, "my_calendar");
}

/* The address says in which language, as calendar programs do not. */
static void linked(web *w, err *e, str result)
{
    if (e) {
        web_fail(w, e);
        return;
    }
    arena *a = w->q->a;
    str token = web_answered(w, result, NULL, "token");
    str rest = w->param[0].len ? text_format(a, "%.*s/team/%.*s.ics", STR_ARG(token), STR_ARG(w->param[0]))
                               : text_format(a, "%.*s/duties.ics", STR_ARG(token));
    str at = text_format(a, "://%.*s/cal/%.*s?lang=%s", STR_ARG(w->q->host), STR_ARG(rest), w->q->lang == WORDS_ZH ? "zh" : "en");
    if (token.len) { /* else the page was loaded again: it asks for another press */
        tree_text(w->tree, "link", text_format(a, "%s%.*s", w->q->secure ? "https" : "http", STR_ARG(at)));
        tree_text(w->tree, "subscribe", text_format(a, "webcal%.*s", STR_ARG(at)));
    }
    e = w->route->show(w);
    if (e)
        web_fail(w, e);
}

static err *post_link(web *w)
{
    bool renew = form_has(w->q, "renew");
    web_run(w, w->who.person_id, "pass.calendar", NAMED(MY_SELF(w), { renew ? "renew" : NULL, V_TEXT(STR("yes")) }), linked);
    return NULL;
}

const route calendar_routes[] = {
    { WEB_GET, WEB_ANYBODY, "/cal/:token/duties.ics", .show = get_own_feed },
    { WEB_GET, WEB_ANYBODY, "/cal/:token/team/:team", .show = get_team_feed },
    { WEB_GET, WEB_PERSON, "/p/duties.ics", .show = get_own_file },
    { WEB_GET, WEB_PERSON, "/p/calendar", .show = get_own_page },
    { WEB_POST, WEB_PERSON, "/p/calendar", .show = get_own_page, .form = post_link },
    { WEB_GET, WEB_LEADER, "/l/team/:team/duties.ics", .show = get_team_file },
    { WEB_GET, WEB_LEADER, "/l/team/:team/calendar", .show = get_team_page },
    { WEB_POST, WEB_LEADER, "/l/team/:team/calendar", .show = get_team_page, .form = post_link },
    { 0 },
};
