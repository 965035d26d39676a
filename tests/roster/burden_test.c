#include "check.h"
#include "base/text.h"
#include "problems.h"

#include <string.h>

enum { ARENA_BYTES = 64 << 20, PEOPLE = 3, NEEDS = 4, CELLS = PEOPLE * NEEDS, PROBLEMS = 60 };

typedef struct cover {
    int filled[NEEDS];
    bool led[NEEDS];
} cover;

static cover cover_of(const roster_problem *p, const roster_duty *duties, size_t count)
{
    cover c = { 0 };
    for (size_t i = 0; i < count; i++) {
        const roster_person *w = &p->people[duties[i].person];
        c.filled[duties[i].need]++;
        c.led[duties[i].need] |= w->lead_fit && !w->unanswered;
    }
    return c;
}

static bool covers(const roster_problem *p, const cover *c, const cover *asked)
{
    for (int n = 0; n < (int)p->need_count; n++) {
        int far = asked->filled[n] < p->needs[n].target ? asked->filled[n] : p->needs[n].target;
        if (c->filled[n] < far || (p->needs[n].lead_wanted && asked->led[n] && !c->led[n]))
            return false;
    }
    return true;
}

/* By trying all rosters. */
static int64_t least_burden(const roster_problem *p, const cover *asked)
{
    int64_t least = INT64_MAX;
    for (int mask = 0; mask < 1 << CELLS; mask++) {
        roster_duty duties[CELLS];
        roster_violations v;
        size_t count = 0;
        for (int c = 0; c < CELLS; c++) {
            if (mask & 1 << c)
                duties[count++] = (roster_duty){ .person = c / NEEDS, .need = c % NEEDS };
        }
        cover have = cover_of(p, duties, count);
        if (!covers(p, &have, asked))
            continue;
        arena *a = arena_open(NULL, ARENA_BYTES);
        roster_cost cost = roster_check(a, p, duties, count, &v);
        least = !v.broken && cost.at[5] < least ? cost.at[5] : least;
        arena_close(a);
    }
    return least;
}

static void no_roster_with_that_cover_is_below_the_bound(void **state)
{
    (void)state;
    int64_t bounds = 0, burdens = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(600 + i), PEOPLE, NEEDS, 1 + i % 8);
        assert_null(roster_check_problem(a, p));
        roster_solver *solver = roster_solve_begin(a, p, 1);
        roster_solve_step(solver, i % 3 * 500);
        const roster_solution *s = roster_solve_best(solver);
        cover asked = cover_of(p, s->duties, s->duty_count);
        roster_burden *whole = roster_burden_begin(a, p, s), *pieces = roster_burden_begin(a, p, s);
        roster_burden_step(whole, 20000);
        for (int k = 0; k < 2000; k++)
            roster_burden_step(pieces, 10);
        int64_t least = least_burden(p, &asked), bound = roster_burden_bound(whole);
        assert_true(bound <= least);
        assert_int_equal(bound, roster_burden_bound(pieces));
        bounds += bound;
        burdens += least;
        arena_close(a);
    }
    print_message("# bounds %lld of burdens %lld\n", (long long)bounds, (long long)burdens);
    assert_true(bounds * 100 >= burdens * 60); /* and it says something */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_roster_with_that_cover_is_below_the_bound),
    };
    return cmocka_run_group_tests_name("burden", tests, NULL, NULL);
}
