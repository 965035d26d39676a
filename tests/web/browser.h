/*
 * browser: somebody who opens pages in a test, without sockets: keeps the session's cookie, fills forms.
 * Hours are those of duty_world.
 */
#ifndef MUSTER_TESTS_WEB_BROWSER_H
#define MUSTER_TESTS_WEB_BROWSER_H
#include "command/duty_world.h"
#include "web/site.h"

#include <string.h>

typedef struct browser {
    world w;
    site site;
    str cookie; /* of the session; empty: none */
    double hours;
} browser;

static inline browser open_browser(const char *url)
{
    browser b = { .w = world_open(url, NULL), .hours = 7 };
    b.site = (site){ .app = b.w.p, .style_hash = site_style_hash(check_arena()) };
    return b;
}

static inline str header_of(const response *p, const char *name)
{
    for (size_t i = 0; i < p->extra_count; i++)
        if (str_is(p->extra[i].name, name))
            return p->extra[i].value;
    return (str){ 0 };
}

static inline response ask_request(browser *b, request *q)
{
    response p;
    str rest = q->path;
    if (str_find(q->target, STR("?")) >= 0) {
        str_split(&rest, '?', &q->path);
        q->query = rest;
    }
    q->headers[q->header_count++] = (header){ STR("Accept-Language"), STR("en") };
    if (b->cookie.len)
        q->headers[q->header_count++] = (header){ STR("Cookie"), text_format(check_arena(), "muster=%.*s", STR_ARG(b->cookie)) };
    server_answer(&(server_options){ .handler = site_handle, .of = &b->site, .app = b->w.p }, q, &p);
    if (p.status == 503)
        print_error("%.*s\n", STR_ARG(p.detail));
    str set = header_of(&p, "Set-Cookie");
    if (str_starts(set, STR("muster="))) {
        set = str_from(set, 7);
        str_split(&set, ';', &b->cookie);
        if (str_is(b->cookie, "-"))
            b->cookie = (str){ 0 };
    }
    return p;
}

/* Keeps the cookie as a browser does. */
static inline response ask(browser *b, web_method method, str path, str body)
{
    request *q = arena_new(check_arena(), request);
    *q = (request){ .a = check_arena(), .now = HOURS(b->hours), .method = method, .path = path, .target = path, .body = body };
    return ask_request(b, q);
}

static inline bool has(const response *p, const char *part)
{
    return str_find(p->body, str_of(part)) >= 0;
}

/* What the first hidden field of that name holds. */
static inline str hidden(const response *p, const char *name)
{
    str begin = text_format(check_arena(), "name=\"%s\" value=\"", name), out;
    ptrdiff_t at = str_find(p->body, begin);
    assert_true(at >= 0);
    str rest = str_from(p->body, (size_t)at + begin.len);
    str_split(&rest, '"', &out);
    return out;
}

static inline str link_of(browser *b, const char *kind, int64_t id)
{
    str result = { 0 };
    check_ok(run_at(&b->w, b->hours, "pass.issue", 0, NAMED({ "kind", T(kind) }, { kind, V_INT(id) }), &result));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str token = str_copy(check_arena(), str_of(json_string_value(json_object_get(j, "token"))));
    json_decref(j);
    assert_int_equal(token.len, 22);
    const char *page = strcmp(kind, "person") == 0 ? "p" : strcmp(kind, "post") == 0 ? "c" : "g";
    return text_format(check_arena(), "/%s/%.*s", page, STR_ARG(token));
}

static inline str form(const response *page, const char *rest)
{
    return text_format(check_arena(), "form=%.*s&key=%.*s%s", STR_ARG(hidden(page, "form")), STR_ARG(hidden(page, "key")), rest);
}

/* As if the password had been given: the desk opens. For the session of this person that the browser holds. */
static inline void make_strong(browser *b, int64_t person)
{
    check_ok(run_at(&b->w, b->hours, "login.set", 0,
                    NAMED({ "person", V_INT(person) }, { "session", V_TEXT(b->cookie) }, { "hash", T("$argon2id$made-up") }), NULL));
}
#endif
