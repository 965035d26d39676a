#include "check.h"
#include "base/text.h"
#include "problems.h"

enum { ARENA_BYTES = 64 << 20, PROBLEMS = 60, DUTIES_MAX = 200 };

static const roster_solution *solved(arena *a, const roster_problem *p)
{
    assert_null(roster_check_problem(a, p));
    roster_solver *s = roster_solve_begin(a, p, 1);
    roster_solve_step(s, 2000);
    return roster_solve_best(s);
}

/* The roster with somebody gone from the need, and with q there, who left another for it. */
static roster_cost with(const roster_problem *p, const roster_solution *s, int need, int leaver, int q, int left,
                        size_t *broken)
{
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_duty duties[DUTIES_MAX];
    roster_violations v;
    size_t count = 0;
    for (size_t i = 0; i < s->duty_count; i++) {
        const roster_duty *d = &s->duties[i];
        if ((d->person == leaver && d->need == need) || (d->person == q && d->need == left))
            continue;
        duties[count++] = *d;
    }
    if (q >= 0)
        duties[count++] = (roster_duty){ .person = q, .need = need };
    roster_cost cost = roster_check(a, p, duties, count, &v);
    *broken = v.broken;
    arena_close(a);
    return cost;
}

static void check_list(const roster_problem *p, const roster_solution *s, int need, int leaver, roster_substitutes list)
{
    size_t broken;
    roster_cost without = with(p, s, need, leaver, -1, -1, &broken);
    for (size_t i = 0; i < list.count; i++) {
        const roster_substitute *x = &list.at[i];
        roster_cost after = with(p, s, need, leaver, x->person, x->gives_up, &broken);
        bool fine = !broken && after.at[0] <= without.at[0];
        assert_int_equal(x->able, i < list.able);
        if (x->able) {
            assert_true(!broken);
            assert_int_equal(roster_cost_compare(&after, &x->after), 0);
        } else {
            assert_false(fine);
        }
        if (i && x->able) { /* fewest duties changed, then told ones, then the vector */
            const roster_substitute *y = &list.at[i - 1];
            assert_true((x->gives_up >= 0) >= (y->gives_up >= 0));
            if ((x->gives_up >= 0) == (y->gives_up >= 0)) {
                assert_true(x->after.at[3] >= y->after.at[3]);
                assert_true(x->after.at[3] > y->after.at[3] || roster_cost_compare(&x->after, &y->after) >= 0);
            }
        }
    }
}

static void substitutes_are_as_the_judge_finds_them(void **state)
{
    (void)state;
    int given_up = 0, free = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(400 + i), 3 + i % 8, 4 + i % 12, 2 + i % 7);
        const roster_solution *s = solved(a, p);
        for (size_t k = 0; k < s->duty_count; k++) {
            roster_substitutes list = roster_substitutes_of(a, p, s, s->duties[k].need, s->duties[k].person);
            check_list(p, s, s->duties[k].need, s->duties[k].person, list);
            for (size_t j = 0; j < list.able; j++) {
                given_up += list.at[j].gives_up >= 0;
                free += list.at[j].why.reason == ROSTER_FREE;
            }
        }
        for (int n = 0; n < (int)p->need_count; n++)
            check_list(p, s, n, -1, roster_substitutes_of(a, p, s, n, -1));
        arena_close(a);
    }
    assert_true(free > 100 && given_up > 100);
}

static void why_here_names_the_next_and_what_tells_them_apart(void **state)
{
    (void)state;
    int seen[ROSTER_PART_COVER + 1] = { 0 };
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(400 + i), 3 + i % 8, 4 + i % 12, 2 + i % 7);
        const roster_solution *s = solved(a, p);
        for (size_t k = 0; k < s->duty_count; k++) {
            int person = s->duties[k].person, need = s->duties[k].need;
            roster_here h = roster_why_here(a, p, s, person, need);
            roster_substitutes list = roster_substitutes_of(a, p, s, need, person);
            seen[h.part]++;
            for (size_t j = 0; j < list.able; j++) {
                if (list.at[j].why.reason != ROSTER_FREE)
                    continue;
                assert_true(h.next);
                assert_true(roster_cost_compare(&h.other.after, &list.at[j].after) <= 0);
            }
            if (!h.next)
                continue;
            int level = h.part == ROSTER_PART_NONE ? -1 : h.part >= ROSTER_PART_WISH ? 5 : (int)h.part - 1;
            for (int l = 0; l < ROSTER_LEVELS && (level < 0 || l < level); l++)
                assert_int_equal(h.other.after.at[l], s->cost.at[l]);
            if (level >= 0)
                assert_int_equal(h.by, h.other.after.at[level] - s->cost.at[level]);
        }
        arena_close(a);
    }
    assert_true(seen[ROSTER_PART_WISH] && seen[ROSTER_PART_HOURS] && seen[ROSTER_PART_DISTANCE] && seen[ROSTER_PART_CHANGES]);
}

/* In the model's example A leaves Sunday morning: C could come if free of the night before, D says cannot. */
static void the_example_s_sunday_has_one_who_would_give_up_a_night(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_example(a);
    const roster_solution s = problem_example_roster();
    roster_substitutes list = roster_substitutes_of(a, p, &s, 3, 0);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.able, 1);
    assert_int_equal(list.at[0].person, 2);
    assert_int_equal(list.at[0].why.reason, ROSTER_REST);
    assert_int_equal(list.at[0].why.other_need, 2);
    assert_int_equal(list.at[0].gives_up, 2);
    assert_true(list.at[0].free_that_day);
    assert_int_equal(list.at[0].minutes, 360);
    assert_int_equal(list.at[1].why.reason, ROSTER_CANNOT);
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(substitutes_are_as_the_judge_finds_them),
        cmocka_unit_test(why_here_names_the_next_and_what_tells_them_apart),
        cmocka_unit_test(the_example_s_sunday_has_one_who_would_give_up_a_night),
    };
    return cmocka_run_group_tests_name("substitute", tests, NULL, NULL);
}
