/* The desk without sockets: who sees what of it, and that figures are those of the records. On both engines. */
#include "web/desk_browser.h"

#include <string.h>

static void the_desk_is_for_those_who_run_something(const char *url)
{
    browser b = open_desk(url);
    static const char *const pages[] = { "/desk", "/desk/duty", "/desk/list/team", "/desk/orders", "/desk/people", "/desk/double", "/desk/queue", "/desk/lending", "/desk/rosters", "/desk/import", "/desk/teams", "/desk/donations", "/desk/reports" };
    for (size_t i = 0; i < COUNT(pages); i++) {
        CASE(pages[i]);
        b.cookie = (str){ 0 };
        assert_int_equal(get(&b, pages[i]).status, 403);
        sign_in(&b, 3, false); /* a volunteer */
        assert_int_equal(get(&b, pages[i]).status, 403);
        sign_in(&b, CITY, false);
        assert_int_equal(get(&b, pages[i]).status, 303); /* the password is asked for */
        sign_in(&b, CITY, true);
        assert_int_equal(get(&b, pages[i]).status, 200);
        sign_in(&b, EAST_DESK, true);
        assert_int_equal(get(&b, pages[i]).status, 200);
        sign_in(&b, AUDITOR, true);
        assert_int_equal(get(&b, pages[i]).status, 200);
    }
}

static void today_counts_what_the_records_say(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk");
    assert_true(has(&p, "Now: S0") && has(&p, "<span class=\"tile-figure\">2</span>") && has(&p, "1 not rostered"));
    assert_true(has(&p, "East") && has(&p, "West"));
    assert_true(has(&p, "1 are not here on this shift"));
    p = get(&b, "/desk/duty");
    assert_true(has(&p, "needed 2, here 1") && has(&p, "P1") && has(&p, "did not come") && has(&p, "! nobody there"));
    assert_true(has(&p, "since 08:00") && has(&p, "138****0002")); /* who has not come has a telephone there, not a time */
    p = get(&b, "/desk/duty?only=here");
    assert_true(has(&p, "P1") && !has(&p, ">P2<"));
    p = get(&b, "/desk/duty?only=short");
    assert_true(has(&p, "West") && !has(&p, ">P1<")); /* one of two is enough there: the minimum is 1 */
    b.hours = 8 + 6 / 60.0;
    p = get(&b, "/desk/duty");
    assert_true(has(&p, "not here, 5 min late"));
    b.hours = 8 + 2 / 60.0;
    p = get(&b, "/desk/duty");
    assert_true(has(&p, "not here yet"));
}

static size_t reveals(browser *b)
{
    rows r = list(&b->w, "audit", NULL, 0);
    size_t count = 0;
    for (size_t i = 0; i < r.count; i++)
        count += str_is(rows_text(&r, i, "command"), "person.reveal");
    return count;
}

/* Who is due and not here; with whole numbers only to a press. */
static void a_call_list_is_printed_with_numbers_on_a_press(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/duty");
    assert_true(has(&p, "needed 1, rostered 2, here 1") && has(&p, "/desk/calls?at="));
    const char *path = text_format(check_arena(), "/desk/calls?at=%lld&community=", LL(HOURS(8.5))).at;
    p = get(&b, path);
    assert_true(has(&p, "due and not here") && has(&p, ">P2<") && !has(&p, ">P1<") && has(&p, "138****0002") && !has(&p, "13800000002"));
    assert_int_equal(reveals(&b), 0);
    p = post(&b, "/desk/calls", form(&p, text_format(check_arena(), "&at=%lld&community=&from=0&order=", LL(HOURS(8.5))).at));
    assert_true(p.status == 200 && has(&p, "13800000002") && has(&p, "1 people."));
    assert_int_equal(reveals(&b), 1);
    assert_int_equal(get(&b, "/desk/calls").status, 422);
    assert_int_equal(get(&b, "/desk/calls?order=999999").status, 404);
    sign_in(&b, AUDITOR, true);
    assert_int_equal(get(&b, path).status, 403);
    sign_in(&b, EAST_DESK, true);
    p = get(&b, path);
    assert_true(p.status == 200 && has(&p, ">P2<"));
}

static void a_coordinator_sees_only_what_is_hers(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, "/desk");
    assert_true(has(&p, "<span class=\"desk-scope\">East</span>"));
    assert_true(has(&p, ">East</a>") && !has(&p, "West"));
    assert_true(has(&p, "Records are for those who run the whole city"));
    p = get(&b, "/desk/duty");
    assert_true(has(&p, "P1") && !has(&p, "West") && !has(&p, "Bridge"));
    p = get(&b, "/desk/list/team_member");
    assert_true(has(&p, "P1") && !has(&p, ">P6<"));
    p = get(&b, "/desk/list/team_member?format=csv");
    assert_true(has(&p, "P1") && !has(&p, "P6"));
    p = get(&b, "/desk/list/audit");
    assert_true(has(&p, "no records here"));
}

static void the_auditor_reads_figures_and_no_names(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, AUDITOR, true);
    response p = get(&b, "/desk/duty");
    assert_true(has(&p, "needed 2, here 1") && !has(&p, ">P1<"));
}

static void somebody_seen_late_is_recorded_once(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    sign_in(&b, CITY, true);
    response page = get(&b, "/desk/duty");
    rows r = list(&b.w, "duty_today", NAMED({ "day", T("2020-02-08") }), 0);
    int64_t late = 0;
    for (size_t i = 0; i < r.count; i++)
        if (!rows_int(&r, i, "attendance_id"))
            late = rows_int(&r, i, "id");
    str to = text_format(check_arena(), "/desk/duty/%lld", LL(late));
    assert_int_equal(post(&b, to.at, STR("what=check_in")).status, 403); /* no token */
    assert_int_equal(post(&b, to.at, form(&page, "&what=dance")).status, 422);
    for (int i = 0; i < 2; i++)
        assert_int_equal(post(&b, to.at, form(&page, "&what=check_in")).status, 303);
    page = get(&b, "/desk/duty");
    assert_true(has(&page, "needed 2, here 2") || has(&page, "here 2"));
    sign_in(&b, AUDITOR, true);
    page = get(&b, "/desk/duty");
    str body = text_format(check_arena(), "form=%.*s&key=other&what=no_show", STR_ARG(hidden(&page, "form")));
    assert_int_equal(post(&b, to.at, body).status, 403);
}

static void a_list_takes_its_arguments_and_no_others(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    assert_int_equal(get(&b, "/desk/list/nothing").status, 404);
    assert_int_equal(get(&b, "/desk/list/duty_today").status, 422); /* the day is missing */
    assert_int_equal(get(&b, "/desk/list/duty_today?day=yesterday").status, 422);
    text long_name = text_begin(check_arena()); /* a cell is looked for among the words of states: it may hold anything */
    for (int i = 0; i < 60; i++)
        text_put(&long_name, STR("long_words"));
    must(&b.w, 1, "person.import", NULL, ROWS("[{\"name\":\"P9\",\"phone\":\"13800000099\",\"work_unit\":\"%.*s\"}]", STR_ARG(text_done(&long_name))));
    response p = get(&b, "/desk/list/person?");
    assert_true(p.status == 200 && has(&p, "long_wordslong_words"));
    p = get(&b, "/desk/list/duty_today?day=2020-02-08&evil=1");
    assert_int_equal(p.status, 200);
    p = get(&b, "/desk/list/duty_today?day=yesterday&format=csv");
    assert_int_equal(p.status, 422);
    p = get(&b, "/desk/list/team?format=csv");
    assert_true(has(&p, "\xEF\xBB\xBF") && has(&p, "East") && str_starts(str_of(p.type), STR("text/csv")));
    assert_true(str_find(header_of(&p, "Content-Disposition"), STR("team.csv")) >= 0);
}

static str order_fields(int64_t org, const char *report_on)
{
    return text_format(check_arena(), "&number=3&text=Come&report_on=%s&report_time=18:00&reply_on=2020-02-08&reply_time=12:00&org=%lld",
                       report_on, LL(org));
}

static void a_second_person_sends_what_was_drafted(const char *url)
{
    browser b = open_desk(url);
    int64_t org = agency_of_two(&b);
    make(&b, 4, "commander", "all", NULL);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/orders/new");
    assert_true(has(&p, "Agency"));
    assert_int_equal(post(&b, "/desk/orders/new", form(&p, order_fields(org, "").at)).status, 422); /* when? */
    assert_int_equal(post(&b, "/desk/orders/new", form(&p, order_fields(999999, "2020-02-08").at)).status, 404);
    response done = post(&b, "/desk/orders/new", form(&p, order_fields(org, "2020-02-08").at));
    assert_int_equal(done.status, 303);
    str to = header_of(&done, "Location"), path;
    str_split(&to, '?', &path);
    p = get(&b, str_z(check_arena(), path));
    assert_true(has(&p, "What P1 will get") && has(&p, "To 2 people") && has(&p, "You drafted it") && !has(&p, "Send to 2"));
    const char *release = text_format(check_arena(), "%.*s/release", STR_ARG(path)).at;
    str mine = text_format(check_arena(), "form=%.*s&key=a", STR_ARG(hidden(&p, "form")));
    assert_int_equal(post(&b, release, mine).status, 409);
    sign_in(&b, EAST_DESK, true); /* the whole city's order is not hers */
    assert_int_equal(get(&b, str_z(check_arena(), path)).status, 404);
    sign_in(&b, 4, true);
    p = get(&b, str_z(check_arena(), path));
    assert_true(has(&p, "Send to 2 people"));
    for (int i = 0; i < 2; i++) /* a tap sent twice */
        assert_int_equal(post(&b, release, form(&p, "")).status, 303);
    p = get(&b, str_z(check_arena(), path));
    assert_true(has(&p, "Remind the 2 who have not answered") && has(&p, "Agency") && has(&p, ">P1<"));
    str of_order = str_from(path, STR("/desk/orders/").len);
    rows agency = list(&b.w, "org", NULL, 0);
    must(&b.w, 8.5, "org_headcount.say", NULL,
         NAMED({ "org", V_INT(rows_int(&agency, 0, "id")) }, { "headcount", V_INT(12) }, { "contact", V_TEXT(STR("Xu")) },
               { "phone", V_TEXT(STR("13900000041")) }));
    response beside = get(&b, str_z(check_arena(), path));
    assert_true(has(&beside, "Agencies with a headcount only: 1, 12 people") && has(&beside, "Remind the 2 who"));
    response paper = get(&b, text_format(check_arena(), "/desk/calls?order=%.*s", STR_ARG(of_order)).at);
    assert_true(has(&paper, "ring the contact") && has(&paper, "139****0041"));
    response numbers = post(&b, "/desk/calls", form(&paper, text_format(check_arena(), "&order=%.*s&from=0", STR_ARG(of_order)).at));
    assert_true(numbers.status == 200 && has(&numbers, "13900000041") && has(&numbers, "13800000002"));
    assert_true(has(&paper, "who has not answered call-out 3") && has(&paper, "2 people.") && has(&paper, ">P2<"));
    rows r = list(&b.w, "notice", NULL, 0);
    assert_int_equal(r.count, 2);
    const char *answer = text_format(check_arena(), "%.*s/answer/%lld", STR_ARG(path), LL(rows_int(&r, 0, "id"))).at;
    assert_int_equal(post(&b, answer, form(&p, "&answer=perhaps")).status, 422);
    assert_int_equal(post(&b, answer, form(&p, "&answer=can")).status, 303);
    p = get(&b, str_z(check_arena(), path));
    assert_true(has(&p, "Remind the 1 who have not answered"));
    p = get(&b, "/desk/orders");
    assert_true(has(&p, "released"));
}

static void every_page_shows_only_the_own_scope(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    int64_t need = need_of(&b.w, EAST, b.w.yard, NOON, 0, 2);
    int64_t pairs[1][2] = { { need, b.w.person[1] } };
    publish(&b.w, 5, 1, (const int64_t (*)[2])pairs);
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, "/desk/people");
    assert_true(has(&p, ">P1<") && !has(&p, ">P6<"));
    p = get(&b, "/desk/people?q=P6");
    assert_true(has(&p, "Nobody like this"));
    p = get(&b, "/desk/rosters");
    assert_true(has(&p, "East") && !has(&p, "West"));
    p = get(&b, text_format(check_arena(), "/desk/rosters/%lld", LL(b.w.team[EAST])).at);
    assert_true(has(&p, "P1") && has(&p, "Yard") && has(&p, "published") && !has(&p, "value=\"by_day\""));
    p = get(&b, text_format(check_arena(), "/desk/rosters/%lld", LL(b.w.team[WEST])).at);
    assert_true(has(&p, "no roster yet"));
    assert_int_equal(get(&b, "/desk/rosters/x").status, 404);
    assert_int_equal(get(&b, "/desk/lending").status, 200);
    assert_int_equal(get(&b, "/desk/queue").status, 200);
}

/* On paper as offices hang it up: made in the background, for whoever commands all. */
static void a_roster_is_printed_from_its_page(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    int64_t need = need_of(&b.w, EAST, b.w.yard, NOON, 0, 2);
    int64_t pairs[1][2] = { { need, b.w.person[1] } };
    publish(&b.w, 5, 1, (const int64_t (*)[2])pairs);
    sign_in(&b, CITY, true);
    response p = get(&b, text_format(check_arena(), "/desk/rosters/%lld", LL(b.w.team[EAST])).at);
    const char *to = text_format(check_arena(), "/desk/rosters/%lld/paper", LL(b.w.team[EAST])).at;
    response printed = post(&b, to, form(&p, "&paper=by_day"));
    assert_true(printed.status == 303 && str_starts(header_of(&printed, "Location"), STR("/f/")));
    p = get(&b, text_format(check_arena(), "/desk/rosters/%lld", LL(b.w.team[EAST])).at);
    assert_int_equal(post(&b, to, form(&p, "&paper=poem")).status, 422);
    sign_in(&b, EAST_DESK, true);
    p = get(&b, text_format(check_arena(), "/desk/rosters/%lld", LL(b.w.team[EAST])).at);
    str body = text_format(check_arena(), "form=%.*s&key=pp&paper=by_day", STR_ARG(hidden(&p, "form")));
    assert_int_equal(post(&b, to, body).status, 403);
}

static void addresses_written_alike_are_settled_together(const char *url)
{
    browser b = open_desk(url);
    must(&b.w, 1, "placement.record", NULL,
         ROWS("[{\"person\":%lld,\"state\":\"queued\",\"reasons\":\"no number\",\"text_key\":\"peach garden\","
              "\"candidates\":\"320303001001 D East; 320303001002 D West\"}]", LL(b.w.person[STRANGER])));
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/queue");
    assert_true(has(&p, "1. D East") && has(&p, "2. D West") && has(&p, "1 alike"));
    assert_int_equal(post(&b, "/desk/queue", form(&p, "&text_key=peach+garden")).status, 422);
    assert_int_equal(post(&b, "/desk/queue", form(&p, "&text_key=peach+garden&code=320303001001")).status, 303);
    p = get(&b, "/desk/queue");
    assert_true(has(&p, "All addresses have a community."));
}

ON_BOTH(the_desk_is_for_those_who_run_something)
ON_BOTH(today_counts_what_the_records_say)
ON_BOTH(a_call_list_is_printed_with_numbers_on_a_press)
ON_BOTH(a_coordinator_sees_only_what_is_hers)
ON_BOTH(the_auditor_reads_figures_and_no_names)
ON_BOTH(somebody_seen_late_is_recorded_once)
ON_BOTH(a_list_takes_its_arguments_and_no_others)
ON_BOTH(a_roster_is_printed_from_its_page)
ON_BOTH(addresses_written_alike_are_settled_together)
ON_BOTH(every_page_shows_only_the_own_scope)
ON_BOTH(a_second_person_sends_what_was_drafted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(the_desk_is_for_those_who_run_something),
        BOTH(today_counts_what_the_records_say),
        BOTH(a_call_list_is_printed_with_numbers_on_a_press),
        BOTH(a_coordinator_sees_only_what_is_hers),
        BOTH(the_auditor_reads_figures_and_no_names),
        BOTH(somebody_seen_late_is_recorded_once),
        BOTH(a_list_takes_its_arguments_and_no_others),
        BOTH(a_roster_is_printed_from_its_page),
        BOTH(addresses_written_alike_are_settled_together),
        BOTH(every_page_shows_only_the_own_scope),
        BOTH(a_second_person_sends_what_was_drafted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
