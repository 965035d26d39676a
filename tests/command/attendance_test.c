#include "duty_world.h"

/* Person 0 at the gate in the morning, 1 with him, 0 at night; 5 at the bridge of the west. */
typedef struct scene {
    world w;
    int64_t morning, night, duty, other, night_duty;
} scene;

static scene open_scene(const char *url)
{
    scene s = { .w = world_open(url, NULL) };
    s.morning = need_of(&s.w, EAST, s.w.gate, DAY, 0, 3);
    s.night = need_of(&s.w, EAST, s.w.gate, NIGHT, 0, 2);
    const int64_t pairs[][2] = { { s.morning, s.w.person[0] }, { s.morning, s.w.person[1] }, { s.night, s.w.person[0] } };
    publish(&s.w, -24, COUNT(pairs), pairs);
    s.duty = duty_of(&s.w, s.morning, s.w.person[0]);
    s.other = duty_of(&s.w, s.morning, s.w.person[1]);
    s.night_duty = duty_of(&s.w, s.night, s.w.person[0]);
    return s;
}

static err *check_in(const scene *s, double hours, int64_t duty)
{
    return run_at(&s->w, hours, "duty.check_in", s->w.person[0], NAMED({ "duty", V_INT(duty) }), NULL);
}

static err *walk_in(const scene *s, double hours, int64_t post, int64_t person)
{
    return run_at(&s->w, hours, "attendance.walk_in", person, NAMED({ "post", V_INT(post) }, { "person", V_INT(person) }), NULL);
}

static void whoever_stands_there_is_recorded(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    CASE("half an hour early is marked");
    check_ok(check_in(&s, 7.5, s.duty));
    rows r = attendance_row(w, w->person[0]);
    check_str(rows_text(&r, 0, "marks"), "early");
    check_str(rows_text(&r, 0, "via"), "link");
    assert_int_equal(rows_int(&r, 0, "in_minute"), 450);
    assert_int_equal(list(w, "attendance_before", NAMED({ "day", T("2020-02-08") }), 0).count, 1);
    CASE("twice");
    err *twice = check_in(&s, 7.6, s.duty);
    check_err(twice, ERR_CONFLICT, "duty.twice");
    check_str(words_err(check_arena(), WORDS_EN, twice), "The duty of 2020-02-08 at Gate was checked in before.");
    assert_int_equal(list(w, "attendance_open", NULL, 0).count, 1);
    CASE("out, and not out again");
    const named *out = NAMED({ "duty", V_INT(s.duty) });
    check_ok(run_at(w, 12, "duty.check_out", w->person[0], out, NULL));
    check_err(run_at(w, 12.1, "duty.check_out", w->person[0], out, NULL), ERR_CONFLICT, "attendance.left_already");
    assert_int_equal(list(w, "attendance_open", NULL, 0).count, 0);
    rows today = list(w, "duty_today", NAMED({ "day", T("2020-02-08") }), 0);
    check_str(rows_text(&today, 0, "state"), "done");
    CASE("the other is late, by the leader's hand, at the post next door");
    const named *leader = NAMED({ "duty", V_INT(s.other) }, { "post", V_INT(w->yard) }, { "by", V_INT(w->person[2]) });
    check_ok(run_at(w, 8.2, "duty.check_in", 0, leader, NULL));
    r = attendance_row(w, w->person[1]);
    check_str(rows_text(&r, 0, "marks"), "late wrong_post");
    check_str(rows_text(&r, 0, "post"), "Yard");
    check_str(rows_text(&r, 0, "via"), "leader");
    assert_int_equal(list(w, "duty_my", NULL, w->person[0]).count, 2);
}

static void a_night_belongs_to_the_day_of_its_start(const char *url)
{
    scene s = open_scene(url);
    CASE("half past midnight");
    check_ok(check_in(&s, 24.5, s.night_duty));
    rows r = attendance_row(&s.w, s.w.person[0]);
    check_str(rows_text(&r, 0, "starts_on"), "2020-02-08");
    assert_int_equal(rows_int(&r, 0, "in_minute"), 1470);
    check_str(rows_text(&r, 0, "marks"), "late");
    CASE("who comes without a roster in that shift as well");
    check_ok(walk_in(&s, 24.6, s.w.gate, s.w.person[3]));
    r = attendance_row(&s.w, s.w.person[3]);
    check_str(rows_text(&r, 0, "starts_on"), "2020-02-08");
    assert_int_equal(list(&s.w, "attendance_night", NULL, 0).count, 2);
    assert_int_equal(list(&s.w, "attendance_before", NULL, 0).count, 0);
}

static void a_wrong_check_in_is_refused_in_words(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    CASE("for yesterday");
    err *e = check_in(&s, 26 + 8, s.duty);
    check_err(e, ERR_CONFLICT, "duty.over");
    check_str(words_err(check_arena(), WORDS_EN, e), "The duty of 2020-02-08 at Gate is over; nobody can check in to it now.");
    assert_true(words_hint(check_arena(), WORDS_ZH, e).len > 0);
    CASE("for tomorrow");
    e = check_in(&s, -10, s.duty);
    check_err(e, ERR_CONFLICT, "duty.too_early");
    check_str(words_err(check_arena(), WORDS_EN, e), "This duty at Gate is on 2020-02-08 at 08:00; it is too early to check in.");
    CASE("today's duty claimed for yesterday");
    named claim[] = { { "duty", V_INT(s.duty) }, { "happened_at", V_INT(HOURS(-10)) }, { 0 } };
    check_err(run_at(w, 9, "duty.check_in", w->person[0], claim, NULL), ERR_CONFLICT, "duty.too_early");
    CASE("a claim of three days ago is cut, and then it is over");
    claim[1].value = V_INT(HOURS(8));
    check_err(run_at(w, 80, "duty.check_in", w->person[0], claim, NULL), ERR_CONFLICT, "duty.over");
    CASE("at a post of another team");
    named elsewhere[] = { { "duty", V_INT(s.duty) }, { "post", V_INT(w->bridge) }, { 0 } };
    e = run_at(w, 8, "duty.check_in", w->person[0], elsewhere, NULL);
    check_err(e, ERR_CONFLICT, "duty.other_post");
    check_str(words_err(check_arena(), WORDS_EN, e), "Bridge is not a post of this team; the duty is at Gate.");
    CASE("nobody is there to record it");
    check_err(run_at(w, 8, "duty.check_in", 0, NAMED({ "duty", V_INT(s.duty) }), NULL), ERR_INPUT, "attendance.by_missing");
    CASE("in another's name");
    check_err(run_at(w, 8, "duty.check_in", w->person[0], NAMED({ "duty", V_INT(s.duty) }, { "by", V_INT(w->person[1]) }), NULL),
              ERR_RIGHTS, "attendance.by_other");
    CASE("another's duty");
    check_err(check_in(&s, 8, s.other), ERR_RIGHTS, "command.rights");
    CASE("no such duty, no such way");
    check_err(run_at(w, 8, "duty.check_in", 0, NAMED({ "duty", V_INT(999999) }), NULL), ERR_NOT_FOUND, "duty.missing");
    check_err(run_at(w, 8, "duty.check_in", w->person[0], NAMED({ "duty", V_INT(s.duty) }, { "via", T("pigeon") }), NULL),
              ERR_INPUT, "attendance.via");
    CASE("out without in");
    check_err(run_at(w, 9, "duty.check_out", w->person[0], NAMED({ "duty", V_INT(s.duty) }), NULL), ERR_CONFLICT, "duty.not_in");
    CASE("nothing was recorded");
    assert_int_equal(list(w, "attendance_valid", NULL, 0).count, 0);
}

static void claims_are_cut_and_marked(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    named claim[] = { { "duty", V_INT(s.duty) }, { "happened_at", V_INT(HOURS(11)) }, { 0 } };
    CASE("an hour ahead of the clock is the clock and two minutes");
    check_ok(run_at(w, 9, "duty.check_in", w->person[0], claim, NULL));
    rows r = attendance_row(w, w->person[0]);
    check_str(rows_text(&r, 0, "marks"), "late claimed_cut");
    assert_int_equal(rows_int(&r, 0, "in_happened_at"), HOURS(9) + 120000);
    CASE("out before in");
    claim[1].value = V_INT(HOURS(8));
    check_err(run_at(w, 12, "duty.check_out", w->person[0], claim, NULL), ERR_INPUT, "attendance.left_before");
    CASE("offline yesterday is believed, and shown to the auditor");
    named late[] = { { "duty", V_INT(s.other) }, { "happened_at", V_INT(HOURS(8)) }, { 0 } };
    check_ok(run_at(w, 30, "duty.check_in", w->person[1], late, NULL));
    r = list(w, "attendance_audit", NAMED({ "what", T("recorded_late") }), 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "person_id"), w->person[1]);
    CASE("out a day after the end is the end, by rule");
    check_ok(run_at(w, 31, "duty.check_out", w->person[0], NAMED({ "duty", V_INT(s.duty) }), NULL));
    r = attendance_row(w, w->person[0]);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(12));
    check_str(rows_text(&r, 0, "marks"), "late claimed_cut closed_by_rule");
}

static void who_is_on_no_roster_walks_in(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    CASE("a member, a neighbour of no team");
    check_ok(walk_in(&s, 9, w->gate, w->person[3]));
    check_ok(walk_in(&s, 9, w->gate, w->person[STRANGER]));
    CASE("twice");
    check_err(walk_in(&s, 9.5, w->gate, w->person[3]), ERR_CONFLICT, "attendance.twice");
    CASE("a post of another team");
    err *e = walk_in(&s, 9, w->bridge, w->person[3]);
    check_err(e, ERR_CONFLICT, "attendance.other_team");
    check_str(words_err(check_arena(), WORDS_EN, e), "Bridge belongs to another team, and this person is no member of it.");
    CASE("somebody who has a duty there");
    check_err(walk_in(&s, 9, w->yard, w->person[0]), ERR_CONFLICT, "attendance.on_roster");
    CASE("no such post, no such person");
    check_err(walk_in(&s, 9, 999999, w->person[3]), ERR_NOT_FOUND, "attendance.post_missing");
    check_err(run_at(w, 9, "attendance.walk_in", 0,
                     NAMED({ "post", V_INT(w->gate) }, { "person", V_INT(999999) }, { "by", V_INT(w->person[2]) }), NULL),
              ERR_NOT_FOUND, "person.missing");
    CASE("to the next post: the first ends by rule");
    check_ok(walk_in(&s, 10, w->yard, w->person[3]));
    rows r = attendance_row(w, w->person[3]);
    assert_int_equal(r.count, 2);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(10));
    check_str(rows_text(&r, 0, "marks"), "closed_by_rule");
    CASE("and out again");
    check_ok(run_at(w, 11, "attendance.check_out", w->person[3], NAMED({ "attendance", *rows_at(&r, 1, "id") }), NULL));
    CASE("a real word replaces the rule");
    check_ok(run_at(w, 11, "attendance.check_out", w->person[3],
                    NAMED({ "attendance", *rows_at(&r, 0, "id") }, { "happened_at", V_INT(HOURS(9.75)) }), NULL));
    r = attendance_row(w, w->person[3]);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(9.75));
    check_str(rows_text(&r, 0, "marks"), "");
}

static void all_are_present_except(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    grant(w, w->person[2], "leader", EAST);
    named args[] = { { "need", V_INT(s.morning) }, { "except", { 0 } }, { 0 } };
    CASE("an exception that is not on the roster");
    args[1].value = V_TEXT(text_format(check_arena(), "[%lld]", LL(w->person[3])));
    check_err(run_at(w, 8.5, "attendance.all_present", w->person[2], args, NULL), ERR_INPUT, "attendance.except");
    CASE("the day before");
    args[1].value = V_TEXT(text_format(check_arena(), "[\"%lld\"]", LL(w->person[1])));
    check_err(run_at(w, -10, "attendance.all_present", w->person[2], args, NULL), ERR_CONFLICT, "duty.too_early");
    CASE("all but one, said half an hour after the start");
    str result;
    check_ok(run_at(w, 8.5, "attendance.all_present", w->person[2], args, &result));
    check_str(result, "{\"recorded\":1,\"already\":0}");
    rows r = attendance_row(w, w->person[0]);
    assert_int_equal(rows_int(&r, 0, "in_minute"), 480);
    check_str(rows_text(&r, 0, "marks"), "");
    check_str(rows_text(&r, 0, "via"), "leader");
    CASE("then all: nobody twice");
    check_ok(run_at(w, 9, "attendance.all_present", w->person[2], NAMED({ "need", V_INT(s.morning) }), &result));
    check_str(result, "{\"recorded\":1,\"already\":1}");
    CASE("a leader of another team may not");
    grant(w, w->person[5], "leader", WEST);
    check_err(run_at(w, 9, "attendance.all_present", w->person[5], NAMED({ "need", V_INT(s.morning) }), NULL), ERR_RIGHTS, NULL);
    CASE("a need without people");
    int64_t empty = need_of(w, EAST, w->yard, DAY, 0, 1);
    check_err(run_at(w, 9, "attendance.all_present", w->person[2], NAMED({ "need", V_INT(empty) }), NULL), ERR_NOT_FOUND,
              "attendance.nobody");
}

/* In at 8, out at `out`; the attendance. */
static int64_t stand(const scene *s, int64_t duty, int64_t person, double out)
{
    int64_t id = must(&s->w, 8, "duty.check_in", "id", NAMED({ "duty", V_INT(duty) }, { "by", V_INT(person) }));
    if (out > 0)
        must(&s->w, out, "duty.check_out", NULL, NAMED({ "duty", V_INT(duty) }, { "by", V_INT(person) }));
    return id;
}

static void hours_come_from_confirmed_attendance(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    grant(w, w->person[2], "leader", EAST);
    int64_t one = stand(&s, s.duty, w->person[0], 12.5), two = stand(&s, s.other, w->person[1], 0);
    const named *confirm_two = NAMED({ "attendance", V_INT(two) });
    CASE("still there");
    check_err(run_at(w, 12.5, "attendance.confirm", w->person[2], confirm_two, NULL), ERR_CONFLICT, "attendance.still_open");
    CASE("the day by rule");
    str result;
    const named *day = NAMED({ "team", V_INT(w->team[EAST]) }, { "day", T("2020-02-08") });
    check_ok(run_at(w, 12.5, "attendance.confirm_day", w->person[2], day, &result));
    check_str(result, "{\"confirmed\":1,\"open\":1}");
    CASE("not before the end of the shift");
    named forgotten[] = { { "team", V_INT(w->team[EAST]) }, { "until", V_INT(HOURS(11)) }, { 0 } };
    assert_int_equal(must(w, 13, "attendance.close_forgotten", "closed", forgotten), 0);
    CASE("and not ahead of the clock");
    forgotten[1].value = V_INT(HOURS(200));
    assert_int_equal(must(w, 11.5, "attendance.close_forgotten", "closed", forgotten), 0);
    CASE("a forgotten check-out is closed by rule and marked so");
    assert_int_equal(must(w, 13, "attendance.close_forgotten", "closed", forgotten), 1);
    rows r = list(w, "attendance_audit", NAMED({ "what", T("closed_by_rule") }), 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "out_happened_at"), HOURS(12));
    CASE("the leader knows better");
    named better[] = { { "attendance", V_INT(two) }, { "minutes", V_INT(1441) }, { 0 } };
    check_err(run_at(w, 14, "attendance.confirm", w->person[2], better, NULL), ERR_INPUT, "attendance.minutes");
    better[1].value = V_INT(200);
    check_ok(run_at(w, 14, "attendance.confirm", w->person[2], better, NULL));
    assert_int_equal(list(w, "attendance_audit", NAMED({ "what", T("changed") }), 0).count, 1);
    r = list(w, "hours_person", NULL, 0);
    assert_int_equal(r.count, 2);
    assert_int_equal(rows_int(&r, 0, "confirmed_minutes"), 270);
    assert_int_equal(rows_int(&r, 1, "confirmed_minutes"), 200);
    CASE("nobody confirms for another team");
    grant(w, w->person[5], "leader", WEST);
    check_err(run_at(w, 14, "attendance.confirm", w->person[5], confirm_two, NULL), ERR_RIGHTS, NULL);
    CASE("struck out, and recorded again");
    must(w, 15, "attendance.void", NULL, NAMED({ "attendance", V_INT(one) }, { "why", T("wrong man") }));
    check_err(run_at(w, 15, "attendance.void", 0, NAMED({ "attendance", V_INT(one) }, { "why", T("again") }), NULL), ERR_CONFLICT,
              "attendance.is_void");
    assert_int_equal(list(w, "hours_person", NULL, 0).count, 1);
    check_ok(run_at(w, 16, "duty.check_in", w->person[0],
                    NAMED({ "duty", V_INT(s.duty) }, { "happened_at", V_INT(HOURS(8)) }), NULL));
    assert_int_equal(list(w, "attendance_audit", NAMED({ "what", T("void") }), 0).count, 1);
}

static void who_does_not_come_is_written_down(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    const named *one = NAMED({ "duty", V_INT(s.duty) }), *two = NAMED({ "duty", V_INT(s.other) });
    CASE("he says he comes, and then that he cannot");
    check_ok(run_at(w, -5, "duty.confirm", w->person[0], one, NULL));
    check_ok(run_at(w, -4, "duty.excuse", w->person[0], NAMED({ "duty", V_INT(s.duty) }, { "why", T("fever") }), NULL));
    check_err(run_at(w, -4, "duty.confirm", w->person[0], one, NULL), ERR_CONFLICT, "duty.not_live");
    check_err(check_in(&s, 8, s.duty), ERR_CONFLICT, "duty.not_live");
    CASE("not missing before it begins");
    check_err(run_at(w, 7.9, "duty.no_show", 0, two, NULL), ERR_CONFLICT, "duty.not_begun");
    check_err(run_at(w, 9, "duty.no_show", w->person[1], two, NULL), ERR_RIGHTS, NULL);
    must(w, 9, "duty.no_show", NULL, two);
    rows r = list(w, "no_show", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "person_id"), w->person[1]);
    CASE("he comes after all");
    check_ok(walk_in(&s, 10, w->gate, w->person[1]));
    CASE("too late to confirm or excuse");
    const named *night = NAMED({ "duty", V_INT(s.night_duty) });
    check_err(run_at(w, 27, "duty.confirm", w->person[0], night, NULL), ERR_CONFLICT, "duty.past");
    check_err(run_at(w, 27, "duty.excuse", w->person[0], night, NULL), ERR_CONFLICT, "duty.past");
}

/* One man from 6 in the morning to 5 in the evening; another a week of nights across the end of February. */
static void long_days_and_runs_of_nights_are_found(const char *url)
{
    world w = world_open(url, NULL);
    const int64_t by = w.person[2];
    CASE("eleven hours in a day");
    int64_t id = must(&w, 6, "attendance.walk_in", "id",
                      NAMED({ "post", V_INT(w.gate) }, { "person", V_INT(w.person[0]) }, { "by", V_INT(by) }));
    must(&w, 17, "attendance.check_out", NULL, NAMED({ "attendance", V_INT(id) }));
    rows r = list(&w, "attendance_over_8h", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "minutes"), 660);
    assert_int_equal(list(&w, "attendance_over_8h", NAMED({ "minutes", V_INT(660) }), 0).count, 0);
    CASE("nights: three, a pause, seven over the leap day, another after a pause");
    static const int nights[] = { 0, 1, 2, 18, 19, 20, 21, 22, 23, 24, 26 };
    for (size_t i = 0; i < COUNT(nights); i++) {
        need_of(&w, EAST, w.gate, NIGHT, nights[i], 2);
        id = must(&w, nights[i] * 24 + 20, "attendance.walk_in", "id",
                  NAMED({ "post", V_INT(w.gate) }, { "person", V_INT(w.person[1]) }, { "by", V_INT(by) }));
        must(&w, nights[i] * 24 + 26, "attendance.check_out", NULL, NAMED({ "attendance", V_INT(id) }));
    }
    r = list(&w, "attendance_night_run", NULL, 0);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "nights"), 7);
    check_str(rows_text(&r, 0, "from_on"), "2020-02-26");
    check_str(rows_text(&r, 0, "to_on"), "2020-03-03");
    assert_int_equal(list(&w, "attendance_night", NULL, 0).count, 11);
    assert_int_equal(list(&w, "attendance_day", NULL, 0).count, 12);
}

/* Each role does what is its own, and sees it; another team's leader neither. */
static void each_acts_and_sees_within_his_scope(const char *url)
{
    scene s = open_scene(url);
    world *w = &s.w;
    grant(w, w->person[2], "leader", EAST);
    grant(w, w->person[5], "leader", WEST);
    const named *duty = NAMED({ "duty", V_INT(s.duty) });
    check_err(run_at(w, 8, "duty.check_in", w->person[5], duty, NULL), ERR_RIGHTS, "command.rights");
    check_ok(run_at(w, 8, "duty.check_in", w->person[2], duty, NULL));
    rows r = attendance_row(w, w->person[0]);
    const named *entry = NAMED({ "attendance", *rows_at(&r, 0, "id") });
    check_err(run_at(w, 9, "attendance.check_out", w->person[1], entry, NULL), ERR_RIGHTS, "command.rights");
    check_ok(run_at(w, 9, "attendance.check_out", w->person[0], entry, NULL));
    check_err(run_at(w, 9, "attendance.confirm", w->person[0], entry, NULL), ERR_RIGHTS, "command.rights");
    static const char *const views[] = { "attendance_valid", "attendance_day", "hours_person", "attendance_before" };
    for (size_t i = 0; i < COUNT(views); i++) {
        const named *later = i == 3 ? NAMED({ "minute", V_INT(600) }) : NULL;
        CASE(views[i]);
        assert_int_equal(list(w, views[i], later, w->person[2]).count, 1);
        assert_int_equal(list(w, views[i], later, w->person[5]).count, 0);
    }
}

ON_BOTH(whoever_stands_there_is_recorded)
ON_BOTH(each_acts_and_sees_within_his_scope)
ON_BOTH(hours_come_from_confirmed_attendance)
ON_BOTH(who_does_not_come_is_written_down)
ON_BOTH(long_days_and_runs_of_nights_are_found)
ON_BOTH(a_night_belongs_to_the_day_of_its_start)
ON_BOTH(a_wrong_check_in_is_refused_in_words)
ON_BOTH(claims_are_cut_and_marked)
ON_BOTH(who_is_on_no_roster_walks_in)
ON_BOTH(all_are_present_except)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(whoever_stands_there_is_recorded),
        BOTH(each_acts_and_sees_within_his_scope),
        BOTH(a_night_belongs_to_the_day_of_its_start),
        BOTH(a_wrong_check_in_is_refused_in_words),
        BOTH(claims_are_cut_and_marked),
        BOTH(who_is_on_no_roster_walks_in),
        BOTH(all_are_present_except),
        BOTH(hours_come_from_confirmed_attendance),
        BOTH(who_does_not_come_is_written_down),
        BOTH(long_days_and_runs_of_nights_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
