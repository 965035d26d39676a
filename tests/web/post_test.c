/* The code at a post, for those who are on no roster there: who is known comes in, who is not is sent to the leader. */
#include "browser.h"

static str digits_of(int person)
{
    return text_format(check_arena(), "%04d", person);
}

static response come(browser *b, str link, const char *name, str digits)
{
    static int presses;
    return ask(b, WEB_POST, link, text_format(check_arena(), "key=k%d&act=walk_in&name=%s&digits=%.*s", presses++, name, STR_ARG(digits)));
}

static size_t here(const browser *b)
{
    return list(&b->w, "attendance_open", NAMED({ NULL, V_NULL }), 0).count;
}

static void lead_east(const browser *b, int person)
{
    must(&b->w, 7, "team.confirm", NULL, NAMED({ "team", V_INT(b->w.team[EAST]) }, { "leader", V_INT(b->w.person[person]) }));
}

static void who_is_known_comes_without_a_roster(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "post", b.w.gate);
    response p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "I am not in the list") && !has(&p, "type=\"radio\""));
    CASE("a member of the team");
    p = come(&b, link, "P1", digits_of(1));
    assert_int_equal(p.status, 303);
    check_str(header_of(&p, "Location"), text_format(check_arena(), "%.*s?done=check_in", STR_ARG(link)).at);
    assert_int_equal(b.cookie.len, 0);
    CASE("somebody of no team");
    assert_int_equal(come(&b, link, "+P7+", digits_of(STRANGER)).status, 303);
    assert_int_equal(b.cookie.len, 0);
    assert_int_equal(here(&b), 2);
    rows r = list(&b.w, "attendance_open", NAMED({ NULL, V_NULL }), 0);
    assert_true(rows_at(&r, 0, "duty_id")->kind == VALUE_NULL && str_is(rows_text(&r, 0, "post"), "Gate"));
    CASE("once is enough");
    p = come(&b, link, "P1", digits_of(1));
    assert_true(p.status == 409 && has(&p, "checked in at Gate already"));
    CASE("and leaves");
    b.hours += 3;
    p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "not on the roster") && has(&p, "Who is leaving"));
    const char *who = text_format(check_arena(), "w%lld", LL(rows_int(&r, 0, "id"))).at;
    assert_true(has(&p, text_format(check_arena(), "value=\"%s\"", who).at));
    assert_int_equal(ask(&b, WEB_POST, link, text_format(check_arena(), "key=a&act=leave&duty=%s&digits=9999", who)).status, 422);
    assert_int_equal(here(&b), 2);
    p = ask(&b, WEB_POST, link, text_format(check_arena(), "key=b&act=leave&duty=%s&digits=0001", who));
    assert_int_equal(p.status, 303);
    check_str(header_of(&p, "Location"), text_format(check_arena(), "%.*s?done=check_out", STR_ARG(link)).at);
    assert_int_equal(here(&b), 1);
    assert_int_equal(ask(&b, WEB_POST, link, STR("key=c&act=leave&duty=w999&digits=0001")).status, 422);
}

static void who_is_in_no_list_is_sent_to_the_leader(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "post", b.w.gate);
    response p = come(&b, link, "Nobody", STR("1234"));
    assert_true(p.status == 422 && has(&p, "the leader at the post")); /* none is named yet */
    lead_east(&b, 0);
    p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "Go to the leader, P0"));
    assert_false(has(&p, "13800000000"));
    static const struct { const char *name, *digits; } cases[] = { { "Nobody", "1234" }, { "P1", "9999" }, { "P1", "" }, { "", "0001" }, { "P1", "00011" }, { "P%00", "0001" } };
    for (size_t i = 0; i < COUNT(cases); i++) { /* no name is given away by other words */
        CASE(cases[i].name);
        p = come(&b, link, cases[i].name, str_of(cases[i].digits));
        assert_int_equal(p.status, 422);
        assert_true(has(&p, "in none of our lists") && has(&p, "go to P0"));
        assert_int_equal(here(&b), 0);
    }
}

static void a_name_wears_out_however_many_have_it(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "post", b.w.gate);
    must(&b.w, 6, "person.import", NULL, ROWS("[{\"name\":\"P1\",\"phone\":\"13900004321\",\"org\":[\"O\"]}]"));
    for (int i = 0; i < TRIES_OF_NAME_MAX; i++)
        assert_int_equal(come(&b, link, "P1", STR("9999")).status, 422);
    assert_int_equal(come(&b, link, "P1", digits_of(1)).status, 422);
    assert_int_equal(come(&b, link, "P1", STR("4321")).status, 422); /* the other of that name */
    assert_int_equal(come(&b, link, "P2", digits_of(2)).status, 303);
    b.hours += 0.5;
    assert_int_equal(come(&b, link, "P1", STR("4321")).status, 303);
    assert_int_equal(here(&b), 2);
}

static void who_belongs_elsewhere_is_told_where(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "post", b.w.gate);
    response p = come(&b, link, "P5", digits_of(5));
    assert_true(p.status == 409 && has(&p, "belongs to another team") && has(&p, "Help elsewhere"));
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[1]) }));
    p = come(&b, link, "P1", digits_of(1));
    assert_true(p.status == 409 && has(&p, "on the roster at that time") && has(&p, "choose the name in the list"));
    assert_int_equal(here(&b), 0);
}

static void who_is_signed_in_needs_no_digits(const char *url)
{
    browser b = open_browser(url);
    str link = link_of(&b, "post", b.w.gate);
    assert_int_equal(ask(&b, WEB_POST, STR("/c/x"), STR("act=walk_in&me=1")).status, 404);
    assert_int_equal(ask(&b, WEB_POST, link, STR("key=n&act=walk_in&me=1")).status, 422); /* nobody is signed in */
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[2]), STR("")).status, 303);
    response p = ask(&b, WEB_GET, link, STR(""));
    assert_true(has(&p, "I am P2: I am here to help"));
    assert_int_equal(ask(&b, WEB_POST, link, STR("key=m&act=walk_in&me=1")).status, 303);
    assert_int_equal(here(&b), 1);
    p = ask(&b, WEB_GET, link, STR(""));
    assert_false(has(&p, "I am P2: I am here"));
    assert_true(b.cookie.len > 0);
    CASE("a code of a post opens no session of somebody of another team");
    browser other = b;
    other.cookie = (str){ 0 };
    p = ask(&other, WEB_POST, text_format(check_arena(), "/g/%.*s", STR_ARG(str_from(link, 3))), text_format(check_arena(), "key=g&person=%lld&digits=0005", LL(b.w.person[5])));
    assert_true(p.status == 422 && !other.cookie.len);
}

ON_BOTH(who_is_known_comes_without_a_roster)
ON_BOTH(who_is_in_no_list_is_sent_to_the_leader)
ON_BOTH(a_name_wears_out_however_many_have_it)
ON_BOTH(who_belongs_elsewhere_is_told_where)
ON_BOTH(who_is_signed_in_needs_no_digits)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(who_is_known_comes_without_a_roster),
        BOTH(who_is_in_no_list_is_sent_to_the_leader),
        BOTH(a_name_wears_out_however_many_have_it),
        BOTH(who_belongs_elsewhere_is_told_where),
        BOTH(who_is_signed_in_needs_no_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
