#include "check.h"
#include "base/text.h"
#include "problems.h"
#include "rosters.h"

enum { ARENA_BYTES = 64 << 20, PEOPLE = 3, NEEDS = 4, CELLS = PEOPLE * NEEDS, PROBLEMS = 200, TEAM_BYTES = 256 << 20 };

static void count_filled(const roster_duty *duties, size_t count, int *filled)
{
    for (size_t i = 0; i < count; i++)
        filled[duties[i].need]++;
}

static bool fills(const roster_problem *p, const int *filled, const int *asked)
{
    for (size_t n = 0; n < p->need_count; n++) {
        int far = asked[n] < p->needs[n].min ? asked[n] : p->needs[n].min;
        if (filled[n] < far)
            return false;
    }
    return true;
}

/* Of all rosters that keep every rule and fill as much, by the judge alone. */
static int64_t least_shape(const roster_problem *p, const int *asked)
{
    int64_t least = INT64_MAX;
    for (int mask = 0; mask < 1 << CELLS; mask++) {
        roster_duty duties[CELLS];
        roster_violations v;
        size_t count = 0;
        int filled[NEEDS] = { 0 };
        for (int c = 0; c < CELLS; c++) {
            if (mask & 1 << c)
                duties[count++] = (roster_duty){ .person = c / NEEDS, .need = c % NEEDS };
        }
        count_filled(duties, count, filled);
        if (!fills(p, filled, asked))
            continue;
        arena *a = arena_open(NULL, ARENA_BYTES);
        roster_cost cost = roster_check(a, p, duties, count, &v);
        least = !v.broken && !cost.at[0] && cost.at[2] < least ? cost.at[2] : least;
        arena_close(a);
    }
    return least;
}

/* Where it makes a difference: more people have a skill, and more needs ask for it. */
static void ask_for_more(arena *a, roster_problem *p, uint64_t seed)
{
    luck at = luck_of(seed), *l = &at;
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    for (size_t n = 0; n < p->need_count; n++) {
        needs[n].min = needs[n].min ? some(l, 2) : 0; /* so that many rosters lack nobody */
        needs[n].lead_wanted = some(l, 2);
        needs[n].wanted[0].count = some(l, 3);
        needs[n].wanted[1].skill = 4;
        needs[n].wanted[1].count = some(l, 2);
    }
    for (size_t q = 0; q < p->person_count; q++)
        people[q].skills ^= (uint64_t)(some(l, 2) * 2 + some(l, 2) * 4);
    p->needs = needs;
    p->people = people;
}

static void no_roster_that_fills_as_much_is_below_the_bound(void **state)
{
    (void)state;
    int exact = 0, whole_rosters = 0, above = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        roster_problem *p = problem_random(a, (uint64_t)(4600 + i), PEOPLE, NEEDS, 1 + i % 8);
        ask_for_more(a, p, (uint64_t)i);
        assert_null(roster_check_problem(a, p));
        roster_solver *solver = roster_solve_begin(a, p, 1);
        roster_solve_step(solver, i % 3 * 500);
        const roster_solution *s = roster_solve_best(solver);
        int asked[NEEDS] = { 0 };
        count_filled(s->duties, s->duty_count, asked);
        roster_shape *whole = roster_shape_begin(a, p, s), *pieces = roster_shape_begin(a, p, s);
        roster_shape_step(whole, 20000);
        for (int k = 0; k < 2000; k++)
            roster_shape_step(pieces, 10);
        int64_t least = least_shape(p, asked), bound = roster_shape_bound(whole);
        assert_true(bound <= least);
        assert_int_equal(bound, roster_shape_bound(pieces));
        if (s->cost.at[1] == 0 && least < INT64_MAX) {
            whole_rosters++;
            exact += bound == least;
            above += bound > 0;
        }
        arena_close(a);
    }
    print_message("# of %d rosters that lack nobody the bound is exact for %d and above 0 for %d\n", whole_rosters, exact, above);
    assert_true(whole_rosters >= 40 && above * 5 >= whole_rosters);
    assert_true(exact * 10 >= whole_rosters * 9);
}

/* Two people able to lead for every shift of four weeks: hardly a roster is better than a short search has, and that is known. */
static void a_team_short_of_leads_is_nearly_at_the_bound(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, TEAM_BYTES);
    const rosters_shape shape = { .people = 12, .days = 28, .posts = 1, .away = 30, .seed = 17 };
    const roster_problem *p = rosters_team(a, &shape);
    assert_null(roster_check_problem(a, p));
    roster_solver *solver = roster_solve_begin(a, p, 1);
    roster_solve_step(solver, 60000);
    const roster_solution *s = roster_solve_best(solver);
    roster_shape *b = roster_shape_begin(a, p, s);
    roster_shape_step(b, 2000000);
    assert_int_equal(s->cost.at[1], 0);
    assert_true(roster_shape_bound(b) <= s->cost.at[2]);
    assert_true(roster_shape_bound(b) * 100 >= s->cost.at[2] * 90);
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_roster_that_fills_as_much_is_below_the_bound),
        cmocka_unit_test(a_team_short_of_leads_is_nearly_at_the_bound),
    };
    return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
