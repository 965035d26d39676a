/* What the grid refuses: rules it does not know, sizes and weights its numbers do not hold; and that it holds what it takes. */
#include "check.h"
#include "base/text.h"
#include "judged.h"
#include "problems.h"
#include "roster/grid.h"

#include <limits.h>

enum { DAYS = 8, PEOPLE = 3, WEIGHT_SUM = 1 << 22 };

typedef struct small { /* two kinds, a need of each on each day */
    roster_problem p;
    roster_kind kinds[2];
    roster_need needs[2 * DAYS];
    roster_person people[PEOPLE];
    roster_soft soft;
    roster_run kind_runs[2];
    int wishes[2 * DAYS], duties_cost[DAYS + 1];
} small;

static small *small_problem(void)
{
    small *s = arena_new(check_arena(), small);
    s->kinds[0] = (roster_kind){ .tag = 1, .start_minute = 480, .end_minute = 960 };
    s->kinds[1] = (roster_kind){ .tag = 2, .start_minute = 960, .end_minute = 1440 };
    for (int n = 0; n < 2 * DAYS; n++)
        s->needs[n] = (roster_need){ .tag = n, .day = n / 2, .kind = n % 2, .target = 1, .limit = PEOPLE, .under_cost = 100,
                                     .over_cost = 1 };
    for (int i = 0; i < PEOPLE; i++)
        s->people[i] = (roster_person){ .tag = 40 + i, .groups_max = -1, .run_max = 4, .run_min = 2, .free_min = 2 };
    s->soft = (roster_soft){ .work = { 2, 3, 5 }, .free = { 2, 3, 5 }, .last_kind = -1 };
    s->people[1] = (roster_person){ .tag = 41, .groups_max = -1, .soft = &s->soft };
    s->p = (roster_problem){ .day_count = DAYS, .kinds = s->kinds, .kind_count = 2, .needs = s->needs,
                             .need_count = 2 * DAYS, .people = s->people, .person_count = PEOPLE, .one_a_day = true,
                             .kind_runs = s->kind_runs };
    return s;
}

static void assert_refused(const small *s, const char *message)
{
    err *e = roster_check_problem(check_arena(), &s->p);
    assert_non_null(e);
    assert_string_equal(e->message, message);
}

static void assert_accepted(const small *s)
{
    err *e = roster_check_problem(check_arena(), &s->p);
    if (e)
        fail_msg("%s %s %s", e->message, e->values[0].value.at, e->values[2].value.at);
}

static void soft_rules_are_checked(void)
{
    static const struct { roster_run run; bool good; } runs[] = {
        { { 2, 3, 5 }, true }, { { 3, 2, 5 }, false }, { { 3, 0, 5 }, true }, { { -1, 2, 5 }, false }, { { 0, -2, 5 }, false },
        { { 1, 2, -1 }, false }, { { 1, 2, INT_MAX }, false }, { { 1, INT_MAX, 1 }, false }, { { INT_MAX, 0, 1 }, false },
    };
    for (size_t i = 0; i < COUNT(runs); i++) {
        for (int which = 0; which < 3; which++) {
            small *s = small_problem();
            *(which == 0 ? &s->soft.work : which == 1 ? &s->soft.free : &s->kind_runs[1]) = runs[i].run;
            if (runs[i].good)
                assert_accepted(s);
            else
                assert_refused(s, "roster.run_bounds");
        }
    }
    static const struct { size_t at; int value; } fields[] = {
        { offsetof(roster_soft, whole_weight), -1 },        { offsetof(roster_soft, whole_weight), INT_MAX },
        { offsetof(roster_soft, last_kind), 2 },            { offsetof(roster_soft, last_kind), -2 },
        { offsetof(roster_soft, last_kind_run), -1 },       { offsetof(roster_soft, last_work_run), INT_MAX },
        { offsetof(roster_soft, last_free_run), -1 },
    };
    for (size_t i = 0; i < COUNT(fields); i++) {
        small *s = small_problem();
        *(int *)(void *)((char *)&s->soft + fields[i].at) = fields[i].value;
        assert_refused(s, "roster.problem_bad");
    }
    small *s = small_problem();
    s->soft.duties_cost = s->duties_cost;
    assert_accepted(s);
    s->duties_cost[DAYS] = INT_MIN;
    assert_refused(s, "roster.problem_bad");
}

static void a_history_that_contradicts_itself_is_refused(void)
{
    static const struct { const char *what; int kind, kind_run, work_run, free_run; bool good; } cases[] = {
        { "nothing known", -1, 0, 0, 0, true },      { "three days off", -1, 0, 0, 3, true },
        { "worked, days not known", 1, 0, 0, 0, true }, { "two late of three worked", 1, 2, 3, 0, true },
        { "off, and worked", -1, 0, 1, 0, false },   { "off, and days of a kind", -1, 1, 0, 2, false },
        { "worked, and off", 0, 1, 1, 2, false },    { "more of a kind than worked", 0, 3, 2, 0, false },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        small *s = small_problem();
        s->soft.last_kind = cases[i].kind;
        s->soft.last_kind_run = cases[i].kind_run;
        s->soft.last_work_run = cases[i].work_run;
        s->soft.last_free_run = cases[i].free_run;
        if (cases[i].good)
            assert_accepted(s);
        else
            assert_refused(s, "roster.history_bad");
    }
}

static void rest_reaches_to_the_next_day_only(void)
{
    small *s = small_problem();
    s->people[2].rest_minutes = 480 + 1440; /* after the late kind, up to the early one of the day after the next */
    assert_accepted(s);
    s->people[2].rest_minutes++;
    assert_refused(s, "roster.rest_long");
}

static void what_the_grid_does_not_know_is_refused(void)
{
    static const roster_past past[] = { { .day = -1, .start_minute = 480, .end_minute = 960 } };
    for (int i = 0; i < 9; i++) {
        CASE(text_format(check_arena(), "mix %d", i).at);
        small *s = small_problem();
        s->p.one_a_day = i != 0;
        s->p.fair = i == 1;
        s->p.border_exempt = i == 2;
        s->needs[3].not_alone = i == 3;
        s->people[2].minutes_max_week = i == 4;
        s->people[2].nights_max = i == 5;
        s->people[2].minutes_before = i == 6;
        s->people[2].past = past;
        s->people[2].past_count = i == 7;
        s->soft.last_free_run = i == 8;
        s->people[1].run_max = i == 8 ? 3 : 0;
        assert_refused(s, "roster.lower_mixed");
    }
}

static void what_is_too_large_is_refused(void)
{
    small *s = small_problem();
    s->people[0].run_max = 16000;
    assert_refused(s, "roster.grid_large");
    s = small_problem();
    roster_kind *kinds = arena_many(check_arena(), roster_kind, 40);
    for (int k = 0; k < 40; k++)
        kinds[k] = s->kinds[0];
    s->p.kinds = kinds;
    s->p.kind_runs = NULL;
    s->p.kind_count = 39;
    assert_accepted(s);
    s->p.kind_count = 40;
    assert_refused(s, "roster.grid_large");
    s = small_problem();
    roster_need *needs = arena_many(check_arena(), roster_need, 251);
    for (int n = 0; n < 251; n++)
        needs[n] = s->needs[0];
    s->p.needs = needs;
    s->p.need_count = 250;
    assert_accepted(s);
    s->p.need_count = 251;
    assert_refused(s, "roster.grid_large");
}

static void weights_of_a_day_and_of_a_line_have_an_end(void)
{
    for (int which = 0; which < 4; which++) {
        CASE(text_format(check_arena(), "weight %d", which).at);
        small *s = small_problem();
        s->people[0].wishes = s->wishes;
        s->needs[5].under_cost = which == 0 ? 1000000 : 100;
        s->needs[5].over_cost = which == 1 ? 1000000 : 1;
        s->wishes[5] = which == 2 ? INT_MIN : which == 3 ? INT_MAX : 0;
        assert_refused(s, "roster.weight_day");
    }
    small *s = small_problem();
    s->soft.duties_cost = s->duties_cost;
    for (int n = 0; n < 2 * DAYS; n++)
        s->needs[n].under_cost = WEIGHT_SUM / DAYS - 100;
    assert_refused(s, "roster.weight_day");
    for (int n = 0; n < 2 * DAYS; n++)
        s->needs[n].under_cost = WEIGHT_SUM / DAYS - 10000;
    s->duties_cost[2] = 81000;
    assert_refused(s, "roster.weight_line");
    s->duties_cost[2] = 50000;
    assert_accepted(s);
}

static void a_priority_that_is_too_large_says_the_limit(void)
{
    static const struct { int min, under_cost, most; } cases[] = { { 1, 0, 259 }, { 1, 100, 261 }, { 0, 100, 1000 } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        small *s = small_problem();
        roster_need *n = &s->needs[5];
        n->min = cases[i].min;
        n->under_cost = cases[i].under_cost;
        n->priority = cases[i].most;
        assert_accepted(s);
        n->priority++;
        err *e = roster_check_problem(check_arena(), &s->p);
        assert_non_null(e);
        assert_string_equal(e->message, i < 2 ? "roster.priority_large" : "roster.need_weights");
        assert_string_equal(value_of(e, i < 2 ? "most" : "priority_most"), text_format(check_arena(), "%d", cases[i].most).at);
    }
}

/* Just below the ends the sums hold: the sanitizers watch, the judge counts. */
static void the_dearest_weights_are_counted_right(void)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        small *s = small_problem();
        s->soft.duties_cost = s->duties_cost;
        for (int k = 0; k <= DAYS; k++)
            s->duties_cost[k] = sign * 1000 * k;
        s->people[0].wishes = s->people[2].wishes = s->wishes;
        for (int n = 0; n < 2 * DAYS; n++) {
            s->needs[n].under_cost = 250000;
            s->needs[n].over_cost = 200000;
            s->wishes[n] = sign * (260000 + n);
        }
        assert_accepted(s);
        roster_solver *solver = roster_solve_begin(check_arena(), &s->p, 1);
        roster_solve_step(solver, 3000);
        const roster_solution *best = roster_solve_best(solver);
        assert_judged(check_arena(), &s->p, best->duties, best->duty_count, &best->cost);
        assert_int_equal(best->cost.at[0], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(soft_rules_are_checked),
        CHECK_TEST(a_history_that_contradicts_itself_is_refused),
        CHECK_TEST(rest_reaches_to_the_next_day_only),
        CHECK_TEST(what_the_grid_does_not_know_is_refused),
        CHECK_TEST(what_is_too_large_is_refused),
        CHECK_TEST(weights_of_a_day_and_of_a_line_have_an_end),
        CHECK_TEST(a_priority_that_is_too_large_says_the_limit),
        CHECK_TEST(the_dearest_weights_are_counted_right),
    };
    return cmocka_run_group_tests_name("grid_check", tests, NULL, NULL);
}
