/* Annealing of soft lines: the judge agrees with it, an exhaustive search too, and nothing forbidden is ever done. */
#include "check.h"
#include "base/luck.h"
#include "base/text.h"
#include "roster/anneal.h"

enum { PROBLEMS = 60, TINY = 40, KINDS = 2, POSTS = 2 };

static int some(luck *l, int limit)
{
    return (int)luck_below(l, (uint32_t)limit);
}

static roster_run some_run(luck *l, int weight)
{
    int min = 1 + some(l, 3);
    return (roster_run){ min, some(l, 4) ? min + some(l, 3) : 0, weight };
}

static const roster_soft *some_soft(luck *l, int days)
{
    roster_soft *soft = arena_new(check_arena(), roster_soft);
    int *duties = arena_many(check_arena(), int, days + 1), *groups = arena_many(check_arena(), int, days + 1);
    for (int k = 0; k <= days; k++) {
        duties[k] = some(l, 40);
        groups[k] = 30 * k;
    }
    *soft = (roster_soft){ .work = some_run(l, 30), .free = some_run(l, 30), .whole_weight = 30 * some(l, 2),
                           .duties_cost = some(l, 2) ? duties : NULL, .groups_cost = some(l, 2) ? groups : NULL,
                           .last_kind = some(l, KINDS + 1) - 1 };
    if (soft->last_kind < 0)
        soft->last_free_run = some(l, 5);
    else
        soft->last_work_run = soft->last_kind_run = 1 + some(l, 4);
    return soft;
}

static const roster_problem *some_problem(uint64_t seed, int people, int days)
{
    static const roster_kind kinds[KINDS] = { { 0, 0, 480, false }, { 1, 0, 480, false } };
    static const bool forbidden[KINDS * KINDS] = { false, false, true, false };
    luck at = luck_of(seed), *l = &at;
    int count = days * KINDS * POSTS;
    roster_need *needs = arena_many(check_arena(), roster_need, count);
    for (int n = 0; n < count; n++) {
        needs[n] = (roster_need){ .tag = n, .day = n / (KINDS * POSTS), .kind = n / POSTS % KINDS, .post = n % POSTS,
                                  .min = some(l, 3) == 0, .limit = people + 2, .priority = 1,
                                  .skills = (uint64_t)(n % POSTS), .under_cost = 30 * some(l, 2), .over_cost = some(l, 2) };
        needs[n].target = needs[n].min + some(l, 2);
    }
    roster_person *who = arena_many(check_arena(), roster_person, people);
    for (int i = 0; i < people; i++) {
        int *wishes = arena_many(check_arena(), int, count);
        uint8_t *blocked = arena_many(check_arena(), uint8_t, count);
        for (int n = 0; n < count; n++) {
            wishes[n] = some(l, 6) ? 0 : some(l, 2) ? -10 : 5;
            blocked[n] = some(l, 8) ? 0 : ROSTER_BLOCK_CANNOT;
        }
        who[i] = (roster_person){ .tag = i, .skills = (uint64_t)some(l, 2), .wishes = wishes, .blocked = blocked,
                                  .groups_max = -1, .soft = some_soft(l, days) };
    }
    roster_run *runs = arena_many(check_arena(), roster_run, KINDS);
    int *group = arena_many(check_arena(), int, days);
    for (int k = 0; k < KINDS; k++)
        runs[k] = some_run(l, 15);
    for (int d = 0; d < days; d++)
        group[d] = d % 7 >= 5 ? d / 7 : -1;
    roster_problem *p = arena_new(check_arena(), roster_problem);
    *p = (roster_problem){ .day_count = days, .kinds = kinds, .kind_count = KINDS, .needs = needs,
                           .need_count = (size_t)count, .people = who, .person_count = (size_t)people,
                           .day_group = group, .next_forbidden = forbidden, .kind_runs = some(l, 4) ? runs : NULL,
                           .one_a_day = true };
    return p;
}

static const roster_solution *annealed(const roster_problem *p, uint64_t seed, uint64_t steps)
{
    assert_true(roster_anneal_fits(p));
    roster_annealer *s = roster_anneal_begin(check_arena(), p, seed);
    roster_anneal_plan(s, steps);
    roster_anneal_step(s, steps);
    return roster_anneal_best(s);
}

static void the_judge_agrees_with_annealing(void)
{
    for (int i = 0; i < PROBLEMS; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        const roster_problem *p = some_problem((uint64_t)i, 2 + i % 7, 3 + i % 12);
        for (uint64_t steps = 0; steps < 9; steps += 8) {
            const roster_solution *s = annealed(p, 1, steps);
            roster_violations v;
            roster_cost judged = roster_check(check_arena(), p, s->duties, s->duty_count, &v);
            assert_int_equal(v.count, 0);
            for (int k = 0; k < ROSTER_LEVELS; k++)
                assert_int_equal(judged.at[k], s->cost.at[k]);
        }
    }
}

/* Two people, two days: each of the five choices a day. */
static roster_cost best_of_all(const roster_problem *p)
{
    enum { CELLS = 4, CHOICES = KINDS * POSTS + 1, ALL = 625 };
    roster_cost best = { { INT64_MAX } };
    for (int code = 0; code < ALL; code++) {
        roster_duty duties[CELLS];
        size_t count = 0;
        for (int c = 0, rest = code; c < CELLS; c++, rest /= CHOICES) {
            if (rest % CHOICES)
                duties[count++] = (roster_duty){ .person = c / 2, .need = c % 2 * KINDS * POSTS + rest % CHOICES - 1 };
        }
        roster_violations v;
        roster_cost cost = roster_check(check_arena(), p, duties, count, &v);
        cost.at[2] = 0; /* the shape of what is missing is not searched for */
        if (!v.broken && roster_cost_compare(&cost, &best) < 0)
            best = cost;
    }
    return best;
}

static void tiny_weeks_are_solved_to_the_end(void)
{
    for (int i = 0; i < TINY; i++) {
        CASE(text_format(check_arena(), "seed %d", i).at);
        roster_problem *p = arena_copy(check_arena(), some_problem((uint64_t)(500 + i), 2, 2), sizeof *p);
        roster_need *needs = arena_copy(check_arena(), p->needs, p->need_count * sizeof *needs);
        for (size_t n = 0; n < p->need_count; n++)
            needs[n].under_cost = 30; /* else level 4 counts, which is not searched for */
        p->needs = needs;
        roster_cost best = best_of_all(p);
        const roster_solution *s = annealed(p, 1, 20);
        assert_int_equal(s->cost.at[1], best.at[1]);
        assert_int_equal(s->cost.at[5], best.at[5]);
    }
}

static void same_seed_plan_and_steps_give_the_same_roster(void)
{
    const roster_problem *p = some_problem(9, 8, 14);
    const roster_solution *whole = annealed(p, 42, 30);
    roster_annealer *s = roster_anneal_begin(check_arena(), p, 42);
    roster_anneal_plan(s, 30);
    for (int i = 0; i < 10; i++) {
        roster_anneal_step(s, 3);
        roster_anneal_best(s);
    }
    const roster_solution *pieces = roster_anneal_best(s);
    assert_int_equal(roster_anneal_steps(s), 30);
    assert_int_equal(whole->duty_count, pieces->duty_count);
    for (size_t i = 0; i < whole->duty_count; i++) {
        assert_int_equal(whole->duties[i].person, pieces->duties[i].person);
        assert_int_equal(whole->duties[i].need, pieces->duties[i].need);
    }
}

/* At every checkpoint, however hot it still is. */
static void the_best_never_gets_worse(void)
{
    enum { STEPS = 24 };
    const roster_problem *p = some_problem(11, 9, 14);
    roster_annealer *s = roster_anneal_begin(check_arena(), p, 3);
    roster_anneal_plan(s, STEPS);
    roster_cost before = roster_anneal_best(s)->cost, first = before;
    for (int i = 0; i < STEPS; i++) {
        roster_anneal_step(s, 1);
        const roster_solution *now = roster_anneal_best(s);
        roster_cost judged = roster_check(check_arena(), p, now->duties, now->duty_count, NULL);
        assert_int_equal(judged.at[5], now->cost.at[5]);
        assert_true(now->cost.at[1] < before.at[1] ||
                    (now->cost.at[1] == before.at[1] && now->cost.at[5] <= before.at[5]));
        before = now->cost;
    }
    assert_true(before.at[1] < first.at[1] || before.at[5] < first.at[5]);
}

static void a_team_with_several_duties_a_day_is_not_for_it(void)
{
    roster_problem *p = arena_copy(check_arena(), some_problem(1, 3, 7), sizeof *p);
    p->one_a_day = false;
    assert_false(roster_anneal_fits(p));
    p->one_a_day = true;
    roster_person *people = arena_copy(check_arena(), p->people, p->person_count * sizeof *people);
    p->people = people;
    people[1].minutes_max_week = 480;
    assert_false(roster_anneal_fits(p));
    people[1].minutes_max_week = 0;
    people[2].soft = NULL;
    assert_false(roster_anneal_fits(p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHECK_TEST(the_judge_agrees_with_annealing),
        CHECK_TEST(tiny_weeks_are_solved_to_the_end),
        CHECK_TEST(same_seed_plan_and_steps_give_the_same_roster),
        CHECK_TEST(the_best_never_gets_worse),
        CHECK_TEST(a_team_with_several_duties_a_day_is_not_for_it),
    };
    return cmocka_run_group_tests_name("anneal", tests, NULL, NULL);
}
