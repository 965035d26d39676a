#include "roster/price.h"

#include "base/text.h"
#include "check.h"
#include "problems.h"

#include <string.h>

enum { PROBLEMS = 300, ARENA_BYTES = 64 << 20, NEEDS = 9 };

/* One person alone: no pairs, no limits. Every rule of a line comes up. */
static roster_problem *alone(arena *a, uint64_t seed)
{
    luck at = luck_of(seed * 7 + 1), *l = &at;
    roster_problem *p = problem_random(a, seed, 1, NEEDS, 2 + (int)(seed % 9));
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    roster_person *w = arena_copy(a, p->people, sizeof *w);
    bool *next = arena_many(a, bool, 9);
    int *kind_max = arena_many(a, int, 3);
    for (int i = 0; i < 9; i++)
        next[i] = some(l, 4) == 0;
    for (int k = 0; k < 3; k++)
        kind_max[k] = some(l, 4);
    for (int n = 0; n < NEEDS; n++) {
        needs[n].limit = 9;
        needs[n].not_alone = false;
    }
    w->not_alone = false;
    w->kind_max = some(l, 3) ? NULL : kind_max;
    w->minutes_max_day = some(l, 3) ? w->minutes_max_day : 240 + some(l, 3) * 200;
    w->minutes_max_week = some(l, 3) ? w->minutes_max_week : 500 + some(l, 900);
    w->rest_minutes = some(l, 4) ? w->rest_minutes : some(l, 3000);
    p->next_forbidden = some(l, 3) ? NULL : next;
    p->one_a_day = some(l, 5) == 0;
    p->border_exempt = some(l, 4) == 0;
    p->needs = needs;
    p->people = w;
    p->pair_count = p->published_count = 0;
    return p;
}

static roster_problem *with_lock(arena *a, roster_problem *p)
{
    roster_lock *lock = arena_new(a, roster_lock);
    *lock = (roster_lock){ .person = 0, .need = 3, .on = true };
    p->locks = lock;
    p->lock_count = 1;
    if (roster_check_problem(a, p))
        p->lock_count = 0;
    return p;
}

static int64_t best_of_all(arena *a, const roster_problem *p, const int *prices)
{
    int64_t best = -1;
    for (int mask = 0; mask < 1 << NEEDS; mask++) {
        roster_duty line[NEEDS];
        roster_violations v;
        size_t count = 0;
        int64_t value = 0;
        for (int n = 0; n < NEEDS; n++) {
            if (!(mask & 1 << n))
                continue;
            line[count++] = (roster_duty){ .person = 0, .need = n };
            value += prices[n];
        }
        arena *scratch = arena_open(a, ARENA_BYTES);
        roster_check(scratch, p, line, count, &v);
        best = !v.broken && value > best ? value : best;
        arena_close(scratch);
    }
    return best;
}

static void assert_worth(const roster_problem *p, const int *prices, const price_line *line)
{
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_duty duties[NEEDS];
    roster_violations v;
    int64_t value = 0;
    for (int i = 0; i < line->count; i++) {
        duties[i] = (roster_duty){ .person = 0, .need = line->needs[i] };
        value += prices[line->needs[i]];
    }
    roster_check(a, p, duties, (size_t)line->count, &v);
    assert_int_equal(v.broken, 0);
    assert_int_equal(value, line->value);
    arena_close(a);
}

static void the_best_line_is_that_of_trying_all(void **state)
{
    (void)state;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        roster_problem *p = alone(a, (uint64_t)i);
        luck l = luck_of((uint64_t)i);
        price *exact = price_begin(a, i % 3 ? p : with_lock(a, p), PRICE_STATES), *narrow = price_begin(a, p, 2);
        for (int round = 0; round < 3; round++) { /* the line of one round is the first guess of the next */
            int prices[NEEDS];
            for (int n = 0; n < NEEDS; n++)
                prices[n] = some(&l, 7) - (round == 2);
            int64_t want = best_of_all(a, p, prices);
            price_line line = price_best(exact, 0, prices);
            assert_true(line.exact);
            assert_int_equal(line.value, want);
            assert_worth(p, prices, &line);
            line = price_best(narrow, 0, prices);
            assert_true(line.value >= want);
            if (line.exact)
                assert_int_equal(line.value, want);
        }
        arena_close(a);
    }
}

/* Sixty kinds that all go together: more patterns than are listed. */
static void too_many_kinds_only_raise_the_value(void **state)
{
    (void)state;
    enum { KINDS = 60 };
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_kind kinds[KINDS];
    roster_need needs[KINDS];
    int prices[KINDS];
    for (int k = 0; k < KINDS; k++) {
        kinds[k] = (roster_kind){ k, k * 24, k * 24 + 24, false };
        needs[k] = (roster_need){ .tag = k, .kind = k, .limit = 1, .priority = 1 };
        prices[k] = 1;
    }
    const roster_person who = { .groups_max = -1 };
    const roster_problem p = { .day_count = 1, .kinds = kinds, .kind_count = KINDS, .needs = needs,
                               .need_count = KINDS, .people = &who, .person_count = 1 };
    price_line line = price_best(price_begin(a, &p, PRICE_STATES), 0, prices);
    assert_false(line.exact);
    assert_int_equal(line.value, KINDS);
    arena_close(a);
}

/* Limits too large for the fields of a state that could bind all the same: the value may be too high, and it is said. */
static void large_limits_are_told_to_be_left_out(void **state)
{
    (void)state;
    enum { DAYS = 60 };
    arena *a = arena_open(NULL, ARENA_BYTES);
    static const roster_kind kinds[] = { { 1, 480, 720, false } };
    const int caps[] = { 20 };
    const struct { const char *what; roster_person who; int64_t best; } cases[] = {
        { "days in a row", { .groups_max = -1, .run_max = 40 }, 59 },
        { "duties of a kind", { .groups_max = -1, .kind_max = caps }, 20 },
        { "all minutes", { .groups_max = -1, .minutes_max = 100000, .minutes_before = 92900 }, 29 },
    };
    roster_need needs[DAYS];
    int prices[DAYS];
    for (int d = 0; d < DAYS; d++) {
        needs[d] = (roster_need){ .tag = d, .day = d, .limit = 1, .priority = 1 };
        prices[d] = 1;
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        CASE(cases[i].what);
        const roster_problem p = { .day_count = DAYS, .kinds = kinds, .kind_count = 1, .needs = needs,
                                   .need_count = DAYS, .people = &cases[i].who, .person_count = 1 };
        price_line line = price_best(price_begin(a, &p, PRICE_STATES), 0, prices);
        assert_true(line.value >= cases[i].best);
        assert_true(!line.exact || line.value == cases[i].best);
    }
    arena_close(a);
}

static void a_roster_s_own_line_is_kept_among_equals(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_example(a);
    const int prices[] = { 1, 1, 1, 1 };
    const roster_duty own[] = { { 3, 2, false } };
    price *x = price_begin(a, p, PRICE_STATES);
    price_hint(x, 3, own, COUNT(own));
    price_line line = price_best(x, 3, prices);
    assert_int_equal(line.value, 2); /* N1 and N2 are worth more than N3 alone */
    const int dearer[] = { 1, 1, 2, 1 };
    x = price_begin(a, p, PRICE_STATES);
    price_hint(x, 3, own, COUNT(own));
    line = price_best(x, 3, dearer);
    assert_int_equal(line.value, 2);
    assert_int_equal(line.count, 1);
    assert_int_equal(line.needs[0], 2);
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_line_is_that_of_trying_all),
        cmocka_unit_test(too_many_kinds_only_raise_the_value),
        cmocka_unit_test(large_limits_are_told_to_be_left_out),
        cmocka_unit_test(a_roster_s_own_line_is_kept_among_equals),
    };
    return cmocka_run_group_tests_name("price", tests, NULL, NULL);
}
