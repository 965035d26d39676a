#include "order_world.h"

#include "base/text.h"

#define T(z) V_TEXT(str_of(z))

/* Anna and Bert stand at the gate tomorrow, Anna and Carl the day after. */
static void roster(order_world *w)
{
    str lines = text_format(check_arena(), "[{\"need\":%lld,\"person\":%lld,\"lead\":1},{\"need\":%lld,\"person\":%lld},"
                                           "{\"need\":%lld,\"person\":%lld},{\"need\":%lld,\"person\":%lld}]",
                            (long long)w->need[0], (long long)w->person[ANNA], (long long)w->need[0], (long long)w->person[BERT],
                            (long long)w->need[1], (long long)w->person[ANNA], (long long)w->need[1], (long long)w->person[CARL]);
    int64_t id = world_id(world_must(w, "roster.draft", 0, NAMED({ "team", V_INT(w->team) }, { "from_on", T("2020-02-07") },
                                                                 { "to_on", T("2020-02-08") }, { "lines", V_TEXT(lines) })));
    world_must(w, "roster.publish", 0, NAMED({ "roster", V_INT(id) }));
    world_must(w, "channel.set", 0, NAMED({ "name", T("sms") }, { "driver", T("file") }));
    world_must(w, "setting.set", 0, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", (long long)w->operation)) }, { "name", T("signature") }, { "value", T("云川应急") }));
}

static void duties_ahead_are_called_off_and_people_told(const char *url)
{
    order_world w = order_world_open(url);
    roster(&w);
    CASE("something must be named");
    check_err(world_try(&w, "duty.stand_down", 0, NULL), ERR_INPUT, "stand_down.which");
    check_err(world_try(&w, "duty.stand_down", 0, NAMED({ "need", V_INT(999) })), ERR_NOT_FOUND, "stand_down.which");
    CASE("not by anybody");
    check_err(world_try(&w, "duty.stand_down", w.person[ANNA], NAMED({ "team", V_INT(w.team) })), ERR_RIGHTS, "command.rights");
    CASE("the second day, by the leader");
    str r = world_must(&w, "duty.stand_down", w.person[BERT], NAMED({ "team", V_INT(w.team) }, { "from_on", T("2020-02-08") }));
    assert_int_equal(world_int(r, "cancelled"), 2);
    assert_int_equal(world_int(r, "remaining"), 0);
    assert_int_equal(world_count(&w, "roster_duty", NULL), 2);
    rows m = world_view(&w, "message", 0, NAMED({ "purpose", T("stand_down") }));
    assert_int_equal(m.count, 2);
    check_str(rows_text(&m, 0, "text"), "【云川应急】林知远，2月8日东塘社区人手已够，您不用到岗。需要时再通知您，谢谢。许青139****0012");
    CASE("who was told");
    world_must(&w, "message.settle", 0, NAMED({ "message", *rows_at(&m, 0, "id") }, { "state", T("sent") }));
    rows s = world_view(&w, "stand_down", w.person[BERT], NULL);
    assert_int_equal(s.count, 2);
    assert_int_equal(rows_int(&s, 0, "told"), 1);
    assert_int_equal(rows_int(&s, 1, "told"), 0);
    CASE("what has begun is not called off");
    w.now += HOURS(25);
    r = world_must(&w, "duty.stand_down", 0, NAMED({ "need", V_INT(w.need[0]) }, { "why", T("雪停了") }));
    assert_int_equal(world_int(r, "cancelled"), 0);
    CASE("nor anything after closing");
    world_must(&w, "operation.close", 0, NAMED({ "operation", V_INT(w.operation) }));
    check_err(world_try(&w, "duty.stand_down", 0, NAMED({ "need", V_INT(w.need[0]) })), ERR_CONFLICT, "operation.closed");
}

static err *start(order_world *w, int64_t actor)
{
    return world_try(w, "withdrawal.start", actor,
                     NAMED({ "team", V_INT(w->team) }, { "text", T("柳堤段全体人员立即离开") }, { "meeting_place", T("柳堤小学门口") }));
}

static err *safe(order_world *w, enum world_person by, int64_t withdrawal, enum world_person who)
{
    return world_try(w, "withdrawal.report", w->person[by],
                     NAMED({ "withdrawal", V_INT(withdrawal) }, { "person", V_INT(w->person[who]) }, { "via", T("call") }));
}

static void everybody_leaves_and_is_counted(const char *url)
{
    order_world w = order_world_open(url);
    roster(&w);
    w.now += HOURS(25); /* Anna and Bert stand there */
    check_err(start(&w, 0), ERR_INPUT, "command.by_missing");
    check_ok(start(&w, w.person[BERT]));
    check_err(start(&w, w.person[BERT]), ERR_CONFLICT, "withdrawal.open");
    rows r = world_view(&w, "withdrawal", w.person[BERT], NULL);
    int64_t id = rows_int(&r, 0, "id");
    assert_int_equal(rows_int(&r, 0, "people"), 2);
    assert_int_equal(rows_int(&r, 0, "unreported"), 2);
    rows m = world_view(&w, "message", 0, NAMED({ "purpose", T("withdrawal") }));
    check_str(rows_text(&m, 0, "text"), "【云川应急】撤岗：柳堤段全体人员立即离开，到柳堤小学门口集合点名。平安到达请回1。何建平139****0022");
    CASE("an operation does not close over their heads");
    check_err(world_try(&w, "operation.close", 0, NAMED({ "operation", V_INT(w.operation) })), ERR_CONFLICT, "operation.withdrawing");
    CASE("she says so herself, and twice");
    check_ok(safe(&w, ANNA, id, ANNA));
    check_str(world_must(&w, "withdrawal.report", w.person[ANNA], NAMED({ "withdrawal", V_INT(id) }, { "person", V_INT(w.person[ANNA]) })),
              text_format(check_arena(), "{\"id\":\"%lld\",\"same\":true}", (long long)id).at);
    CASE("not for another");
    check_err(safe(&w, ANNA, id, BERT), ERR_RIGHTS, "command.rights");
    CASE("a member nobody knew was there");
    check_ok(safe(&w, BERT, id, CARL));
    CASE("a stranger");
    check_err(world_try(&w, "withdrawal.report", 0, NAMED({ "withdrawal", V_INT(id) }, { "person", V_INT(w.person[DORA]) },
                                                          { "by", V_INT(w.person[BERT]) })), ERR_NOT_FOUND, "withdrawal.stranger");
    r = world_view(&w, "withdrawal", 0, NULL);
    assert_int_equal(rows_int(&r, 0, "people"), 3);
    assert_int_equal(rows_int(&r, 0, "safe"), 2);
    r = world_view(&w, "withdrawal_unreported", w.person[BERT], NAMED({ "withdrawal", V_INT(id) }));
    assert_int_equal(r.count, 1);
    assert_int_equal(rows_int(&r, 0, "person_id"), w.person[BERT]);
    CASE("not ended while one is missing");
    err *e = world_try(&w, "withdrawal.end", w.person[BERT], NAMED({ "withdrawal", V_INT(id) }));
    check_err(e, ERR_CONFLICT, "withdrawal.unreported");
    check_str(words_err(check_arena(), WORDS_EN, e), "1 person is not reported safe yet.");
    check_ok(safe(&w, BERT, id, BERT));
    world_must(&w, "withdrawal.end", w.person[BERT], NAMED({ "withdrawal", V_INT(id) }));
    check_err(safe(&w, BERT, id, BERT), ERR_CONFLICT, "withdrawal.ended");
    CASE("ended with one missing, said plainly");
    check_ok(start(&w, w.person[BERT]));
    r = world_view(&w, "withdrawal", 0, NULL);
    str end = world_must(&w, "withdrawal.end", 0, NAMED({ "withdrawal", *rows_at(&r, 0, "id") }, { "anyway", T("yes") }));
    assert_int_equal(world_int(end, "unreported"), 2);
    check_err(world_try(&w, "withdrawal.report", w.person[BERT], NAMED({ "withdrawal", V_INT(id) }, { "person", V_INT(w.person[BERT]) },
                                                                       { "via", T("pigeon") })), ERR_INPUT, "withdrawal.via");
}

ON_BOTH(duties_ahead_are_called_off_and_people_told)
ON_BOTH(everybody_leaves_and_is_counted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(duties_ahead_are_called_off_and_people_told),
        BOTH(everybody_leaves_and_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
