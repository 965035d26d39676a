#include "web/api.h"

#include "base/limits.h"
#include "command/command.h"

#include <sodium.h>
#include <string.h>

/* -- who may what, by the rows and files themselves ---------------------------------------------------- */
const char *const api_role_names[] = { "volunteer", "leader", "liaison", "secretary", "commander", "auditor", NULL };

api_roles api_roles_of(const session *s)
{
    return (api_roles){ { s->person_id != 0, s->is_leader, s->is_liaison, s->is_secretary, s->is_commander, s->is_auditor } };
}

static bool has_role(const api_roles *r, str role)
{
    for (size_t i = 0; api_role_names[i]; i++)
        if (str_is(role, api_role_names[i]))
            return r->has[i];
    return false;
}

bool api_roles_read(str words, api_roles *out)
{
    str word;
    *out = (api_roles){ { true } };
    while (str_split(&words, ' ', &word)) {
        size_t i = 0;
        while (api_role_names[i] && !str_is(word, api_role_names[i]))
            i++;
        if (!api_role_names[i])
            return false;
        out->has[i] = true;
    }
    return true;
}

/* Rows of people are everybody's as far as they are one's own; which rows, the view's scope says. */
bool api_may_read(const view *v, const api_roles *r)
{
    str rest = v->roles, role;
    bool office = false;
    if (str_is(v->scope, "public") || str_starts(v->scope, STR("own ")) || str_starts(v->scope, STR("person ")))
        return true;
    for (size_t i = 1; api_role_names[i]; i++)
        office = office || r->has[i];
    if (!rest.len)
        return office;
    while (str_split(&rest, ' ', &role))
        if (has_role(r, role))
            return true;
    return false;
}

bool api_may_run(const struct command *m, const api_roles *r)
{
    str rest = str_of(m->who), pair, role;
    while (str_split(&rest, ' ', &pair))
        if (str_split(&pair, ':', &role) && has_role(r, role))
            return true;
    return false;
}

bool api_weak_reads(const view *v)
{
    return str_is(v->scope, "public") || str_is(v->name, "duty_my") || str_is(v->name, "notice_my");
}

err *api_strong(const web *w)
{
    bool desk = w->who.is_commander || w->who.is_auditor;
    return desk && !w->who.strong ? err_new(w->q->a, ERR_RIGHTS, "login.first", NULL) : NULL;
}

/* -- answers ------------------------------------------------------------------------------------------- */
static void close_room(void *room)
{
    arena_close(room);
}

arena *api_room(web *w)
{
    arena *room = arena_open(w->q->a, API_ANSWER_MAX_BYTES);
    arena_defer(w->q->a, close_room, room);
    return room;
}

static str tag_of(arena *a, str body)
{
    enum { BYTES = 16 };
    unsigned char hash[BYTES];
    char hex[BYTES * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)body.at, body.len, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return text_format(a, "\"%s\"", hex);
}

/* If-None-Match holds it: as it is, or with what squeezing adds (response.c). */
static bool is_known(const request *q, str tag)
{
    str rest = request_header(q, "If-None-Match"), part;
    while (rest.len && str_split(&rest, ',', &part)) {
        part = str_trim(part);
        if (str_starts(part, STR("W/")))
            part = str_from(part, 2);
        if (str_is(part, "*") || (part.len >= tag.len && str_starts(part, str_part(tag, 0, tag.len - 1))))
            return true;
    }
    return false;
}

void api_answer(web *w, const char *type, str body)
{
    str tag = tag_of(w->q->a, body);
    response_header(w->q, w->p, "ETag", tag);
    w->p->type = type;
    if (is_known(w->q, tag))
        w->p->status = 304;
    else
        w->p->body = body;
}

/* -- problems ------------------------------------------------------------------------------------------ */
static void put_faults(web *w, json *j, const api_fault *faults, size_t count)
{
    json_key(j, "arguments");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '{');
        json_key(j, "name");
        json_str(j, faults[i].name);
        json_key(j, "code");
        json_str(j, str_of(faults[i].e->message));
        json_key(j, "detail");
        json_str(j, words_err(w->q->a, w->q->lang, faults[i].e));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static int status_of(const err *e)
{
    if (strcmp(e->message, "api.nobody") == 0)
        return 401;
    if (strcmp(e->message, "api.method") == 0)
        return 405;
    if (strcmp(e->message, "api.type") == 0)
        return 415;
    return err_status(e->code);
}

void api_problem(web *w, err *e, const api_fault *faults, size_t count)
{
    arena *a = w->q->a;
    text t = text_begin(a);
    json j = json_begin(&t);
    int status = status_of(e);
    str hint = words_hint(a, w->q->lang, e);
    json_open(&j, '{');
    json_key(&j, "type");
    json_str(&j, text_format(a, "urn:muster:problem:%s", err_name(e->code)));
    json_key(&j, "title");
    json_str(&j, web_word(w, text_format(a, "api.problem.%s", err_name(e->code)).at, NULL));
    json_key(&j, "status");
    json_int(&j, status);
    json_key(&j, "detail");
    json_str(&j, words_err(a, w->q->lang, e));
    if (hint.len) {
        json_key(&j, "hint");
        json_str(&j, hint);
    }
    json_key(&j, "code");
    json_str(&j, str_of(e->message));
    if (count)
        put_faults(w, &j, faults, count);
    json_close(&j, '}');
    w->p->status = status;
    w->p->type = "application/problem+json";
    w->p->detail = e->detail;
    w->p->body = text_done(&t);
    if (status == 401)
        response_header(w->q, w->p, "WWW-Authenticate", STR("Bearer realm=\"muster\""));
    if (status == 405)
        response_header(w->q, w->p, "Allow", str_starts(w->q->path, STR("/api/v1/commands/")) ? STR("POST") : STR("GET, HEAD"));
    if (status == 503)
        response_header(w->q, w->p, "Retry-After", STR("2"));
}

/* -- the session --------------------------------------------------------------------------------------- */
/* Who the program takes the asker for, and the token that a POST by cookie carries where no browser vouches for it. */
static err *get_session(web *w)
{
    text t = text_begin(w->q->a);
    json j = json_begin(&t);
    api_roles r = api_roles_of(&w->who);
    json_open(&j, '{');
    json_key(&j, "person");
    json_str(&j, text_format(w->q->a, "%lld", (long long)w->who.person_id));
    json_key(&j, "name");
    json_str(&j, w->who.name);
    json_key(&j, "group_link");
    json_bool(&j, w->who.weak);
    json_key(&j, "roles");
    json_open(&j, '[');
    for (size_t i = 0; api_role_names[i]; i++)
        if (r.has[i])
            json_str(&j, str_of(api_role_names[i]));
    json_close(&j, ']');
    json_key(&j, "form");
    json_str(&j, web_form_token(w));
    json_close(&j, '}');
    w->p->type = "application/json";
    w->p->body = text_done(&t);
    return NULL;
}

const route api_routes[] = {
    { WEB_GET, WEB_WEAK, "/api/v1/session", .show = get_session },
    { WEB_GET, WEB_WEAK, "/api/v1/openapi.json", .show = api_get_openapi },
    { WEB_GET, WEB_WEAK, "/api/v1/views", .show = api_get_views },
    { WEB_GET, WEB_WEAK, "/api/v1/views/:view", .show = api_get_view },
    { WEB_GET, WEB_WEAK, "/api/v1/commands", .show = api_get_commands },
    { WEB_POST, WEB_WEAK, "/api/v1/commands/:command", .form = api_post_command },
    { 0 },
};
