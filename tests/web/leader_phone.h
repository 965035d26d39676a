/* leader_phone: the leader of the east at her telephone, P0: her pages and their forms, for the tests of the leader's pages. */
#ifndef MUSTER_TESTS_WEB_LEADER_PHONE_H
#define MUSTER_TESTS_WEB_LEADER_PHONE_H
#include "web/browser.h"

/* Opens the personal link of person i, with the last four digits. */
static inline void sign_in(browser *b, int i)
{
    b->cookie = (str){ 0 };
    response p = ask(b, WEB_POST, link_of(b, "person", b->w.person[i]), text_format(check_arena(), "digits=000%d", i));
    assert_int_equal(p.status, 303);
}

/* The leader of the east at her telephone: P0. */
static inline browser leader_phone(const char *url)
{
    browser b = open_browser(url);
    grant(&b.w, b.w.person[0], "leader", EAST);
    sign_in(&b, 0);
    return b;
}

static inline str team_page(const browser *b, const char *more)
{
    return text_format(check_arena(), "/l/team/%lld%s", LL(b->w.team[EAST]), more);
}

static inline response get(browser *b, const char *more)
{
    return ask(b, WEB_GET, team_page(b, more), STR(""));
}

/* Sends the form with the token of a page got just now. */
static inline response send_form(browser *b, const char *form, const char *format, ...)
{
    response page = get(b, "?day=2020-02-08");
    text t = text_begin(check_arena());
    text_printf(&t, "form=%.*s&key=%.*s", STR_ARG(hidden(&page, "form")), STR_ARG(hidden(&page, "key")));
    va_list args;
    va_start(args, format);
    char more[300];
    vsnprintf(more, sizeof more, format, args);
    va_end(args);
    text_put_z(&t, more);
    return ask(b, WEB_POST, team_page(b, form), text_done(&t));
}

static inline void goes_to(const browser *b, const response *p, const char *more)
{
    assert_int_equal(p->status, 303);
    check_str(header_of(p, "Location"), team_page(b, more).at);
}

static inline int64_t add_duty(const browser *b, int64_t need, int person)
{
    return must(&b->w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(b->w.person[person]) }));
}
#endif
