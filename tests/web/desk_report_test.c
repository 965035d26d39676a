/* Reports and gifts at the desk: figures open their records, two people make a bulletin, the ledger only grows. */
#include "web/desk_browser.h"

static void a_bulletin_is_drawn_up_by_one_and_frozen_by_another(const char *url)
{
    browser b = open_desk(url);
    begin_morning(&b);
    make(&b, 4, "commander", "all", NULL);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/reports");
    assert_true(has(&p, "There is no bulletin yet.") && has(&p, "name=\"number\" inputmode=\"numeric\" value=\"1\""));
    assert_int_equal(post(&b, "/desk/reports", form(&p, "&number=x")).status, 422);
    assert_int_equal(post(&b, "/desk/reports", form(&p, "&number=1&issuer=Office")).status, 303);
    p = get(&b, "/desk/reports/1");
    assert_true(has(&p, "You drew it up; somebody else checks and freezes it.") && has(&p, "Office"));
    ptrdiff_t at = str_find(p.body, STR("/desk/list/attendance_valid?operation="));
    assert_true(at >= 0);
    str link = str_from(p.body, (size_t)at), href;
    str_split(&link, '"', &href);
    text t = text_begin(check_arena());
    for (str part; href.len && str_split(&href, '&', &part);) /* &amp; of the page */
        text_printf(&t, "%s%.*s", t.len ? "&" : "", STR_ARG(str_starts(part, STR("amp;")) ? str_from(part, 4) : part));
    response records = get(&b, text_done(&t).at);
    assert_true(records.status == 200 && has(&records, "1 rows") && has(&records, ">P1<"));
    rows r = list(&b.w, "bulletin", NULL, 0);
    str freeze = text_format(check_arena(), "&bulletin=%lld", LL(rows_int(&r, 0, "id")));
    assert_int_equal(post(&b, "/desk/reports/1/freeze", form(&p, freeze.at)).status, 403);
    sign_in(&b, 4, true);
    p = get(&b, "/desk/reports/1");
    assert_true(has(&p, "Checked: freeze no. 1"));
    str body = text_format(check_arena(), "form=%.*s&key=f%.*s", STR_ARG(hidden(&p, "form")), STR_ARG(freeze));
    assert_int_equal(post(&b, "/desk/reports/1/freeze", body).status, 303);
    p = get(&b, "/desk/reports/1");
    assert_true(has(&p, "frozen") && has(&p, "checked by P4") && !has(&p, "Count again"));
    response paper = post(&b, "/desk/reports/1/paper", form(&p, ""));
    assert_int_equal(paper.status, 303);
    assert_true(str_starts(header_of(&paper, "Location"), STR("/f/")));
    r = list(&b.w, "job_my", NULL, 0);
    assert_true(r.count == 1 && str_is(rows_text(&r, 0, "kind"), "paper.bulletin"));
}

static void a_paper_not_made_yet_is_looked_for_again(const char *url)
{
    browser b = open_desk(url);
    b.site.files = check_folder();
    must(&b.w, 8, "bulletin.draft", NULL, NAMED({ "operation", V_INT(b.w.operation) }, { "number", V_INT(1) }, { "as_of", V_INT(HOURS(8)) }));
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/reports/1");
    p = post(&b, "/desk/reports/1/paper", form(&p, ""));
    p = get(&b, str_z(check_arena(), header_of(&p, "Location")));
    assert_int_equal(p.status, 202);
    assert_true(str_is(header_of(&p, "Refresh"), "2") && has(&p, "The file is being made"));
}

static void reports_are_of_the_whole_city(const char *url)
{
    browser b = open_desk(url);
    must(&b.w, 8, "bulletin.draft", NULL, NAMED({ "operation", V_INT(b.w.operation) }, { "number", V_INT(1) }, { "as_of", V_INT(HOURS(8)) }));
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, "/desk/reports");
    assert_true(has(&p, "There is no bulletin yet.") && !has(&p, "Draw it up"));
    assert_int_equal(get(&b, "/desk/reports/1").status, 404);
    assert_int_equal(get(&b, "/desk/reports/x").status, 404);
    str body = text_format(check_arena(), "form=%.*s&key=d1&number=2", STR_ARG(hidden(&p, "form")));
    assert_int_equal(post(&b, "/desk/reports", body).status, 403);
    sign_in(&b, AUDITOR, true);
    p = get(&b, "/desk/reports/1");
    assert_true(p.status == 200 && !has(&p, "freeze"));
}

static const char gift[] = "&kind=money&donor_name=Lin&amount=2000&received_on=2020-02-08&community_code=320303001001&purpose=masks";

static void the_ledger_only_grows(const char *url)
{
    browser b = open_desk(url);
    sign_in(&b, CITY, true);
    response p = get(&b, "/desk/donations");
    const char *operation = text_format(check_arena(), "&operation=%lld", LL(b.w.operation)).at;
    response bad = post(&b, "/desk/donations", form(&p, text_format(check_arena(), "%s&kind=money&donor_name=Lin&amount=two&received_on=2020-02-08", operation).at));
    assert_int_equal(bad.status, 422);
    assert_true(has(&bad, "value=\"two\"") && has(&bad, "Write yuan in digits"));
    for (int i = 0; i < 2; i++) /* a tap sent twice */
        assert_int_equal(post(&b, "/desk/donations", form(&p, text_format(check_arena(), "%s%s", operation, gift).at)).status, 303);
    p = get(&b, "/desk/donations");
    assert_true(has(&p, "2,000.00 yuan in all") && has(&p, ">Lin<") && has(&p, "Receipt PDF"));
    rows r = list(&b.w, "donation_entry", NAMED({ "operation", V_INT(b.w.operation) }), 0);
    assert_int_equal(r.count, 1);
    const char *to = text_format(check_arena(), "/desk/donations/%lld/reverse", LL(rows_int(&r, 0, "id"))).at;
    assert_int_equal(post(&b, to, form(&p, "")).status, 422); /* why? */
    assert_int_equal(post(&b, to, text_format(check_arena(), "form=%.*s&key=v1&why=wrong+name", STR_ARG(hidden(&p, "form")))).status, 303);
    p = get(&b, "/desk/donations");
    assert_true(has(&p, "taken back") && has(&p, "0.00 yuan in all") && has(&p, "-2,000.00"));
    p = get(&b, "/desk/donations?net=1");
    assert_true(has(&p, "No gifts are recorded here."));
    response slip = post(&b, text_format(check_arena(), "/desk/donations/%lld/paper", LL(rows_int(&r, 0, "id"))).at,
                         text_format(check_arena(), "form=%.*s&key=s1", STR_ARG(hidden(&p, "form"))));
    assert_true(slip.status == 303 && str_starts(header_of(&slip, "Location"), STR("/f/")));
}

static void gifts_are_seen_in_the_own_communities(const char *url)
{
    browser b = open_desk(url);
    static const char *const codes[] = { "320303001001", "320303001002" };
    for (size_t i = 0; i < COUNT(codes); i++)
        must(&b.w, 8, "donation.record", NULL, NAMED({ "operation", V_INT(b.w.operation) }, { "kind", T("money") }, { "amount", T("10") },
             { "donor_name", T(i ? "Giver west" : "Giver east") }, { "received_on", T("2020-02-08") }, { "community_code", T(codes[i]) },
             { "by", V_INT(b.w.person[CITY]) }));
    sign_in(&b, EAST_DESK, true);
    response p = get(&b, "/desk/donations");
    assert_true(has(&p, "Giver east") && !has(&p, "Giver west") && !has(&p, "Record it") && !has(&p, "Take it back"));
    str body = text_format(check_arena(), "form=%.*s&key=n1&operation=%lld%s", STR_ARG(hidden(&p, "form")), LL(b.w.operation), gift);
    assert_int_equal(post(&b, "/desk/donations", body).status, 403);
    sign_in(&b, AUDITOR, true);
    p = get(&b, "/desk/donations");
    assert_true(has(&p, "Giver west") && !has(&p, "Record it"));
    sign_in(&b, 3, false);
    assert_int_equal(get(&b, "/desk/donations").status, 403);
}

ON_BOTH(a_bulletin_is_drawn_up_by_one_and_frozen_by_another)
ON_BOTH(a_paper_not_made_yet_is_looked_for_again)
ON_BOTH(reports_are_of_the_whole_city)
ON_BOTH(the_ledger_only_grows)
ON_BOTH(gifts_are_seen_in_the_own_communities)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_bulletin_is_drawn_up_by_one_and_frozen_by_another),
        BOTH(a_paper_not_made_yet_is_looked_for_again),
        BOTH(reports_are_of_the_whole_city),
        BOTH(the_ledger_only_grows),
        BOTH(gifts_are_seen_in_the_own_communities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
