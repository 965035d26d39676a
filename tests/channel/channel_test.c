#include "check.h"

#include "base/file.h"
#include "channel/channel.h"

#include <sys/stat.h>

static void a_file_channel_writes_a_line_for_each_message(void **state)
{
    (void)state;
    channel via = { STR("sms"), STR("file"), str_of(check_folder()) };
    channel_receipt got;
    str have;
    for (int64_t id = 1; id <= 2; id++) {
        check_ok(channel_send(check_arena(), &via, &(channel_message){ id, 5000, STR("139"), STR("order"), STR("请\"来\"\n") }, &got));
        assert_int_equal(got.outcome, CHANNEL_SENT);
    }
    check_str(got.carrier_ref, "sms-2");
    const char *path = check_path("outbox/sms.jsonl");
    check_ok(file_read(check_arena(), path, 1 << 16, &have));
    check_str(have, "{\"id\":\"1\",\"at\":5000,\"to\":\"139\",\"purpose\":\"order\",\"text\":\"请\\\"来\\\"\\n\"}\n"
                    "{\"id\":\"2\",\"at\":5000,\"to\":\"139\",\"purpose\":\"order\",\"text\":\"请\\\"来\\\"\\n\"}\n");
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void what_cannot_be_written_has_failed(void **state)
{
    (void)state;
    channel_receipt got;
    const char *taken = check_path("taken");
    check_ok(file_write(check_arena(), taken, STR("x")));
    channel via = { STR("sms"), STR("file"), str_of(taken) }; /* a file where a folder should be */
    err *e = channel_send(check_arena(), &via, &(channel_message){ 1, 1, STR("139"), STR("order"), STR("x") }, &got);
    check_err(e, ERR_INPUT, NULL);
    assert_int_equal(got.outcome, CHANNEL_FAILED);
}

static void only_names_fit_for_a_file_are_taken(void **state)
{
    (void)state;
    static const struct { const char *name; bool good; } cases[] = {
        { "sms", true }, { "we-com_2", true }, { "", false }, { "../sms", false }, { "短信", false },
        { "abcdefghijklmnopqrstuvwxyzabcdefg", false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].name);
        assert_int_equal(channel_name_is(str_of(cases[i].name)), cases[i].good);
    }
    assert_non_null(channel_driver_find(STR("file")));
    assert_null(channel_driver_find(STR("call_list"))->send);
    assert_null(channel_driver_find(STR("pigeon")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_file_channel_writes_a_line_for_each_message),
        CHECK_TEST(what_cannot_be_written_has_failed),
        CHECK_TEST(only_names_fit_for_a_file_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
