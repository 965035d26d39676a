#include "order_world.h"

#include "base/file.h"
#include "base/text.h"
#include "job/outbox.h"

#include <stdio.h>

#define T(z) V_TEXT(str_of(z))

static void sms(order_world *w)
{
    world_must(w, "channel.set", 0, NAMED({ "name", T("sms") }, { "driver", T("file") }));
    world_must(w, "setting.set", 0, NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", (long long)w->operation)) }, { "name", T("signature") }, { "value", T("云川应急") }));
}

static str send(order_world *w, int64_t order, const char *kind)
{
    return world_must(w, "notice.send", 0, NAMED({ "order", V_INT(order) }, { "kind", T(kind) }));
}

static outbox_done run(order_world *w)
{
    outbox_done done;
    check_ok(outbox_run(w->p, check_arena(), &(outbox_options){ .folder = check_folder(), .now = w->now, .source = STR("test") }, &done));
    return done;
}

static str line_to(const char *number)
{
    str have, line;
    check_ok(file_read(check_arena(), check_path("outbox/sms.jsonl"), 1 << 20, &have));
    str found = { 0 };
    while (str_split(&have, '\n', &line))
        if (str_find(line, str_of(number)) >= 0)
            found = line;
    return found;
}

static const char *state_of(order_world *w, int64_t order, enum world_person who)
{
    rows r = world_view(w, "notice", 0, NAMED({ "order", V_INT(order) }, { "person", V_INT(w->person[who]) }));
    return str_z(check_arena(), rows_text(&r, 0, "state"));
}

static void a_call_out_goes_once_to_everyone_with_a_telephone(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    CASE("no channel yet");
    check_err(world_try(&w, "notice.send", 0, NAMED({ "order", V_INT(order) })), ERR_CONFLICT, "channel.none");
    sms(&w);
    str r = send(&w, order, "call_out");
    assert_int_equal(world_int(r, "prepared"), 5); /* Dora has none */
    assert_int_equal(world_int(r, "remaining"), 0);
    assert_int_equal(world_int(r, "parts"), 1);
    assert_int_equal(world_count(&w, "message", NAMED({ "state", T("sending") })), 5);
    CASE("prepared is not prepared twice");
    assert_int_equal(world_int(send(&w, order, "call_out"), "prepared"), 0);
    assert_string_equal(state_of(&w, order, ANNA), "queued");
    CASE("sent");
    outbox_done done = run(&w);
    assert_int_equal(done.sent, 5);
    assert_int_equal(done.failed + done.unknown, 0);
    assert_string_equal(state_of(&w, order, ANNA), "sent");
    assert_string_equal(state_of(&w, order, DORA), "queued");
    str line = line_to("13900000021");
    assert_true(str_find(line, STR("【云川应急】第2号召集令：请2月7日22:40前到东塘社区值守。能来回1，不能来回2，有困难回3。也可致电许青139****0012。")) >= 0);
    assert_int_equal(run(&w).sent, 0);
    assert_int_equal(world_int(send(&w, order, "call_out"), "prepared"), 0);
}

static void only_the_silent_are_chased(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    sms(&w);
    CASE("whoever was not told is not chased");
    assert_int_equal(world_int(send(&w, order, "chase"), "prepared"), 0);
    send(&w, order, "call_out");
    run(&w);
    world_must(&w, "notice.answer", w.person[ANNA], NAMED({ "order", V_INT(order) }, { "person", V_INT(w.person[ANNA]) }, { "answer", T("can") }));
    CASE("the four who said nothing");
    assert_int_equal(world_int(send(&w, order, "chase"), "prepared"), 4);
    assert_int_equal(world_int(send(&w, order, "chase"), "prepared"), 0);
    run(&w);
    assert_true(str_find(line_to("13900000022"), STR("【云川应急】第2号召集令还没收到您的回复。")) >= 0);
    CASE("a second round, of one branch, by its liaison");
    const named *again = NAMED({ "order", V_INT(order) }, { "kind", T("chase") }, { "round", V_INT(2) }, { "org", V_INT(w.one) });
    assert_int_equal(world_int(world_must(&w, "notice.send", w.person[LIAISON], again), "prepared"), 2);
    check_err(world_try(&w, "notice.send", w.person[LIAISON], NAMED({ "order", V_INT(order) }, { "org", V_INT(w.two) })), ERR_RIGHTS,
              "command.rights");
    check_err(world_try(&w, "notice.send", 0, NAMED({ "order", V_INT(order) }, { "kind", T("x") })), ERR_INPUT, "notice.kind");
}

static void what_was_taken_is_never_sent_twice(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    sms(&w);
    send(&w, order, "call_out");
    CASE("the runner died after taking two");
    world_must(&w, "message.take", 0, NAMED({ "limit", V_INT(2) }));
    assert_int_equal(world_count(&w, "message", NAMED({ "state", T("unknown") })), 2);
    assert_int_equal(run(&w).sent, 3);
    assert_int_equal(world_int(send(&w, order, "call_out"), "prepared"), 0);
    CASE("a receipt says what became of one");
    rows m = world_view(&w, "message", 0, NAMED({ "state", T("unknown") }));
    const value first = *rows_at(&m, 0, "id"), second = *rows_at(&m, 1, "id");
    world_must(&w, "message.receipt", 0, NAMED({ "message", first }, { "state", T("delivered") }, { "at", V_INT(1) }));
    world_must(&w, "message.receipt", 0, NAMED({ "message", first }, { "state", T("delivered") }, { "at", V_INT(1) }));
    world_must(&w, "message.receipt", 0, NAMED({ "message", first }, { "state", T("sent") }, { "at", V_INT(2) }));
    assert_int_equal(world_count(&w, "message", NAMED({ "state", T("delivered") })), 1);
    assert_string_equal(state_of(&w, order, LIAISON), "delivered");
    CASE("the other failed: it may be tried again");
    world_must(&w, "message.settle", 0, NAMED({ "message", second }, { "state", T("failed") }));
    assert_int_equal(world_int(send(&w, order, "call_out"), "prepared"), 1);
    m = world_view(&w, "message", 0, NAMED({ "state", T("sending") }));
    assert_int_equal(rows_int(&m, 0, "try"), 2);
    CASE("settled twice");
    check_err(world_try(&w, "message.settle", 0, NAMED({ "message", second }, { "state", T("sent") })), ERR_CONFLICT, "message.settled");
    check_err(world_try(&w, "message.settle", 0, NAMED({ "message", second }, { "state", T("lost") })), ERR_INPUT, "message.outcome");
    check_err(world_try(&w, "message.receipt", 0, NAMED({ "message", second }, { "state", T("x") }, { "at", V_INT(1) })), ERR_INPUT,
              "message.carrier_state");
}

static void a_channel_that_fails_stops_and_says_why(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    outbox_done done;
    sms(&w);
    send(&w, order, "call_out");
    check_ok(file_write(check_arena(), check_path("outbox"), STR("in the way")));
    err *e = outbox_run(w.p, check_arena(), &(outbox_options){ .folder = check_folder(), .now = w.now, .source = STR("test") }, &done);
    assert_non_null(e);
    assert_int_equal(done.failed, 5);
    assert_int_equal(world_count(&w, "message", NAMED({ "state", T("failed") })), 5);
    assert_string_equal(state_of(&w, order, ANNA), "queued");
    CASE("after the cause is gone");
    assert_int_equal(remove(check_path("outbox")), 0);
    assert_int_equal(world_int(send(&w, order, "call_out"), "prepared"), 5);
    assert_int_equal(run(&w).sent, 5);
}

static void a_bad_channel_is_refused(const char *url)
{
    order_world w = order_world_open(url);
    int64_t order = world_order(&w, 2);
    static const struct { const char *what, *name, *driver, *message; } cases[] = {
        { "a path", "../x", "file", "channel.name" },
        { "no such kind", "sms", "pigeon", "channel.driver" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        check_err(world_try(&w, "channel.set", 0, NAMED({ "name", T(cases[i].name) }, { "driver", T(cases[i].driver) })), ERR_INPUT, cases[i].message);
    }
    CASE("people with telephones");
    world_must(&w, "channel.set", 0, NAMED({ "name", T("calls") }, { "driver", T("call_list") }));
    check_err(world_try(&w, "notice.send", 0, NAMED({ "order", V_INT(order) }, { "channel", T("calls") })), ERR_CONFLICT, "channel.by_hand");
    check_err(world_try(&w, "notice.send", 0, NAMED({ "order", V_INT(order) }, { "channel", T("x") })), ERR_NOT_FOUND, "channel.missing");
    CASE("switched off");
    world_must(&w, "channel.set", 0, NAMED({ "name", T("sms") }, { "driver", T("file") }, { "enabled", T("no") }));
    check_err(world_try(&w, "notice.send", 0, NAMED({ "order", V_INT(order) }, { "channel", T("sms") })), ERR_CONFLICT, "channel.off");
    CASE("a file in a real installation");
    assert_null(world_sql(&w, "UPDATE installation SET mode = 'real'"));
    check_err(world_try(&w, "channel.set", 0, NAMED({ "name", T("sms") }, { "driver", T("file") })), ERR_CONFLICT, "channel.demo_only");
}

static int64_t on_duty(order_world *w, int need, enum world_person who)
{
    return world_id(world_must(w, "duty.add", 0, NAMED({ "need", V_INT(w->need[need]) }, { "person", V_INT(w->person[who]) })));
}

static void prepare(order_world *w)
{
    check_ok(outbox_prepare(w->p, check_arena(), &(outbox_options){ .folder = check_folder(), .now = w->now, .source = STR("test") }));
}

static void whoever_is_on_duty_tomorrow_is_reminded_once(const char *url)
{
    order_world w = order_world_open(url);
    const named *reminders = NAMED({ "purpose", T("reminder") });
    on_duty(&w, 0, ANNA);
    on_duty(&w, 0, CARL);
    on_duty(&w, 1, ANNA);
    CASE("no channel yet");
    prepare(&w);
    assert_int_equal(world_count(&w, "message", reminders), 0);
    sms(&w);
    CASE("not before the evening");
    w.now -= HOURS(5);
    prepare(&w);
    assert_int_equal(world_count(&w, "message", reminders), 0);
    CASE("tomorrow's two, not the day after's");
    w.now += HOURS(5);
    prepare(&w);
    prepare(&w);
    assert_int_equal(world_count(&w, "message", reminders), 2);
    assert_int_equal(run(&w).sent, 2);
    prepare(&w);
    assert_int_equal(run(&w).sent, 0);
    assert_true(str_find(line_to("13900000021"),
                         STR("【云川应急】林知远，明天（7日）08:00–12:00东塘社区南门，请07:50到，自带水杯。来不了今晚告诉许青139****0012")) >= 0);
    CASE("one that surely failed is tried again, three times in all");
    rows m = world_view(&w, "message", 0, reminders);
    world_must(&w, "message.receipt", 0, NAMED({ "message", *rows_at(&m, 0, "id") }, { "state", T("failed") }, { "at", V_INT(w.now) }));
    for (int i = 0; i < 4; i++) {
        prepare(&w);
        rows waiting = world_view(&w, "message", 0, NAMED({ "state", T("sending") }));
        for (size_t k = 0; k < waiting.count; k++)
            world_must(&w, "message.settle", 0, NAMED({ "message", *rows_at(&waiting, k, "id") }, { "state", T("failed") }));
    }
    assert_int_equal(world_count(&w, "message", reminders), 4);
    CASE("a duty called off is not spoken of");
    world_must(&w, "duty.stand_down", 0, NAMED({ "need", V_INT(w.need[1]) }));
    w.now += HOURS(24);
    prepare(&w);
    assert_int_equal(world_count(&w, "message", reminders), 4);
}

static void when_the_watch_is_over_each_hears_it_once(const char *url)
{
    order_world w = order_world_open(url);
    const named *finished = NAMED({ "purpose", T("finished") });
    const int64_t begin = w.now;
    sms(&w);
    const int64_t duties[3] = { on_duty(&w, 0, ANNA), on_duty(&w, 1, ANNA), on_duty(&w, 1, CARL) };
    for (size_t i = 0; i < 2; i++) { /* Carl does not come */
        w.now = begin + HOURS(24 * ((int64_t)i + 1));
        world_must(&w, "duty.check_in", 0, NAMED({ "duty", V_INT(duties[i]) }, { "by", V_INT(w.person[ANNA]) }));
    }
    CASE("the last shift still goes on");
    prepare(&w);
    assert_int_equal(world_count(&w, "message", finished), 0);
    CASE("over: for the last duty alone, also once the operation is closed");
    w.now = begin + HOURS(53);
    world_must(&w, "operation.close", 0, NAMED({ "operation", V_INT(w.operation) }));
    prepare(&w);
    prepare(&w);
    rows m = world_view(&w, "message", 0, finished);
    assert_int_equal(m.count, 1);
    assert_int_equal(rows_int(&m, 0, "purpose_id"), duties[1]);
    check_str(rows_text(&m, 0, "text"), "【云川应急】东塘社区值守2月9日02:40结束，之后不用到岗。服务时长请在2月16日前向许青核对：139****0012");
    CASE("long over");
    assert_null(world_sql(&w, "DELETE FROM message"));
    w.now = begin + HOURS(24 * 5);
    prepare(&w);
    assert_int_equal(world_count(&w, "message", finished), 0);
}

ON_BOTH(whoever_is_on_duty_tomorrow_is_reminded_once)
ON_BOTH(when_the_watch_is_over_each_hears_it_once)
ON_BOTH(a_call_out_goes_once_to_everyone_with_a_telephone)
ON_BOTH(only_the_silent_are_chased)
ON_BOTH(what_was_taken_is_never_sent_twice)
ON_BOTH(a_channel_that_fails_stops_and_says_why)
ON_BOTH(a_bad_channel_is_refused)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(whoever_is_on_duty_tomorrow_is_reminded_once),
        BOTH(when_the_watch_is_over_each_hears_it_once),
        BOTH(a_call_out_goes_once_to_everyone_with_a_telephone),
        BOTH(only_the_silent_are_chased),
        BOTH(what_was_taken_is_never_sent_twice),
        BOTH(a_channel_that_fails_stops_and_says_why),
        BOTH(a_bad_channel_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
