/* Who may be one, at the desk: two records side by side, and what is said of them. On both engines. */
#include "web/desk_browser.h"

static int64_t add(browser *b, const char *name, const char *phone, const char *org, const char *address)
{
    return must(&b->w, 1, "person.import", "ids", ROWS("[{\"name\":\"%s\",\"phone\":\"%s\",\"org\":[\"%s\"],\"address\":\"%s\"}]", name, phone, org, address));
}

static const char *pressed(int64_t a, int64_t b, const char *what)
{
    return text_format(check_arena(), "&a=%lld&b=%lld&what=%s", LL(a), LL(b), what).at;
}

static void a_pair_is_shown_and_merged_and_taken_back(const char *url)
{
    browser b = open_desk(url);
    int64_t one = add(&b, "Ding Yi", "13911110001", "Tax", "3-2-501"), two = add(&b, "Ding Yi", "", "Police", "5-1");
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/people");
    assert_true(has(&p, "href=\"/desk/double\""));
    p = get(&b, "/desk/double");
    assert_true(has(&p, "May be one person: 1 pairs") && has(&p, "One name, one of them without a telephone"));
    assert_true(has(&p, "<td>Tax</td><td>Police</td>") && has(&p, "139****0001") && !has(&p, "13911110001"));
    assert_true(has(&p, "Home <span class=\"tag tag-warn\">differs</span>") && !has(&p, "Name <span"));
    response done = post(&b, "/desk/double", form(&p, pressed(one, two, "keep_b")));
    assert_int_equal(done.status, 303);
    p = get(&b, "/desk/double?done=desk_merged");
    assert_true(has(&p, "Nothing to decide.") && has(&p, "Merged; units") && has(&p, "Take the merge back"));
    rows r = list(&b.w, "person_merge", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "kept_id"), two);
    assert_int_equal(rows_int(&r, 0, "merged_id"), one);
    const char *merge = text_format(check_arena(), "&merge=%lld", LL(rows_int(&r, 0, "id"))).at;
    assert_int_equal(post(&b, "/desk/double/undo", form(&p, merge)).status, 303);
    p = get(&b, "/desk/double");
    assert_true(has(&p, "May be one person: 1 pairs") && has(&p, "taken back") && !has(&p, "Take the merge back"));
    p = post(&b, "/desk/double/undo", form(&p, text_format(check_arena(), "%s&key=again", merge).at));
    assert_true(p.status == 303 || p.status == 409); /* the same press, or one that is too late */
}

static void who_is_two_is_not_asked_again(const char *url)
{
    browser b = open_desk(url);
    int64_t one = add(&b, "Ding Yi", "13911110001", "Tax", "3-2-501"), two = add(&b, "Ding Yi", "13911110002", "Police", "3号楼2单元501室");
    int64_t three = add(&b, "Sun Mei", "13911110003", "Tax", "9-1"), four = add(&b, "Sun Mei", "", "Police", "");
    add(&b, "Wang Qiang", "13911110001", "Tax", "");
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/double");
    assert_true(has(&p, "2 pairs") && has(&p, "One name, one home") && has(&p, "1 pairs of other names"));
    p = get(&b, text_format(check_arena(), "/desk/double?after=%lld-%lld", LL(one), LL(two)).at); /* not now */
    assert_true(has(&p, "2 pairs") && has(&p, "Sun Mei / Sun Mei") && !has(&p, "Ding Yi / Ding Yi"));
    response done = post(&b, "/desk/double", form(&p, pressed(three, four, "apart")));
    assert_int_equal(done.status, 303);
    p = get(&b, text_format(check_arena(), "/desk/double?after=%lld-%lld", LL(one), LL(two)).at);
    assert_true(has(&p, "There are no more.") && has(&p, "1 pairs") && !has(&p, "Sun Mei / Sun Mei"));
    p = get(&b, "/desk/double?family=yes");
    assert_true(has(&p, "Families with one telephone: 1 pairs") && has(&p, "Ding Yi / Wang Qiang") && has(&p, "One telephone, other names"));
}

static void a_bad_press_says_why(const char *url)
{
    browser b = open_desk(url);
    int64_t one = add(&b, "Ding Yi", "13911110001", "Tax", ""), two = add(&b, "Ding Yi", "", "Police", "");
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/double");
    assert_int_equal(post(&b, "/desk/double", form(&p, pressed(one, two, "burn"))).status, 422);
    assert_int_equal(post(&b, "/desk/double", form(&p, pressed(one, one, "keep_a"))).status, 422);
    assert_int_equal(post(&b, "/desk/double", form(&p, pressed(one, 999999, "keep_a"))).status, 404);
    assert_int_equal(post(&b, "/desk/double/undo", form(&p, "&merge=999999")).status, 404);
    p = get(&b, "/desk/double?after=x&import=y");
    assert_true(has(&p, "1 pairs"));
    assert_int_equal(list(&b.w, "person_merge", NULL, 0).count, 0);
}

static void only_the_city_presses(const char *url)
{
    browser b = open_desk(url);
    int64_t one = add(&b, "Ding Yi", "13911110001", "Tax", ""), two = add(&b, "Ding Yi", "", "Police", "");
    static const int others[] = { EAST_DESK, AUDITOR };
    for (size_t i = 0; i < COUNT(others); i++) {
        sign_in(&b, others[i], true);
        response p = get(&b, "/desk/double");
        assert_true(p.status == 200 && !has(&p, "Ding Yi") && !has(&p, "keep the left") && has(&p, "Who commands the whole city"));
        str sent = text_format(check_arena(), "form=%.*s&key=k%zu%s", STR_ARG(hidden(&p, "form")), i, pressed(one, two, "keep_a"));
        assert_int_equal(post(&b, "/desk/double", sent).status, 403);
        p = get(&b, "/desk/people");
        assert_true(!has(&p, "href=\"/desk/double\""));
    }
    assert_int_equal(list(&b.w, "person_merge", NULL, 0).count, 0);
}

ON_BOTH(a_pair_is_shown_and_merged_and_taken_back)
ON_BOTH(who_is_two_is_not_asked_again)
ON_BOTH(a_bad_press_says_why)
ON_BOTH(only_the_city_presses)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_pair_is_shown_and_merged_and_taken_back),
        BOTH(who_is_two_is_not_asked_again),
        BOTH(a_bad_press_says_why),
        BOTH(only_the_city_presses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
