#include "check.h"

#include "domain/substitute.h"

enum { HOUR = 3600000 };
static const substitute_limits limits = { 480, 480, 3 };

/* A shift from one hour to another, counted from midnight of day 0. */
static substitute_shift shift_of(double from, double to, bool night)
{
    return (substitute_shift){ (int64_t)(from * HOUR), (int64_t)(to * HOUR), (civil_day)(from / 24), night, false };
}

static void the_first_reason_is_named(void **state)
{
    (void)state;
    const substitute_shift day = shift_of(8, 12, false), night = shift_of(20, 26, true);
    const substitute_shift gate = { day.starts_at, day.ends_at, 0, false, true };
    const struct { const char *what; substitute s; const substitute_shift *wanted; substitute_reason want; } cases[] = {
        { "free", { .member = true }, &day, SUBSTITUTE_FREE },
        { "of another team", { .cannot = true }, &day, SUBSTITUTE_TEAM },
        { "out of town until Sunday", { .member = true, .away = true, .cannot = true }, &day, SUBSTITUTE_AWAY },
        { "said he cannot", { .member = true, .cannot = true, .no_night = true }, &night, SUBSTITUTE_CANNOT },
        { "no nights", { .member = true, .no_night = true }, &night, SUBSTITUTE_CARE },
        { "no nights, but this is a day", { .member = true, .no_night = true }, &day, SUBSTITUTE_FREE },
        { "not outdoors", { .member = true, .no_outdoor = true, .skill_lacking = true }, &gate, SUBSTITUTE_CARE },
        { "not outdoors, but this is a desk", { .member = true, .no_outdoor = true }, &day, SUBSTITUTE_FREE },
        { "with whom he must not serve", { .member = true, .paired = true }, &day, SUBSTITUTE_PAIR },
        { "no medic left", { .member = true, .skill_lacking = true }, &day, SUBSTITUTE_SKILL },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        assert_int_equal(substitute_reason_of(&cases[i].s, cases[i].wanted, &limits), cases[i].want);
    }
}

static void other_duties_forbid(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        double own[2][2];
        bool own_night;
        double wanted[2];
        bool wanted_night;
        substitute_reason want;
    } cases[] = {
        { "the same hours", { { 8, 12 } }, false, { 10, 14 }, false, SUBSTITUTE_OVERLAP },
        { "one after the other", { { 8, 12 } }, false, { 12, 16 }, false, SUBSTITUTE_FREE },
        { "the morning after a night", { { 20, 26 } }, true, { 32, 36 }, false, SUBSTITUTE_REST },
        { "eight hours after it", { { 20, 26 } }, true, { 34, 38 }, false, SUBSTITUTE_FREE },
        { "a night before his early shift", { { 32, 36 } }, false, { 20, 26 }, true, SUBSTITUTE_REST },
        { "straight into the night", { { 16, 20 } }, false, { 20, 24 }, true, SUBSTITUTE_FREE },
        { "twelve hours in a day", { { 8, 12 }, { 12, 16 } }, false, { 16, 20 }, false, SUBSTITUTE_HOURS },
        { "of which some are tomorrow's", { { 8, 12 }, { 32, 36 } }, false, { 16, 20 }, false, SUBSTITUTE_FREE },
        { "too close counts before too long", { { 20, 26 }, { 26, 32 } }, true, { 33, 43 }, false, SUBSTITUTE_REST },
        { "a long shift alone", { { 40, 44 } }, false, { 8, 20 }, false, SUBSTITUTE_FREE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        substitute_shift own[2];
        size_t count = 0;
        CASE(cases[i].what);
        for (size_t k = 0; k < 2 && cases[i].own[k][1] > 0; k++)
            own[count++] = shift_of(cases[i].own[k][0], cases[i].own[k][1], cases[i].own_night);
        substitute s = { .member = true, .duties = own, .duty_count = count };
        substitute_shift wanted = shift_of(cases[i].wanted[0], cases[i].wanted[1], cases[i].wanted_night);
        assert_int_equal(substitute_reason_of(&s, &wanted, &limits), cases[i].want);
    }
}

static void nights_are_counted_over_any_seven_days(void **state)
{
    (void)state;
    static const struct { const char *what; int own[4], count, wanted; bool night; substitute_reason want; } cases[] = {
        { "two before it", { 2, 4 }, 2, 6, true, SUBSTITUTE_FREE },
        { "three before it", { 2, 3, 4 }, 3, 6, true, SUBSTITUTE_NIGHTS },
        { "three around it", { 4, 8, 10 }, 3, 6, true, SUBSTITUTE_NIGHTS },
        { "three, but never within seven days", { 0, 7, 9 }, 3, 4, true, SUBSTITUTE_FREE },
        { "the first is six days before the last", { 3, 5, 9 }, 3, 7, true, SUBSTITUTE_NIGHTS },
        { "a day is no night", { 2, 3, 4 }, 3, 6, false, SUBSTITUTE_FREE },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        substitute_shift own[4];
        CASE(cases[i].what);
        for (int k = 0; k < cases[i].count; k++)
            own[k] = shift_of(cases[i].own[k] * 24 + 20, cases[i].own[k] * 24 + 26, true);
        substitute s = { .member = true, .duties = own, .duty_count = (size_t)cases[i].count };
        int hour = cases[i].wanted * 24 + (cases[i].night ? 20 : 12);
        substitute_shift wanted = shift_of(hour, hour + 4, cases[i].night);
        assert_int_equal(substitute_reason_of(&s, &wanted, &limits), cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(the_first_reason_is_named),
        CHECK_TEST(other_duties_forbid),
        CHECK_TEST(nights_are_counted_over_any_seven_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
