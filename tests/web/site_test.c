/* The pages without sockets: links, sessions, forms, the two languages. On both engines. */
#include "base/limits.h"
#include "web/browser.h"

#include <string.h>

/* Of a person of the east at the gate. */
static int64_t add_duty(const world *w, int person, int shift)
{
    int64_t need = need_of(w, EAST, person ? w->yard : w->gate, shift, 0, 2);
    return must(w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w->person[person]) }));
}

static int64_t count(browser *b, const char *sql_view, const named *args)
{
    rows r = list(&b->w, sql_view, args, 0);
    return (int64_t)r.count;
}

static void an_opened_link_changes_nothing_until_a_press(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "person", b.w.person[0]);
    response page = ask(&b, WEB_GET, link, STR(""));
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "<html lang=\"en\">") && has(&page, "It is me"));
    assert_int_equal(b.cookie.len, 0);
    page = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_int_equal(page.status, 403);
    page = ask(&b, WEB_POST, link, STR(""));
    assert_int_equal(page.status, 303);
    assert_true(str_is(header_of(&page, "Location"), "/p")); /* the token leaves the address bar */
    assert_int_equal(b.cookie.len, 22);
    page = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "My duties"));
    text done = text_begin(check_arena()); /* a word that nobody has, however long */
    text_put(&done, STR("/p?done="));
    for (int i = 0; i < 500; i++)
        text_put(&done, STR("x"));
    assert_int_equal(ask(&b, WEB_GET, text_done(&done), STR("")).status, 200);
    str chinese = ask(&b, WEB_GET, STR("/p?lang=zh"), STR("")).body;
    assert_true(str_find(chinese, STR("<html lang=\"zh-CN\">")) >= 0 && str_find(chinese, STR("我的班次")) >= 0);
    /* The same link again, and again: the same token. */
    assert_true(str_equal(link, link_of(&b, "person", b.w.person[0])));
}

static void a_renewed_link_ends_the_old_one_and_its_sessions(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "person", b.w.person[0]), result = { 0 };
    assert_int_equal(ask(&b, WEB_POST, link, STR("")).status, 303);
    check_ok(run_at(&b.w, 7, "pass.issue", 0, NAMED({ "kind", T("person") }, { "person", V_INT(b.w.person[0]) }), &result));
    int64_t pass = field(result, "id", 0);
    check_ok(run_at(&b.w, 7, "pass.renew", 0, NAMED({ "pass", V_INT(pass) }), NULL));
    assert_int_equal(ask(&b, WEB_GET, STR("/p"), STR("")).status, 403);
    assert_int_equal(ask(&b, WEB_GET, link, STR("")).status, 404);
    str again = link_of(&b, "person", b.w.person[0]);
    assert_false(str_equal(link, again));
    assert_int_equal(ask(&b, WEB_GET, again, STR("")).status, 200);
    check_ok(run_at(&b.w, 7, "pass.revoke", 0, NAMED({ "pass", V_INT(pass) }), NULL));
    assert_int_equal(ask(&b, WEB_GET, again, STR("")).status, 404);
    b.hours += 24 * 31;
    str old = link_of(&b, "person", b.w.person[1]);
    b.hours += 24 * 31;
    assert_int_equal(ask(&b, WEB_GET, old, STR("")).status, 404); /* expired */
}

static void a_form_of_another_site_is_refused(const char *url)
{
    browser b = open_browser(url);
    int64_t duty = add_duty(&b.w, 0, DAY);
    ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR(""));
    str to = text_format(check_arena(), "/p/duty/%lld/check-in", LL(duty));
    assert_int_equal(ask(&b, WEB_POST, to, STR("")).status, 403);
    assert_int_equal(ask(&b, WEB_POST, to, STR("form=AAAAAAAAAAAAAAAAAAAAAA&key=a")).status, 403);
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 0);
}

static void a_tap_sent_twice_counts_once(const char *url)
{
    browser b = open_browser(url);
    int64_t duty = add_duty(&b.w, 0, DAY);
    ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR(""));
    response page = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_true(has(&page, "I am here"));
    str to = text_format(check_arena(), "/p/duty/%lld/check-in", LL(duty)), body = form(&page, "");
    for (int i = 0; i < 2; i++) {
        response p = ask(&b, WEB_POST, to, body);
        assert_int_equal(p.status, 303);
        assert_true(str_is(header_of(&p, "Location"), "/p?done=check_in"));
    }
    page = ask(&b, WEB_GET, STR("/p?done=check_in"), STR(""));
    assert_true(has(&page, "Your check-in is kept.") && has(&page, "I am leaving"));
    /* Another form, the same tap: told what happened. */
    response p = ask(&b, WEB_POST, to, form(&page, ""));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "role=\"alert\"") && has(&p, "<title>Error: "));
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 1);
}

static void somebody_elses_duty_stays_theirs(const char *url)
{
    browser b = open_browser(url);
    int64_t other = add_duty(&b.w, 1, DAY);
    ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR(""));
    add_duty(&b.w, 0, NOON);
    b.hours = 11;
    response page = ask(&b, WEB_GET, STR("/p"), STR(""));
    response p = ask(&b, WEB_POST, text_format(check_arena(), "/p/duty/%lld/check-in", LL(other)), form(&page, ""));
    assert_int_equal(p.status, 403);
}

/* The last digits of person i of this world are those of its number. */
static str digits_of(browser *b, int person)
{
    (void)b;
    return text_format(check_arena(), "000%d", person);
}

static void a_group_link_wants_name_and_digits(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "team", b.w.team[EAST]);
    response page = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&page, text_format(check_arena(), "<option value=\"%lld\"", LL(b.w.person[0])).at));
    assert_false(has(&page, text_format(check_arena(), "<option value=\"%lld\"", LL(b.w.person[5])).at));
    str right = text_format(check_arena(), "person=%lld&digits=%.*s", LL(b.w.person[0]), STR_ARG(digits_of(&b, 0)));
    str wrong = text_format(check_arena(), "person=%lld&digits=9999", LL(b.w.person[0]));
    str stranger = text_format(check_arena(), "person=%lld&digits=%.*s", LL(b.w.person[5]), STR_ARG(digits_of(&b, 5)));
    str first = ask(&b, WEB_POST, link, wrong).body;
    assert_int_equal(b.cookie.len, 0);
    assert_true(str_find(first, STR("do not fit")) >= 0);
    assert_true(str_find(ask(&b, WEB_POST, link, stranger).body, STR("do not fit")) >= 0); /* the same words */
    assert_int_equal(ask(&b, WEB_POST, link, STR("digits=1234")).status, 422);
    for (int i = 1; i < TRIES_OF_NAME_MAX; i++)
        ask(&b, WEB_POST, link, wrong);
    assert_int_equal(ask(&b, WEB_POST, link, right).status, 422); /* locked for this name at this link, */
    assert_int_equal(b.cookie.len, 0);
    browser own = b;
    assert_int_equal(ask(&own, WEB_POST, link_of(&b, "person", b.w.person[0]), STR("")).status, 303); /* not for the own link */
    b.hours += 0.3;
    assert_int_equal(ask(&b, WEB_POST, link, right).status, 303);
    page = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_true(has(&page, "You came by the group") && !has(&page, "tel:"));
}

static void a_group_link_wears_out(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "team", b.w.team[EAST]);
    for (int i = 0; i < TRIES_OF_PASS_MAX; i++) {
        b.hours += 0.07; /* slow enough for each name */
        ask(&b, WEB_POST, link, text_format(check_arena(), "person=%lld&digits=9999", LL(b.w.person[i % 4])));
    }
    str right = text_format(check_arena(), "person=%lld&digits=%.*s", LL(b.w.person[0]), STR_ARG(digits_of(&b, 0)));
    b.hours += 0.5;
    assert_int_equal(ask(&b, WEB_POST, link, right).status, 422);
    b.hours += 24;
    assert_int_equal(ask(&b, WEB_POST, link, right).status, 303);
}

static void an_office_asks_for_digits_on_a_new_browser(const char *url)
{
    browser b = open_browser(url);
    check_ok(run_at(&b.w, 1, "role_grant.add", 0, NAMED({ "person", V_INT(b.w.person[0]) }, { "role", T("leader") },
                                                        { "scope", T("team") }, { "team", V_INT(b.w.team[EAST]) }), NULL));
    str link = link_of(&b, "person", b.w.person[0]);
    response p = ask(&b, WEB_POST, link, STR(""));
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "This phone is new here") && has(&p, "name=\"digits\""));
    assert_int_equal(b.cookie.len, 0);
    assert_int_equal(ask(&b, WEB_POST, link, STR("digits=9999")).status, 422);
    assert_int_equal(ask(&b, WEB_POST, link, text_format(check_arena(), "digits=%.*s", STR_ARG(digits_of(&b, 0)))).status, 303);
    assert_int_equal(ask(&b, WEB_POST, link, STR("")).status, 303); /* this browser knows them now */
    /* A leader makes no link for somebody with an office, or could be anybody. */
    check_ok(run_at(&b.w, 1, "role_grant.add", 0, NAMED({ "person", V_INT(b.w.person[1]) }, { "role", T("commander") },
                                                        { "scope", T("all") }), NULL));
    check_err(run_at(&b.w, 8, "pass.issue", b.w.person[0], NAMED({ "kind", T("person") }, { "person", V_INT(b.w.person[1]) }), NULL),
              ERR_RIGHTS, "pass.office");
    check_ok(run_at(&b.w, 8, "pass.issue", b.w.person[0], NAMED({ "kind", T("person") }, { "person", V_INT(b.w.person[2]) }), NULL));
    check_err(run_at(&b.w, 8, "pass.issue", b.w.person[0], NAMED({ "kind", T("team") }, { "team", V_INT(b.w.team[WEST]) }), NULL),
              ERR_RIGHTS, "command.rights");
}

static void the_code_at_the_post_checks_in_and_out(const char *url)
{
    browser b = open_browser(url);
    int64_t duty = add_duty(&b.w, 0, DAY);
    str link = link_of(&b, "post", b.w.gate);
    response page = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&page, text_format(check_arena(), "value=\"%lld\"", LL(duty)).at));
    str key = hidden(&page, "key");
    str wrong = text_format(check_arena(), "key=%.*s&duty=%lld&digits=9999", STR_ARG(key), LL(duty));
    assert_int_equal(ask(&b, WEB_POST, link, wrong).status, 422);
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 0);
    str right = text_format(check_arena(), "key=x%.*s&duty=%lld&digits=%.*s", STR_ARG(key), LL(duty), STR_ARG(digits_of(&b, 0)));
    response p = ask(&b, WEB_POST, link, right);
    assert_int_equal(p.status, 303);
    assert_int_equal(b.cookie.len, 0); /* whose phone it is nobody knows */
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 1);
    page = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&page, "Already here") && has(&page, "Who is leaving") && !has(&page, "Who are you"));
    CASE("and checks out");
    b.hours += 3;
    str leaving = text_format(check_arena(), "&act=leave&duty=%lld&digits=", LL(duty));
    assert_int_equal(ask(&b, WEB_POST, link, text_format(check_arena(), "key=a%.*s%.*s9999", STR_ARG(key), STR_ARG(leaving))).status, 422);
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 1);
    p = ask(&b, WEB_POST, link, text_format(check_arena(), "key=b%.*s%.*s%.*s", STR_ARG(key), STR_ARG(leaving), STR_ARG(digits_of(&b, 0))));
    assert_int_equal(p.status, 303);
    check_str(header_of(&p, "Location"), text_format(check_arena(), "%.*s?done=check_out", STR_ARG(link)).at);
    assert_int_equal(count(&b, "attendance_open", NAMED({ 0 })), 0);
    page = ask(&b, WEB_GET, link, STR(""));
    assert_false(has(&page, "Who is leaving") || has(&page, "type=\"radio\""));
    assert_int_equal(ask(&b, WEB_GET, text_format(check_arena(), "/c/%.*s", STR_ARG(str_from(link_of(&b, "team", b.w.team[EAST]), 3))),
                         STR("")).status, 404); /* a link of another kind */
}

static void what_is_not_there_is_said(const char *url)
{
    browser b = open_browser(url);
    static const struct {
        web_method method;
        const char *path;
        int status;
    } cases[] = {
        { WEB_GET, "/", 200 },     { WEB_HEAD, "/", 200 },  { WEB_GET, "/healthz", 200 }, { WEB_GET, "/readyz", 200 },
        { WEB_POST, "/", 400 },    { WEB_GET, "/x", 404 },  { WEB_GET, "/p/x", 404 },     { WEB_GET, "/c/x", 404 },
        { WEB_GET, "/p/", 404 },   { WEB_GET, "/p", 403 },  { WEB_GET, "/end", 400 },     { WEB_POST, "/end", 403 },
        { WEB_GET, "/p/a/b/c/d", 404 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].path);
        assert_int_equal(ask(&b, cases[i].method, str_of(cases[i].path), STR("")).status, cases[i].status);
    }
    ask(&b, WEB_POST, link_of(&b, "person", b.w.person[0]), STR(""));
    response page = ask(&b, WEB_GET, STR("/p"), STR(""));
    str was = b.cookie;
    assert_int_equal(ask(&b, WEB_POST, STR("/end"), text_format(check_arena(), "form=%.*s", STR_ARG(hidden(&page, "form")))).status, 303);
    assert_int_equal(b.cookie.len, 0);
    b.cookie = was; /* kept by somebody */
    assert_int_equal(ask(&b, WEB_GET, STR("/p"), STR("")).status, 403);
}

static void every_word_of_every_page_is_there(void **state)
{
    (void)state;
    for (const page *p = pages; p->name; p++) {
        CASE(p->name);
        str key;
        for (size_t from = 0; page_key(p, &from, &key);)
            for (words_lang lang = 0; lang < WORDS_LANG_COUNT; lang++)
                assert_true(words_has(lang, str_z(check_arena(), key)));
    }
}

static void values_are_escaped_for_their_place(void **state)
{
    (void)state;
    static const page_op ops[] = {
        { PAGE_VALUE, "x", 1 }, { PAGE_TEXT, "|", 1 }, { PAGE_URL, "u", 1 }, { PAGE_TEXT, "|", 1 }, { PAGE_PART_OF_URL, "x", 1 },
        { PAGE_TEXT, "|", 1 }, { PAGE_EACH, "l", 1 }, { PAGE_IF, "a", 1 }, { PAGE_VALUE, "a", 1 }, { PAGE_ELSE, "", 0 },
        { PAGE_TEXT, "-", 1 }, { PAGE_END_IF, "", 0 }, { PAGE_END_EACH, "", 0 }, { PAGE_IF, "none", 4 }, { PAGE_TEXT, "no", 2 },
        { PAGE_END_IF, "", 0 }, { PAGE_END, 0, 0 },
    };
    static const page one = { "one", ops };
    tree *t = tree_new(check_arena());
    tree_text(t, "x", STR("<a href=\"&'\">东"));
    tree_text(t, "u", STR("javascript:alert(1)"));
    tree_text(tree_add(t, "l"), "a", STR("1"));
    tree_text(tree_add(t, "l"), "a", STR("0"));
    tree_add(t, "l");
    check_str(page_render(check_arena(), &one, t, WORDS_EN),
              "&lt;a href=&quot;&amp;'&quot;&gt;东|#|%3Ca%20href%3D%22%26%27%22%3E%E4%B8%9C|1--");
    static const struct {
        const char *url, *want;
    } urls[] = { { "/p?a=1&b", "/p?a=1&amp;b" }, { "//evil.example", "#" }, { "/\\evil.example", "#" }, { "tel:138", "tel:138" },
                 { "data:text/html,x", "#" }, { "https://a.example/", "https://a.example/" }, { "", "#" }, { "?a", "?a" } };
    static const page_op url_ops[] = { { PAGE_URL, "u", 1 }, { PAGE_END, 0, 0 } };
    static const page two = { "two", url_ops };
    for (size_t i = 0; i < COUNT(urls); i++) {
        CASE(urls[i].url);
        tree_text(t, "u", str_of(urls[i].url));
        check_str(page_render(check_arena(), &two, t, WORDS_EN), urls[i].want);
    }
}

ON_BOTH(an_opened_link_changes_nothing_until_a_press)
ON_BOTH(a_renewed_link_ends_the_old_one_and_its_sessions)
ON_BOTH(a_form_of_another_site_is_refused)
ON_BOTH(a_tap_sent_twice_counts_once)
ON_BOTH(somebody_elses_duty_stays_theirs)
ON_BOTH(a_group_link_wants_name_and_digits)
ON_BOTH(a_group_link_wears_out)
ON_BOTH(an_office_asks_for_digits_on_a_new_browser)
ON_BOTH(the_code_at_the_post_checks_in_and_out)
ON_BOTH(what_is_not_there_is_said)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(an_opened_link_changes_nothing_until_a_press),
        BOTH(a_renewed_link_ends_the_old_one_and_its_sessions),
        BOTH(a_form_of_another_site_is_refused),
        BOTH(a_tap_sent_twice_counts_once),
        BOTH(somebody_elses_duty_stays_theirs),
        BOTH(a_group_link_wants_name_and_digits),
        BOTH(a_group_link_wears_out),
        BOTH(an_office_asks_for_digits_on_a_new_browser),
        BOTH(the_code_at_the_post_checks_in_and_out),
        BOTH(what_is_not_there_is_said),
        CHECK_TEST(every_word_of_every_page_is_there),
        CHECK_TEST(values_are_escaped_for_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
