#include "check.h"

#include "domain/reinforcement.h"

static void lent_members_serve_on_their_days(void **state)
{
    (void)state;
    enum { HOME = 1, BORROWER = 2, OTHER = 3 };
    static const reinforcement_span spans[] = {
        { HOME, BORROWER, { "2020-02-09", 10 }, { "2020-02-11", 10 } },
        { HOME, BORROWER, { "2020-02-14", 10 }, { "2020-02-14", 10 } },
    };
    static const struct { const char *what; int64_t team; bool borrowed; const char *day; bool may; } cases[] = {
        { "borrowed, the day before", BORROWER, true, "2020-02-08", false },
        { "borrowed, on the first day", BORROWER, true, "2020-02-09", true },
        { "borrowed, on the last day", BORROWER, true, "2020-02-11", true },
        { "borrowed, between two lendings", BORROWER, true, "2020-02-12", false },
        { "borrowed, in the second lending", BORROWER, true, "2020-02-14", true },
        { "at home, the day before", HOME, false, "2020-02-08", true },
        { "at home, while lent", HOME, false, "2020-02-10", false },
        { "at home, back again", HOME, false, "2020-02-13", true },
        { "borrowed by a team it is not about", OTHER, true, "2020-02-10", false },
        { "at home in a team it is not about", OTHER, false, "2020-02-10", true },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(reinforcement_lets(spans, COUNT(spans), cases[i].team, cases[i].borrowed, str_of(cases[i].day)),
                         cases[i].may);
    }
    assert_true(reinforcement_lets(spans, 0, HOME, false, STR("2020-02-10")));
    assert_false(reinforcement_lets(spans, 0, BORROWER, true, STR("2020-02-10")));
}

int main(void)
{
    const struct CMUnitTest tests[] = { CHECK_TEST(lent_members_serve_on_their_days) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
