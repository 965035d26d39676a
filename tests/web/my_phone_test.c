/* The own telephone on "my situation": who may change it, to what, and what goes on as it was. */
#include "browser.h"

#define PAGE "/p/situation"

static browser open_as(const char *url, int person)
{
    browser b = open_browser(url);
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[person]), STR("")).status, 303);
    return b;
}

static response change(browser *b, const char *digits, const char *phone)
{
    response p = ask(b, WEB_GET, STR(PAGE), STR(""));
    assert_true(has(&p, "I have a new number"));
    return ask(b, WEB_POST, STR(PAGE "/phone"), form(&p, text_format(check_arena(), "&digits=%s&phone=%s", digits, phone).at));
}

static str phone_of(const browser *b, int person)
{
    str result = { 0 };
    check_ok(run_at(&b->w, 7, "person.reveal", 0, NAMED({ "rows", V_TEXT(text_format(check_arena(), "[{\"person\":\"%lld\"}]", LL(b->w.person[person]))) },
                                                        { "purpose", T("test") }), &result));
    ptrdiff_t at = str_find(result, STR("\"13"));
    assert_true(at >= 0);
    return str_part(result, (size_t)at + 1, 11);
}

static void the_old_digits_let_a_new_number_in(const char *url)
{
    browser b = open_as(url, 0);
    str link = link_of(&b, "person", b.w.person[0]);
    response p = change(&b, "0000", "139+0000+1234");
    assert_int_equal(p.status, 303);
    check_str(header_of(&p, "Location"), PAGE "?done=my_phone");
    check_str(phone_of(&b, 0), "13900001234");
    p = ask(&b, WEB_GET, STR(PAGE), STR(""));
    assert_true(p.status == 200 && has(&p, "139****1234") && !has(&p, "13900001234")); /* the session went on */
    browser again = b;
    again.cookie = (str){ 0 };
    assert_int_equal(ask(&again, WEB_POST, link, STR("")).status, 303); /* and the link */
    CASE("the group link asks for the new digits");
    str group = link_of(&b, "team", b.w.team[EAST]);
    const char *shape = "person=%lld&digits=%s";
    assert_int_equal(ask(&again, WEB_POST, group, text_format(check_arena(), shape, LL(b.w.person[0]), "0000")).status, 422);
    assert_int_equal(ask(&again, WEB_POST, group, text_format(check_arena(), shape, LL(b.w.person[0]), "1234")).status, 303);
    CASE("back to the number of before");
    assert_int_equal(change(&b, "1234", "13800000000").status, 303);
    check_str(phone_of(&b, 0), "13800000000");
    assert_int_equal(change(&b, "0000", "%2B86+13900001234").status, 303);
    check_str(phone_of(&b, 0), "13900001234");
}

static void the_record_says_which_by_a_mask(const char *url)
{
    browser b = open_as(url, 0);
    assert_int_equal(change(&b, "0000", "13900001234").status, 303);
    rows r = list(&b.w, "audit", NULL, 0);
    bool found = false;
    for (size_t i = 0; i < r.count; i++) {
        if (!str_is(rows_text(&r, i, "command"), "person.change_phone"))
            continue;
        str result = rows_text(&r, i, "result");
        found = true;
        assert_true(str_find(result, STR("138****0000")) >= 0 && str_find(result, STR("139****1234")) >= 0);
        assert_int_equal(rows_int(&r, i, "about_id"), b.w.person[0]);
    }
    assert_true(found);
    for (size_t i = 0; i < r.count * r.column_count; i++)
        assert_true(str_find(r.at[i].s, STR("13900001234")) < 0);
}

static void a_bad_number_changes_nothing(const char *url)
{
    browser b = open_as(url, 0);
    static const struct { const char *phone; int status; const char *says; } cases[] = {
        { "1390000123", 422, "no whole mobile number" },  { "0516-12345678", 422, "no whole mobile number" },
        { "13900001234567", 422, "no whole mobile number" }, { "one", 422, "is not a phone number" },
        { "", 422, "" },                                  { "13800000000", 422, "kept already" },
        { "13800000001", 409, "stands in the lists already" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].phone);
        response p = change(&b, "0000", cases[i].phone);
        assert_int_equal(p.status, cases[i].status);
        assert_true(has(&p, "role=\"alert\"") && has(&p, cases[i].says));
        assert_false(has(&p, "P1 ")); /* whose it is, is not told */
        check_str(phone_of(&b, 0), "13800000000");
    }
}

static void wrong_digits_wear_out(const char *url)
{
    browser b = open_as(url, 0);
    for (int i = 0; i < TRIES_OF_NAME_MAX; i++) {
        response p = change(&b, i % 2 ? "9999" : "", "13900001234");
        assert_true(p.status == 422 && has(&p, "not the last 4 digits of the old number"));
    }
    response p = change(&b, "0000", "13900001234"); /* right, but too late */
    assert_true(p.status == 422 && has(&p, "not the last 4 digits of the old number"));
    check_str(phone_of(&b, 0), "13800000000");
    b.hours += 0.5;
    assert_int_equal(change(&b, "0000", "13900001234").status, 303);
    check_str(phone_of(&b, 0), "13900001234");
}

static void nobody_changes_it_for_another(const char *url)
{
    browser b = open_as(url, 0);
    const named *args = NAMED({ "person", V_INT(b.w.person[1]) }, { "digits", T("0001") }, { "phone", T("13900001234") });
    check_err(run_at(&b.w, 7, "person.change_phone", b.w.person[0], args, NULL), ERR_RIGHTS, "command.rights");
    check_err(run_at(&b.w, 7, "person.change_phone", b.w.person[1], args, NULL), ERR_CONFLICT, "pass.no_own");
    browser weak = b;
    weak.cookie = (str){ 0 };
    assert_int_equal(ask(&weak, WEB_POST, link_of(&b, "team", b.w.team[EAST]), text_format(check_arena(), "person=%lld&digits=0001", LL(b.w.person[1]))).status, 303);
    assert_int_equal(ask(&weak, WEB_POST, STR(PAGE "/phone"), STR("digits=0001&phone=13900001234")).status, 403);
    check_str(phone_of(&b, 1), "13800000001");
}

/* The agency's list is older than the change: it must not bring a second person, nor the old number back. */
static void an_old_list_finds_the_same_person(const char *url)
{
    browser b = open_as(url, 0);
    assert_int_equal(change(&b, "0000", "13900001234").status, 303);
    size_t before = list(&b.w, "person", NULL, 0).count;
    int64_t found = must(&b.w, 8, "person.import", "ids", ROWS("[{\"name\":\"P0\",\"phone\":\"13800000000\",\"org\":[\"O\"],\"kind\":\"staff\"}]"));
    assert_int_equal(found, b.w.person[0]);
    assert_int_equal(list(&b.w, "person", NULL, 0).count, before);
    check_str(phone_of(&b, 0), "13900001234");
    CASE("another name with that number is another person");
    found = must(&b.w, 8, "person.import", "ids", ROWS("[{\"name\":\"Other\",\"phone\":\"13800000000\",\"org\":[\"O\"]}]"));
    assert_true(found != b.w.person[0]);
}

ON_BOTH(the_old_digits_let_a_new_number_in)
ON_BOTH(the_record_says_which_by_a_mask)
ON_BOTH(a_bad_number_changes_nothing)
ON_BOTH(wrong_digits_wear_out)
ON_BOTH(nobody_changes_it_for_another)
ON_BOTH(an_old_list_finds_the_same_person)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(the_old_digits_let_a_new_number_in),
        BOTH(the_record_says_which_by_a_mask),
        BOTH(a_bad_number_changes_nothing),
        BOTH(wrong_digits_wear_out),
        BOTH(nobody_changes_it_for_another),
        BOTH(an_old_list_finds_the_same_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
