/* What people wrote to a team, and work that was given up: shown to who answers for the team, settled there, to nobody else. On both engines. */
#include "web/leader_phone.h"

/* P1 stood at the gate from 8 to 10 on the 8th; whoever looks does so at noon. */
static int64_t stood(browser *b)
{
    int64_t need = need_of(&b->w, EAST, b->w.gate, DAY, 0, 2);
    int64_t duty = add_duty(b, need, 1);
    must(&b->w, 8, "duty.check_in", NULL, NAMED({ "duty", V_INT(duty) }, { "by", V_INT(b->w.person[0]) }));
    rows r = attendance_row(&b->w, b->w.person[1]);
    must(&b->w, 10, "attendance.check_out", NULL, NAMED({ "attendance", *rows_at(&r, 0, "id") }));
    b->hours = 12;
    return rows_int(&r, 0, "id");
}

static int64_t write_note(const browser *b, const char *what, int64_t about, const char *text)
{
    return must(&b->w, 11, "note.write", "id",
                NAMED({ "person", V_INT(b->w.person[1]) }, { what, V_INT(about) }, { "text", T(text) }));
}

static bool is_open(const browser *b, int64_t note)
{
    rows r = list(&b->w, "note", NAMED({ "open", V_INT(1) }), 0);
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "id") == note)
            return true;
    return false;
}

static void a_note_about_hours_says_who_and_what_and_is_settled(const char *url)
{
    browser b = leader_phone(url);
    int64_t note = write_note(&b, "attendance", stood(&b), "I <stayed> till noon");
    response page = get(&b, "/asks");
    assert_true(has(&page, "1 wait for your word") && has(&page, "<b>P1</b> says the hours are wrong"));
    assert_true(has(&page, "8 Feb (Sat) Gate  2 h") && has(&page, "I &lt;stayed&gt; till noon") && has(&page, "written 8 Feb (Sat) 11:00"));
    assert_true(has(&page, text_format(check_arena(), "/l/team/%lld/hours?day=2020-02-08", LL(b.w.team[EAST])).at));
    response p = send_form(&b, "/note", "&back=/asks&note=%lld", LL(note));
    goes_to(&b, &p, "/asks?done=leader_note");
    assert_false(is_open(&b, note));
    page = get(&b, "/asks?done=leader_note");
    assert_true(has(&page, "Kept as settled.") && has(&page, "Nothing waits for your word") && !has(&page, "stayed"));
    p = send_form(&b, "/note", "&back=/asks&note=%lld", LL(note));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "role=\"alert\""));
    assert_int_equal(send_form(&b, "/note", "&back=/asks&note=x").status, 422);
    assert_true(send_form(&b, "/note", "&back=/asks&note=999999").status >= 403);
}

static void notes_about_a_gift_and_a_need_say_which(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.yard, NIGHT, 1, 1);
    int64_t gift = must(&b.w, 10, "donation.record", "id",
                        NAMED({ "operation", V_INT(b.w.operation) }, { "donor_name", T("P1") }, { "donor_person", V_INT(b.w.person[1]) },
                              { "kind", T("money") }, { "amount", T("20") }, { "received_on", T("2020-02-08") },
                              { "community_code", T("320303001001") }, { "by", V_INT(b.w.person[0]) }));
    write_note(&b, "donation", gift, "it was 200");
    write_note(&b, "need", need, "I can come");
    b.hours = 12;
    response page = get(&b, "/asks");
    rows r = list(&b.w, "note", NULL, 0);
    str slip = text_format(check_arena(), "slip %.*s", STR_ARG(rows_text(&r, 1, "about_receipt")));
    assert_true(has(&page, "says a gift is recorded wrongly") && rows_text(&r, 1, "about_receipt").len && has(&page, slip.at));
    assert_true(has(&page, "would like to help") && has(&page, "9 Feb (Sun) Yard S2") && has(&page, "See this shift"));
    assert_false(has(&page, "20.00"));
}

/* Of the east by her office, of the other team's leader, of a member, of nobody. */
static void notes_are_for_who_answers_for_the_team(const char *url)
{
    browser b = leader_phone(url), secretary = b, other = b;
    int64_t note = write_note(&b, "attendance", stood(&b), "till noon");
    must(&b.w, -30, "role_grant.add", NULL,
         NAMED({ "person", V_INT(b.w.person[2]) }, { "role", T("secretary") }, { "scope", T("division") }, { "division", T("320303001001") }));
    grant(&b.w, b.w.person[5], "leader", WEST);
    grant(&b.w, b.w.person[3], "liaison", EAST);
    other.hours = secretary.hours = b.hours;
    sign_in(&other, 3); /* a liaison looks after the roster, but may not settle */
    response page = get(&other, "/asks");
    assert_true(page.status == 200 && !has(&page, "till noon"));
    assert_int_equal(send_form(&other, "/note", "&back=/asks&note=%lld", LL(note)).status, 403);
    sign_in(&other, 5);
    assert_int_equal(get(&other, "/asks").status, 403);
    page = ask(&other, WEB_GET, text_format(check_arena(), "/l/team/%lld/asks", LL(b.w.team[WEST])), STR(""));
    assert_true(page.status == 200 && !has(&page, "till noon"));
    page = ask(&other, WEB_GET, text_format(check_arena(), "/l/team/%lld", LL(b.w.team[WEST])), STR(""));
    response p = ask(&other, WEB_POST, text_format(check_arena(), "/l/team/%lld/note", LL(b.w.team[WEST])),
                     form(&page, text_format(check_arena(), "&back=/asks&note=%lld", LL(note)).at));
    assert_int_equal(p.status, 403);
    assert_true(is_open(&b, note));
    sign_in(&secretary, 2);
    page = ask(&secretary, WEB_GET, STR("/s"), STR(""));
    assert_true(page.status == 200 && has(&page, "1 note<") && has(&page, team_page(&b, "/asks").at));
    page = get(&secretary, "/asks");
    assert_true(has(&page, "till noon"));
    p = send_form(&secretary, "/note", "&back=/asks&note=%lld", LL(note));
    goes_to(&b, &p, "/asks?done=leader_note");
    assert_false(is_open(&b, note));
}

/* Given up by the machine at its first try. */
static int64_t park(const browser *b, int64_t job, const char *why)
{
    str result = { 0 };
    check_ok(run_at(&b->w, 7, "job.take", 0, NAMED({ NULL, V_NULL }), &result));
    assert_int_equal(field(result, "id", 0), job);
    must(&b->w, 7, "job.fail", NULL, NAMED({ "job", V_INT(job) }, { "attempt", V_INT(field(result, "attempt", 0)) }, { "why", T(why) }));
    return job;
}

static str state_of(const browser *b, int64_t job)
{
    rows r = list(&b->w, "job", NAMED({ "job", V_INT(job) }), 0);
    return rows_text(&r, 0, "state");
}

static void work_that_was_given_up_is_tried_again(const char *url)
{
    browser b = leader_phone(url), other = b;
    need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    response p = send_form(&b, "/solve", "&from_on=2020-02-08&to_on=2020-02-14");
    assert_int_equal(p.status, 303);
    rows r = list(&b.w, "job", NULL, 0);
    int64_t job = park(&b, rows_int(&r, 0, "id"), "the worker <died>");
    grant(&b.w, b.w.person[1], "leader", EAST);
    sign_in(&other, 1); /* another leader of the team, who did not ask */
    response page = get(&other, "");
    assert_true(has(&page, "not done") && has(&page, "the worker &lt;died&gt;") && has(&page, "Try again: "));
    grant(&b.w, b.w.person[3], "liaison", EAST);
    sign_in(&other, 3);
    page = get(&other, "");
    assert_true(page.status == 200 && !has(&page, "worker"));
    assert_int_equal(send_form(&other, "/again", "&job=%lld", LL(job)).status, 403);
    check_str(state_of(&b, job), "parked");
    p = send_form(&b, "/again", "&job=%lld", LL(job));
    goes_to(&b, &p, "?done=leader_again");
    check_str(state_of(&b, job), "waiting");
    page = get(&b, "");
    assert_false(has(&page, "Try again"));
    assert_int_equal(send_form(&b, "/again", "&job=%lld", LL(job)).status, 409);
    CASE("a roster worked out since makes it of no matter");
    park(&b, job, "the worker died");
    must(&b.w, 7, "job.solve", NULL, NAMED({ "team", V_INT(b.w.team[EAST]) }, { "from_on", T("2020-02-08") }, { "to_on", T("2020-02-14") }));
    page = get(&b, "");
    assert_false(has(&page, "Try again"));
}

ON_BOTH(a_note_about_hours_says_who_and_what_and_is_settled)
ON_BOTH(notes_about_a_gift_and_a_need_say_which)
ON_BOTH(notes_are_for_who_answers_for_the_team)
ON_BOTH(work_that_was_given_up_is_tried_again)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_note_about_hours_says_who_and_what_and_is_settled),
        BOTH(notes_about_a_gift_and_a_need_say_which),
        BOTH(notes_are_for_who_answers_for_the_team),
        BOTH(work_that_was_given_up_is_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
