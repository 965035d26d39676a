#include "order_world.h"

#define T(z) V_TEXT(str_of(z))

static err *call_out(order_world *w, enum world_person by, int64_t notice, const char *outcome)
{
    return world_try(w, "notice.call", w->person[by], NAMED({ "notice", V_INT(notice) }, { "outcome", T(outcome) }));
}

static void a_liaison_calls_until_somebody_answers(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2), anna = world_notice(&w, order, ANNA), carl = world_notice(&w, order, CARL);
    const named *list = NAMED({ "liaison", V_INT(w.person[LIAISON]) }, { "order", V_INT(order) });
    CASE("not yet tried is not unreachable");
    check_err(world_try(&w, "notice.unreachable", w.person[LIAISON], NAMED({ "notice", V_INT(anna) })), ERR_CONFLICT, "notice.untried");
    CASE("no such outcome");
    check_err(call_out(&w, LIAISON, anna, "can"), ERR_INPUT, "notice.outcome_which");
    CASE("another branch's");
    check_err(call_out(&w, LIAISON, carl, "no_answer"), ERR_RIGHTS, "command.rights");
    CASE("twice no answer, then the family");
    check_ok(call_out(&w, LIAISON, anna, "no_answer"));
    w.now += HOURS(1);
    check_ok(call_out(&w, LIAISON, anna, "no_answer"));
    check_ok(call_out(&w, LIAISON, anna, "family"));
    rows r = world_view(&w, "notice_call_list", w.person[LIAISON], list);
    assert_int_equal(r.count, 3);
    for (size_t i = 0; i < r.count; i++)
        if (rows_int(&r, i, "id") == anna) {
            assert_int_equal(rows_int(&r, i, "tries"), 3);
            check_str(rows_text(&r, i, "last_outcome"), "family");
            check_str(rows_text(&r, i, "state"), "sent");
        }
    CASE("told in person is not an answer");
    check_ok(call_out(&w, LIAISON, anna, "answered"));
    r = world_view(&w, "notice", 0, NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[ANNA]) }));
    check_str(rows_text(&r, 0, "state"), "delivered");
    CASE("unreachable after trying, and found after all");
    check_ok(call_out(&w, HEAD, carl, "wrong_number"));
    world_must(&w, "notice.unreachable", w.person[HEAD], NAMED({ "notice", V_INT(carl) }));
    assert_int_equal(world_count(&w, "notice", NAMED({ "state", T("unreachable") })), 1);
    world_must(&w, "notice.answer", w.person[CARL], NAMED({ "notice", V_INT(carl) }, { "answer", T("can") }));
    check_err(world_try(&w, "notice.unreachable", w.person[HEAD], NAMED({ "notice", V_INT(carl) })), ERR_CONFLICT, "notice.answered");
    CASE("the answered stand last");
    r = world_view(&w, "notice_call_list", 0, NAMED({ "liaison", V_INT(w.person[HEAD]) }));
    assert_int_equal(rows_int(&r, r.count - 1, "id"), carl);
    CASE("attempts are never changed");
    assert_non_null(world_sql(&w, "UPDATE call_attempt SET outcome = 'answered'"));
}

static void two_do_not_ring_the_same_person(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    const named *anna = NAMED({ "notice", V_INT(world_notice(&w, order, ANNA)) });
    world_must(&w, "notice.calling", w.person[LIAISON], anna);
    check_err(world_try(&w, "notice.calling", w.person[HEAD], anna), ERR_CONFLICT, "notice.being_called");
    CASE("the same one goes on");
    world_must(&w, "notice.calling", w.person[LIAISON], anna);
    CASE("after three minutes");
    w.now += 3 * 60000;
    world_must(&w, "notice.calling", w.person[HEAD], anna);
    CASE("a call that ended frees the mark");
    check_ok(call_out(&w, HEAD, world_notice(&w, order, ANNA), "no_answer"));
    world_must(&w, "notice.calling", w.person[LIAISON], anna);
}

static void a_sleeping_branch_is_shown_one_level_up_once(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    const named *of = NAMED({ "order", V_INT(order) });
    for (enum world_person who = LIAISON; who <= BERT; who++)
        if (who != HEAD)
            world_must(&w, "notice.answer", 0, NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[who]) },
                                                     { "answer", T("can") }, { "by", V_INT(w.person[LIAISON]) }));
    w.now += HOURS(4) + HOURS(2) - 1; /* due in four hours, two more by default */
    assert_int_equal(world_int(world_must(&w, "notice.escalate", 0, of), "escalated"), 0);
    w.now += 1;
    CASE("branch two sleeps; the bureau has nobody above; branch one has answered");
    assert_int_equal(world_int(world_must(&w, "notice.escalate", 0, of), "escalated"), 1);
    assert_int_equal(world_int(world_must(&w, "notice.escalate", 0, of), "escalated"), 0);
    rows r = world_view(&w, "escalation", w.person[HEAD], of);
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "org_id"), w.two);
    assert_int_equal(rows_int(&r, 0, "to_org_id"), w.bureau);
    assert_int_equal(rows_int(&r, 0, "silent"), 2);
    assert_int_equal(world_view(&w, "escalation", w.person[LIAISON], of).count, 0);
    CASE("not by the liaison of another branch");
    const named *take = NAMED({ "order", V_INT(order) }, { "org", V_INT(w.two) });
    check_err(world_try(&w, "notice.take_over", w.person[LIAISON], take), ERR_RIGHTS, "command.rights");
    CASE("the commander gives them to the liaison");
    str took = world_must(&w, "notice.take_over", 0, NAMED({ "order", V_INT(order) }, { "org", V_INT(w.two) }, { "by", V_INT(w.person[LIAISON]) }));
    assert_int_equal(world_int(took, "taken"), 2);
    const named *hers = NAMED({ "liaison", V_INT(w.person[LIAISON]) });
    assert_int_equal(world_view(&w, "notice_call_list", w.person[LIAISON], hers).count, 5);
    assert_int_equal(world_view(&w, "notice_call_list", w.person[CARL], hers).count, 1); /* himself */
    r = world_view(&w, "escalation", 0, of);
    assert_int_equal(rows_int(&r, 0, "taken_by"), w.person[LIAISON]);
    CASE("she may work on them now");
    check_ok(call_out(&w, LIAISON, world_notice(&w, order, CARL), "no_answer"));
}

static void the_time_to_escalate_is_a_setting(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    const named *of = NAMED({ "order", V_INT(order) });
    w.now += HOURS(4) + 10 * 60000;
    assert_int_equal(world_int(world_must(&w, "notice.escalate", 0, of), "escalated"), 0);
    world_must(&w, "setting.set", 0, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", (long long)w.operation)) }, { "name", T("escalate_minutes") }, { "value", T("10") }));
    assert_int_equal(world_int(world_must(&w, "notice.escalate", 0, of), "escalated"), 2);
    assert_null(world_sql(&w, "UPDATE setting SET value = 'soon' WHERE name = 'escalate_minutes'"));
    check_err(world_try(&w, "notice.escalate", 0, of), ERR_INPUT, "notice.escalate_minutes");
}

ON_BOTH(a_liaison_calls_until_somebody_answers)
ON_BOTH(two_do_not_ring_the_same_person)
ON_BOTH(a_sleeping_branch_is_shown_one_level_up_once)
ON_BOTH(the_time_to_escalate_is_a_setting)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_liaison_calls_until_somebody_answers),
        BOTH(two_do_not_ring_the_same_person),
        BOTH(a_sleeping_branch_is_shown_one_level_up_once),
        BOTH(the_time_to_escalate_is_a_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
