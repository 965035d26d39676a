/* Whom a published roster writes to: each once, of all that changed for him, and nobody else. On both engines. */
#include "order_world.h"

#include "base/text.h"

#define T(z) V_TEXT(str_of(z))
typedef struct line {
    size_t need;
    enum world_person who;
    int lead;
} line;

static int64_t draft(order_world *w, const int64_t *needs, size_t count, const line *lines, const char *to_on)
{
    text t = text_begin(check_arena());
    text_put_z(&t, "[");
    for (size_t i = 0; i < count; i++)
        text_printf(&t, "%s{\"need\":%lld,\"person\":%lld,\"lead\":%d}", i ? "," : "", (long long)needs[lines[i].need],
                    (long long)w->person[lines[i].who], lines[i].lead);
    text_put_z(&t, "]");
    return world_id(world_must(w, "roster.draft", 0, NAMED({ "team", V_INT(w->team) }, { "from_on", T("2020-02-07") },
                                                           { "to_on", T(to_on) }, { "lines", V_TEXT(text_done(&t)) })));
}

static str publish(order_world *w, const int64_t *needs, size_t count, const line *lines, const char *to_on)
{
    return world_must(w, "roster.publish", w->person[BERT], NAMED({ "roster", V_INT(draft(w, needs, count, lines, to_on)) }));
}

static void sms(order_world *w)
{
    world_must(w, "channel.set", 0, NAMED({ "name", T("sms") }, { "driver", T("file") }));
    world_must(w, "setting.set", 0,
               NAMED({ "scope", V_TEXT(text_format(check_arena(), "operation:%lld", (long long)w->operation)) }, { "name", T("signature") },
                     { "value", T("云川应急") }));
}

static size_t written(order_world *w)
{
    return (size_t)world_count(w, "message", NAMED({ "purpose", T("roster") }));
}

/* What the newest message to somebody says. */
static void says(order_world *w, enum world_person who, const char *want)
{
    rows m = world_view(w, "message", 0, NAMED({ "purpose", T("roster") }, { "person", V_INT(w->person[who]) }));
    assert_true(m.count > 0);
    check_str(rows_text(&m, m.count - 1, "text"), want);
}

static const line first[] = { { 0, ANNA, 1 }, { 0, CARL, 0 }, { 1, ANNA, 0 } };

static void each_is_told_once_what_changed(const char *url)
{
    order_world w = order_world_open(url);
    sms(&w);
    publish(&w, w.need, COUNT(first), first, "2020-02-08");
    assert_int_equal(written(&w), 2);
    says(&w, ANNA, "【云川应急】林知远，东塘社区值班表第1版：加2月7日08:00–12:00南门（带班），加2月8日08:00–12:00南门。来不了告诉许青139****0012");
    says(&w, CARL, "【云川应急】周小禾，东塘社区值班表第1版：加2月7日08:00–12:00南门。来不了告诉许青139****0012");
    CASE("the same again is no news");
    str r = publish(&w, w.need, COUNT(first), first, "2020-02-08");
    assert_true(str_find(r, STR("\"ids\":[]")) >= 0 && written(&w) == 2);
    CASE("only whom it changes for");
    const line second[] = { { 0, ANNA, 0 }, { 0, CARL, 1 }, { 1, BERT, 0 } };
    publish(&w, w.need, COUNT(second), second, "2020-02-08");
    assert_int_equal(written(&w), 5);
    says(&w, ANNA, "【云川应急】林知远，东塘社区值班表第3版：2月7日08:00–12:00南门您不再带班，取消2月8日08:00–12:00南门。来不了告诉许青139****0012");
    says(&w, CARL, "【云川应急】周小禾，东塘社区值班表第3版：2月7日08:00–12:00南门由您带班。来不了告诉许青139****0012");
    CASE("who is called off altogether is thanked");
    const line third[] = { { 0, ANNA, 0 }, { 0, CARL, 1 } };
    publish(&w, w.need, COUNT(third), third, "2020-02-08");
    assert_int_equal(written(&w), 6);
    says(&w, BERT, "【云川应急】何建平，东塘社区值班表第4版：取消2月8日08:00–12:00南门。需要时再通知您，谢谢。许青139****0012");
}

static void many_changes_are_counted_and_a_number_is_asked_for(const char *url)
{
    order_world w = order_world_open(url);
    int64_t needs[5] = { w.need[0], w.need[1] };
    rows post = world_view(&w, "post", 0, NULL), shift = world_view(&w, "shift", 0, NULL);
    for (int i = 2; i < 5; i++) {
        int64_t at = (int64_t)DATABASE_NOW * 1000 + HOURS(24) * (i + 1);
        world_must(&w, "need.import", 0,
                   NAMED({ "rows", V_TEXT(text_format(check_arena(), "[{\"team\":%lld,\"post\":%lld,\"shift\":%lld,\"starts_on\":\"2020-02-%02d\","
                                                                           "\"starts_at\":%lld,\"ends_at\":%lld,\"min\":1,\"target\":2,\"limit\":3}]",
                                                                           (long long)w.team, (long long)rows_int(&post, 0, "id"),
                                                                           (long long)rows_int(&shift, 0, "id"), 7 + i, (long long)at,
                                                                           (long long)(at + HOURS(4)))) }));
        rows r = world_view(&w, "need", 0, NULL);
        needs[i] = rows_int(&r, r.count - 1, "id");
    }
    sms(&w);
    world_must(&w, "team.confirm", 0, NAMED({ "team", V_INT(w.team) }, { "leader", V_INT(w.person[BERT]) }, { "liaison", V_INT(w.person[ANNA]) }));
    const line all[] = { { 3, CARL, 0 }, { 0, CARL, 0 }, { 4, CARL, 0 }, { 2, CARL, 0 }, { 1, CARL, 0 } };
    publish(&w, needs, COUNT(all), all, "2020-02-12");
    assert_int_equal(written(&w), 1);
    says(&w, CARL, "【云川应急】周小禾，东塘社区值班表第1版：加2月7日08:00–12:00南门，加2月8日08:00–12:00南门，加2月9日08:00–12:00南门，另2处见值班表。"
                   "来不了告诉林知远139****0021");
}

static void without_a_channel_the_list_says_whom_to_tell(const char *url)
{
    order_world w = order_world_open(url);
    str r = publish(&w, w.need, COUNT(first), first, "2020-02-08");
    assert_true(str_find(r, STR("\"ids\":[]")) >= 0);
    assert_int_equal(written(&w), 0);
    rows list = world_view(&w, "roster_change", w.person[BERT], NAMED({ "team", V_INT(w.team) }));
    assert_int_equal(list.count, 3);
    assert_int_equal(rows_int(&list, 0, "told") + rows_int(&list, 1, "told") + rows_int(&list, 2, "told"), 0);
    CASE("people with telephones take no messages, and a name that is not there is said");
    world_must(&w, "channel.set", 0, NAMED({ "name", T("calls") }, { "driver", T("call_list") }));
    const line one[] = { { 0, ANNA, 1 } };
    int64_t id = draft(&w, w.need, 1, one, "2020-02-08");
    check_err(world_try(&w, "roster.publish", 0, NAMED({ "roster", V_INT(id) }, { "channel", T("pigeon") })), ERR_NOT_FOUND, "channel.missing");
    assert_int_equal(world_count(&w, "roster_duty", NULL), 3); /* nothing of it was done */
    world_must(&w, "roster.publish", 0, NAMED({ "roster", V_INT(id) }));
    assert_int_equal(written(&w), 0);
    CASE("sent is told");
    sms(&w);
    publish(&w, w.need, COUNT(first), first, "2020-02-08");
    rows m = world_view(&w, "message", 0, NAMED({ "purpose", T("roster") }));
    assert_int_equal(m.count, 2);
    world_must(&w, "message.settle", 0, NAMED({ "message", *rows_at(&m, 0, "id") }, { "state", T("sent") }));
    list = world_view(&w, "roster_change", w.person[BERT], NAMED({ "team", V_INT(w.team) }));
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(rows_int(&list, i, "told"), rows_int(&list, i, "person_id") == rows_int(&m, 0, "person_id"));
}

ON_BOTH(each_is_told_once_what_changed)
ON_BOTH(many_changes_are_counted_and_a_number_is_asked_for)
ON_BOTH(without_a_channel_the_list_says_whom_to_tell)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(each_is_told_once_what_changed),
        BOTH(many_changes_are_counted_and_a_number_is_asked_for),
        BOTH(without_a_channel_the_list_says_whom_to_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
