/* A volunteer's own pages: what each form does, what it refuses, and what no page shows. On both engines. */
#include "browser.h"

/* At the gate, which is in the east. */
static int64_t add_duty(const world *w, int person, int shift)
{
    int64_t need = need_of(w, EAST, w->gate, shift, 0, 2);
    return must(w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(w->person[person]) }));
}

static size_t count(browser *b, const char *view)
{
    return list(&b->w, view, NULL, 0).count;
}

static response press(browser *b, const char *page, const char *to, const char *rest)
{
    response p = ask(b, WEB_GET, str_of(page), STR(""));
    assert_int_equal(p.status, 200);
    if (!has(&p, "name=\"key\"")) /* nothing to press there: a form kept from elsewhere */
        p = ask(b, WEB_GET, STR("/p/situation"), STR(""));
    return ask(b, WEB_POST, str_of(to), form(&p, rest));
}

static browser open_as(const char *url, int person)
{
    browser b = open_browser(url);
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[person]), STR("")).status, 303);
    return b;
}

static browser as(const browser *other, int person)
{
    browser b = *other;
    b.cookie = (str){ 0 };
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", b.w.person[person]), STR("")).status, 303);
    return b;
}

static bool went_to(const response *p, const char *path)
{
    return p->status == 303 && str_is(header_of(p, "Location"), path);
}

static const char *path_of(const char *shape, int64_t id)
{
    return text_format(check_arena(), shape, LL(id)).at;
}

static int64_t newest(browser *b, const char *view)
{
    rows r = list(&b->w, view, NULL, 0);
    assert_true(r.count > 0);
    return rows_int(&r, 0, "id");
}

static void a_duty_stays_until_the_other_accepts(const char *url)
{
    browser b = open_as(url, 0), other;
    int64_t duty = add_duty(&b.w, 0, NOON);
    const char *page = path_of("/p/duty/%lld/substitute", duty);
    response p = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_true(has(&p, page));
    p = press(&b, page, page, "");
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "Nobody is chosen"));
    p = press(&b, page, page, path_of("&to_person=%lld", b.w.person[5])); /* of another team */
    assert_true(p.status >= 400 && has(&p, "role=\"alert\""));
    p = press(&b, page, page, path_of("&to_person=%lld", b.w.person[2]));
    assert_true(went_to(&p, text_format(check_arena(), "%s?done=my_asked", page).at));
    p = ask(&b, WEB_GET, str_of(page), STR(""));
    assert_true(has(&p, "P2 is asked") && has(&p, "the duty is yours") && !has(&p, "type=\"radio\""));
    int64_t swap = newest(&b, "swap");
    other = as(&b, 2);
    p = ask(&other, WEB_GET, STR("/p"), STR(""));
    assert_true(has(&p, "P0 asks you to stand in"));
    p = press(&other, "/p", path_of("/p/swap/%lld/accept", swap), "");
    assert_true(went_to(&p, "/p?done=my_taken"));
    p = ask(&b, WEB_GET, str_of(page), STR("")); /* no longer mine */
    assert_int_equal(p.status, 404);
    p = press(&other, "/p", path_of("/p/swap/%lld/accept", swap), ""); /* decided */
    assert_int_equal(p.status, 409);
}

static void asking_is_taken_back_or_refused(const char *url)
{
    browser b = open_as(url, 0), other = as(&b, 2), third = as(&b, 3);
    int64_t duty = add_duty(&b.w, 0, NOON);
    const char *page = path_of("/p/duty/%lld/substitute", duty);
    response p;
    press(&b, page, page, path_of("&to_person=%lld", b.w.person[2]));
    int64_t swap = newest(&b, "swap");
    p = press(&third, "/p", path_of("/p/swap/%lld/accept", swap), "");
    assert_int_equal(p.status, 403);
    p = press(&b, page, path_of("/p/swap/%lld/withdraw", swap), "");
    assert_true(went_to(&p, "/p?done=my_withdrawn"));
    press(&b, page, page, path_of("&to_person=%lld", b.w.person[2]));
    p = press(&other, "/p", path_of("/p/swap/%lld/refuse", newest(&b, "swap")), "");
    assert_true(went_to(&p, "/p?done=my_refused"));
    p = press(&b, page, path_of("/p/duty/%lld/excuse", duty), "&why=fever");
    assert_true(went_to(&p, "/p?done=my_excused"));
    p = ask(&other, WEB_POST, str_of(path_of("/p/duty/%lld/excuse", duty)), STR(""));
    assert_int_equal(p.status, 403);
}

static void a_reason_goes_to_the_leader_alone(const char *url)
{
    browser b = open_as(url, 0), other = as(&b, 2);
    must(&b.w, 1, "role_grant.add", NULL, NAMED({ "person", V_INT(b.w.person[1]) }, { "role", T("leader") }, { "scope", T("team") }, { "team", V_INT(b.w.team[EAST]) }));
    int64_t duty = add_duty(&b.w, 0, NOON);
    const char *page = path_of("/p/duty/%lld/substitute", duty), *to = path_of("&to_person=%lld", b.w.person[2]);
    char far_too_long[400];
    memset(far_too_long, 'x', sizeof far_too_long - 1);
    far_too_long[sizeof far_too_long - 1] = 0;
    response p = press(&b, page, page, text_format(check_arena(), "%s&why=%s", to, far_too_long).at);
    assert_true(p.status == 422 && has(&p, "The reason is too long"));
    assert_int_equal(count(&b, "swap"), 0);
    p = press(&b, page, page, text_format(check_arena(), "%s&why=+a+feverish+%%3Cchild%%3E+", to).at);
    assert_int_equal(p.status, 303);
    rows r = list(&b.w, "swap", NULL, 0);
    check_str(rows_text(&r, 0, "why"), "a feverish <child>");
    p = ask(&other, WEB_GET, STR("/p"), STR(""));
    assert_true(has(&p, "P0 asks you to stand in") && !has(&p, "feverish"));
    browser leader = b;
    leader.cookie = (str){ 0 };
    assert_int_equal(ask(&leader, WEB_POST, link_of(&leader, "person", b.w.person[1]), STR("digits=0001")).status, 303);
    p = ask(&leader, WEB_GET, str_of(path_of("/l/team/%lld/asks", b.w.team[EAST])), STR(""));
    assert_true(p.status == 200 && has(&p, "Reason: a feverish &lt;child&gt;"));
    r = list(&b.w, "audit", NULL, 0); /* of the words themselves no row of the record holds anything */
    for (size_t i = 0; i < r.count * r.column_count; i++)
        assert_true(str_find(r.at[i].s, STR("feverish")) < 0);
    p = press(&b, page, path_of("/p/duty/%lld/excuse", duty), text_format(check_arena(), "&why=%s", far_too_long).at);
    assert_true(p.status == 422 && has(&p, "The reason is too long"));
}

static void what_i_say_of_myself_is_kept(const char *url)
{
    browser b = open_as(url, 0);
    response p = press(&b, "/p/situation", "/p/situation/times", "");
    assert_int_equal(p.status, 422); /* no chip */
    p = press(&b, "/p/situation", "/p/situation/times", "&saturday=1&day=1");
    assert_true(went_to(&p, "/p/situation?done=my_said"));
    p = press(&b, "/p/situation", "/p/situation/wish/no_night", "");
    assert_true(went_to(&p, "/p/situation?done=my_said"));
    p = press(&b, "/p/situation", "/p/situation/wish/no_work", "");
    assert_int_equal(p.status, 422);
    press(&b, "/p/situation", "/p/situation/skill", "&skill=drives+a+car");
    p = press(&b, "/p/situation", "/p/situation/skill", "&skill=+");
    assert_int_equal(p.status, 422);
    press(&b, "/p/situation", "/p/situation/pair", path_of("&other=%lld", b.w.person[1]));
    p = press(&b, "/p/situation", "/p/situation/pair", path_of("&other=%lld", b.w.person[STRANGER]));
    assert_int_equal(p.status, 404);
    p = press(&b, "/p/situation", "/p/situation/pair", "");
    assert_int_equal(p.status, 422);
    p = ask(&b, WEB_GET, STR("/p/situation"), STR(""));
    assert_true(has(&p, "Kept: ") && has(&p, "drives a car") && has(&p, "Never at the same time as P1"));
    assert_true(has(&p, "138****0000") && !has(&p, "13800000000"));
    press(&b, "/p/situation", "/p/situation/wish/no_night", "&off=1");
    press(&b, "/p/situation", "/p/situation/skill", "&skill=drives+a+car&off=1");
    press(&b, "/p/situation", "/p/situation/pair", path_of("&other=%lld&off=1", b.w.person[1]));
    p = ask(&b, WEB_GET, STR("/p/situation"), STR(""));
    assert_true(!has(&p, "Kept: ") && !has(&p, "drives a car") && !has(&p, "Never at the same time as"));
    /* The other of the two may take it back too; what the leader set, neither. */
    press(&b, "/p/situation", "/p/situation/pair", path_of("&other=%lld", b.w.person[1]));
    browser other = as(&b, 1);
    press(&other, "/p/situation", "/p/situation/pair", path_of("&other=%lld&off=1", b.w.person[0]));
    p = ask(&b, WEB_GET, STR("/p/situation"), STR(""));
    assert_false(has(&p, "Never at the same time as"));
}

static void a_care_note_stands_on_no_page(const char *url)
{
    browser b = open_as(url, 0);
    response p = press(&b, "/p/situation", "/p/situation/care/show", "");
    assert_int_equal(p.status, 404);
    p = press(&b, "/p/situation", "/p/situation/care", "&text=+");
    assert_int_equal(p.status, 422);
    press(&b, "/p/situation", "/p/situation/care", "&text=insulin+at+noon");
    press(&b, "/p/situation", "/p/situation/reader", path_of("&reader=%lld", b.w.person[1]));
    static const char *const pages[] = { "/p", "/p/situation", "/p/help", "/p/hours", "/p/certificate", "/p/gifts" };
    for (size_t i = 0; i < COUNT(pages); i++) {
        CASE(pages[i]);
        p = ask(&b, WEB_GET, str_of(pages[i]), STR(""));
        assert_int_equal(p.status, 200);
        assert_false(has(&p, "insulin"));
        for (int k = 1; k < PEOPLE; k++)
            assert_false(has(&p, text_format(check_arena(), "1380000000%d", k).at));
    }
    p = press(&b, "/p/situation", "/p/situation/care/show", "");
    assert_true(p.status == 200 && has(&p, "insulin at noon")); /* the press alone shows it, to its owner */
    p = press(&b, "/p/situation", "/p/situation/reader", path_of("&reader=%lld&off=1", b.w.person[1]));
    assert_true(went_to(&p, "/p/situation?done=my_said"));
}

static void a_group_link_opens_none_of_them(const char *url)
{
    browser b = open_browser(url);
    response p = ask(&b, WEB_POST, link_of(&b, "team", b.w.team[EAST]), text_format(check_arena(), "person=%lld&digits=0000", LL(b.w.person[0])));
    assert_int_equal(p.status, 303);
    int64_t duty = add_duty(&b.w, 0, NOON);
    const char *pages[] = { "/p/situation", "/p/help", "/p/hours", "/p/certificate", "/p/gifts", path_of("/p/duty/%lld/substitute", duty) };
    for (size_t i = 0; i < COUNT(pages); i++) {
        CASE(pages[i]);
        assert_int_equal(ask(&b, WEB_GET, str_of(pages[i]), STR("")).status, 403);
    }
    p = ask(&b, WEB_GET, STR("/p"), STR(""));
    assert_true(p.status == 200 && !has(&p, "/p/hours") && !has(&p, "/substitute"));
}

static void help_is_offered_where_it_is_wanted(const char *url)
{
    browser b = open_as(url, 0);
    int64_t own = need_of(&b.w, EAST, b.w.gate, NOON, 0, 2), far = need_of(&b.w, WEST, b.w.bridge, DAY, 1, 2);
    response p = ask(&b, WEB_GET, STR("/p/help"), STR(""));
    ptrdiff_t near_at = str_find(p.body, STR("Gate")), far_at = str_find(p.body, STR("Bridge"));
    assert_true(near_at >= 0 && far_at > near_at); /* the nearest first */
    p = press(&b, "/p/help", path_of("/p/help/%lld", own), "");
    assert_true(went_to(&p, "/p?done=my_signed_up"));
    p = press(&b, "/p/help", path_of("/p/help/%lld", far), "");
    assert_true(went_to(&p, "/p/help?done=my_offered"));
    p = press(&b, "/p/help", path_of("/p/help/%lld", far), ""); /* once is enough */
    assert_int_equal(p.status, 409);
    p = ask(&b, WEB_GET, STR("/p/help"), STR(""));
    assert_true(has(&p, "They are told") && !has(&p, "Gate"));
    assert_int_equal(count(&b, "note"), 1);
    p = press(&b, "/p/help", "/p/help/999", "");
    assert_int_equal(p.status, 404);
    browser stranger = as(&b, STRANGER);
    p = press(&stranger, "/p/help", path_of("/p/help/%lld", far), "");
    assert_true(went_to(&p, "/p/help?done=my_offered"));
    assert_int_equal(count(&b, "join_request"), 1);
}

static void hours_and_gifts_may_be_wrong(const char *url)
{
    browser b = open_as(url, 0);
    int64_t duty = add_duty(&b.w, 0, DAY);
    must(&b.w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b.w.person[1]) }));
    int64_t in = must(&b.w, 12, "duty.check_out", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b.w.person[1]) }));
    must(&b.w, 13, "attendance.confirm", "id", NAMED({ "attendance", V_INT(in) }, { "minutes", V_INT(210) }, { "by", V_INT(b.w.person[1]) }));
    must(&b.w, 13, "certificate.issue", "id", NAMED({ "person", V_INT(b.w.person[0]) }, { "operation", V_INT(b.w.operation) },
                                                    { "issuer", T("East office") }, { "by", V_INT(b.w.person[1]) }));
    int64_t gift = must(&b.w, 13, "donation.record", "id",
                        NAMED({ "operation", V_INT(b.w.operation) }, { "donor_name", T("P0") }, { "donor_person", V_INT(b.w.person[0]) },
                              { "kind", T("money") }, { "amount", T("20") }, { "received_on", T("2020-02-08") },
                              { "by", V_INT(b.w.person[1]) }));
    b.hours = 14;
    response p = ask(&b, WEB_GET, STR("/p/hours"), STR(""));
    assert_true(has(&p, "3.5 hours confirmed"));
    const char *wrong = path_of("/p/hours/%lld", in);
    p = press(&b, "/p/hours", wrong, "&text=");
    assert_int_equal(p.status, 422);
    p = press(&b, "/p/hours", wrong, "&text=it+was+four+hours");
    assert_true(went_to(&p, "/p/hours?done=my_told"));
    browser other = as(&b, 2);
    p = press(&other, "/p/situation", wrong, "&text=not+mine");
    assert_int_equal(p.status, 403);
    p = ask(&b, WEB_GET, STR("/p/gifts"), STR(""));
    assert_true(has(&p, "20.00 yuan"));
    p = press(&b, "/p/gifts", path_of("/p/gifts/%lld", gift), "&text=it+was+200");
    assert_true(went_to(&p, "/p/gifts?done=my_told"));
    p = press(&other, "/p/situation", path_of("/p/gifts/%lld", gift), "&text=not+mine");
    assert_int_equal(p.status, 404);
    p = ask(&b, WEB_GET, STR("/p/certificate"), STR(""));
    assert_true(has(&p, "3.5 hours") && has(&p, "East office"));
    int64_t certificate = newest(&b, "certificate");
    p = ask(&b, WEB_GET, str_of(path_of("/p/certificate/%lld", certificate)), STR(""));
    assert_true(p.status == 200 && has(&p, "Hours by day"));
    assert_int_equal(ask(&other, WEB_GET, str_of(path_of("/p/certificate/%lld", certificate)), STR("")).status, 404);
    assert_int_equal(ask(&b, WEB_GET, STR("/p/certificate/x"), STR("")).status, 404);
}

/* Three and a half hours of a person, and the paper for them. */
static int64_t certificate_for(browser *b, int person, int leader)
{
    int64_t duty = add_duty(&b->w, person, DAY);
    must(&b->w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b->w.person[leader]) }));
    int64_t in = must(&b->w, 12, "duty.check_out", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b->w.person[leader]) }));
    must(&b->w, 13, "attendance.confirm", "id", NAMED({ "attendance", V_INT(in) }, { "minutes", V_INT(210) }, { "by", V_INT(b->w.person[leader]) }));
    return must(&b->w, 13, "certificate.issue", "id", NAMED({ "person", V_INT(b->w.person[person]) }, { "operation", V_INT(b->w.operation) },
                                                            { "issuer", T("East office") }, { "by", V_INT(b->w.person[leader]) }));
}

static void a_certificate_is_printed_for_its_owner_alone(const char *url)
{
    browser b = open_as(url, 0), other = as(&b, 2);
    int64_t mine = certificate_for(&b, 0, 1);
    const char *page = path_of("/p/certificate/%lld", mine), *paper = path_of("/p/certificate/%lld/paper", mine);
    b.hours = other.hours = 14;
    response p = press(&b, page, paper, "");
    assert_true(p.status == 409 && has(&p, "whom to ask about this certificate") && has(&p, "3.5 hours")); /* on its page */
    assert_int_equal(count(&b, "job_my"), 0);
    must(&b.w, 14, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", LL(b.w.operation))) },
                                              { "name", T("contact") }, { "value", T("East office 0000-0000018") }));
    assert_int_equal(press(&other, "/p/situation", paper, "").status, 404);
    assert_int_equal(press(&b, page, "/p/certificate/x/paper", "").status, 404);
    assert_int_equal(count(&b, "job_my"), 0);
    for (int i = 0; i < 2; i++) { /* pressed again while it is being made: the same */
        p = press(&b, page, paper, "");
        assert_true(p.status == 303 && str_starts(header_of(&p, "Location"), STR("/f/")));
    }
    rows r = list(&b.w, "job_my", NULL, 0);
    assert_true(r.count == 1 && str_is(rows_text(&r, 0, "kind"), "paper.certificate"));
    assert_int_equal(rows_int(&r, 0, "asked_by"), b.w.person[0]);
    p = ask(&b, WEB_GET, str_of(page), STR(""));
    assert_true(has(&p, path_of("href=\"/f/%lld\"", rows_int(&r, 0, "id"))));
    /* the own certificate opens no other paper */
    check_err(run_at(&b.w, 14, "job.paper", b.w.person[0],
                     NAMED({ "paper", T("appeal") }, { "team", V_INT(b.w.team[EAST]) }, { "certificate", V_INT(mine) }), NULL), ERR_INPUT, "job.paper_only");
    check_err(run_at(&b.w, 14, "certificate.print", b.w.person[2], NAMED({ "certificate", V_INT(mine) }), NULL), ERR_RIGHTS, "command.rights");
}

static void a_void_certificate_is_not_printed(const char *url)
{
    browser b = open_as(url, 0);
    int64_t old = certificate_for(&b, 0, 1);
    const char *page = path_of("/p/certificate/%lld", old), *paper = path_of("/p/certificate/%lld/paper", old);
    must(&b.w, 14, "setting.set", NULL, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", LL(b.w.operation))) },
                                              { "name", T("contact") }, { "value", T("East office 0000-0000018") }));
    must(&b.w, 14, "certificate.replace", "id", NAMED({ "certificate", V_INT(old) }, { "by", V_INT(b.w.person[1]) }));
    b.hours = 14;
    response p = ask(&b, WEB_GET, str_of(page), STR(""));
    assert_true(p.status == 200 && has(&p, "replaced by") && !has(&p, "Make the PDF"));
    p = press(&b, page, paper, "");
    assert_true(p.status == 409 && has(&p, "is void"));
    assert_int_equal(count(&b, "job_my"), 0);
}

static void letters_grow_without_a_script(const char *url)
{
    browser b = open_as(url, 0);
    response p = ask(&b, WEB_GET, STR("/p?size=large"), STR(""));
    assert_true(has(&p, "class=\"large\"") && has(&p, "?size=usual"));
    p = ask(&b, WEB_GET, STR("/p?size=huge"), STR(""));
    assert_false(has(&p, "class=\"large\""));
}

/* The script is asked for, and so its topics must be this person's to watch. */
static void watches(browser *b, const char *page, const char *topics)
{
    response p = ask(b, WEB_GET, str_of(page), STR("")), refused;
    CASE(page);
    assert_int_equal(p.status, 200);
    assert_true(p.scripted && has(&p, text_format(check_arena(), "data-topics=\"%s\"", topics).at) && has(&p, "/a/live."));
    str head, body;
    request q = { .a = check_arena(), .headers = { { STR("Accept-Encoding"), STR("gzip") } }, .header_count = 1 };
    head = response_head(&q, &p, false, &body);
    assert_true(str_find(head, STR("gzip")) > 0 && body.len <= 15 * 1024);
    text t = text_begin(check_arena());
    for (const char *c = topics; *c; c++)
        text_put(&t, *c == ' ' ? STR(",") : (str){ c, 1 });
    refused = ask(b, WEB_GET, text_format(check_arena(), "/api/v1/changes?topics=%.*s", STR_ARG(text_done(&t))), STR(""));
    assert_int_equal(refused.status, 200);
}

static void what_changes_is_seen_without_asking(const char *url)
{
    browser b = open_as(url, 0);
    const char *me = path_of("person:%lld", b.w.person[0]), *at = path_of("/p/duty/%lld/substitute", add_duty(&b.w, 0, NOON));
    watches(&b, "/p", text_format(check_arena(), "%s team:%lld", me, LL(b.w.team[EAST])).at);
    static const char *const pages[] = { "/p/situation", "/p/help", "/p/hours", "/p/gifts", "/p/certificate" };
    for (size_t i = 0; i < COUNT(pages); i++)
        watches(&b, pages[i], me);
    watches(&b, at, me);
    response p = press(&b, at, at, ""); /* refused, and shown with what was wrong: read again it would be sent again */
    assert_true(p.status == 422 && !p.scripted && !has(&p, "data-topics"));
}

static void an_office_watches_what_it_looks_after(const char *url)
{
    browser b = open_browser(url);
    int64_t leader = b.w.person[0], chief = b.w.person[STRANGER];
    grant(&b.w, leader, "leader", EAST);
    must(&b.w, 1, "role_grant.add", NULL, NAMED({ "person", V_INT(chief) }, { "role", T("commander") }, { "scope", T("all") }));
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", leader), STR("digits=0000")).status, 303);
    const char *team = path_of("team:%lld", b.w.team[EAST]), *page = path_of("/l/team/%lld", b.w.team[EAST]);
    const char *both = text_format(check_arena(), "person:%lld %s", LL(leader), team).at;
    static const char *const pages[] = { "", "/today", "/hours", "/draft", "/away", "/asks", "/demand" };
    watches(&b, "/l", both);
    for (size_t i = 0; i < COUNT(pages); i++)
        watches(&b, text_format(check_arena(), "%s%s", page, pages[i]).at, both);
    b.cookie = (str){ 0 };
    assert_int_equal(ask(&b, WEB_POST, link_of(&b, "person", chief), STR("digits=0007")).status, 303);
    const char *alone = path_of("person:%lld", chief); /* the whole city only behind the password */
    watches(&b, "/l", alone);
    watches(&b, "/s", alone);
}

ON_BOTH(what_changes_is_seen_without_asking)
ON_BOTH(an_office_watches_what_it_looks_after)
ON_BOTH(a_duty_stays_until_the_other_accepts)
ON_BOTH(asking_is_taken_back_or_refused)
ON_BOTH(a_reason_goes_to_the_leader_alone)
ON_BOTH(what_i_say_of_myself_is_kept)
ON_BOTH(a_care_note_stands_on_no_page)
ON_BOTH(a_group_link_opens_none_of_them)
ON_BOTH(help_is_offered_where_it_is_wanted)
ON_BOTH(hours_and_gifts_may_be_wrong)
ON_BOTH(a_certificate_is_printed_for_its_owner_alone)
ON_BOTH(a_void_certificate_is_not_printed)
ON_BOTH(letters_grow_without_a_script)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(what_changes_is_seen_without_asking),
        BOTH(an_office_watches_what_it_looks_after),
        BOTH(a_duty_stays_until_the_other_accepts),
        BOTH(asking_is_taken_back_or_refused),
        BOTH(a_reason_goes_to_the_leader_alone),
        BOTH(what_i_say_of_myself_is_kept),
        BOTH(a_care_note_stands_on_no_page),
        BOTH(a_group_link_opens_none_of_them),
        BOTH(help_is_offered_where_it_is_wanted),
        BOTH(hours_and_gifts_may_be_wrong),
        BOTH(a_certificate_is_printed_for_its_owner_alone),
        BOTH(a_void_certificate_is_not_printed),
        BOTH(letters_grow_without_a_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
