#include "check.h"

#include "domain/call_order.h"

enum { NOW = 1000 };

static void same(const char *have, const char *want)
{
    if (want)
        assert_string_equal(have ? have : "(nothing)", want);
    else
        assert_null(have);
}

static void what_may_be_drafted(void **state)
{
    (void)state;
    static const call_order first = { .operation_id = 1, .number = 2, .state = { "released", 8 } };
    static const call_order draft = { .operation_id = 1, .number = 2, .state = { "draft", 5 } };
    static const struct { const char *what; call_order o; const call_order *corrects; bool taken; const char *want; } cases[] = {
        { "a first order", { .operation_id = 1, .number = 2, .reply_by = 2000 }, NULL, false, NULL },
        { "no number", { .operation_id = 1, .number = 0, .reply_by = 2000 }, NULL, false, "order.number" },
        { "a number once more", { .operation_id = 1, .number = 2, .reply_by = 2000 }, NULL, true, "order.number_taken" },
        { "to be answered yesterday", { .operation_id = 1, .number = 2, .reply_by = 1000 }, NULL, false, "order.reply_by_past" },
        { "a correction", { .operation_id = 1, .number = 2, .reply_by = 2000 }, &first, true, NULL },
        { "of another number", { .operation_id = 1, .number = 3, .reply_by = 2000 }, &first, false, "order.corrects_number" },
        { "of another operation", { .operation_id = 9, .number = 2, .reply_by = 2000 }, &first, true, "order.corrects_elsewhere" },
        { "of what is not out", { .operation_id = 1, .number = 2, .reply_by = 2000 }, &draft, true, "order.corrects_draft" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        same(call_order_no_draft(&cases[i].o, cases[i].corrects, cases[i].taken, NOW), cases[i].want);
    }
}

static void what_may_be_released_and_closed(void **state)
{
    (void)state;
    static const struct { const char *what, *state; int64_t by, reply_by; const char *release, *close; } cases[] = {
        { "by a second person", "draft", 8, 2000, NULL, "order.not_released" },
        { "by the drafter", "draft", 7, 2000, "order.own_draft", "order.not_released" },
        { "too late", "draft", 8, 900, "order.reply_by_past", "order.not_released" },
        { "twice", "released", 8, 2000, "order.not_draft", NULL },
        { "after closing", "closed", 8, 2000, "order.not_draft", "order.closed" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        call_order o = { .drafted_by = 7, .number = 2, .reply_by = cases[i].reply_by, .state = str_of(cases[i].state) };
        same(call_order_no_release(&o, cases[i].by, NOW), cases[i].release);
        same(call_order_no_close(&o), cases[i].close);
        same(call_order_no_notices(&o), cases[i].close);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(what_may_be_drafted),
        CHECK_TEST(what_may_be_released_and_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
