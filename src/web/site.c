#include "web/api.h"
#include "web/form_key.h"
#include "web/upload.h"

#include "base/civil.h"
#include "base/limits.h"
#include "command/event.h"
#include "command/key.h"

#include <assert.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

static const route *const tables[] = {
    health_routes, phone_routes, calendar_routes, my_substitute_routes, my_situation_routes,
    my_help_routes, my_hours_routes, pass_routes, post_routes, api_routes, event_routes, asset_routes, office_routes, public_routes, secretary_routes,
    calls_routes, login_routes, leader_routes, file_routes, hand_in_routes, group_links_routes, calls_paper_routes, chain_routes,
    desk_today_routes, desk_duty_routes, desk_list_routes, desk_order_routes, desk_tray_routes, desk_import_undo_routes, desk_import_routes, desk_handed_routes, desk_people_routes, desk_double_routes, desk_person_routes, desk_queue_routes,
    desk_lending_routes, desk_roster_routes, desk_team_routes, desk_report_routes, desk_daily_routes, desk_donation_routes, desk_calls_routes,
    NULL,
};

/* -- what handlers use --------------------------------------------------------------------------------- */
str web_word(web *w, const char *key, const word_value *values)
{
    return words_get(w->q->a, w->q->lang, key, values);
}

static err *run_view(web *w, const char *name, const named *args, int64_t actor, rows *out)
{
    const view *v = view_find(str_of(name));
    size_t count = 0;
    assert(v);
    while (args[count].name)
        count++;
    named *all = arena_many(w->q->a, named, count + 2);
    all[0] = (named){ "now", V_INT(w->q->now) };
    memcpy(all + 1, args, count * sizeof *args);
    return view_run(app_store(w->site->app), w->q->a, v, all, actor, PAGE_ROWS_MAX, out);
}

err *web_view(web *w, const char *name, const named *args, rows *out)
{
    assert(w->who.person_id);
    return run_view(w, name, args, w->who.person_id, out);
}

err *web_view_all(web *w, const char *name, const named *args, rows *out)
{
    return run_view(w, name, args, 0, out);
}

str web_day(web *w, str day)
{
    civil_day d;
    int year, month, day_of_month;
    if (!civil_day_read(day, &d))
        return day;
    civil_parts(d, &year, &month, &day_of_month);
    arena *a = w->q->a;
    return web_word(w, "web.day",
                    VALUES({ "month", web_word(w, text_format(a, "web.month.%d", month).at, NULL) },
                           { "day", text_format(a, "%d", day_of_month) },
                           { "weekday", web_word(w, text_format(a, "weekday.%d", civil_weekday(d)).at, NULL) }));
}

str web_span(web *w, int64_t start_minute, int64_t end_minute)
{
    arena *a = w->q->a;
    return web_word(w, end_minute > 1440 ? "web.span_over" : "web.span",
                    VALUES({ "from", civil_time_text(a, (int)start_minute) }, { "to", civil_time_text(a, (int)end_minute) }));
}

str web_local_day(web *w, str zone, int64_t at)
{
    civil_day day = 0;
    int minute;
    return !civil_local_in(w->q->a, zone, at, &day, &minute) ? civil_day_text(w->q->a, day) : (str){ 0 };
}

str web_time(web *w, str zone, int64_t at)
{
    civil_day day;
    int minute = 0;
    return !civil_local_in(w->q->a, zone, at, &day, &minute) ? civil_time_text(w->q->a, minute) : (str){ 0 };
}

/* -- the form's token ---------------------------------------------------------------------------------- */
static bool is_api(const request *q)
{
    return str_starts(q->path, STR("/api/"));
}

/* Of a script in the header, which no browser sends by itself; else the cookie. */
static str bearer_token(const request *q)
{
    str given = request_header(q, "Authorization");
    bool bearer = is_api(q) && given.len > 7 && strncasecmp(given.at, "Bearer ", 7) == 0;
    return bearer ? str_trim(str_from(given, 7)) : (str){ 0 };
}

static str session_token(const request *q)
{
    str bearer = bearer_token(q);
    return bearer.len ? bearer : request_cookie(q, "muster");
}

/* Another site's form carries the cookie but not this: it comes of the cookie by the installation's key. */
str web_form_token(web *w)
{
    const keys *k;
    str cookie = session_token(w->q);
    if (!cookie.len || app_keys(w->site->app, w->q->a, &k))
        return (str){ 0 };
    str hash = key_token_hash(w->q->a, k, text_format(w->q->a, "form:%.*s", STR_ARG(cookie)));
    return key_token_text(w->q->a, (const unsigned char *)hash.at);
}

static bool from_our_page(web *w)
{
    str site = request_header(w->q, "Sec-Fetch-Site"), token = web_form_token(w), given;
    if (is_api(w->q) && (bearer_token(w->q).len || str_is(site, "same-origin")))
        return true;
    given = is_api(w->q) ? request_header(w->q, "X-Muster-Form") : form_field(w->q, "form");
    if (site.len && !str_is(site, "same-origin") && !str_is(site, "none"))
        return false;
    return w->route->who == WEB_ANYBODY || (token.len && token.len == given.len && !sodium_memcmp(token.at, given.at, token.len));
}

/* -- showing ------------------------------------------------------------------------------------------- */
/* As the policy lists several: between the first 'sha256- and the last quote. */
str site_style_hash(arena *a)
{
    text t = text_begin(a);
    for (const page_style *style = page_styles; style->at; style++) {
        unsigned char hash[crypto_hash_sha256_BYTES];
        char base64[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];
        crypto_hash_sha256(hash, style->at, style->len);
        sodium_bin2base64(base64, sizeof base64, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
        text_put_z(&t, style == page_styles ? "" : "' 'sha256-");
        text_put_z(&t, base64);
    }
    return text_done(&t);
}

static void put_frame(web *w)
{
    unsigned char key[KEY_TOKEN_BYTES];
    tree *t = w->tree;
    app_random(w->site->app, key, sizeof key);
    tree_text(t, "lang", w->q->lang == WORDS_ZH ? STR("zh-CN") : STR("en"));
    tree_text(t, "other_lang", w->q->lang == WORDS_ZH ? STR("?lang=en") : STR("?lang=zh"));
    tree_yes(t, "chinese", w->q->lang == WORDS_ZH);
    tree_yes(t, "large", w->large);
    tree_text(t, "form_token", web_form_token(w));
    tree_text(t, "form_key", key_token_text(w->q->a, key));
    tree_text(t, "me", w->who.name);
    tree_yes(t, "is_caller", w->who.is_leader || w->who.is_liaison);
    tree_yes(t, "is_secretary", w->who.is_secretary);
    tree_yes(t, "is_desk", w->who.is_commander || w->who.is_auditor);
    tree_text(t, "path", w->q->path);
    if (w->wrong) {
        tree_text(t, "wrong", words_err(w->q->a, w->q->lang, w->wrong));
        tree_text(t, "wrong_hint", words_hint(w->q->a, w->q->lang, w->wrong));
    }
    str done = query_field(w->q, "done");
    str word = text_format(w->q->a, "web.done.%.*s", STR_ARG(done));
    if (done.len && words_has(w->q->lang, word.at))
        tree_text(t, "done", web_word(w, word.at, NULL));
}

err *web_show(web *w, const char *name)
{
    put_frame(w);
    w->p->style_hash = w->site->style_hash;
    if (w->wrong) {
        w->p->status = err_status(w->wrong->code);
        w->p->detail = w->wrong->detail;
    }
    w->p->body = page_render(w->q->a, page_find(name), w->tree, w->q->lang);
    return NULL;
}

err *web_own_topics(web *w, str *out)
{
    str all, topic;
    text t = text_begin(w->q->a);
    TRY(event_own_topics(w->site->app, w->q->a, w->who.person_id, w->who.weak, w->q->now, &all));
    while (all.len && str_split(&all, ' ', &topic))
        if (w->who.strong || !str_is(topic, "all"))
            text_printf(&t, "%s%.*s", t.len ? " " : "", STR_ARG(topic));
    *out = text_done(&t);
    return NULL;
}

err *web_live(web *w, str topics, const char *kinds)
{
    event_place now;
    if (w->q->method == WEB_POST)
        return NULL;
    TRY(event_now(w->site->app, w->q->a, &now));
    tree_text(w->tree, "topics", topics);
    tree_text(w->tree, "topic_kinds", str_of(kinds));
    tree_text(w->tree, "since", event_place_text(w->q->a, &now));
    w->p->scripted = true;
    return NULL;
}

void web_go(web *w, const char *path, const char *done)
{
    str to = done ? text_format(w->q->a, "%s?done=%s", path, done) : str_of(path);
    response_see(w->q, w->p, to);
}

void web_fail(web *w, err *e)
{
    w->wrong = e;
    w->tree = tree_new(w->q->a);
    if (w->route && w->route->show && (!w->route->who || w->who.person_id) && !w->route->show(w))
        return;
    web_show(w, "problem");
}

/* -- commands ------------------------------------------------------------------------------------------ */
typedef struct running {
    web *w;
    void (*then)(web *w, err *e, str result);
    err *e;
    str result;
} running;

static void go_on(void *of, request *q, response *p)
{
    (void)of;
    running *r = p->step_data;
    app_read_begin(r->w->site->app, q->a);
    r->then(r->w, r->e, r->result);
    app_read_end(q->a);
}

/* What follows may read, so it must not be on the loop where reading waits. */
static void command_ended(void *of, request *q, response *p, err *e, str result)
{
    running *r = p->step_data;
    r->e = e;
    r->result = result;
    if (r->w->site->blocking)
        p->later = go_on;
    else
        go_on(of, q, p);
}

static const named *copy_args(arena *a, const named *args)
{
    size_t count = 0;
    while (args[count].name)
        count++;
    return arena_copy(a, args, (count + 1) * sizeof *args);
}

void web_submit(web *w, const call *c, void (*then)(web *w, err *e, str result))
{
    running *r = arena_new(w->q->a, running);
    *r = (running){ .w = w, .then = then };
    w->p->step_data = r;
    w->p->call = c;
    w->p->then = command_ended;
}

void web_run_part(web *w, str part, int64_t actor, const char *command, const named *args, void (*then)(web *w, err *e, str result))
{
    arena *a = w->q->a;
    call *c = arena_new(a, call);
    str key = form_field(w->q, "key"), ids = form_key_ids(a, command, args);
    *c = (call){ .command = command, .args = copy_args(a, args), .actor_id = actor, .now = w->q->now, .lang = w->q->lang,
                 .key = key.len ? text_format(a, "%.*s:%.*s%.*s%s", STR_ARG(key), STR_ARG(part), STR_ARG(ids), command) : key,
                 .source = w->who.weak ? STR("group link") : STR("web") };
    web_submit(w, c, then);
}

void web_run(web *w, int64_t actor, const char *command, const named *args, void (*then)(web *w, err *e, str result))
{
    web_run_part(w, (str){ 0 }, actor, command, args, then);
}

str web_answered(web *w, str result, const char *of, const char *member)
{
    json_t *o = json_loadb(result.at, result.len, 0, NULL);
    str found = str_copy(w->q->a, str_of(json_string_value(json_object_get(of ? json_object_get(o, of) : o, member))));
    json_decref(o);
    return found;
}

void web_paper(web *w, err *e, str result)
{
    if (e)
        web_fail(w, e);
    else
        web_go(w, text_format(w->q->a, "/f/%.*s", STR_ARG(web_answered(w, result, NULL, "id"))).at, NULL);
}

static void form_ended(web *w, err *e, str result)
{
    (void)result;
    if (e)
        web_fail(w, e);
    else
        web_go(w, w->route->then, str_from(str_of(w->route->command), (size_t)str_find(str_of(w->route->command), STR(".")) + 1).at);
}

/* "duty=:duty answer why=reason": from the path, or a field of the form; an empty field is not given. */
const named *web_form_args(web *w)
{
    named *out = arena_many(w->q->a, named, 24);
    size_t count = 0, param = 0;
    str rest = str_of(w->route->args), part;
    while (rest.len && str_split(&rest, ' ', &part) && count < 23) {
        str name = { 0 }, from = part;
        str_split(&from, '=', &name);
        str given = from.len && from.at[0] == ':' ? w->param[param++] : form_field(w->q, str_z(w->q->a, from.len ? from : name));
        if (given.len)
            out[count++] = (named){ str_z(w->q->a, name), V_TEXT(given) };
    }
    return out;
}

/* -- which route --------------------------------------------------------------------------------------- */
static bool fits(const char *pattern, str path, str param[PARAMS_MAX])
{
    str p = str_of(pattern), want, have;
    size_t count = 0;
    if (str_equal(p, path))
        return true;
    p = str_from(p, 1);
    path = str_from(path, 1);
    for (;;) {
        bool more = str_split(&p, '/', &want), comes = str_split(&path, '/', &have);
        if (!more || !comes)
            return more == comes && count > 0;
        if (want.len && want.at[0] == ':' && have.len && count < PARAMS_MAX)
            param[count++] = have;
        else if (!str_equal(want, have))
            return false;
    }
}

static const route *route_of(const request *q, str param[PARAMS_MAX], bool *known)
{
    web_method method = q->method == WEB_HEAD ? WEB_GET : q->method;
    *known = false;
    for (size_t t = 0; tables[t]; t++)
        for (const route *r = tables[t]; r->path; r++)
            if (fits(r->path, q->path, param)) {
                *known = true;
                if (r->method == method)
                    return r;
            }
    return NULL;
}

/* An argument of a form: "duty", "duty=:duty" or "reason=why" give duty, duty and reason. */
static bool form_gives(const route *r, const char *arg)
{
    str rest = str_of(r->args), word, name;
    while (str_split(&rest, ' ', &word))
        if (str_split(&word, '=', &name) && str_is(name, arg))
            return true;
    return false;
}

bool web_weak_may(const char *command, const named *args)
{
    for (size_t t = 0; tables[t]; t++)
        for (const route *r = tables[t]; r->path; r++) {
            bool all = r->who == WEB_WEAK && r->command && strcmp(r->command, command) == 0;
            for (const named *x = args; all && x->name; x++)
                all = form_gives(r, x->name);
            if (all)
                return true;
        }
    return false;
}

/* By ?lang=, which the browser keeps; else as it was kept; else as the browser prefers. */
static void choose_language(web *w)
{
    str asked = query_field(w->q, "lang"), kept = request_cookie(w->q, "lang"), prefers = request_header(w->q, "Accept-Language");
    bool chosen = str_is(asked, "en") || str_is(asked, "zh");
    str lang = chosen ? asked : kept.len ? kept : prefers;
    w->q->lang = str_starts(lang, STR("en")) ? WORDS_EN : WORDS_ZH;
    if (chosen && !is_api(w->q))
        response_cookie(w->q, w->p, "lang", asked, 365 * 24 * 3600);
}

/* Large letters by ?size=, which the browser keeps; the style is in the page, so no script is needed. */
static void choose_size(web *w)
{
    str asked = query_field(w->q, "size");
    bool chosen = !is_api(w->q) && (str_is(asked, "large") || str_is(asked, "usual"));
    w->large = str_is(chosen ? asked : request_cookie(w->q, "size"), "large");
    if (chosen)
        response_cookie(w->q, w->p, "size", asked, 365 * 24 * 3600);
}

static err *refuse_stranger(web *w)
{
    const char *why = !w->who.person_id ? (is_api(w->q) ? "api.nobody" : "web.nobody") : w->who.weak ? "web.weak" : "web.no_office";
    return err_new(w->q->a, ERR_RIGHTS, why, NULL);
}

static bool allowed(const session *s, web_who who)
{
    if (who == WEB_ANYBODY)
        return true;
    if (!s->person_id || (s->weak && who != WEB_WEAK))
        return false;
    switch (who) {
    case WEB_LEADER: return s->is_leader || s->is_liaison || s->is_secretary || s->is_commander;
    case WEB_SECRETARY: return s->is_secretary || s->is_commander;
    case WEB_DESK: return s->is_commander || s->is_auditor; /* and strong: serve_route */
    default: return true;
    }
}

/* Back to where one was going; what a form held is not carried along. */
static err *ask_password(web *w)
{
    if (w->route->method != WEB_GET)
        return err_new(w->q->a, ERR_RIGHTS, "login.first", NULL);
    text t = text_begin(w->q->a);
    text_put_z(&t, "/login?to=");
    percent_put(&t, w->q->path);
    response_see(w->q, w->p, text_done(&t));
    return NULL;
}

static err *serve_route(web *w)
{
    const route *r = w->route;
    if (!allowed(&w->who, r->who))
        return refuse_stranger(w);
    if (r->who == WEB_DESK && !w->who.strong)
        return ask_password(w);
    if (r->method == WEB_GET)
        return r->show(w);
    if (r->takes_file)
        TRY(upload_take(w)); /* the form's token is one of its fields */
    if (!from_our_page(w))
        return err_new(w->q->a, ERR_RIGHTS, is_api(w->q) ? "api.form" : "web.form_old", NULL);
    if (r->form)
        return r->form(w);
    web_run(w, w->who.person_id, r->command, web_form_args(w), form_ended);
    return NULL;
}

/* Where reading waits nobody is asked here: the answer says who may not, after a file that is thrown away. */
bool site_takes_upload(const site *s, const request *q)
{
    str param[PARAMS_MAX];
    bool known;
    session who;
    const route *r = route_of(q, param, &known);
    if (!r || r->method != WEB_POST || !r->takes_file)
        return false;
    if (r->who == WEB_ANYBODY) { /* by a link for this alone */
        pass x;
        return s->blocking ? param[0].len == KEY_TOKEN_TEXT : !pass_find(s->app, q->a, "upload", param[0], q->now, &x);
    }
    if (s->blocking)
        return session_token(q).len > 0;
    return !session_find(s->app, q->a, session_token(q), q->now, &who) && allowed(&who, r->who) && (r->who != WEB_DESK || who.strong);
}

static void find_and_serve(web *w)
{
    request *q = w->q;
    bool known;
    w->route = route_of(q, w->param, &known);
    err *e = session_find(w->site->app, q->a, session_token(q), q->now, &w->who);
    if (!e && w->route) {
        w->p->route = w->route->path;
        e = serve_route(w);
    } else if (!e) {
        const char *of_page = known ? "web.method" : "web.no_page", *of_api = known ? "api.method" : "api.no_page";
        e = err_new(q->a, known ? ERR_USAGE : ERR_NOT_FOUND, is_api(q) ? of_api : of_page, NULL);
    }
    if (!e)
        return;
    if (is_api(q)) {
        api_problem(w, e, NULL, 0);
        return;
    }
    w->wrong = e;
    w->tree = tree_new(q->a);
    web_show(w, "problem");
}

/* What a page shows is of one moment: all its readings are one snapshot, which ends before anything is sent or written. */
static void serve(void *of, request *q, response *p)
{
    (void)of;
    web *w = p->step_data;
    app_read_begin(w->site->app, q->a);
    find_and_serve(w);
    app_read_end(q->a);
}

void site_handle(void *of, request *q, response *p)
{
    web *w = arena_new(q->a, web);
    *w = (web){ .site = of, .q = q, .p = p, .tree = tree_new(q->a) };
    choose_language(w);
    choose_size(w);
    p->step_data = w;
    if (w->site->blocking || q->upload)
        p->later = serve;
    else
        serve(of, q, p);
}
