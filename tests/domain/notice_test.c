#include "check.h"

#include "domain/notice.h"

static void a_claim_is_cut_to_what_can_be(void **state)
{
    (void)state;
    enum { HOUR = 3600000, NOW = 500 * HOUR };
    static const struct { const char *what; int64_t claimed, earliest, want; bool cut; } cases[] = {
        { "now", NOW, 0, NOW, false },
        { "an hour ago", NOW - HOUR, 0, NOW - HOUR, false },
        { "48 hours ago, the last moment", NOW - CLAIM_BACK_MS, 0, NOW - CLAIM_BACK_MS, false },
        { "a moment earlier", NOW - CLAIM_BACK_MS - 1, 0, NOW - CLAIM_BACK_MS, true },
        { "a clock 2 minutes fast", NOW + CLAIM_AHEAD_MS, 0, NOW + CLAIM_AHEAD_MS, false },
        { "tomorrow", NOW + 24 * HOUR, 0, NOW, true },
        { "before the order was out", NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - 2 * HOUR, true },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool cut = false;
        CASE(cases[i].what);
        assert_int_equal(notice_claim(cases[i].claimed, NOW, cases[i].earliest, &cut), cases[i].want);
        assert_int_equal(cut, cases[i].cut);
    }
}

static void the_answer_in_force_is_the_last_but_for_the_persons_later_word(void **state)
{
    (void)state;
    static const struct { const char *what; notice_answer all[4]; size_t count, want; } cases[] = {
        { "only one", { { false, 10, 10 } }, 1, 0 },
        { "the person changes his mind", { { true, 10, 10 }, { true, 20, 20 } }, 2, 1 },
        { "a liaison after the person", { { true, 10, 10 }, { false, 20, 20 } }, 2, 1 },
        { "a liaison keys an older call", { { true, 15, 15 }, { false, 10, 20 } }, 2, 0 },
        { "the same moment: the last recorded", { { true, 15, 15 }, { false, 15, 20 } }, 2, 1 },
        { "the person's own word, sent late", { { false, 20, 20 }, { true, 10, 30 } }, 2, 1 },
        { "two liaisons", { { false, 20, 20 }, { false, 10, 30 } }, 2, 1 },
        { "an older call after a newer one", { { true, 10, 10 }, { false, 20, 20 }, { false, 5, 30 } }, 3, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(notice_in_force(cases[i].all, cases[i].count), cases[i].want);
    }
}

static void a_state_never_goes_back(void **state)
{
    (void)state;
    static const struct { const char *what, *was, *event, *want; } cases[] = {
        { "out of the door", "queued", "sent", "sent" },
        { "a receipt", "sent", "delivered", "delivered" },
        { "a receipt that came late", "read", "delivered", "read" },
        { "an answer stays", "answered", "read", "answered" },
        { "nobody reached him", "sent", "unreachable", "unreachable" },
        { "but he got it", "unreachable", "delivered", "delivered" },
        { "sent once more is not reached", "unreachable", "sent", "unreachable" },
        { "unreachable does not undo a delivery", "delivered", "unreachable", "delivered" },
        { "unreachable, and answers after all", "unreachable", "answered", "answered" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        check_str(notice_state_after(str_of(cases[i].was), str_of(cases[i].event)), cases[i].want);
    }
}

static void only_words_that_exist_are_taken(void **state)
{
    (void)state;
    assert_true(notice_answer_is(STR("hindered")) && !notice_answer_is(STR("maybe")) && !notice_answer_is(STR("")));
    assert_true(notice_via_is(STR("group")) && !notice_via_is(STR("pigeon")));
    assert_true(notice_outcome_is(STR("family")) && !notice_outcome_is(STR("can")));
    assert_true(notice_is_silent(STR("read")) && !notice_is_silent(STR("answered")) && !notice_is_silent(STR("unreachable")));
    check_str(notice_event_of_call(STR("answered")), "delivered");
    check_str(notice_event_of_call(STR("no_answer")), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(a_claim_is_cut_to_what_can_be),
        CHECK_TEST(the_answer_in_force_is_the_last_but_for_the_persons_later_word),
        CHECK_TEST(a_state_never_goes_back),
        CHECK_TEST(only_words_that_exist_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
