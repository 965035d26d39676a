/* The pages of whoever looks after a team's roster: each form, what it does and what it refuses. On both engines. */
#include "web/leader_phone.h"

static int64_t duties_at(const browser *b, int64_t need)
{
    rows r = list(&b->w, "roster_duty", NULL, 0);
    int64_t n = 0;
    for (size_t i = 0; i < r.count; i++)
        n += rows_int(&r, i, "need_id") == need;
    return n;
}

/* -- the roster ---------------------------------------------------------------------------------------- */
static void a_gap_shows_whom_to_take_and_one_press_takes_him(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    response page = get(&b, "");
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "<h1>1 short today</h1>") && has(&page, "Use P0") && has(&page, "5 in the team: 5 free"));
    response p = send_form(&b, "/take", "&day=2020-02-08&need=%lld&taken=0&person=%lld&source=leader", LL(need), LL(b.w.person[1]));
    goes_to(&b, &p, "?day=2020-02-08&done=leader_take");
    assert_int_equal(duties_at(&b, need), 1);
    page = get(&b, "?done=leader_take");
    assert_true(has(&page, "<h1>Enough people today</h1>") && has(&page, "On the roster now.") && has(&page, "1/1"));
}

static void the_second_of_two_leaders_is_told_what_happened(const char *url)
{
    browser b = leader_phone(url), other = b;
    grant(&b.w, b.w.person[1], "leader", EAST);
    sign_in(&other, 1);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    response p = send_form(&b, "/take", "&need=%lld&taken=0&person=%lld", LL(need), LL(b.w.person[2]));
    assert_int_equal(p.status, 303);
    p = send_form(&other, "/take", "&back=/need/%lld&need=%lld&taken=0&person=%lld", LL(need), LL(need), LL(b.w.person[3]));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "Gate has just changed: 1 on this shift now.") && has(&p, "P2") && has(&p, "<title>Error: "));
    assert_int_equal(duties_at(&b, need), 1);
}

static void who_is_taken_twice_or_cannot_is_refused_in_words(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 1), far = need_of(&b.w, WEST, b.w.bridge, DAY, 0, 1);
    response p = send_form(&b, "/take", "&need=%lld&person=%lld", LL(need), LL(b.w.person[5]));
    assert_int_equal(p.status, 403); /* of the other team */
    must(&b.w, 1, "duty.add", NULL, NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[4]) }));
    p = send_form(&b, "/take", "&need=%lld&person=%lld", LL(need), LL(b.w.person[3]));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "role=\"alert\""));
    p = send_form(&b, "/take", "&need=%lld&person=%lld", LL(far), LL(b.w.person[5]));
    assert_int_equal(p.status, 403); /* the other team's */
    p = send_form(&b, "/take", "&need=x&person=1");
    assert_int_equal(p.status, 422);
    assert_int_equal(duties_at(&b, need) + duties_at(&b, far), 1);
}

static void a_shift_shows_who_can_and_why_the_others_cannot(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2), yard = need_of(&b.w, EAST, b.w.yard, DAY, 0, 1);
    int64_t duty = must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[1]) }));
    must(&b.w, 1, "duty.add", NULL, NAMED({ "need", V_INT(yard) }, { "person", V_INT(b.w.person[2]) }));
    const char *path = text_format(check_arena(), "/need/%lld", LL(need)).at;
    response page = get(&b, path);
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "Use P3") && has(&page, "P2 <span class=\"small muted\">on duty then") && has(&page, "Take P1 off"));
    assert_false(has(&page, "Use P1") || has(&page, "13800000001"));
    response p = send_form(&b, "/excuse", "&back=%s&duty=%lld", path, LL(duty));
    goes_to(&b, &p, text_format(check_arena(), "%s?done=leader_excuse", path).at);
    assert_int_equal(duties_at(&b, need), 0);
    p = send_form(&b, "/excuse", "&back=%s&duty=%lld", path, LL(duty));
    assert_int_equal(p.status, 409);
    assert_int_equal(get(&b, "/need/999").status, 404);
    assert_int_equal(get(&b, "/need/x").status, 404);
}

static void a_stand_in_takes_the_duty_over(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    int64_t duty = must(&b.w, 1, "duty.add", "id", NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[1]) }));
    response page = get(&b, text_format(check_arena(), "/stand-in/%lld", LL(duty)).at);
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "Who stands in for P1, Gate") && has(&page, "P2 stands in"));
    response p = send_form(&b, "/stand", "&planned=yes&duty=%lld&need=%lld&person=%lld", LL(duty), LL(need), LL(b.w.person[2]));
    assert_int_equal(p.status, 303);
    assert_true(duty_of(&b.w, need, b.w.person[2]) > 0);
    p = send_form(&b, "/stand", "&planned=yes&duty=%lld&need=%lld&person=%lld", LL(duty), LL(need), LL(b.w.person[3]));
    assert_int_equal(p.status, 409); /* given away already */
    p = send_form(&b, "/stand", "&planned=yes&duty=%lld&need=%lld&person=", LL(duty), LL(need));
    assert_int_equal(p.status, 422);
}

static void a_number_is_shown_on_a_press_alone(const char *url)
{
    browser b = leader_phone(url);
    response p = send_form(&b, "/ring", "&person=%lld&name=P1", LL(b.w.person[1]));
    assert_int_equal(p.status, 200);
    assert_true(has(&p, "href=\"tel:13800000001\""));
    rows r = list(&b.w, "audit", NULL, 0);
    assert_true(r.count > 0);
    p = send_form(&b, "/ring", "&person=%lld&name=P5", LL(b.w.person[5]));
    assert_int_equal(p.status, 403);
    assert_false(has(&p, "13800000005"));
    assert_int_equal(send_form(&b, "/ring", "&name=P1").status, 422);
}

static void the_text_for_the_group_holds_names_and_no_telephone(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    publish(&b.w, 1, 1, (const int64_t[][2]){ { need, b.w.person[1] } });
    response page = get(&b, "?day=2020-02-08");
    assert_true(has(&page, "Gate 08:00–12:00 P1.") && has(&page, "tell") && has(&page, "Roster version 1, "));
    assert_false(has(&page, "1380000"));
    assert_true(has(&page, "<textarea") && has(&page, "readonly"));
}

/* -- the draft ----------------------------------------------------------------------------------------- */
static int64_t draft_of(const browser *b, int64_t need, int64_t person)
{
    return must(&b->w, b->hours, "roster.draft", "id",
                NAMED({ "team", V_INT(b->w.team[EAST]) }, { "from_on", T("2020-02-07") }, { "to_on", T("2020-02-16") },
                      { "lines", V_TEXT(text_format(check_arena(), "[{\"need\":%lld,\"person\":%lld}]", LL(need), LL(person))) }));
}

static void what_publishing_changes_is_shown_and_only_that_is_published(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    publish(&b.w, 1, 1, (const int64_t[][2]){ { need, b.w.person[1] } });
    int64_t draft = draft_of(&b, need, b.w.person[2]);
    response page = get(&b, "?day=2020-02-08");
    assert_true(has(&page, "P1 is taken off") && has(&page, "P2 comes in") && has(&page, "Publish version 2, 2 to tell"));
    str seen = hidden(&page, "seen");
    draft_of(&b, need, b.w.person[3]); /* the program, or another leader, made it anew */
    response p = send_form(&b, "/publish", "&roster=%lld&seen=%.*s", LL(draft), STR_ARG(seen));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "made anew just now") && has(&p, "P3 comes in"));
    page = get(&b, "?day=2020-02-08");
    seen = hidden(&page, "seen");
    p = send_form(&b, "/publish", "&back=/told&roster=%lld&seen=%.*s", LL(draft), STR_ARG(seen));
    goes_to(&b, &p, "/told?done=leader_publish");
    assert_true(duty_of(&b.w, need, b.w.person[3]) > 0);
    page = get(&b, "/told");
    assert_true(has(&page, "P1 is taken off") && has(&page, "P3 comes in") && !has(&page, "P2 comes in"));
    p = send_form(&b, "/publish", "&roster=%lld&seen=%.*s", LL(draft), STR_ARG(seen));
    assert_int_equal(p.status, 409);
}

static void a_lock_holds_somebody_in_the_draft(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    int64_t draft = draft_of(&b, need, b.w.person[2]);
    response page = get(&b, "/draft?day=2020-02-08");
    assert_true(has(&page, "aria-label=\"Lock P2\""));
    response p = send_form(&b, "/lock", "&back=/draft&roster=%lld&need=%lld&person=%lld&yes=yes", LL(draft), LL(need), LL(b.w.person[2]));
    goes_to(&b, &p, "/draft?done=leader_lock");
    page = get(&b, "/draft?day=2020-02-08");
    assert_true(has(&page, "aria-label=\"Unlock P2\""));
    p = send_form(&b, "/lock", "&back=/draft&roster=%lld&need=%lld&person=%lld&yes=yes", LL(draft), LL(need), LL(b.w.person[3]));
    assert_int_equal(p.status, 404);
}

static void the_program_is_asked_for_a_roster_and_stopped(const char *url)
{
    browser b = leader_phone(url);
    response p = send_form(&b, "/solve", "&from_on=2020-02-08&to_on=2020-02-14");
    assert_int_equal(p.status, 409); /* no needs */
    need_of(&b.w, EAST, b.w.gate, DAY, 0, 1);
    p = send_form(&b, "/solve", "&from_on=2020-02-08&to_on=2020-02-14");
    goes_to(&b, &p, "?done=leader_solve");
    response page = get(&b, "");
    assert_true(has(&page, "See how far it is"));
    p = send_form(&b, "/stop", "&job=%.*s", STR_ARG(hidden(&page, "job")));
    goes_to(&b, &p, "?done=leader_stop");
    page = get(&b, "");
    assert_false(has(&page, "See how far it is"));
    assert_int_equal(send_form(&b, "/solve", "&from_on=2020-02-14&to_on=2020-02-08").status, 422);
}

/* -- the day ------------------------------------------------------------------------------------------- */
static void all_are_here_except_who_is_ticked(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 3);
    for (int i = 1; i < 4; i++)
        add_duty(&b, need, i);
    b.hours = 8.25;
    response page = get(&b, "/today");
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "<h1>3 not here</h1>") && has(&page, "15 min late") && has(&page, "Find a substitute for P1"));
    response p = send_form(&b, "/present", "&back=/today&need=%lld&except=%lld", LL(need), LL(b.w.person[2]));
    goes_to(&b, &p, "/today?done=leader_present");
    page = get(&b, "/today");
    assert_true(has(&page, "<h1>1 not here</h1>") && has(&page, "2/3"));
    p = send_form(&b, "/present", "&back=/today&need=%lld&except=%lld", LL(need), LL(b.w.person[5]));
    assert_int_equal(p.status, 422); /* not on this shift: nobody is recorded by a slip */
    p = send_form(&b, "/present", "&back=/today&need=");
    assert_int_equal(p.status, 422);
}

static void one_by_one_they_come_and_go_or_do_not(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 3);
    int64_t one = add_duty(&b, need, 1), two = add_duty(&b, need, 2);
    response p = send_form(&b, "/missed", "&back=/today&duty=%lld", LL(two));
    assert_int_equal(p.status, 409); /* not begun */
    b.hours = 8.5;
    p = send_form(&b, "/in", "&back=/today&via=leader&duty=%lld", LL(one));
    goes_to(&b, &p, "/today?done=leader_in");
    p = send_form(&b, "/in", "&back=/today&via=leader&duty=%lld", LL(one));
    assert_int_equal(p.status, 409);
    p = send_form(&b, "/missed", "&back=/today&duty=%lld", LL(two));
    goes_to(&b, &p, "/today?done=leader_missed");
    response page = get(&b, "/today");
    assert_true(has(&page, "P1 left") && has(&page, "did not come"));
    /* the seat of who did not come is free: somebody takes it */
    p = send_form(&b, "/stand", "&back=/today&duty=%lld&need=%lld&person=%lld", LL(two), LL(need), LL(b.w.person[3]));
    assert_int_equal(p.status, 303);
    assert_true(duty_of(&b.w, need, b.w.person[3]) > 0);
    b.hours = 11;
    rows r = attendance_row(&b.w, b.w.person[1]);
    p = send_form(&b, "/out", "&back=/today&attendance=%lld", LL(rows_int(&r, 0, "id")));
    goes_to(&b, &p, "/today?done=leader_out");
    p = send_form(&b, "/out", "&back=/today&attendance=%lld", LL(rows_int(&r, 0, "id")));
    assert_int_equal(p.status, 409);
}

static void whoever_turns_up_is_recorded(const char *url)
{
    browser b = leader_phone(url);
    need_of(&b.w, EAST, b.w.gate, DAY, 0, 3);
    b.hours = 9;
    response page = get(&b, "/today");
    assert_true(has(&page, "Somebody who was not on the roster") && has(&page, ">P4 </option>") && !has(&page, ">P5 "));
    response p = send_form(&b, "/walk", "&back=/today&via=leader&person=%lld&post=%lld", LL(b.w.person[4]), LL(b.w.gate));
    goes_to(&b, &p, "/today?done=leader_walk");
    assert_int_equal(attendance_row(&b.w, b.w.person[4]).count, 1);
    p = send_form(&b, "/walk", "&back=/today&via=leader&person=%lld&post=%lld", LL(b.w.person[4]), LL(b.w.gate));
    assert_int_equal(p.status, 409);
    p = send_form(&b, "/walk", "&back=/today&person=&post=%lld", LL(b.w.gate));
    assert_int_equal(p.status, 422);
}

/* -- hours --------------------------------------------------------------------------------------------- */
static void hours_are_confirmed_changed_with_a_reason_or_struck_out(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 3);
    for (int i = 1; i < 4; i++)
        add_duty(&b, need, i);
    b.hours = 8;
    send_form(&b, "/present", "&need=%lld", LL(need));
    b.hours = 14; /* all forgot to check out */
    response page = get(&b, "/hours");
    assert_true(has(&page, "3 not checked out"));
    response p = send_form(&b, "/close", "&back=/hours&until=%.*s", STR_ARG(hidden(&page, "until")));
    goes_to(&b, &p, "/hours?done=leader_close");
    page = get(&b, "/hours");
    assert_true(has(&page, "Hours of 3 wait for you") && has(&page, "ended by rule") && has(&page, "4 h"));
    rows r = attendance_row(&b.w, b.w.person[1]);
    int64_t entry = rows_int(&r, 0, "id");
    p = send_form(&b, "/minutes", "&back=/hours&attendance=%lld&minutes=90&why=", LL(entry));
    assert_int_equal(p.status, 422);
    assert_true(has(&p, "There is no reason for the change."));
    p = send_form(&b, "/minutes", "&back=/hours&attendance=%lld&minutes=-5&why=left", LL(entry));
    assert_int_equal(p.status, 422);
    p = send_form(&b, "/minutes", "&back=/hours&attendance=%lld&minutes=90&why=left", LL(entry));
    goes_to(&b, &p, "/hours?done=leader_minutes");
    r = attendance_row(&b.w, b.w.person[1]);
    assert_int_equal(rows_int(&r, 0, "confirmed_minutes"), 90);
    r = attendance_row(&b.w, b.w.person[2]);
    p = send_form(&b, "/void", "&back=/hours&attendance=%lld&why=twice", LL(rows_int(&r, 0, "id")));
    goes_to(&b, &p, "/hours?done=leader_void");
    assert_int_equal(send_form(&b, "/void", "&attendance=%lld&why=", LL(entry)).status, 422);
    p = send_form(&b, "/agree", "&back=/hours&day=2020-02-08");
    goes_to(&b, &p, "/hours?day=2020-02-08&done=leader_agree");
    r = attendance_row(&b.w, b.w.person[3]);
    assert_int_equal(rows_int(&r, 0, "confirmed_minutes"), 240);
    assert_int_equal(send_form(&b, "/agree", "&back=/hours&day=soon").status, 422);
}

/* -- leaving ------------------------------------------------------------------------------------------- */
static void duties_are_called_off_by_name_and_number(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2), noon = need_of(&b.w, EAST, b.w.gate, NOON, 0, 2);
    add_duty(&b, need, 1);
    add_duty(&b, need, 2);
    add_duty(&b, noon, 3);
    response page = get(&b, "/away?day=2020-02-08");
    assert_true(has(&page, "Call off 2 at Gate") && has(&page, "Call off 3 duties on 8 Feb") && has(&page, "Call off all 3 duties to come"));
    response p = send_form(&b, "/off", "&back=/away&need=%lld", LL(need));
    goes_to(&b, &p, "/away?done=leader_off");
    page = get(&b, "/away");
    assert_true(has(&page, "2 must still be told not to come") && has(&page, "Ring P1"));
    assert_int_equal(duties_at(&b, need), 0);
    p = send_form(&b, "/off", "&back=/away&scope=%lld&from_on=2020-02-08&to_on=2020-02-08&why=rain", LL(b.w.team[EAST]));
    assert_int_equal(p.status, 303);
    assert_int_equal(duties_at(&b, noon), 0);
    assert_int_equal(send_form(&b, "/off", "&back=/away").status, 403);
    assert_int_equal(send_form(&b, "/off", "&back=/away&scope=%lld", LL(b.w.team[WEST])).status, 403);
}

static void a_withdrawal_counts_everybody(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    add_duty(&b, need, 1);
    add_duty(&b, need, 2);
    b.hours = 9;
    response page = get(&b, "/away");
    assert_true(has(&page, "Withdraw and count 2"));
    assert_int_equal(send_form(&b, "/withdraw", "&back=/away&text=flood&meeting_place=").status, 422);
    response p = send_form(&b, "/withdraw", "&back=/away&text=flood&meeting_place=school");
    goes_to(&b, &p, "/away?done=leader_withdraw");
    assert_int_equal(send_form(&b, "/withdraw", "&back=/away&text=flood&meeting_place=school").status, 409);
    page = get(&b, "/away");
    assert_true(has(&page, "Withdrawing: 2 not reported") && has(&page, "safe 0") && has(&page, "Meet at school") && has(&page, "P1 is safe"));
    str id = hidden(&page, "withdrawal");
    p = send_form(&b, "/safe", "&back=/away&via=call&withdrawal=%.*s&person=%lld", STR_ARG(id), LL(b.w.person[1]));
    goes_to(&b, &p, "/away?done=leader_safe");
    p = send_form(&b, "/over", "&back=/away&withdrawal=%.*s", STR_ARG(id));
    assert_int_equal(p.status, 409); /* one is missing */
    p = send_form(&b, "/over", "&back=/away&anyway=yes&withdrawal=%.*s", STR_ARG(id));
    goes_to(&b, &p, "/away?done=leader_over");
    assert_int_equal(send_form(&b, "/safe", "&withdrawal=%.*s&person=%lld", STR_ARG(id), LL(b.w.person[2])).status, 409);
}

/* -- what waits for a word ----------------------------------------------------------------------------- */
static void swaps_and_people_who_ask_get_an_answer(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    int64_t one = add_duty(&b, need, 1), two = add_duty(&b, need, 2);
    int64_t swap = must(&b.w, 2, "swap.ask", "id", NAMED({ "duty", V_INT(one) }, { "to_person", V_INT(b.w.person[3]) }));
    int64_t other = must(&b.w, 2, "swap.ask", "id", NAMED({ "duty", V_INT(two) }, { "to_person", V_INT(b.w.person[4]) }));
    int64_t join = must(&b.w, 2, "join_request.ask", "id", NAMED({ "team", V_INT(b.w.team[EAST]) }, { "person", V_INT(b.w.person[STRANGER]) }));
    response page = get(&b, "/asks");
    assert_true(has(&page, "3 wait for your word") && has(&page, "P3 stands in for P1") && has(&page, "Accept P7"));
    response p = send_form(&b, "/swap", "&back=/asks&swap=%lld", LL(swap));
    goes_to(&b, &p, "/asks?done=leader_swap");
    assert_true(duty_of(&b.w, need, b.w.person[3]) > 0);
    p = send_form(&b, "/swapno", "&back=/asks&swap=%lld", LL(other));
    goes_to(&b, &p, "/asks?done=leader_swapno");
    assert_int_equal(send_form(&b, "/swap", "&back=/asks&swap=%lld", LL(swap)).status, 409);
    p = send_form(&b, "/join", "&back=/asks&join_request=%lld", LL(join));
    goes_to(&b, &p, "/asks?done=leader_join");
    p = send_form(&b, "/joinno", "&back=/asks&join_request=%lld", LL(join));
    assert_int_equal(p.status, 409);
    assert_true(has(&p, "P7"));
    page = get(&b, "/asks");
    assert_true(has(&page, "Nothing waits for your word"));
}

static int64_t lending(const browser *b, int from, int to)
{
    return must(&b->w, 2, "reinforcement.propose", "id",
                NAMED({ "team", V_INT(b->w.team[WEST]) }, { "from_team", V_INT(b->w.team[from]) }, { "to_team", V_INT(b->w.team[to]) },
                      { "from_on", T("2020-02-09") }, { "to_on", T("2020-02-10") }, { "headcount", V_INT(2) }, { "by", V_INT(b->w.person[5]) }));
}

static void the_other_team_s_proposals_get_a_word(const char *url)
{
    browser b = leader_phone(url);
    int64_t out = lending(&b, EAST, WEST), in = lending(&b, WEST, EAST);
    response page = get(&b, "/asks");
    assert_true(has(&page, "2 wait for your word") && has(&page, "Lend 2 to West") && has(&page, "2 from West"));
    response p = send_form(&b, "/lend", "&back=/asks&reinforcement=%lld", LL(out));
    goes_to(&b, &p, "/asks?done=leader_lend");
    p = send_form(&b, "/lendno", "&back=/asks&reinforcement=%lld", LL(in));
    goes_to(&b, &p, "/asks?done=leader_lendno");
    assert_int_equal(send_form(&b, "/lend", "&back=/asks&reinforcement=%lld", LL(in)).status, 409);
    page = get(&b, "/asks");
    assert_true(has(&page, "Nothing waits for your word"));
}

static void a_team_that_is_short_asks_another_for_people(const char *url)
{
    browser b = leader_phone(url);
    int64_t need = need_of(&b.w, EAST, b.w.gate, DAY, 0, 2);
    str at = text_format(check_arena(), "/need/%lld", LL(need));
    response page = get(&b, at.at);
    assert_true(has(&page, "Ask another team for people") && has(&page, "free that day") && !has(&page, "Help asked for"));
    const char *ask_west = "&back=/need/%lld&day=2020-02-08&to_team=%lld&from_team=%lld&from_on=2020-02-08&to_on=2020-02-08&headcount=%d";
    response p = send_form(&b, "/borrow", ask_west, LL(need), LL(b.w.team[EAST]), LL(b.w.team[WEST]), 2);
    assert_int_equal(p.status, 303);
    page = get(&b, at.at);
    assert_true(has(&page, "2 from West") && has(&page, "waits"));
    p = send_form(&b, "/borrow", ask_west, LL(need), LL(b.w.team[EAST]), LL(b.w.team[WEST]), 0);
    assert_int_equal(p.status, 422);
    p = send_form(&b, "/borrow", ask_west, LL(need), LL(b.w.team[EAST]), LL(b.w.team[EAST]), 1);
    assert_int_equal(p.status, 422); /* from herself */
    assert_int_equal(list(&b.w, "reinforcement", NULL, 0).count, 1);
    must(&b.w, 1, "duty.add", NULL, NAMED({ "need", V_INT(need) }, { "person", V_INT(b.w.person[4]) }));
    page = get(&b, at.at);
    assert_false(has(&page, "Ask another team for people")); /* it has enough */
}

/* -- needs by telephone -------------------------------------------------------------------------------- */
static int64_t needs_on(const browser *b, const char *day)
{
    return (int64_t)list(&b->w, "need_board", NAMED({ "team", V_INT(b->w.team[EAST]) }, { "from_on", T(day) }, { "to_on", T(day) }), 0).count;
}

static void needs_are_kept_as_said_on_the_telephone(const char *url)
{
    browser b = leader_phone(url);
    response page = get(&b, "/demand?day=2020-02-08");
    assert_int_equal(page.status, 200);
    assert_true(has(&page, "name=\"people\" inputmode=\"numeric\" value=\"2\"") && has(&page, "value=\"2020-02-14\""));
    response p = send_form(&b, "/demand", "&back=/demand&post=%lld&post=%lld&shift=%lld&shift=%lld&people=2&from_on=2020-02-08&to_on=2020-02-10",
                           LL(b.w.gate), LL(b.w.yard), LL(b.w.shift[DAY]), LL(b.w.shift[NIGHT]));
    goes_to(&b, &p, "/demand?done=leader_demand");
    assert_int_equal(needs_on(&b, "2020-02-08") + needs_on(&b, "2020-02-09") + needs_on(&b, "2020-02-10"), 12);
    assert_int_equal(needs_on(&b, "2020-02-11"), 0);
    page = get(&b, "/demand?day=2020-02-10");
    assert_true(has(&page, "20:00–02:00 next day telephone") && has(&page, "0/2"));
    static const struct {
        const char *form, *says;
    } bad[] = {
        { "&people=2&from_on=2020-02-08&to_on=2020-02-08", "No post was chosen." },
        { "&people=0&from_on=2020-02-08&to_on=2020-02-08&post=1", "The number of people is wrong." },
        { "&people=x&from_on=2020-02-08&to_on=2020-02-08&post=1", "The number of people is wrong." },
        { "&people=2&from_on=2020-02-08&to_on=&post=1", "The days cannot be read." },
        { "&people=2&from_on=2020-02-09&to_on=2020-02-08&post=1", "role=\"alert\"" },
        { "&people=2&from_on=2020-02-08&to_on=2020-02-08&post=GATE", "No time was chosen." },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        CASE(bad[i].form);
        str form = str_of(bad[i].form), gate = text_format(check_arena(), "%lld", LL(b.w.gate));
        bool with_gate = str_ends(form, STR("GATE"));
        p = send_form(&b, "/demand", "&back=/demand%.*s%.*s", (int)(form.len - (with_gate ? 4 : 0)), form.at, (int)(with_gate ? gate.len : 0), gate.at);
        assert_int_equal(p.status, 422);
        assert_true(has(&p, bad[i].says) && has(&p, "<title>Error: "));
    }
    p = send_form(&b, "/demand", "&back=/demand&post=%lld&shift=%lld&people=2&from_on=2020-02-08&to_on=2020-12-08", LL(b.w.gate), LL(b.w.shift[DAY]));
    assert_true(has(&p, "200 needs at most"));
    p = send_form(&b, "/demand", "&back=/demand&post=%lld&shift=%lld&people=2&from_on=2020-02-11&to_on=2020-02-11", LL(b.w.bridge), LL(b.w.shift[DAY]));
    assert_true(p.status >= 400); /* the other team's bridge */
    assert_int_equal(needs_on(&b, "2020-02-11"), 0);
}

static void a_gate_is_added_and_none_is_changed_by_its_name(const char *url)
{
    browser b = leader_phone(url);
    response p = send_form(&b, "/post", "&back=/demand&outdoor=yes&name=South+%%3Cgate%%3E");
    goes_to(&b, &p, "/demand?done=leader_post");
    response page = get(&b, "/demand");
    assert_true(has(&page, "South &lt;gate&gt;"));
    assert_int_equal(send_form(&b, "/post", "&back=/demand&name=Gate").status, 409);
    assert_int_equal(send_form(&b, "/post", "&back=/demand&name=+").status, 422);
}

/* -- who may ------------------------------------------------------------------------------------------- */
static void only_who_looks_after_the_team_gets_in(const char *url)
{
    browser b = leader_phone(url), stranger = b;
    response p = ask(&b, WEB_GET, text_format(check_arena(), "/l/team/%lld", LL(b.w.team[WEST])), STR(""));
    assert_int_equal(p.status, 403);
    assert_int_equal(ask(&b, WEB_GET, STR("/l/team/x"), STR("")).status, 403);
    sign_in(&stranger, 2);
    assert_int_equal(get(&stranger, "").status, 403);
    assert_int_equal(ask(&b, WEB_POST, team_page(&b, "/take"), STR("need=1&person=1")).status, 403); /* another site's form */
    assert_int_equal(get(&b, "?day=yesterday").status, 200);
    p = send_form(&b, "/take", "&back=//evil.example&need=1&person=1");
    assert_true(p.status >= 400);
}

ON_BOTH(a_gap_shows_whom_to_take_and_one_press_takes_him)
ON_BOTH(the_second_of_two_leaders_is_told_what_happened)
ON_BOTH(who_is_taken_twice_or_cannot_is_refused_in_words)
ON_BOTH(a_shift_shows_who_can_and_why_the_others_cannot)
ON_BOTH(a_stand_in_takes_the_duty_over)
ON_BOTH(a_number_is_shown_on_a_press_alone)
ON_BOTH(the_text_for_the_group_holds_names_and_no_telephone)
ON_BOTH(what_publishing_changes_is_shown_and_only_that_is_published)
ON_BOTH(a_lock_holds_somebody_in_the_draft)
ON_BOTH(the_program_is_asked_for_a_roster_and_stopped)
ON_BOTH(all_are_here_except_who_is_ticked)
ON_BOTH(one_by_one_they_come_and_go_or_do_not)
ON_BOTH(whoever_turns_up_is_recorded)
ON_BOTH(hours_are_confirmed_changed_with_a_reason_or_struck_out)
ON_BOTH(duties_are_called_off_by_name_and_number)
ON_BOTH(a_withdrawal_counts_everybody)
ON_BOTH(swaps_and_people_who_ask_get_an_answer)
ON_BOTH(the_other_team_s_proposals_get_a_word)
ON_BOTH(a_team_that_is_short_asks_another_for_people)
ON_BOTH(needs_are_kept_as_said_on_the_telephone)
ON_BOTH(a_gate_is_added_and_none_is_changed_by_its_name)
ON_BOTH(only_who_looks_after_the_team_gets_in)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_gap_shows_whom_to_take_and_one_press_takes_him),
        BOTH(the_second_of_two_leaders_is_told_what_happened),
        BOTH(who_is_taken_twice_or_cannot_is_refused_in_words),
        BOTH(a_shift_shows_who_can_and_why_the_others_cannot),
        BOTH(a_stand_in_takes_the_duty_over),
        BOTH(a_number_is_shown_on_a_press_alone),
        BOTH(the_text_for_the_group_holds_names_and_no_telephone),
        BOTH(what_publishing_changes_is_shown_and_only_that_is_published),
        BOTH(a_lock_holds_somebody_in_the_draft),
        BOTH(the_program_is_asked_for_a_roster_and_stopped),
        BOTH(all_are_here_except_who_is_ticked),
        BOTH(one_by_one_they_come_and_go_or_do_not),
        BOTH(whoever_turns_up_is_recorded),
        BOTH(hours_are_confirmed_changed_with_a_reason_or_struck_out),
        BOTH(duties_are_called_off_by_name_and_number),
        BOTH(a_withdrawal_counts_everybody),
        BOTH(swaps_and_people_who_ask_get_an_answer),
        BOTH(the_other_team_s_proposals_get_a_word),
        BOTH(a_team_that_is_short_asks_another_for_people),
        BOTH(needs_are_kept_as_said_on_the_telephone),
        BOTH(a_gate_is_added_and_none_is_changed_by_its_name),
        BOTH(only_who_looks_after_the_team_gets_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
