#include "check.h"
#include "base/text.h"
#include "judged.h"
#include "problems.h"
#include "rosters.h"

#include <string.h>

enum { RANDOM_PROBLEMS = 200, TINY_PROBLEMS = 120, ARENA_BYTES = 64 << 20 };

static const roster_solution *solved(arena *a, const roster_problem *p, uint64_t seed, uint64_t steps)
{
    assert_null(roster_check_problem(a, p));
    roster_solver *s = roster_solve_begin(a, p, seed);
    roster_solve_step(s, steps);
    return roster_solve_best(s);
}

static void assert_judged_alike(arena *a, const roster_problem *p, const roster_solution *s)
{
    assert_judged(a, p, s->duties, s->duty_count, &s->cost);
}

static void the_judge_agrees_with_the_engine(void **state)
{
    (void)state;
    for (int i = 0; i < RANDOM_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)i, 2 + i % 9, 3 + i % 17, 2 + i % 7);
        const roster_solution *start = solved(a, p, 1, 0);
        assert_judged_alike(a, p, start);
        assert_judged_alike(a, p, solved(a, p, 1, 1500));
        arena_close(a);
    }
}

/* Every subset of duties, by the judge alone. */
static roster_cost best_of_all(arena *a, const roster_problem *p)
{
    roster_duty duties[16];
    roster_cost best = { { INT64_MAX, 0, 0, 0, 0, 0 } };
    int cells = (int)(p->person_count * p->need_count);
    for (int mask = 0; mask < 1 << cells; mask++) {
        size_t count = 0;
        for (int c = 0; c < cells; c++) {
            if (mask & (1 << c))
                duties[count++] = (roster_duty){ .person = c / (int)p->need_count, .need = c % (int)p->need_count };
        }
        arena *scratch = arena_open(a, ARENA_BYTES);
        roster_violations v;
        roster_cost cost = roster_check(scratch, p, duties, count, &v);
        if (!v.broken && roster_cost_compare(&cost, &best) < 0)
            best = cost;
        arena_close(scratch);
    }
    return best;
}

static void tiny_problems_are_solved_to_the_end(void **state)
{
    (void)state;
    for (int i = 0; i < TINY_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(1000 + i), 1 + i % 4, i % 4 == 3 ? 3 : 4 - i % 2, 2);
        roster_cost best = best_of_all(a, p);
        const roster_solution *s = solved(a, p, 1, 20000);
        for (int k = 0; k < ROSTER_LEVELS; k++)
            assert_int_equal(s->cost.at[k], best.at[k]);
        arena_close(a);
    }
}

/* Pairs, nobody alone, published duties, locks, history, caps, followers: what is left out above. */
static void tiny_problems_of_every_rule_are_solved_to_the_end(void **state)
{
    (void)state;
    for (int i = 0; i < TINY_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_every_rule(a, (uint64_t)(2000 + i), 3 + i % 2, i % 2 ? 3 : 4, 1 + i % 3);
        roster_cost best = best_of_all(a, p);
        const roster_solution *s = solved(a, p, 1, 40000);
        for (int k = 0; k < ROSTER_LEVELS; k++)
            assert_int_equal(s->cost.at[k], best.at[k]);
        arena_close(a);
    }
}

static void a_proof_is_never_wrong(void **state)
{
    (void)state;
    for (int i = 0; i < TINY_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        roster_problem *p = problem_random(a, (uint64_t)(5000 + i), 3, 4, 2);
        roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
        for (size_t n = 0; n < p->need_count; n++)
            needs[n].priority = 1;
        p->needs = needs;
        roster_cost best = best_of_all(a, p);
        const roster_solution none = { 0 }, *s = solved(a, p, 1, 5000);
        for (size_t n = 0; n < p->need_count; n++) {
            /* At least missing - possible stay open whatever is done: no roster may beat that. */
            const roster_explanation *e = roster_explain(a, p, &none, (int)n);
            assert_true(best.at[1] >= e->missing - e->possible);
            assert_int_equal(e->proven, e->missing > 0 && e->possible == 0);
            e = roster_explain(a, p, s, (int)n);
            assert_true(best.at[1] >= e->missing - e->possible);
        }
        arena_close(a);
    }
}

static void same_seed_and_steps_give_the_same_roster(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_random(a, 7, 12, 24, 7);
    const roster_solution *whole = solved(a, p, 42, 3000);
    roster_solver *s = roster_solve_begin(a, p, 42);
    for (int i = 0; i < 30; i++) {
        roster_solve_step(s, 100);
        roster_solve_best(s);
    }
    const roster_solution *pieces = roster_solve_best(s);
    assert_int_equal(whole->duty_count, pieces->duty_count);
    for (size_t i = 0; i < whole->duty_count; i++) {
        assert_int_equal(whole->duties[i].person, pieces->duties[i].person);
        assert_int_equal(whole->duties[i].need, pieces->duties[i].need);
        assert_int_equal(whole->duties[i].lead, pieces->duties[i].lead);
    }
    arena_close(a);
}

static void a_longer_run_is_never_worse(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 10; seed++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        const roster_problem *p = problem_random(a, 300 + seed, 10, 20, 7);
        roster_solver *s = roster_solve_begin(a, p, seed);
        roster_cost last = roster_solve_best(s)->cost;
        for (int i = 0; i < 40; i++) {
            roster_solve_step(s, 97);
            roster_cost now = roster_solve_best(s)->cost;
            assert_true(roster_cost_compare(&now, &last) <= 0);
            last = now;
        }
        arena_close(a);
    }
}

static bool stands(const roster_solution *s, int person, int need)
{
    for (size_t i = 0; i < s->duty_count; i++) {
        if (s->duties[i].person == person && s->duties[i].need == need)
            return true;
    }
    return false;
}

static void locks_cannot_and_care_survive(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = problem_example(a);
    const roster_lock locks[] = { { 2, 1, true, false }, { 0, 0, false, false } };
    p->locks = locks;
    p->lock_count = 2;
    const roster_solution *s = solved(a, p, 3, 5000);
    assert_true(stands(s, 2, 1));
    assert_false(stands(s, 0, 0));
    assert_false(stands(s, 2, 0)); /* cannot */
    assert_false(stands(s, 1, 2)); /* care */
    assert_judged_alike(a, p, s);
    arena_close(a);
}

static void locks_that_break_a_rule_are_named(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = problem_example(a);
    const roster_lock clash[] = { { 0, 2, true, false }, { 0, 3, true, false } }, care[] = { { 1, 2, true, false } };
    p->locks = clash;
    p->lock_count = 2;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.lock_clash");
    p->locks = care;
    p->lock_count = 1;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.lock_rule");
    arena_close(a);
}

/* Two kinds of three hours and a night, two needs of each on each of four days: 24 needs; three people. */
typedef struct locked {
    roster_problem p;
    roster_need needs[24];
    roster_person people[3];
    roster_lock locks[3];
    uint8_t blocked[24];
    int kind_max[3], groups[4];
    bool forbidden[9];
    roster_past past;
    roster_pair pair;
} locked;

static locked *locked_problem(arena *a)
{
    static const roster_kind kinds[] = { { 1, 480, 660, false }, { 2, 660, 840, false }, { 3, 1320, 1800, true } };
    locked *x = arena_new(a, locked);
    for (int n = 0; n < 24; n++)
        x->needs[n] = (roster_need){ .tag = n, .day = n / 6, .kind = n % 6 / 2, .min = 1, .target = 2, .limit = 3, .priority = 1 };
    for (int i = 0; i < 3; i++)
        x->people[i] = (roster_person){ .tag = 11 + i, .groups_max = -1 };
    x->locks[0] = (roster_lock){ 0, 0, true, false };
    x->p = (roster_problem){ .day_count = 4, .weekday_first = 5, .kinds = kinds, .kind_count = 3, .needs = x->needs,
                             .need_count = 24, .people = x->people, .person_count = 3, .locks = x->locks, .lock_count = 1,
                             .pairs = &x->pair };
    for (int d = 0; d < 4; d++)
        x->groups[d] = d;
    return x;
}

/* The rule is switched on, with a second lock to that need where one is wanted. */
static void break_rule(locked *x, roster_reason rule)
{
    static const uint8_t bits[] = { [ROSTER_TEAM] = ROSTER_BLOCK_TEAM, [ROSTER_ANSWER] = ROSTER_BLOCK_ANSWER,
                                    [ROSTER_CANNOT] = ROSTER_BLOCK_CANNOT, [ROSTER_CARE] = ROSTER_BLOCK_CARE,
                                    [ROSTER_CLOSED] = ROSTER_BLOCK_CLOSED };
    static const int second[ROSTER_REASON_COUNT] = { [ROSTER_BUSY] = 1, [ROSTER_REST] = 2, [ROSTER_MINUTES_DAY] = 2,
        [ROSTER_MINUTES_WEEK] = 6, [ROSTER_MINUTES_ALL] = 18, [ROSTER_NIGHTS] = 22, [ROSTER_KIND] = 6, [ROSTER_GROUPS] = 12,
        [ROSTER_RUN] = 6 };
    roster_person *w = &x->people[0];
    x->locks[1] = (roster_lock){ 0, second[rule], true, false };
    x->p.lock_count = second[rule] ? 2 : 1;
    if (rule == ROSTER_NIGHTS)
        x->locks[0].need = 4;
    w->blocked = rule < sizeof bits && bits[rule] ? x->blocked : NULL;
    x->blocked[0] = rule < sizeof bits ? bits[rule] : 0;
    switch (rule) {
    case ROSTER_SKILL: x->needs[0].skills = 2; break;
    case ROSTER_LOCK: x->locks[1] = (roster_lock){ 0, 0, false, false }; x->p.lock_count = 2; break;
    case ROSTER_REST: w->rest_minutes = 60; break;
    case ROSTER_MINUTES_DAY: w->minutes_max_day = 300; break;
    case ROSTER_MINUTES_WEEK: w->minutes_max_week = 300; break;
    case ROSTER_MINUTES_ALL: w->minutes_max = 300; break;
    case ROSTER_NIGHTS: w->nights_max = 1; break;
    case ROSTER_KIND: w->kind_max = x->kind_max; x->kind_max[0] = 1; break;
    case ROSTER_GROUPS: x->p.day_group = x->groups; w->groups_max = 1; break;
    case ROSTER_RUN: w->run_max = 1; break;
    case ROSTER_APART:
    case ROSTER_TOGETHER:
        x->pair = (roster_pair){ 0, 1, rule == ROSTER_APART ? ROSTER_PAIR_APART : ROSTER_PAIR_TOGETHER };
        x->p.pair_count = 1;
        x->locks[1] = (roster_lock){ 1, rule == ROSTER_APART ? 1 : 0, rule == ROSTER_APART, false };
        x->locks[2] = (roster_lock){ 1, 1, false, false };
        x->p.lock_count = rule == ROSTER_APART ? 2 : 3;
        break;
    case ROSTER_ALONE: x->needs[0].not_alone = true; x->needs[0].limit = x->needs[0].target = 1; break;
    case ROSTER_FULL:
        x->needs[0].limit = x->needs[0].target = 1;
        x->locks[1] = (roster_lock){ 1, 0, true, false };
        x->p.lock_count = 2;
        break;
    default: break;
    }
}

static void each_rule_that_a_lock_breaks_is_named(void **state)
{
    (void)state;
    for (roster_reason rule = ROSTER_TEAM; rule < ROSTER_LOWER; rule++) {
        CASE(roster_reason_name(rule));
        arena *a = arena_open(NULL, ARENA_BYTES);
        locked *x = locked_problem(a);
        assert_null(roster_check_problem(a, &x->p));
        break_rule(x, rule);
        err *e = roster_check_problem(a, &x->p);
        assert_non_null(e);
        bool clash = rule == ROSTER_BUSY || rule == ROSTER_REST || rule == ROSTER_APART;
        assert_string_equal(e->message, clash ? "roster.lock_clash" : "roster.lock_rule");
        assert_string_equal(value_of(e, "rule"), roster_reason_name(rule));
        arena_close(a);
    }
}

/* Rest to what lies before the first day, and what may not follow the day before. */
static void locks_against_the_days_before_are_named(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        locked *x = locked_problem(a);
        x->past = (roster_past){ .day = -1, .start_minute = 1200, .end_minute = 1860 };
        x->people[0].past = &x->past;
        x->people[0].past_count = i == 0;
        x->people[0].rest_minutes = i == 0 ? 120 : 0;
        x->forbidden[0] = true;
        x->p.next_forbidden = x->forbidden;
        x->locks[1] = (roster_lock){ 0, 6, true, false };
        x->p.lock_count = i == 0 ? 1 : 2;
        err *e = roster_check_problem(a, &x->p);
        assert_non_null(e);
        assert_string_equal(value_of(e, "rule"), "rest");
        arena_close(a);
    }
}

static void impossible_bounds_are_refused(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = problem_example(a);
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    p->needs = needs;
    needs[1].min = 3;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.need_bounds");
    needs[1].min = 2;
    needs[1].day = 2;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.problem_bad");
    needs[1].day = 0;
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    p->people = people;
    people[0].run_min = 3;
    people[0].run_max = 2;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.person_bounds");
    people[0].run_max = 4;
    assert_string_equal(roster_check_problem(a, p)->message, "roster.lower_mixed");
    arena_close(a);
}

static void the_worked_example_lacks_one_and_says_why(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_example(a);
    const roster_solution *s = solved(a, p, 1, 20000);
    assert_int_equal(s->cost.at[0], 0);
    assert_int_equal(s->cost.at[1], 1);
    roster_solution given = problem_example_roster();
    given.cost = roster_check(a, p, given.duties, given.duty_count, NULL);
    assert_int_equal(given.cost.at[1], 1);
    const roster_explanation *e = roster_explain(a, p, &given, 0);
    assert_int_equal(e->missing, 1);
    assert_int_equal(e->eligible, 3);
    assert_int_equal(e->there, 2);
    assert_int_equal(e->counts[ROSTER_CANNOT], 1);
    assert_int_equal(e->counts[ROSTER_MINUTES_DAY], 1);
    assert_true(e->proven);
    assert_int_equal(e->lever_count, 2);
    assert_int_equal(e->levers[0].kind, ROSTER_LEVER_LIMIT);
    assert_int_equal(e->levers[0].person, 3);
    assert_int_equal(e->levers[0].new_value, 600);
    assert_int_equal(e->levers[1].kind, ROSTER_LEVER_PERSON);
    arena_close(a);
}

static void every_gap_is_explained(void **state)
{
    (void)state;
    for (int i = 0; i < RANDOM_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(700 + i), i % 10, 1 + i % 15, 1 + i % 7);
        const roster_solution *s = solved(a, p, 1, 300);
        for (size_t n = 0; n < p->need_count; n++) {
            const roster_explanation *e = roster_explain(a, p, s, (int)n);
            if (!e->missing)
                continue;
            assert_int_equal(e->counts[ROSTER_FREE], 0); /* nobody could simply be added */
            if (!p->needs[n].not_alone || p->needs[n].limit > 1)
                assert_true(e->lever_count > 0);
            assert_int_equal(p->person_count, e->why_count + (size_t)(p->needs[n].min - e->missing));
        }
        arena_close(a);
    }
}

static void without_people_all_is_missing_and_proven(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = problem_example(a);
    p->person_count = 0;
    const roster_solution *s = solved(a, p, 1, 100);
    assert_int_equal(s->duty_count, 0);
    for (int n = 0; n < 4; n++) {
        const roster_explanation *e = roster_explain(a, p, s, n);
        assert_int_equal(e->missing, p->needs[n].min);
        assert_true(e->proven);
        assert_int_equal(e->levers[0].kind, ROSTER_LEVER_PERSON);
    }
    arena_close(a);
}

static void leads_have_answered_and_know_the_night(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_problem *p = problem_example(a);
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    p->people = people;
    for (int i = 0; i < 4; i++)
        people[i].lead_fit = true;
    people[0].unanswered = true;
    int led = 0;
    const roster_solution *s = solved(a, p, 1, 5000);
    for (size_t i = 0; i < s->duty_count; i++) {
        assert_false(s->duties[i].lead && s->duties[i].person == 0);
        led += s->duties[i].lead && s->duties[i].need == 2;
    }
    assert_int_equal(led, 1); /* all stand their first night: one leads all the same */
    people[2].had_night = true;
    s = solved(a, p, 1, 5000);
    for (size_t i = 0; i < s->duty_count; i++)
        assert_true(s->duties[i].need != 2 || s->duties[i].lead == (s->duties[i].person == 2));
    arena_close(a);
}

/* 40 people, 7 days, 3 posts x 4 shifts, each with 2: hours allow it, so nothing may stay empty. */
static void a_team_of_forty_has_no_gap(void **state)
{
    (void)state;
    static const roster_kind kinds[] = { { 1, 480, 720, false }, { 2, 720, 960, false }, { 3, 960, 1200, false },
                                         { 4, 1200, 1560, true } };
    enum { PEOPLE = 40, DAYS = 7, NEEDS = DAYS * 12 };
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_need *needs = arena_many(a, roster_need, NEEDS);
    for (int n = 0; n < NEEDS; n++)
        needs[n] = (roster_need){ .tag = n, .day = n / 12, .kind = n % 4, .post = n / 4 % 3, .min = 2, .target = 2,
                                  .limit = 3, .priority = 1, .over_cost = 1, .not_alone = n % 4 == 3,
                                  .lead_wanted = true };
    roster_person *people = arena_many(a, roster_person, PEOPLE);
    luck l = luck_of(5);
    for (int i = 0; i < PEOPLE; i++) {
        uint8_t *blocked = arena_many(a, uint8_t, NEEDS);
        for (int n = 0; n < NEEDS; n++)
            blocked[n] = (needs[n].day + i) % 7 < 3 || some(&l, 4) == 0 ? ROSTER_BLOCK_CANNOT : 0;
        people[i] = (roster_person){ .tag = i, .blocked = blocked, .lead_fit = i % 2 == 0, .minutes_max_day = 480,
                                     .minutes_max_week = 1440, .nights_max = 2, .run_max = 5,
                                     .rest_night_minutes = 480, .groups_max = -1 };
    }
    const roster_problem p = { .day_count = DAYS, .kinds = kinds, .kind_count = 4, .needs = needs,
                               .need_count = NEEDS, .people = people, .person_count = PEOPLE, .fair = true };
    const roster_solution *s = solved(a, &p, 1, 20000);
    assert_judged_alike(a, &p, s);
    for (int i = 0; i < 3; i++)
        assert_int_equal(s->cost.at[i], 0);
    arena_close(a);
}

static void no_more_memory_is_taken_than_was_said(void **state)
{
    (void)state;
    static const rosters_shape shapes[] = { { 3, 2, 1, 30, false, 1 }, { 12, 28, 1, 30, true, 2 }, { 40, 14, 4, 30, true, 3 },
                                            { 150, 14, 16, 30, true, 4 }, { 0, 7, 1, 30, false, 5 }, { 9, 0, 1, 30, false, 6 } };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        arena *given = arena_open(NULL, ARENA_BYTES);
        const roster_problem *p = rosters_team(given, &shapes[i]);
        arena *a = arena_open(given, roster_memory(p));
        roster_solver *s = roster_solve_begin(a, p, 1); /* an arena at its limit ends the program */
        size_t taken = arena_used(a);
        assert_true(taken <= roster_memory(p));
        roster_solve_step(s, 3000);
        roster_solve_best(s);
        assert_int_equal(arena_used(a), taken);
        arena_close(a);
        arena_close(given);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_judge_agrees_with_the_engine),
        cmocka_unit_test(tiny_problems_are_solved_to_the_end),
        cmocka_unit_test(tiny_problems_of_every_rule_are_solved_to_the_end),
        cmocka_unit_test(a_proof_is_never_wrong),
        cmocka_unit_test(same_seed_and_steps_give_the_same_roster),
        cmocka_unit_test(a_longer_run_is_never_worse),
        cmocka_unit_test(locks_cannot_and_care_survive),
        cmocka_unit_test(locks_that_break_a_rule_are_named),
        cmocka_unit_test(each_rule_that_a_lock_breaks_is_named),
        cmocka_unit_test(locks_against_the_days_before_are_named),
        cmocka_unit_test(impossible_bounds_are_refused),
        cmocka_unit_test(the_worked_example_lacks_one_and_says_why),
        cmocka_unit_test(every_gap_is_explained),
        cmocka_unit_test(without_people_all_is_missing_and_proven),
        cmocka_unit_test(leads_have_answered_and_know_the_night),
        cmocka_unit_test(a_team_of_forty_has_no_gap),
        cmocka_unit_test(no_more_memory_is_taken_than_was_said),
    };
    return cmocka_run_group_tests_name("roster", tests, NULL, NULL);
}
