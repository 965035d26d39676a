#include "check.h"
#include "base/text.h"
#include "problems.h"
#include "roster/state.h"
#include "rosters.h"

enum { PROBLEMS = 300, MOVES = 60, ARENA_BYTES = 64 << 20 };

static roster_duty *duties_of(arena *a, const state *s, size_t *count)
{
    roster_duty *duties = arena_many(a, roster_duty, (size_t)s->people * (size_t)s->needs + 2);
    *count = state_save(s, duties);
    return duties;
}

static size_t broken(arena *a, const state *s, int person, int need, roster_cost *cost)
{
    size_t count;
    roster_duty *duties = duties_of(a, s, &count);
    roster_violations v;
    if (person >= 0)
        duties[count++] = (roster_duty){ .person = person, .need = need };
    *cost = roster_check(a, s->p, duties, count, &v);
    return v.broken;
}

static void assert_cost(const roster_cost *x, const roster_cost *y)
{
    for (int k = 0; k < ROSTER_LEVELS; k++)
        assert_int_equal(x->at[k], y->at[k]);
}

/* Somebody goes where the state says that nothing keeps him, or leaves; and the judge says the same of it. */
static void move(arena *a, state *s, luck *l)
{
    roster_cost judged, before = s->cost;
    roster_why why;
    int p = some(l, s->people), n = some(l, s->needs);
    if (s->here[AT(s, p, n)]) {
        roster_cost rise = { 0 };
        state_rise(s, n, p, -1, &rise);
        if (s->fixed[AT(s, p, n)])
            return;
        state_take(s, p, n);
        for (int k = 0; k < ROSTER_LEVELS && !s->together[p]; k++)
            assert_int_equal(s->cost.at[k] - before.at[k], rise.at[k]);
        return;
    }
    bool may = state_block(s, p, n, &why) == ROSTER_FREE;
    assert_int_equal(broken(a, s, p, n, &judged) == 0, may);
    if (!may)
        return;
    roster_cost rise = { 0 };
    state_rise(s, n, -1, p, &rise);
    state_put(s, p, n);
    assert_cost(&judged, &s->cost);
    for (int k = 0; k < ROSTER_LEVELS && !s->together[p]; k++)
        assert_int_equal(s->cost.at[k] - before.at[k], rise.at[k]);
}

/* One in for another is priced as what it comes to. */
static void replace(state *s, luck *l)
{
    int n = some(l, s->needs), in = some(l, s->people);
    if (!s->filled[n] || s->here[AT(s, in, n)])
        return;
    int out = s->member[s->member_from[n] + some(l, s->filled[n])], mark = s->log_count;
    roster_cost rise = { 0 }, before = s->cost;
    if (s->fixed[AT(s, out, n)] || s->together[in] || s->together[out])
        return;
    state_rise(s, n, out, in, &rise);
    state_take(s, out, n);
    if (state_block(s, in, n, NULL) == ROSTER_FREE) {
        state_put(s, in, n);
        for (int k = 0; k < ROSTER_LEVELS; k++)
            assert_int_equal(s->cost.at[k] - before.at[k], rise.at[k]);
    }
    state_undo(s, mark);
    assert_cost(&s->cost, &before);
}

static void assert_sets(const state *s)
{
    for (int n = 0; n < s->needs; n++) {
        assert_int_equal(s->below_min.place[n] >= 0, s->filled[n] < s->p->needs[n].min);
        assert_int_equal(s->below_target.place[n] >= 0, s->filled[n] < s->p->needs[n].target);
        assert_true(s->lacking.place[n] < 0 || s->filled[n] > 0);
    }
}

static void every_move_costs_what_the_judge_says_and_is_stopped_by_the_same_rules(void **unused)
{
    (void)unused;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_every_rule(a, (uint64_t)(4000 + i), 2 + i % 6, 3 + i % 12, 1 + i % 9);
        luck l = luck_of((uint64_t)i);
        state *s = arena_new(a, state);
        roster_cost judged;
        state_init(a, s, p);
        for (int k = 0; k < MOVES; k++) {
            arena *own = arena_open(a, ARENA_BYTES);
            move(own, s, &l);
            replace(s, &l);
            arena_close(own);
        }
        assert_int_equal(broken(a, s, -1, -1, &judged), 0);
        assert_cost(&judged, &s->cost);
        assert_sets(s);
        arena_close(a);
    }
}

static void what_is_undone_is_as_if_it_had_not_been(void **unused)
{
    (void)unused;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_every_rule(a, (uint64_t)(6000 + i), 3 + i % 5, 4 + i % 9, 2 + i % 7);
        luck l = luck_of((uint64_t)i);
        state *s = arena_new(a, state), *fresh = arena_new(a, state);
        state_init(a, s, p);
        for (int k = 0; k < MOVES / 2; k++)
            move(a, s, &l);
        s->log_count = 0;
        size_t count, again;
        roster_duty *duties = duties_of(a, s, &count);
        roster_cost before = s->cost;
        for (int k = 0; k < MOVES / 2; k++)
            move(a, s, &l);
        state_undo(s, 0);
        assert_cost(&before, &s->cost);
        roster_duty *after = duties_of(a, s, &again);
        assert_int_equal(count, again);
        for (size_t k = 0; k < count; k++)
            assert_true(duties[k].person == after[k].person && duties[k].need == after[k].need);
        state_init(a, fresh, p);
        state_load(fresh, duties, count); /* and whoever begins there finds the same rules */
        assert_cost(&before, &fresh->cost);
        for (int q = 0; q < s->people; q++) {
            for (int n = 0; n < s->needs; n++) {
                roster_why x, y;
                assert_int_equal(state_block(s, q, n, &x), state_block(fresh, q, n, &y));
                assert_true(x.value == y.value && x.max == y.max && x.other_need == y.other_need);
            }
        }
        arena_close(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_move_costs_what_the_judge_says_and_is_stopped_by_the_same_rules),
        cmocka_unit_test(what_is_undone_is_as_if_it_had_not_been),
    };
    return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
