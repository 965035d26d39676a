/* The judge's soft rules of a line, each over weeks that can be counted by hand. */
#include "check.h"
#include "roster/roster.h"

#include <string.h>

enum { DAYS = 7, KINDS = 3 };
static const char kind_letters[] = "ELN";

/* One person, seven days from Monday, a need for every day and kind; "EE-N---" says where the person stands. */
typedef struct week_case {
    const char *what, *week;
    roster_soft soft;
    int want;
} week_case;

static const roster_run kind_runs[KINDS] = { { 2, 5, 15 }, { 2, 3, 15 }, { 4, 5, 15 } }, no_runs[KINDS] = { 0 };

static const roster_problem *problem_of(arena *a, const roster_soft *soft, const roster_run *runs)
{
    static const roster_kind kinds[KINDS] = { { 0, 0, 480, false }, { 1, 0, 480, false }, { 2, 0, 480, true } };
    static const int group[DAYS] = { -1, -1, -1, -1, -1, 0, 0 };
    static const bool forbidden[KINDS * KINDS] = { 0, 0, 0, 1, 0, 0, 1, 1, 0 };
    roster_need *needs = arena_many(a, roster_need, DAYS * KINDS);
    for (int n = 0; n < DAYS * KINDS; n++)
        needs[n] = (roster_need){ .tag = n, .day = n / KINDS, .kind = n % KINDS, .limit = 1 };
    roster_person *person = arena_new(a, roster_person);
    *person = (roster_person){ .groups_max = -1, .soft = soft };
    roster_problem *p = arena_new(a, roster_problem);
    *p = (roster_problem){ .day_count = DAYS, .kinds = kinds, .kind_count = KINDS, .needs = needs,
                           .need_count = DAYS * KINDS, .people = person, .person_count = 1, .day_group = group,
                           .next_forbidden = forbidden, .kind_runs = runs, .one_a_day = true };
    return p;
}

static size_t duties_of(const char *week, roster_duty *duties)
{
    size_t count = 0;
    for (int d = 0; d < DAYS; d++) {
        const char *letter = strchr(kind_letters, week[d]);
        if (letter)
            duties[count++] = (roster_duty){ .need = d * KINDS + (int)(letter - kind_letters) };
    }
    return count;
}

static void judge_weeks(const week_case *cases, size_t count, const roster_run *runs)
{
    for (size_t i = 0; i < count; i++) {
        CASE(cases[i].what);
        roster_duty duties[DAYS];
        roster_violations v;
        const roster_problem *p = problem_of(check_arena(), &cases[i].soft, runs);
        roster_cost cost = roster_check(check_arena(), p, duties, duties_of(cases[i].week, duties), &v);
        assert_int_equal(v.count, 0);
        assert_int_equal(cost.at[5], cases[i].want);
        for (int k = 0; k < 5; k++)
            assert_int_equal(cost.at[k], 0);
    }
}

#define WORK .work = { 3, 5, 30 }, .last_kind = -1
static void days_worked_in_a_row_have_two_ends(void)
{
    static const week_case cases[] = {
        { "three, as wished",                "-EEE---", { WORK }, 0 },
        { "one short of it",                 "-EE----", { WORK }, 30 },
        { "two rows, both too short",        "-E-EE--", { WORK }, 90 },
        { "six, one too many",               "EEEEEE-", { WORK }, 30 },
        { "all seven",                       "EEEEEEE", { WORK }, 60 },
        { "short but may go on",             "-----EE", { WORK }, 0 },
        { "another shift goes on with it",   "--EEL--", { WORK }, 0 },
        { "nothing at all",                  "-------", { WORK }, 0 },
        { "no upper end",                    "EEEEEEE", { .work = { 3, 0, 30 }, .last_kind = -1 }, 0 },
        { "one day before and two now",      "EE-----", { .work = { 3, 5, 30 }, .last_kind = 0, .last_work_run = 1 }, 0 },
        { "two before, none now",            "-------", { .work = { 3, 5, 30 }, .last_kind = 0, .last_work_run = 2 }, 30 },
        { "four before, two now",            "EE-----", { .work = { 3, 5, 30 }, .last_kind = 0, .last_work_run = 4 }, 30 },
        { "eight before were paid then",     "E------", { .work = { 3, 5, 30 }, .last_kind = 0, .last_work_run = 8 }, 30 },
        { "days worked before a day off",    "E------", { .work = { 3, 5, 30 }, .last_kind = -1, .last_work_run = 8 }, 60 },
    };
    judge_weeks(cases, COUNT(cases), no_runs);
}

#define FREE .free = { 2, 3, 30 }
static void days_off_in_a_row_have_two_ends(void)
{
    static const week_case cases[] = {
        { "two off",                         "EE--EEE", { FREE, .last_kind = 0 }, 0 },
        { "one off",                         "EE-EEEE", { FREE, .last_kind = 0 }, 30 },
        { "four off",                        "E----EE", { FREE, .last_kind = 0 }, 30 },
        { "one at the end may go on",        "EEEEEE-", { FREE, .last_kind = 0 }, 0 },
        { "four at the end are too many",    "EEE----", { FREE, .last_kind = 0 }, 30 },
        { "one before, ended at once",       "EEEEEEE", { FREE, .last_kind = -1, .last_free_run = 1 }, 30 },
        { "one before and one now",          "-EEEEEE", { FREE, .last_kind = -1, .last_free_run = 1 }, 0 },
        { "five before, two of them more",   "--EEEEE", { FREE, .last_kind = -1, .last_free_run = 5 }, 60 },
        { "none known before",               "EEEEEEE", { FREE, .last_kind = -1 }, 0 },
    };
    judge_weeks(cases, COUNT(cases), no_runs);
}

static void days_of_one_shift_in_a_row_have_two_ends(void)
{
    static const week_case cases[] = {
        { "two early",                       "EE-----", { .last_kind = -1 }, 0 },
        { "one early, then late",            "ELL----", { .last_kind = -1 }, 15 },
        { "late four times",                 "LLLL---", { .last_kind = -1 }, 15 },
        { "two nights want four",            "-NN----", { .last_kind = -1 }, 30 },
        { "nights at the end may go on",     "-----NN", { .last_kind = -1 }, 0 },
        { "one night before, three now",     "NNN----", { .last_kind = 2, .last_kind_run = 1 }, 0 },
        { "one night before, off now",       "-------", { .last_kind = 2, .last_kind_run = 1 }, 45 },
        { "one early before, late now",      "LL-----", { .last_kind = 0, .last_kind_run = 1 }, 15 },
        { "three late before, one now",      "L------", { .last_kind = 1, .last_kind_run = 3 }, 15 },
        { "before a day off it is over",     "N------", { .last_kind = -1, .last_kind_run = 3 }, 45 },
    };
    judge_weeks(cases, COUNT(cases), kind_runs);
}

static void weekends_and_counts_have_their_prices(void)
{
    static const int duties[DAYS + 1] = { 40, 20, 0, 0, 20, 40, 60, 80 }, groups[DAYS + 1] = { 0, 30 };
    static const week_case cases[] = {
        { "whole weekend",                   "-----EE", { .last_kind = -1, .whole_weight = 30 }, 0 },
        { "no weekend",                      "EEEEE--", { .last_kind = -1, .whole_weight = 30 }, 0 },
        { "Saturday alone",                  "-----E-", { .last_kind = -1, .whole_weight = 30 }, 30 },
        { "Sunday alone",                    "------E", { .last_kind = -1, .whole_weight = 30 }, 30 },
        { "half of it is no matter",         "------E", { .last_kind = -1 }, 0 },
        { "one duty too few",                "E------", { .last_kind = -1, .duties_cost = duties }, 20 },
        { "none at all",                     "-------", { .last_kind = -1, .duties_cost = duties }, 40 },
        { "seven",                           "EEEEEEE", { .last_kind = -1, .duties_cost = duties }, 80 },
        { "a weekend too many",              "-----EE", { .last_kind = -1, .groups_cost = groups }, 30 },
        { "half a weekend is one too",       "------E", { .last_kind = -1, .groups_cost = groups }, 30 },
        { "the weekend off",                 "EEEEE--", { .last_kind = -1, .groups_cost = groups }, 0 },
    };
    judge_weeks(cases, COUNT(cases), no_runs);
}

static void the_day_before_forbids_what_may_not_follow(void)
{
    static const struct { const char *what, *week; int last; size_t broken; } cases[] = {
        { "early after a night before",  "E------", 2, 1 },
        { "late after a night before",   "L------", 2, 1 },
        { "night after night",           "N------", 2, 0 },
        { "early after late before",     "EE-----", 1, 1 },
        { "a day off lies between",      "-E-----", 2, 0 },
        { "off before",                  "E------", -1, 0 },
        { "within the week",             "LE-----", -1, 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        roster_duty duties[DAYS];
        roster_violations v;
        const roster_soft soft = { .last_kind = cases[i].last, .last_kind_run = 1, .last_work_run = 1 };
        const roster_problem *p = problem_of(check_arena(), &soft, no_runs);
        roster_check(check_arena(), p, duties, duties_of(cases[i].week, duties), &v);
        assert_int_equal(v.broken, cases[i].broken);
        assert_int_equal(v.count, cases[i].broken);
        if (v.count)
            assert_int_equal(v.at[0].rule, ROSTER_REST);
    }
}

/* Minimum cover has priority, optimal cover a price alone. */
static void a_target_with_a_price_is_no_level_of_its_own(void)
{
    static const struct { const char *what; int under_cost, filled, want[ROSTER_LEVELS]; } cases[] = {
        { "empty",                30, 0, { 0, 2, 11, 0, 0, 120 } },
        { "below the minimum",    30, 1, { 0, 1, 0, 0, 0, 90 } },
        { "at the minimum",       30, 2, { 0, 0, 0, 0, 0, 60 } },
        { "at the target",        30, 4, { 0, 0, 0, 0, 0, 0 } },
        { "above costs nothing",  30, 5, { 0, 0, 0, 0, 0, 0 } },
        { "without a price",      0, 2, { 0, 0, 0, 0, 2, 0 } },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        static const roster_kind kind = { 1, 0, 480, false };
        const roster_need need = { .min = 2, .target = 4, .limit = 5, .priority = 1, .under_cost = cases[i].under_cost };
        roster_person people[5];
        roster_duty duties[5];
        for (int k = 0; k < 5; k++) {
            people[k] = (roster_person){ .tag = k, .groups_max = -1 };
            duties[k] = (roster_duty){ .person = k };
        }
        const roster_problem p = { .day_count = 1, .kinds = &kind, .kind_count = 1, .needs = &need, .need_count = 1,
                                   .people = people, .person_count = 5, .one_a_day = true };
        roster_cost cost = roster_check(check_arena(), &p, duties, (size_t)cases[i].filled, NULL);
        for (int k = 0; k < ROSTER_LEVELS; k++)
            assert_int_equal(cost.at[k], cases[i].want[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(days_worked_in_a_row_have_two_ends),
        CHECK_TEST(days_off_in_a_row_have_two_ends),
        CHECK_TEST(days_of_one_shift_in_a_row_have_two_ends),
        CHECK_TEST(weekends_and_counts_have_their_prices),
        CHECK_TEST(the_day_before_forbids_what_may_not_follow),
        CHECK_TEST(a_target_with_a_price_is_no_level_of_its_own),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
