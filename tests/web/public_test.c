/* What anybody sees: open needs without names, certificates with one character hidden; and the secretary's first page. */
#include "browser.h"

static response open_page(browser *b, const char *path)
{
    return ask(b, WEB_GET, str_of(path), STR(""));
}

static void open_needs_name_nobody(const char *url)
{
    browser b = open_browser(url);
    response p = open_page(&b, "/o");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "Nobody is missing"));
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 1, 2);
    need_of(&b.w, WEST, b.w.bridge, NOON, 2, 1);
    must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[0]) }));
    p = open_page(&b, "/o");
    assert_true(has(&p, "1 person is wanted") && has(&p, "1 community is waiting") && has(&p, "Bridge"));
    assert_false(has(&p, "Gate")); /* has whom it needs at least */
    assert_false(has(&p, ">P0<") || has(&p, "1380000000"));
    CASE("what is over is not asked for");
    b.hours = 80;
    p = open_page(&b, "/o");
    assert_true(has(&p, "Nobody is missing"));
}

static void totals_are_those_of_the_last_frozen_bulletin(const char *url)
{
    browser b = open_browser(url);
    response p = open_page(&b, "/o");
    assert_true(has(&p, "07:00") && !has(&p, "What was done")); /* by the operation's clock, though no need tells it */
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2), who = b.w.person[0];
    int64_t duty = must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(who) }));
    must(&b.w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(who) }));
    must(&b.w, 12, "duty.check_out", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(who) }));
    must(&b.w, 13, "attendance.confirm_day", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "day", T("2020-02-08") }, { "by", V_INT(b.w.person[1]) }));
    must(&b.w, 13, "donation.record", "id", NAMED({ "operation", V_INT(b.w.operation) }, { "kind", T("money") }, { "amount", T("1234.5") }, { "donor_name", T("Giver") },
                                                  { "received_on", T("2020-02-08") }, { "by", V_INT(who) }));
    for (int number = 1; number <= 2; number++)
        must(&b.w, 13 + number, "bulletin.draft", "id", NAMED({ "operation", V_INT(b.w.operation) }, { "number", V_INT(number) }, { "as_of", V_INT(HOURS(13 + number)) }, { "by", V_INT(who) }));
    b.hours = 20;
    p = open_page(&b, "/o");
    assert_false(has(&p, "What was done")); /* drafts are nobody's business */
    rows r = list(&b.w, "bulletin", NULL, 0); /* the newest first */
    must(&b.w, 20, "bulletin.freeze", NULL, NAMED({ "bulletin", V_INT(rows_int(&r, 1, "id")) }, { "checked_by", V_INT(b.w.person[1]) }));
    p = open_page(&b, "/o");
    assert_true(has(&p, "Bulletin no. 1, as of 8 Feb (Sat) 14:00"));
    assert_true(has(&p, "<dt>People who served</dt><dd class=\"number\">1</dd>") && has(&p, "<dt>Hours confirmed</dt><dd class=\"number\">4</dd>"));
    assert_true(has(&p, "<dt>Money given (yuan)</dt><dd class=\"number\">1,234.50</dd>"));
    assert_false(has(&p, "Giver") || has(&p, ">P0<") || has(&p, "P1"));
    must(&b.w, 20, "bulletin.freeze", NULL, NAMED({ "bulletin", V_INT(rows_int(&r, 0, "id")) }, { "checked_by", V_INT(b.w.person[1]) }));
    p = open_page(&b, "/o");
    assert_true(has(&p, "Bulletin no. 2, as of 8 Feb (Sat) 15:00") && !has(&p, "Bulletin no. 1"));
}

static void needs_stand_with_their_community_soonest_first(const char *url)
{
    browser b = open_browser(url);
    need_of(&b.w, WEST, b.w.bridge, DAY, 1, 1);
    need_of(&b.w, EAST, b.w.gate, NOON, 2, 2);
    need_of(&b.w, WEST, b.w.bridge, NOON, 0, 3);
    need_of(&b.w, EAST, b.w.yard, DAY, 1, 1);
    response p = open_page(&b, "/o");
    static const char *const order[] = { "<h2>East</h2>", "Yard", "Gate", "<h2>West</h2>", "8 Feb (Sat) 12:00", "9 Feb (Sun) 08:00" };
    ptrdiff_t at = 0;
    for (size_t i = 0; i < COUNT(order); i++) {
        CASE(order[i]);
        ptrdiff_t next = str_find(str_from(p.body, (size_t)at), str_of(order[i]));
        assert_true(next >= 0);
        at += next;
    }
    assert_true(has(&p, "2 communities are waiting"));
}

/* Somebody served, and has a certificate; its number. */
static str certified(browser *b, int64_t *id, str *tag)
{
    int64_t need = need_of(&b->w, EAST, b->w.gate, DAY, 0, 2), who = b->w.person[0];
    int64_t duty = must(&b->w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(who) }));
    must(&b->w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b->w.person[1]) }));
    must(&b->w, 12, "duty.check_out", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b->w.person[1]) }));
    must(&b->w, 13, "attendance.confirm_day", NULL,
         NAMED({ "team", V_INT(b->w.team[EAST]) }, { "day", T("2020-02-08") }, { "by", V_INT(b->w.person[1]) }));
    *id = must(&b->w, 13, "certificate.issue", "id", NAMED({ "person", V_INT(who) }, { "operation", V_INT(b->w.operation) },
                                                       { "issuer", T("East committee") }, { "by", V_INT(b->w.person[1]) }));
    rows r = list(&b->w, "certificate", NULL, 0);
    *tag = rows_text(&r, 0, "tag");
    return rows_text(&r, 0, "number");
}

static void a_certificate_is_verified_by_its_number(const char *url)
{
    browser b = open_browser(url);
    int64_t id;
    str tag, number = certified(&b, &id, &tag);
    b.hours = 14;
    response p = open_page(&b, "/o/verify");
    assert_true(p.status == 200 && has(&p, "Number of the certificate"));
    const char *path = text_format(check_arena(), "/o/verify?number=%.*s&tag=%.*s", STR_ARG(number), STR_ARG(tag)).at;
    p = open_page(&b, path);
    assert_true(has(&p, "Valid") && has(&p, "East committee") && has(&p, "Name: P*") && has(&p, "4.0 hours") && has(&p, "8 Feb (Sat)"));
    assert_false(has(&p, "P0<"));
    CASE("numbers run on: the number alone, or with another's code, says nothing of anybody");
    static const char *const guesses[] = { "", "&tag=", "&tag=00000000", "&tag=%25" };
    for (size_t i = 0; i < COUNT(guesses); i++) {
        p = open_page(&b, text_format(check_arena(), "/o/verify?number=%.*s%s", STR_ARG(number), guesses[i]).at);
        assert_true(p.status == 200 && has(&p, "There is no such certificate"));
        assert_false(has(&p, "East committee") || has(&p, "P*"));
    }
    CASE("in capitals, as some telephones write");
    p = open_page(&b, text_format(check_arena(), "/o/verify?number=%.*s&tag=%c%.*s", STR_ARG(number),
                                  tag.at[0] >= 'a' ? tag.at[0] - 'a' + 'A' : tag.at[0], STR_ARG(str_from(tag, 1))).at);
    assert_true(has(&p, "Valid"));
    CASE("numbers that are none, in the same words");
    static const char *const none[] = { "/o/verify?number=2019-1", "/o/verify?number=%3Cb%3E", "/o/verify?number=MC1.nonsense" };
    for (size_t i = 0; i < COUNT(none); i++) {
        p = open_page(&b, none[i]);
        assert_true(p.status == 200 && has(&p, "There is no such certificate"));
        assert_false(has(&p, "value=\"<b>"));
    }
    CASE("replaced: the new number is named");
    id = must(&b.w, 14, "certificate.replace", "id", NAMED({ "certificate", V_INT(id) }, { "by", V_INT(b.w.person[1]) }));
    p = open_page(&b, path);
    rows r = list(&b.w, "certificate", NAMED({ "certificate", V_INT(id) }), 0);
    assert_true(!has(&p, ">✓") && has(&p, rows_text(&r, 0, "number").at));
    path = text_format(check_arena(), "/o/verify?number=%.*s&tag=%.*s", STR_ARG(rows_text(&r, 0, "number")), STR_ARG(rows_text(&r, 0, "tag"))).at;
    p = open_page(&b, path);
    assert_true(has(&p, "Valid"));
    CASE("revoked");
    must(&b.w, 14, "certificate.revoke", NULL,
         NAMED({ "certificate", V_INT(id) }, { "why", T("wrong hours") }));
    p = open_page(&b, path);
    assert_true(has(&p, "Revoked"));
    assert_false(has(&p, "wrong hours"));
}

static void a_secretary_has_her_communitys_teams(const char *url)
{
    browser b = open_browser(url);
    must(&b.w, -30, "role_grant.add", NULL,
         NAMED({ "person", V_INT(b.w.person[6]) }, { "role", T("secretary") }, { "scope", T("division") }, { "division", T("320303001001") }));
    response p = ask(&b, WEB_POST, link_of(&b, "person", b.w.person[6]), STR("digits=0006"));
    assert_int_equal(p.status, 303);
    p = open_page(&b, "/s");
    assert_int_equal(p.status, 200);
    assert_true(has(&p, text_format(check_arena(), "/l/team/%lld/today", LL(b.w.team[EAST])).at));
    assert_false(has(&p, text_format(check_arena(), "/l/team/%lld/", LL(b.w.team[WEST])).at));
    CASE("and their pages of the day");
    static const char *const pages[] = { "", "/today", "/demand", "/hours" };
    for (size_t i = 0; i < COUNT(pages); i++) {
        p = open_page(&b, text_format(check_arena(), "/l/team/%lld%s", LL(b.w.team[EAST]), pages[i]).at);
        assert_int_equal(p.status, 200);
    }
    p = open_page(&b, text_format(check_arena(), "/l/team/%lld/today", LL(b.w.team[WEST])).at);
    assert_true(p.status == 403 || p.status == 404);
    CASE("nobody else");
    browser other = b;
    other.cookie = (str){ 0 };
    assert_int_equal(open_page(&other, "/s").status, 403);
    ask(&other, WEB_POST, link_of(&other, "person", b.w.person[1]), STR(""));
    assert_int_equal(open_page(&other, "/s").status, 403);
}

ON_BOTH(open_needs_name_nobody)
ON_BOTH(totals_are_those_of_the_last_frozen_bulletin)
ON_BOTH(needs_stand_with_their_community_soonest_first)
ON_BOTH(a_certificate_is_verified_by_its_number)
ON_BOTH(a_secretary_has_her_communitys_teams)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(open_needs_name_nobody),
        BOTH(totals_are_those_of_the_last_frozen_bulletin),
        BOTH(needs_stand_with_their_community_soonest_first),
        BOTH(a_certificate_is_verified_by_its_number),
        BOTH(a_secretary_has_her_communitys_teams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
