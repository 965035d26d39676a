/* desk_browser: a browser at the desk: who runs the city, a part of it, or audits it. */
#ifndef MUSTER_TESTS_WEB_DESK_BROWSER_H
#define MUSTER_TESTS_WEB_DESK_BROWSER_H
#include "web/browser.h"

static inline response get(browser *b, const char *path)
{
    return ask(b, WEB_GET, str_of(path), STR(""));
}

static inline response post(browser *b, const char *path, str body)
{
    return ask(b, WEB_POST, str_of(path), body);
}

/* The person signs in by the own link; whoever has an office gives the digits too, and for the desk the password. */
static inline void sign_in(browser *b, int person, bool strong)
{
    b->cookie = (str){ 0 };
    str link = link_of(b, "person", b->w.person[person]);
    assert_int_equal(ask(b, WEB_POST, link, text_format(check_arena(), "digits=000%d", person)).status, 303);
    if (strong)
        make_strong(b, b->w.person[person]);
}

static inline void make(browser *b, int person, const char *role, const char *scope, const char *division)
{
    must(&b->w, 1, "role_grant.add", NULL,
         NAMED({ "person", V_INT(b->w.person[person]) }, { "role", T(role) }, { "scope", T(scope) },
               { division ? "division" : NULL, V_TEXT(str_of(division)) }));
}

enum { CITY = 0, EAST_DESK = 5, AUDITOR = 6 }; /* person 0: the city; 5: of the east; 6: the auditor */
static inline browser open_desk(const char *url)
{
    browser b = open_browser(url);
    b.hours = 8.5;
    make(&b, CITY, "commander", "all", NULL);
    make(&b, EAST_DESK, "commander", "division", "320303001001");
    make(&b, AUDITOR, "auditor", "all", NULL);
    return b;
}

static inline int64_t add_duty(const world *w, int64_t need, int person)
{
    return must(w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w->person[person]) }));
}

/* Gate wants two and has two, one of whom came; the bridge in the west wants one and has nobody. */
static inline void begin_morning(browser *b)
{
    int64_t gate = need_of(&b->w, EAST, b->w.gate, DAY, 0, 2);
    need_of(&b->w, WEST, b->w.bridge, DAY, 0, 1);
    int64_t came = add_duty(&b->w, gate, 1);
    add_duty(&b->w, gate, 2);
    must(&b->w, 8, "duty.check_in", NULL, NAMED({ "duty", V_INT(came) }, { "by", V_INT(b->w.person[1]) }));
}

static inline int64_t agency_of_two(browser *b)
{
    for (int i = 1; i <= 2; i++)
        must(&b->w, 1, "person.import", "ids", ROWS("[{\"name\":\"P%d\",\"phone\":\"1380000000%d\",\"org\":[\"Agency\"]}]", i, i));
    rows r = list(&b->w, "org", NULL, 0);
    assert_int_equal(r.count, 1);
    return rows_int(&r, 0, "id");
}
#endif
