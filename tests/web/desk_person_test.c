/* One person at the desk: what is shown at once, what to a press alone, and to whom. On both engines. */
#include "web/desk_browser.h"

static const char *page_of(browser *b, int person, const char *more)
{
    return text_format(check_arena(), "/desk/people/%lld%s", LL(b->w.person[person]), more).at;
}

static size_t acts(browser *b, const char *command)
{
    rows r = list(&b->w, "audit", NULL, 0);
    size_t count = 0;
    for (size_t i = 0; i < r.count; i++)
        count += str_is(rows_text(&r, i, "command"), command);
    return count;
}

static void a_person_is_shown_with_duties_and_hours(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/people?q=P1");
    assert_true(has(&p, text_format(check_arena(), "href=\"%s\">P1</a>", page_of(&b, 1, "")).at));
    p = get(&b, page_of(&b, 1, ""));
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "<h1>P1</h1>") && has(&p, "138****0001") && !has(&p, "13800000001"));
    assert_true(has(&p, "Gate") && has(&p, "0.0 h confirmed, 1 times") && has(&p, "no link yet"));
    assert_true(!has(&p, "Password of the desk"));
    p = get(&b, page_of(&b, AUDITOR, ""));
    assert_true(has(&p, "auditor Whole city") && has(&p, "Password of the desk"));
    assert_int_equal(get(&b, "/desk/people/999999").status, 404);
    assert_int_equal(get(&b, "/desk/people/x").status, 404);
}

static void the_full_number_wants_a_reason_and_is_recorded(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, page_of(&b, 1, ""));
    const char *to = page_of(&b, 1, "/reveal");
    response none = post(&b, to, form(&p, "&reason=+"));
    assert_int_equal(none.status, 422);
    assert_true(has(&none, "Say why the number is wanted.") && has(&none, "<h1>P1</h1>"));
    assert_int_equal(acts(&b, "person.reveal"), 0);
    str good = form(&p, "&reason=did+not+come");
    p = post(&b, to, good);
    assert_true(has(&p, "13800000001") && has(&p, "href=\"tel:13800000001\""));
    assert_int_equal(acts(&b, "person.reveal"), 1);
    p = post(&b, to, good); /* the page loaded again shows nothing */
    assert_true(!has(&p, "13800000001") && has(&p, "This is shown once."));
    assert_int_equal(acts(&b, "person.reveal"), 1);
}

static void a_link_is_made_shown_once_and_stopped(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, page_of(&b, 3, ""));
    p = post(&b, page_of(&b, 3, "/link"), form(&p, ""));
    assert_true(has(&p, "http:///p/") && has(&p, "<svg class=\"qr\"") && has(&p, "good until"));
    p = get(&b, page_of(&b, 3, ""));
    assert_true(!has(&p, "http:///p/") && has(&p, "Stop the link of P3"));
    str link = link_of(&b, "person", b.w.person[3]);
    str pass = hidden(&p, "pass");
    response done = post(&b, page_of(&b, 3, "/revoke"), form(&p, text_format(check_arena(), "&pass=%.*s", STR_ARG(pass)).at));
    assert_int_equal(done.status, 303);
    browser other = b;
    other.cookie = (str){ 0 };
    assert_int_equal(ask(&other, WEB_GET, link, STR("")).status, 404);
    p = get(&b, page_of(&b, 3, ""));
    assert_true(has(&p, "no link yet"));
}

static void a_code_for_the_desk_is_for_another(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, page_of(&b, AUDITOR, ""));
    response code = post(&b, page_of(&b, AUDITOR, "/code"), form(&p, ""));
    assert_int_equal(code.status, 200);
    assert_true(has(&code, "One-time code") && has(&code, "Good for 24 hours"));
    assert_int_equal(acts(&b, "login.issue_code"), 1);
    p = get(&b, page_of(&b, CITY, ""));
    assert_int_equal(post(&b, page_of(&b, CITY, "/code"), form(&p, "")).status, 403); /* none for oneself */
}

static void a_role_is_ended_by_another_of_the_city(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, page_of(&b, EAST_DESK, ""));
    assert_true(has(&p, "End: commander East"));
    const char *grant = text_format(check_arena(), "&grant=%.*s", STR_ARG(hidden(&p, "grant"))).at;
    for (int i = 0; i < 2; i++) /* a tap sent twice */
        assert_int_equal(post(&b, page_of(&b, EAST_DESK, "/end-role"), form(&p, grant)).status, 303);
    p = get(&b, page_of(&b, EAST_DESK, ""));
    assert_true(!has(&p, "commander East"));
    p = get(&b, page_of(&b, CITY, ""));
    assert_true(has(&p, "commander Whole city") && !has(&p, "End: commander"));
    rows r = list(&b.w, "person_role", NAMED({ "at", V_INT(HOURS(9)) }, { "person", V_INT(b.w.person[CITY]) }), 0);
    str own = text_format(check_arena(), "form=%.*s&key=e9&grant=%lld", STR_ARG(hidden(&p, "form")), LL(rows_int(&r, 0, "id")));
    assert_int_equal(post(&b, page_of(&b, CITY, "/end-role"), own).status, 403);
    str none = text_format(check_arena(), "form=%.*s&key=e8&grant=999999", STR_ARG(hidden(&p, "form")));
    assert_int_equal(post(&b, page_of(&b, CITY, "/end-role"), none).status, 404);
    b.hours = 9;
    sign_in(&b, EAST_DESK, false);
    assert_int_equal(get(&b, "/desk").status, 403);
}

static void only_who_commands_the_person_sees_the_page(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, page_of(&b, 6, ""));
    sign_in(&b, AUDITOR, true);
    assert_int_equal(get(&b, page_of(&b, 1, "")).status, 403);
    p = get(&b, "/desk/people");
    assert_true(!has(&p, page_of(&b, 1, "")));
    sign_in(&b, EAST_DESK, true);
    assert_int_equal(get(&b, page_of(&b, 1, "")).status, 200);
    assert_int_equal(get(&b, page_of(&b, 6, "")).status, 404); /* of the west */
    p = get(&b, page_of(&b, 1, ""));
    assert_int_equal(post(&b, page_of(&b, 6, "/reveal"), form(&p, "&reason=curious")).status, 403);
    p = post(&b, page_of(&b, 1, "/reveal"), form(&p, "&reason=late"));
    assert_true(has(&p, "13800000001"));
    p = get(&b, page_of(&b, 1, ""));
    assert_int_equal(post(&b, page_of(&b, 1, "/code"), form(&p, "")).status, 403); /* the whole city's alone */
    sign_in(&b, 3, false);
    assert_int_equal(get(&b, page_of(&b, 1, "")).status, 403);
}

ON_BOTH(a_person_is_shown_with_duties_and_hours)
ON_BOTH(the_full_number_wants_a_reason_and_is_recorded)
ON_BOTH(a_link_is_made_shown_once_and_stopped)
ON_BOTH(a_code_for_the_desk_is_for_another)
ON_BOTH(a_role_is_ended_by_another_of_the_city)
ON_BOTH(only_who_commands_the_person_sees_the_page)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_person_is_shown_with_duties_and_hours),
        BOTH(the_full_number_wants_a_reason_and_is_recorded),
        BOTH(a_link_is_made_shown_once_and_stopped),
        BOTH(a_code_for_the_desk_is_for_another),
        BOTH(a_role_is_ended_by_another_of_the_city),
        BOTH(only_who_commands_the_person_sees_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
