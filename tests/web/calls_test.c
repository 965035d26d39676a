/* The pages of whoever leads or rings: the call list, what comes of a call, and what is refused. On both engines. */
#include "base/limits.h"
#include "base/text.h"
#include "order_world.h"
#include "web/site.h"

#include <jansson.h>
#include <string.h>

#define T(z) V_TEXT(str_of(z))
#define LL(x) ((long long)(x))
#define FORMAT(...) text_format(check_arena(), __VA_ARGS__)

typedef struct browser {
    order_world w;
    site site;
    str cookie; /* of the session; empty: none */
    int64_t order;
} browser;

static browser open_browser(const char *url)
{
    browser b = { .w = order_world_open(url) };
    b.site = (site){ .app = b.w.p, .style_hash = site_style_hash(check_arena()) };
    b.order = world_order(&b.w, 2);
    return b;
}

static str header_of(const response *p, const char *name)
{
    for (size_t i = 0; i < p->extra_count; i++)
        if (str_is(p->extra[i].name, name))
            return p->extra[i].value;
    return (str){ 0 };
}

static response ask(browser *b, web_method method, str path, str body)
{
    request *q = arena_new(check_arena(), request);
    response p;
    *q = (request){ .a = check_arena(), .now = b->w.now, .method = method, .path = path, .target = path, .body = body,
                    .host = STR("jz.example.com") };
    if (str_find(path, STR("?")) >= 0) {
        q->query = path;
        str_split(&q->query, '?', &q->path);
    }
    q->headers[q->header_count++] = (header){ STR("Accept-Language"), STR("en") };
    if (b->cookie.len)
        q->headers[q->header_count++] = (header){ STR("Cookie"), FORMAT("muster=%.*s", STR_ARG(b->cookie)) };
    server_answer(&(server_options){ .handler = site_handle, .of = &b->site, .app = b->w.p }, q, &p);
    if (p.status == 503)
        print_error("%.*s\n", STR_ARG(p.detail));
    str set = header_of(&p, "Set-Cookie");
    if (str_starts(set, STR("muster="))) {
        set = str_from(set, 7);
        str_split(&set, ';', &b->cookie);
    }
    return p;
}

static response get(browser *b, const char *path)
{
    return ask(b, WEB_GET, str_of(path), STR(""));
}

static bool has(const response *p, const char *part)
{
    return str_find(p->body, str_of(part)) >= 0;
}

static str hidden(const response *p, const char *name)
{
    str begin = FORMAT("name=\"%s\" value=\"", name), out;
    ptrdiff_t at = str_find(p->body, begin);
    assert_true(at >= 0);
    str rest = str_from(p->body, (size_t)at + begin.len);
    str_split(&rest, '"', &out);
    return out;
}

/* Sends a form as it stands on a page, so with a token and a key of its own. */
static response send_from(browser *b, const char *page, str to, const char *fields)
{
    response p = get(b, page);
    assert_int_equal(p.status, 200);
    return ask(b, WEB_POST, to, FORMAT("form=%.*s&key=%.*s&%s", STR_ARG(hidden(&p, "form")), STR_ARG(hidden(&p, "key")), fields));
}

static void sign_in(browser *b, enum world_person who)
{
    static const char *const digits[WORLD_PEOPLE] = { "0001", "0002", "0012", "0013", "0021", "0022", "0023", "" };
    str result = world_must(&b->w, "pass.issue", 0, NAMED({ "kind", T("person") }, { "person", V_INT(b->w.person[who]) }));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str link = FORMAT("/p/%s", json_string_value(json_object_get(j, "token")));
    json_decref(j);
    b->cookie = (str){ 0 };
    assert_int_equal(ask(b, WEB_POST, link, FORMAT("digits=%s", digits[who])).status, 303);
}

static void sign_in_weak(browser *b, enum world_person who, const char *digits)
{
    str result = world_must(&b->w, "pass.issue", 0, NAMED({ "kind", T("org") }, { "org", V_INT(b->w.bureau) }));
    json_t *j = json_loadb(result.at, result.len, 0, NULL);
    str link = FORMAT("/g/%s", json_string_value(json_object_get(j, "token")));
    json_decref(j);
    b->cookie = (str){ 0 };
    assert_int_equal(ask(b, WEB_POST, link, FORMAT("person=%lld&digits=%s", LL(b->w.person[who]), digits)).status, 303);
}

static str to_answer(browser *b, enum world_person who)
{
    return FORMAT("/l/calls/answer/%lld", LL(world_notice(&b->w, b->order, who)));
}

static str to_person(browser *b, const char *what, enum world_person who)
{
    return FORMAT("/l/calls/%s/%lld", what, LL(b->w.person[who]));
}

static str state_of(browser *b, enum world_person who, const char *column)
{
    rows r = world_view(&b->w, "notice", 0, NAMED({ "order", V_INT(b->order) }, { "person", V_INT(b->w.person[who]) }));
    return rows_text(&r, 0, column);
}

/* -- the list ------------------------------------------------------------------------------------------ */
static void a_liaison_sees_the_own_list_and_its_counts(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response p = get(&b, "/p");
    assert_true(has(&p, "href=\"/l\"") && !has(&p, "href=\"/s\"") && !has(&p, "href=\"/desk\""));
    p = get(&b, "/l");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "3 have not replied") && has(&p, "href=\"/l/calls\""));
    p = get(&b, "/l/calls");
    assert_true(has(&p, "called out 3") && has(&p, "silent 3"));
    assert_true(has(&p, "林知远") && has(&p, "何建平") && !has(&p, "周小禾"));
    assert_true(has(&p, "139****0021") && !has(&p, "13900000021") && !has(&p, "tel:")); /* masked */
    CASE("by the last digits, by name");
    p = get(&b, "/l/calls?find=0022");
    assert_true(has(&p, "何建平") && !has(&p, "林知远"));
    p = get(&b, "/l/calls?find=%E6%9E%97");
    assert_true(has(&p, "林知远") && !has(&p, "何建平"));
    p = get(&b, "/l/calls?find=%3Cscript%3E");
    assert_true(has(&p, "Not on your list") && has(&p, "&lt;script&gt;") && !has(&p, "<script"));
    CASE("only those of one kind");
    p = get(&b, "/l/calls?show=can");
    assert_true(has(&p, "Nobody of this kind"));
}

static void who_is_on_duty_next_morning_is_rung_first(const char *url)
{
    browser b = open_browser(url);
    world_must(&b.w, "duty.add", 0, NAMED({ "need", V_INT(b.w.need[0]) }, { "person", V_INT(b.w.person[CARL]) }));
    b.w.now += HOURS(8);
    sign_in(&b, BERT); /* leads the team of the east, where Carl serves whom somebody else rings */
    response p = get(&b, "/l/calls");
    ptrdiff_t first = str_find(p.body, STR("First: on duty soon")), carl = str_find(p.body, STR("周小禾")),
              anna = str_find(p.body, STR("林知远"));
    assert_true(first >= 0 && carl > first && anna > carl);
    CASE("of the leader's teams, with tomorrow's figures");
    p = get(&b, "/l");
    assert_true(has(&p, FORMAT("href=\"/l/team/%lld\"", LL(b.w.team)).at) && !has(&p, FORMAT("/l/team/%lld\"", LL(b.w.other_team)).at));
    assert_true(has(&p, "rostered 1") || has(&p, "need 1"));
    CASE("once he can, he need not be rung");
    assert_int_equal(send_from(&b, "/l/calls", to_answer(&b, CARL), "outcome=can").status, 303);
    p = get(&b, "/l/calls");
    assert_false(has(&p, "First: on duty soon"));
}

/* -- outcomes ------------------------------------------------------------------------------------------ */
static void each_outcome_is_one_tap(const char *url)
{
    browser b = open_browser(url);
    static const struct { const char *outcome, *state, *answer, *says; } cases[] = {
        { "no_answer", "queued", "", "Kept: no answer" },       { "family", "sent", "", "family answered" },
        { "wrong_number", "unreachable", "", "Kept: dead number" }, { "can", "answered", "can", "Tap below when" },
        { "cannot", "answered", "cannot", "Kept: cannot" },     { "hindered", "answered", "hindered", "Kept: hindered" },
    };
    sign_in(&b, LIAISON);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].outcome);
        response p = send_from(&b, "/l/calls?show=&find=0021", to_answer(&b, ANNA), FORMAT("outcome=%s", cases[i].outcome).at);
        assert_int_equal(p.status, 303);
        check_str(state_of(&b, ANNA, "state"), cases[i].state);
        check_str(state_of(&b, ANNA, "answer"), cases[i].answer);
        p = ask(&b, WEB_GET, header_of(&p, "Location"), STR(""));
        assert_true(has(&p, cases[i].says) && has(&p, "id=\"now\""));
        b.w.now += 60000;
    }
    CASE("recorded for somebody else");
    rows r = world_view(&b.w, "notice_filled_for_others", 0, NAMED({ "by", V_INT(b.w.person[LIAISON]) }));
    assert_int_equal(r.count, 3);
    check_str(rows_text(&r, 0, "via"), "call");
    CASE("a reason and a day");
    response p = send_from(&b, "/l/calls?find=0021", to_answer(&b, ANNA), "outcome=hindered&why=Out+of+town&back_on=2020-02-12");
    assert_int_equal(p.status, 303);
    check_str(state_of(&b, ANNA, "back_on"), "2020-02-12");
    p = send_from(&b, "/l/calls?find=0021", to_answer(&b, ANNA), "outcome=hindered&back_on=2020-01-01");
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "role=\"alert\""));
}

static void a_tap_sent_twice_is_one_call(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response p = get(&b, "/l/calls");
    str body = FORMAT("form=%.*s&key=%.*s&outcome=no_answer", STR_ARG(hidden(&p, "form")), STR_ARG(hidden(&p, "key")));
    for (int i = 0; i < 2; i++)
        assert_int_equal(ask(&b, WEB_POST, to_answer(&b, ANNA), body).status, 303);
    p = get(&b, "/l/calls");
    assert_true(has(&p, "no answer (1 in all)") || has(&p, "(1 in all)"));
    CASE("the same page, another person: another tap");
    assert_int_equal(ask(&b, WEB_POST, to_answer(&b, BERT), body).status, 303);
    rows r = world_view(&b.w, "notice_call_list", 0, NAMED({ "liaison", V_INT(b.w.person[LIAISON]) }));
    int64_t tries = 0;
    for (size_t i = 0; i < r.count; i++)
        tries += rows_int(&r, i, "tries");
    assert_int_equal(tries, 2);
}

static void bad_outcomes_are_refused(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response p = send_from(&b, "/l/calls", to_answer(&b, ANNA), "outcome=maybe");
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "No outcome is chosen"));
    assert_int_equal(send_from(&b, "/l/calls", STR("/l/calls/answer/x"), "outcome=can").status, 422);
    assert_int_equal(send_from(&b, "/l/calls", STR("/l/calls/answer/999999"), "outcome=can").status, 403);
    CASE("another branch's");
    assert_int_equal(send_from(&b, "/l/calls", to_answer(&b, CARL), "outcome=can").status, 403);
    check_str(state_of(&b, CARL, "state"), "queued");
    CASE("a form of another site, or an old one");
    assert_int_equal(ask(&b, WEB_POST, to_answer(&b, ANNA), STR("outcome=can")).status, 403);
    assert_int_equal(ask(&b, WEB_POST, to_answer(&b, ANNA), STR("form=AAAAAAAAAAAAAAAAAAAAAA&key=a&outcome=can")).status, 403);
    check_str(state_of(&b, ANNA, "state"), "queued");
}

/* -- the number ---------------------------------------------------------------------------------------- */
static void the_number_is_shown_once_and_marked(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response page = get(&b, "/l/calls");
    str body = FORMAT("form=%.*s&key=%.*s&notice=%lld", STR_ARG(hidden(&page, "form")), STR_ARG(hidden(&page, "key")),
                      LL(world_notice(&b.w, b.order, ANNA)));
    response p = ask(&b, WEB_POST, to_person(&b, "ring", ANNA), body);
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "href=\"tel:13900000021\"") && has(&p, "139 0000 0021") && has(&p, "value=\"no_answer\""));
    p = ask(&b, WEB_POST, to_person(&b, "ring", ANNA), body); /* loaded again: kept nowhere */
    assert_true(p.status == 200 && !has(&p, "tel:") && has(&p, "shown once"));
    rows r = world_view(&b.w, "audit", 0, NAMED({ 0 }));
    size_t reveals = 0;
    for (size_t i = 0; i < r.count; i++)
        reveals += str_is(rows_text(&r, i, "command"), "person.reveal");
    assert_int_equal(reveals, 1);
    CASE("the other liaison sees who rings, and waits");
    browser other = b;
    sign_in(&other, HEAD);
    world_must(&b.w, "notice.take_over", b.w.person[HEAD], NAMED({ "order", V_INT(b.order) }, { "org", V_INT(b.w.one) }));
    world_must(&b.w, "notice.calling", b.w.person[LIAISON], NAMED({ "notice", V_INT(world_notice(&b.w, b.order, ANNA)) }));
    p = get(&other, "/l/calls");
    assert_true(has(&p, "许青 is calling"));
    p = send_from(&other, "/l/calls", to_person(&b, "ring", ANNA), FORMAT("notice=%lld", LL(world_notice(&b.w, b.order, ANNA))).at);
    assert_int_equal(p.status, 409);
    assert_false(has(&p, "tel:"));
    CASE("three minutes later");
    other.w.now += 3 * 60000;
    p = send_from(&other, "/l/calls", to_person(&b, "ring", ANNA), FORMAT("notice=%lld", LL(world_notice(&b.w, b.order, ANNA))).at);
    assert_true(has(&p, "tel:13900000021"));
    CASE("nobody else's");
    assert_int_equal(send_from(&b, "/p", to_person(&b, "ring", CARL), "notice=").status, 403);
    assert_int_equal(send_from(&b, "/p", STR("/l/calls/ring/x"), "notice=").status, 422);
}

/* -- when ---------------------------------------------------------------------------------------------- */
static const char *level(browser *b, enum world_person who, int64_t starts_at)
{
    rows r = world_view(&b->w, "availability", 0, NAMED({ "person", V_INT(b->w.person[who]) }));
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "starts_at") == starts_at)
            return str_z(check_arena(), rows_text(&r, i, "level"));
    return "none";
}

static void the_chips_are_the_availability(const char *url)
{
    browser b = open_browser(url);
    const int64_t saturday = 1581112800000 /* 2020-02-08 06:00 in Shanghai */, night = saturday + HOURS(14);
    str when = to_person(&b, "when", ANNA), of = FORMAT("operation=%lld&source=call", LL(b.w.operation));
    sign_in(&b, LIAISON);
    response p = send_from(&b, "/l/calls", when, FORMAT("%.*s&saturday=yes&day=yes", STR_ARG(of)).at);
    assert_int_equal(p.status, 303);
    assert_string_equal(level(&b, ANNA, saturday), "can");
    assert_string_equal(level(&b, ANNA, night), "cannot");
    assert_string_equal(level(&b, ANNA, saturday + HOURS(24)), "cannot");
    CASE("said again, the last counts; both days where none is named");
    assert_int_equal(send_from(&b, "/l/calls", when, FORMAT("%.*s&night=yes", STR_ARG(of)).at).status, 303);
    assert_string_equal(level(&b, ANNA, saturday), "cannot");
    assert_string_equal(level(&b, ANNA, night), "can");
    assert_string_equal(level(&b, ANNA, night + HOURS(24)), "can");
    assert_int_equal(world_count(&b.w, "availability", NAMED({ "person", V_INT(b.w.person[ANNA]) })), 4);
    CASE("nothing tapped, another's person");
    p = send_from(&b, "/l/calls", when, of.at);
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "No time was said"));
    assert_int_equal(send_from(&b, "/l/calls", to_person(&b, "when", CARL), FORMAT("%.*s&night=yes", STR_ARG(of)).at).status, 403);
}

/* -- one level up -------------------------------------------------------------------------------------- */
static void a_sleeping_branch_stands_on_the_page_above(const char *url)
{
    browser b = open_browser(url);
    b.w.now += HOURS(7);
    world_must(&b.w, "notice.escalate", 0, NAMED({ "order", V_INT(b.order) }));
    sign_in(&b, HEAD);
    response p = get(&b, "/l/calls");
    assert_true(has(&p, "Remind 许青") && has(&p, "Agencies not yet done"));
    p = send_from(&b, "/l/calls", FORMAT("/l/calls/take-over/%lld/%lld", LL(b.order), LL(b.w.one)), "");
    assert_int_equal(p.status, 303);
    p = get(&b, "/l/calls");
    assert_true(has(&p, "孟兰 took over") && has(&p, "林知远") && !has(&p, "Remind 许青"));
    CASE("the branch itself is shown nothing of it");
    sign_in(&b, LIAISON);
    p = get(&b, "/l/calls");
    assert_false(has(&p, "Agencies not yet done"));
    assert_int_equal(send_from(&b, "/p", FORMAT("/l/calls/take-over/%lld/%lld", LL(b.order), LL(b.w.two)), "").status, 403);
}

/* -- on paper ------------------------------------------------------------------------------------------ */
static void a_printed_list_is_keyed_back_row_by_row(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response p = get(&b, "/l/calls/print");
    assert_true(has(&p, "林知远") && has(&p, "139****0021") && !has(&p, "13900000021"));
    p = send_from(&b, "/l/calls/print", STR("/l/calls/print"), "");
    assert_true(p.status == 200 && has(&p, "13900000021") && has(&p, "13900000022") && !has(&p, "13900000023"));
    rows r = world_view(&b.w, "audit", 0, NAMED({ 0 }));
    size_t reveals = 0;
    for (size_t i = 0; i < r.count; i++)
        reveals += str_is(rows_text(&r, i, "command"), "person.reveal");
    assert_int_equal(reveals, 1);
    CASE("one cannot be kept, the others are");
    int64_t anna = world_notice(&b.w, b.order, ANNA), bert = world_notice(&b.w, b.order, BERT), carl = world_notice(&b.w, b.order, CARL);
    p = send_from(&b, "/l/calls/key", STR("/l/calls/key"),
                  FORMAT("o%lld=can&s%lld=yes&n%lld=yes&o%lld=no_answer&o%lld=can", LL(anna), LL(anna), LL(anna), LL(bert), LL(carl)).at);
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "Kept 2") && has(&p, "role=\"alert\""));
    check_str(state_of(&b, ANNA, "answer"), "can");
    check_str(state_of(&b, CARL, "state"), "queued");
    assert_string_equal(level(&b, ANNA, 1581112800000 + HOURS(14)), "can");
    assert_string_equal(level(&b, ANNA, 1581112800000), "cannot");
    r = world_view(&b.w, "notice_filled_for_others", 0, NAMED({ "by", V_INT(b.w.person[LIAISON]) }));
    assert_int_equal(r.count, 1);
    check_str(rows_text(&r, 0, "via"), "paper");
    CASE("the number on paper stays, whoever answered in between");
    ptrdiff_t at = str_find(p.body, STR("何建平"));
    assert_true(at > 0 && str_find(p.body, STR("林知远</")) < 0);
    assert_true(str_find(str_from(p.body, (size_t)at - 60), STR(">3</span>")) >= 0);
    CASE("chips without an outcome, an outcome that is none: by the row, with what was chosen");
    p = send_from(&b, "/l/calls/key", STR("/l/calls/key"), FORMAT("s%lld=yes", LL(bert)).at);
    assert_true(p.status == 422 && has(&p, "Row 3 何建平 No outcome is chosen") && has(&p, "Kept 0"));
    p = send_from(&b, "/l/calls/key", STR("/l/calls/key"), FORMAT("o%lld=maybe", LL(bert)).at);
    assert_true(p.status == 422 && has(&p, "Row 3 何建平"));
    CASE("a day is not among them: the choice stands there again");
    p = send_from(&b, "/l/calls/key", STR("/l/calls/key"), FORMAT("o%lld=cannot&back_on=2019-01-01", LL(bert)).at);
    assert_true(p.status == 422 && has(&p, "value=\"cannot\" selected"));
    CASE("nothing at all, an old form");
    p = send_from(&b, "/l/calls/key", STR("/l/calls/key"), "");
    assert_true(p.status == 422 && has(&p, "No row is chosen"));
    assert_int_equal(ask(&b, WEB_POST, STR("/l/calls/key"), FORMAT("form=AAAAAAAAAAAAAAAAAAAAAA&o%lld=can", LL(bert))).status, 403);
    assert_int_equal(ask(&b, WEB_POST, STR("/l/calls/print"), STR("")).status, 403);
}

/* -- the chain ----------------------------------------------------------------------------------------- */
static str encoded(const char *s)
{
    text t = text_begin(check_arena());
    percent_put(&t, str_of(s));
    return text_done(&t);
}

static response chain_of(browser *b, const char *lines)
{
    return send_from(b, "/l/chain", STR("/l/chain"), FORMAT("chain=%.*s", STR_ARG(encoded(lines))).at);
}

static bool ticked(browser *b, const response *p, enum world_person who)
{
    return has(p, FORMAT("value=\"%lld\" checked", LL(world_notice(&b->w, b->order, who))).at);
}

static void a_chain_is_matched_and_then_recorded(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, HEAD);
    world_must(&b.w, "notice.take_over", 0, NAMED({ "order", V_INT(b.order) }, { "org", V_INT(b.w.bureau) }, { "by", V_INT(b.w.person[HEAD]) }));
    response p = chain_of(&b, "#接龙\n周末值守报名\n1. 林 知远 周六白天\n2、何建平不能来\n３．周小禾子\n4. 王<b>五\n5. 林知远 周日\n二支部沈慧");
    assert_int_equal(p.status, 200);
    assert_true(ticked(&b, &p, ANNA));
    CASE("says no; a longer name; a name in the middle: shown, not ticked");
    assert_true(!ticked(&b, &p, BERT) && has(&p, "does not sound like can"));
    assert_true(!ticked(&b, &p, CARL) && !ticked(&b, &p, DORA) && has(&p, "not sure of the name"));
    CASE("not found and doubled are listed, escaped");
    assert_true(has(&p, "王&lt;b&gt;五") && !has(&p, "王<b>") && has(&p, "周末值守报名") && has(&p, "Written twice"));
    CASE("nothing was written");
    assert_int_equal(world_count(&b.w, "notice_answer", NAMED({ "order", V_INT(b.order) })), 0);
    CASE("the second press");
    str body = FORMAT("form=%.*s&key=%.*s&n=%lld&n=%lld&n=999999", STR_ARG(hidden(&p, "form")), STR_ARG(hidden(&p, "key")),
                      LL(world_notice(&b.w, b.order, ANNA)), LL(world_notice(&b.w, b.order, DORA)));
    p = ask(&b, WEB_POST, STR("/l/chain/record"), body);
    assert_true(p.status == 422 && has(&p, "Kept 2") && has(&p, "role=\"alert\""));
    rows r = world_view(&b.w, "notice_filled_for_others", 0, NAMED({ "by", V_INT(b.w.person[HEAD]) }));
    assert_int_equal(r.count, 2);
    check_str(rows_text(&r, 0, "via"), "group");
    CASE("sent twice it counts once");
    ask(&b, WEB_POST, STR("/l/chain/record"), body);
    assert_int_equal(world_count(&b.w, "notice_answer", NAMED({ "order", V_INT(b.order) })), 2);
    CASE("nothing, too much, nobody ticked, an old form");
    p = chain_of(&b, " \n ");
    assert_true(p.status == 422 && has(&p, "nothing to match"));
    text t = text_begin(check_arena());
    for (int i = 0; i < 301; i++)
        text_put_z(&t, "x\n");
    p = chain_of(&b, text_done(&t).at);
    assert_true(p.status == 422 && has(&p, "at most 300 lines"));
    p = send_from(&b, "/l/chain", STR("/l/chain/record"), "");
    assert_true(p.status == 422 && has(&p, "Nobody is ticked"));
    assert_int_equal(ask(&b, WEB_POST, STR("/l/chain"), STR("chain=x")).status, 403);
    assert_int_equal(ask(&b, WEB_POST, STR("/l/chain/record"), STR("n=1")).status, 403);
}

/* -- links --------------------------------------------------------------------------------------------- */
static str after(const response *p, const char *begin)
{
    ptrdiff_t at = str_find(p->body, str_of(begin));
    assert_true(at >= 0);
    str rest = str_from(p->body, (size_t)at + strlen(begin)), out;
    str_split(&rest, '"', &out);
    return out;
}

static void a_leader_hands_out_the_link_of_the_team(const char *url)
{
    browser b = open_browser(url), guest;
    sign_in(&b, BERT);
    response page = get(&b, "/l/links");
    assert_true(has(&page, "no link yet") && has(&page, "南门"));
    assert_false(has(&page, FORMAT("/l/links/show/team/%lld\"", LL(b.w.other_team)).at));
    str show = FORMAT("/l/links/show/team/%lld", LL(b.w.team));
    response p = send_from(&b, "/l/links", show, "");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "http://jz.example.com/g/") && has(&p, "<svg class=\"qr\"") && has(&p, "<textarea"));
    str link = after(&p, "href=\"http://jz.example.com");
    guest = b;
    guest.cookie = (str){ 0 };
    assert_int_equal(ask(&guest, WEB_GET, link, STR("")).status, 200);
    assert_int_equal(ask(&guest, WEB_POST, link, FORMAT("person=%lld&digits=9999", LL(b.w.person[ANNA]))).status, 422);
    page = get(&b, "/l/links");
    assert_true(has(&page, "1 wrong tries in 24 hours") && has(&page, "good until"));
    CASE("renewed: another one, the old has ended");
    str pass = after(&p, "action=\"/l/links/renew/team/");
    response q = send_from(&b, "/l/links", FORMAT("/l/links/renew/team/%.*s", STR_ARG(pass)), "");
    assert_true(q.status == 200 && has(&q, "the old one has ended"));
    assert_false(str_equal(link, after(&q, "href=\"http://jz.example.com")));
    assert_int_equal(ask(&guest, WEB_GET, link, STR("")).status, 404);
    link = after(&q, "href=\"http://jz.example.com");
    assert_int_equal(ask(&guest, WEB_GET, link, STR("")).status, 200);
    CASE("stopped");
    assert_int_equal(send_from(&b, "/l/links", FORMAT("/l/links/revoke/%.*s", STR_ARG(pass)), "").status, 303);
    assert_int_equal(ask(&guest, WEB_GET, link, STR("")).status, 404);
    CASE("not another team's, nor what is no kind");
    assert_int_equal(send_from(&b, "/l/links", FORMAT("/l/links/show/team/%lld", LL(b.w.other_team)), "").status, 403);
    assert_int_equal(send_from(&b, "/l/links", STR("/l/links/show/answer/1"), "").status, 404);
    assert_int_equal(send_from(&b, "/l/links", STR("/l/links/renew/team/x"), "").status, 422);
    assert_int_equal(ask(&b, WEB_POST, show, STR("form=AAAAAAAAAAAAAAAAAAAAAA")).status, 403);
}

static void a_liaison_hands_out_the_links_of_branch_and_people(const char *url)
{
    browser b = open_browser(url);
    sign_in(&b, LIAISON);
    response p = get(&b, "/l/links");
    assert_true(has(&p, "一支部") && !has(&p, "二支部"));
    p = send_from(&b, "/l/links", FORMAT("/l/links/show/org/%lld", LL(b.w.one)), "");
    assert_true(p.status == 200 && has(&p, "/g/"));
    p = get(&b, "/l/links?find=0021");
    assert_true(has(&p, "林知远") && has(&p, "139****0021") && !has(&p, "何建平"));
    str show = FORMAT("/l/links/show/person/%lld", LL(b.w.person[ANNA]));
    p = send_from(&b, "/l/links?find=0021", show, "");
    assert_true(p.status == 200 && has(&p, "keep it to yourself") && has(&p, "/p/"));
    CASE("not of somebody of another branch, nor of one who holds an office");
    p = get(&b, "/l/links?find=%E5%91%A8");
    assert_false(has(&p, "周小禾"));
    assert_int_equal(send_from(&b, "/l/links", FORMAT("/l/links/show/person/%lld", LL(b.w.person[CARL])), "").status, 403);
    assert_int_equal(send_from(&b, "/l/links", FORMAT("/l/links/show/person/%lld", LL(b.w.person[BERT])), "").status, 403);
    CASE("what is looked for is escaped");
    p = get(&b, "/l/links?find=%22%3E%3Cb%3E");
    assert_true(has(&p, "&quot;&gt;&lt;b&gt;") && !has(&p, "\"><b>"));
}

static void a_lost_phone_is_signed_out(const char *url)
{
    browser b = open_browser(url), lost = b;
    sign_in(&lost, LIAISON);
    b.w.now += 60000;
    sign_in(&b, LIAISON);
    response p = get(&b, "/l/devices");
    assert_true(has(&p, "this one") && has(&p, "Sign out all but this one"));
    assert_int_equal(send_from(&b, "/l/devices", STR("/l/devices/end-others"), "").status, 303);
    p = get(&b, "/l/devices");
    assert_true(has(&p, "This is the only one"));
    assert_int_equal(get(&lost, "/l").status, 403);
    CASE("a session by a group's link has none of it");
    sign_in_weak(&lost, LIAISON, "0012");
    assert_int_equal(get(&lost, "/l/devices").status, 403);
}

/* -- who may ------------------------------------------------------------------------------------------- */
static const char *const pages_of_leaders[] = { "/l", "/l/calls", "/l/links", "/l/calls/print", "/l/calls/key", "/l/chain" };

static void others_see_none_of_it(const char *url)
{
    browser b = open_browser(url);
    for (size_t i = 0; i < COUNT(pages_of_leaders); i++) {
        CASE(pages_of_leaders[i]);
        b.cookie = (str){ 0 };
        assert_int_equal(get(&b, pages_of_leaders[i]).status, 403);
        sign_in(&b, ANNA);
        assert_int_equal(get(&b, pages_of_leaders[i]).status, 403);
        sign_in_weak(&b, LIAISON, "0012"); /* holds the office, but came by the group's link */
        response p = get(&b, pages_of_leaders[i]);
        assert_int_equal(p.status, 403);
        assert_true(has(&p, "came by the group"));
    }
    response p = get(&b, "/p");
    assert_false(has(&p, "href=\"/l\""));
    assert_int_equal(ask(&b, WEB_POST, to_answer(&b, ANNA), FORMAT("form=%.*s&key=k&outcome=can", STR_ARG(hidden(&p, "form")))).status, 403);
    check_str(state_of(&b, ANNA, "state"), "queued");
}

ON_BOTH(a_liaison_sees_the_own_list_and_its_counts)
ON_BOTH(who_is_on_duty_next_morning_is_rung_first)
ON_BOTH(each_outcome_is_one_tap)
ON_BOTH(a_tap_sent_twice_is_one_call)
ON_BOTH(bad_outcomes_are_refused)
ON_BOTH(the_number_is_shown_once_and_marked)
ON_BOTH(the_chips_are_the_availability)
ON_BOTH(a_sleeping_branch_stands_on_the_page_above)
ON_BOTH(a_leader_hands_out_the_link_of_the_team)
ON_BOTH(a_liaison_hands_out_the_links_of_branch_and_people)
ON_BOTH(a_lost_phone_is_signed_out)
ON_BOTH(a_printed_list_is_keyed_back_row_by_row)
ON_BOTH(a_chain_is_matched_and_then_recorded)
ON_BOTH(others_see_none_of_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_liaison_sees_the_own_list_and_its_counts),
        BOTH(who_is_on_duty_next_morning_is_rung_first),
        BOTH(each_outcome_is_one_tap),
        BOTH(a_tap_sent_twice_is_one_call),
        BOTH(bad_outcomes_are_refused),
        BOTH(the_number_is_shown_once_and_marked),
        BOTH(the_chips_are_the_availability),
        BOTH(a_sleeping_branch_stands_on_the_page_above),
        BOTH(a_leader_hands_out_the_link_of_the_team),
        BOTH(a_liaison_hands_out_the_links_of_branch_and_people),
        BOTH(a_lost_phone_is_signed_out),
        BOTH(a_printed_list_is_keyed_back_row_by_row),
        BOTH(a_chain_is_matched_and_then_recorded),
        BOTH(others_see_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
