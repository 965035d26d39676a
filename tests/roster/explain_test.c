/*
 * What the engine says of a short need, checked by a stranger: only roster_check is trusted, everything else is tried out.
 */
#include "check.h"
#include "base/text.h"
#include "problems.h"
#include "roster/price.h"

#include <string.h>

enum { ARENA_BYTES = 64 << 20, NEEDS_MAX = 6, PEOPLE_MAX = 4, LINES_MAX = 1 << NEEDS_MAX, TINY = 300 };

static const roster_solution *solved(arena *a, const roster_problem *p, uint64_t steps)
{
    assert_null(roster_check_problem(a, p));
    roster_solver *s = roster_solve_begin(a, p, 1);
    roster_solve_step(s, steps);
    return roster_solve_best(s);
}

static roster_cost judged(const roster_problem *p, const roster_duty *duties, size_t count, size_t *broken)
{
    arena *a = arena_open(NULL, ARENA_BYTES);
    roster_violations v;
    roster_cost cost = roster_check(a, p, duties, count, &v);
    *broken = v.broken;
    arena_close(a);
    return cost;
}

/* -- every line of one person alone ---------------------------------------------------------------------- */

typedef struct lines {
    int mask[LINES_MAX], count; /* of needs, by bits */
} lines;

static void put_lines(arena *a, const roster_problem *p, int person, lines *out)
{
    roster_problem alone = *p;
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    roster_lock *locks = arena_many(a, roster_lock, p->lock_count + 1);
    alone.needs = needs;
    alone.locks = locks;
    alone.pair_count = alone.lock_count = alone.published_count = 0;
    for (size_t n = 0; n < p->need_count; n++)
        needs[n].limit = 9;
    for (size_t i = 0; i < p->lock_count; i++) {
        if (p->locks[i].person == person)
            locks[alone.lock_count++] = p->locks[i];
    }
    out->count = 0;
    for (int mask = 0; mask < 1 << p->need_count; mask++) {
        roster_duty duties[NEEDS_MAX];
        size_t count = 0, broken;
        for (int n = 0; n < (int)p->need_count; n++) {
            if (mask & 1 << n)
                duties[count++] = (roster_duty){ .person = person, .need = n };
        }
        judged(&alone, duties, count, &broken);
        if (!broken)
            out->mask[out->count++] = mask;
    }
}

/* The fewest people missing (weighed) over all ways to give everybody a line; pairs and limits aside, so never too many. */
static int64_t fewest(const roster_problem *p, const lines *all, int person, int *filled, const int *weight)
{
    if (person == (int)p->person_count) {
        int64_t missing = 0;
        for (int n = 0; n < (int)p->need_count; n++)
            missing += filled[n] < p->needs[n].min ? (int64_t)weight[n] * (p->needs[n].min - filled[n]) : 0;
        return missing;
    }
    int64_t least = INT64_MAX;
    for (int i = 0; i < all[person].count; i++) {
        for (int n = 0; n < (int)p->need_count; n++)
            filled[n] += all[person].mask[i] >> n & 1;
        int64_t missing = fewest(p, all, person + 1, filled, weight);
        least = missing < least ? missing : least;
        for (int n = 0; n < (int)p->need_count; n++)
            filled[n] -= all[person].mask[i] >> n & 1;
    }
    return least;
}

static int units_of(const roster_problem *p, int mask)
{
    int units = 0;
    for (int n = 0; n < (int)p->need_count; n++) {
        if (mask >> n & 1)
            units |= 1 << (p->needs[n].day * (int)p->kind_count + p->needs[n].kind);
    }
    return units;
}

/* Nobody without a partner who must come along, and no need above its limit. */
static bool partners_kept(const roster_problem *p, const int *mask)
{
    for (size_t i = 0; i < p->pair_count; i++) {
        if (p->pairs[i].kind == ROSTER_PAIR_TOGETHER && units_of(p, mask[p->pairs[i].a]) != units_of(p, mask[p->pairs[i].b]))
            return false;
    }
    for (int n = 0; n < (int)p->need_count; n++) {
        int filled = 0;
        for (size_t q = 0; q < p->person_count; q++)
            filled += mask[q] >> n & 1;
        if (filled > p->needs[n].limit)
            return false;
    }
    return true;
}

/* Likewise, weighed by priority, over those that keep partners and limits. */
static int64_t fewest_kept(const roster_problem *p, const lines *all, int person, int *mask)
{
    int64_t least = INT64_MAX;
    if (person < (int)p->person_count) {
        for (int i = 0; i < all[person].count; i++) {
            mask[person] = all[person].mask[i];
            int64_t missing = fewest_kept(p, all, person + 1, mask);
            least = missing < least ? missing : least;
        }
        return least;
    }
    if (!partners_kept(p, mask))
        return INT64_MAX;
    int64_t missing = 0;
    for (int n = 0; n < (int)p->need_count; n++) {
        int filled = 0;
        for (size_t q = 0; q < p->person_count; q++)
            filled += mask[q] >> n & 1;
        missing += filled < p->needs[n].min ? (int64_t)p->needs[n].priority * (p->needs[n].min - filled) : 0;
    }
    return missing;
}

static void put_filled(const roster_problem *p, const roster_solution *s, int *filled)
{
    memset(filled, 0, p->need_count * sizeof *filled);
    for (size_t i = 0; i < s->duty_count; i++)
        filled[s->duties[i].need]++;
}

/* -- the parts ------------------------------------------------------------------------------------------- */

static void check_ledger(const roster_problem *p, const roster_solution *s, const roster_explanation *e)
{
    roster_duty more[PEOPLE_MAX * NEEDS_MAX + 1];
    size_t broken;
    for (size_t i = 0; i < s->duty_count; i++)
        more[i] = s->duties[i];
    roster_cost before = judged(p, s->duties, s->duty_count, &broken);
    int filled[NEEDS_MAX], counted[ROSTER_REASON_COUNT] = { 0 };
    put_filled(p, s, filled);
    assert_int_equal(e->why_count + (size_t)filled[e->need], p->person_count);
    for (size_t i = 0; i < e->why_count; i++) {
        more[s->duty_count] = (roster_duty){ .person = e->why[i].person, .need = e->need };
        roster_cost after = judged(p, more, s->duty_count + 1, &broken);
        bool stopped = broken || after.at[0] > before.at[0];
        assert_int_equal(stopped, e->why[i].reason != ROSTER_FREE);
        counted[e->why[i].reason]++;
    }
    for (int r = 0; r < ROSTER_REASON_COUNT; r++)
        assert_int_equal(counted[r], e->counts[r]);
}

static void check_certificate(const roster_problem *p, const roster_solution *s, const lines *all,
                              const roster_explanation *e)
{
    const roster_certificate *c = e->certificate;
    int price[NEEDS_MAX] = { 0 }, filled[NEEDS_MAX], missing = 0, highest = 0;
    int64_t wanted = 0, able = 0;
    put_filled(p, s, filled);
    for (size_t i = 0; i < c->count; i++) {
        int n = c->needs[i];
        price[n] = c->prices[i];
        assert_true(price[n] > 0);
        highest = price[n] > highest ? price[n] : highest;
        wanted += (int64_t)price[n] * p->needs[n].min;
        missing += filled[n] < p->needs[n].min ? p->needs[n].min - filled[n] : 0;
    }
    assert_true(price[e->need] > 0);
    for (int q = 0; q < (int)p->person_count; q++) {
        int64_t best = 0;
        for (int i = 0; i < all[q].count; i++) {
            int64_t worth = 0;
            for (int n = 0; n < (int)p->need_count; n++)
                worth += all[q].mask[i] >> n & 1 ? price[n] : 0;
            best = worth > best ? worth : best;
        }
        assert_int_equal(c->lines[q], best);
        able += best;
    }
    assert_int_equal(c->wanted, wanted);
    assert_int_equal(c->able, able);
    assert_int_equal(c->shortage, wanted - able);
    assert_int_equal(c->price_max, highest);
    assert_int_equal(c->sure, (wanted - able + highest - 1) / highest);
    assert_int_equal(c->missing, missing);
    assert_true(e->possible >= missing - c->sure);
}

/* One rule otherwise, and the witness. */
static void check_lever(arena *a, const roster_problem *p, const roster_solution *s, const roster_explanation *e,
                        const roster_lever *x)
{
    roster_problem eased = *p;
    roster_person *people = arena_many(a, roster_person, p->person_count + 2);
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    roster_kind *kinds = arena_many(a, roster_kind, p->kind_count + 1);
    uint8_t *blocked = arena_many(a, uint8_t, p->need_count + 1);
    memcpy(people, p->people, p->person_count * sizeof *people);
    memcpy(kinds, p->kinds, p->kind_count * sizeof *kinds);
    eased.people = people;
    eased.needs = needs;
    eased.kinds = kinds;
    if (x->kind == ROSTER_LEVER_PERSON) {
        for (int i = 0; i < x->people; i++)
            people[eased.person_count++] = (roster_person){ .groups_max = -1, .skills = needs[e->need].skills };
    } else if (x->kind == ROSTER_LEVER_BORROWED) {
        memcpy(blocked, people[x->person].blocked, p->need_count);
        for (size_t k = 0; k < x->add_count; k++) {
            if (x->add[k].person != x->person)
                continue;
            assert_int_equal(blocked[x->add[k].need], ROSTER_BLOCK_TEAM);
            blocked[x->add[k].need] = 0;
        }
        people[x->person].blocked = blocked;
    } else if (x->kind == ROSTER_LEVER_HOUR) {
        kinds[eased.kind_count] = kinds[needs[e->need].kind];
        kinds[eased.kind_count].start_minute = x->start_minute;
        kinds[eased.kind_count].end_minute = x->end_minute;
        needs[e->need].kind = (int)eased.kind_count++;
    } else if (x->kind == ROSTER_LEVER_LIMIT) {
        roster_person *w = &people[x->person];
        int *limit = x->rule == ROSTER_MINUTES_DAY    ? &w->minutes_max_day
                     : x->rule == ROSTER_MINUTES_WEEK ? &w->minutes_max_week
                     : x->rule == ROSTER_MINUTES_ALL  ? &w->minutes_max
                     : x->rule == ROSTER_NIGHTS       ? &w->nights_max
                     : x->rule == ROSTER_GROUPS       ? &w->groups_max
                                                      : &w->run_max;
        assert_int_equal(*limit, x->old_value);
        assert_true(x->new_value > x->old_value);
        *limit = x->new_value;
    }
    roster_duty after[PEOPLE_MAX * NEEDS_MAX + ROSTER_WITNESS_MAX];
    size_t count = 0, removed = 0, broken;
    for (size_t i = 0; i < s->duty_count; i++) {
        bool gone = false;
        for (size_t k = 0; k < x->remove_count; k++)
            gone = gone || (x->remove[k].person == s->duties[i].person && x->remove[k].need == s->duties[i].need);
        removed += gone;
        if (!gone)
            after[count++] = s->duties[i];
    }
    assert_int_equal(removed, x->remove_count);
    for (size_t k = 0; k < x->add_count; k++)
        after[count++] = x->add[k];
    roster_cost cost = judged(&eased, after, count, &broken), before = judged(p, s->duties, s->duty_count, &(size_t){ 0 });
    assert_int_equal(broken, 0);
    assert_true(cost.at[0] <= before.at[0] && cost.at[1] < before.at[1]);
    assert_int_equal(roster_cost_compare(&before, &x->before), 0);
    assert_int_equal(roster_cost_compare(&cost, &x->after), 0);
}

typedef struct tally {
    int short_needs, proven, provable, levers[ROSTER_LEVER_PERSON + 1], moved;
} tally;

static void check_need(arena *a, const roster_problem *p, const roster_solution *s, const lines *all,
                       const roster_explanation *e, tally *t)
{
    int filled[NEEDS_MAX] = { 0 }, weight[NEEDS_MAX] = { 0 };
    check_ledger(p, s, e);
    if (!e->missing)
        return;
    t->short_needs++;
    t->proven += e->proven;
    assert_int_equal(e->proven, e->possible == 0);
    assert_true(e->possible >= 0 && e->possible <= e->missing);
    assert_true(!e->proven || e->certificate);
    if (e->certificate) {
        check_certificate(p, s, all, e);
        for (size_t i = 0; i < e->certificate->count; i++)
            weight[e->certificate->needs[i]] = 1;
        int64_t least = fewest(p, all, 0, filled, weight);
        assert_true(least >= e->certificate->sure);
        assert_true(!e->proven || least == e->certificate->missing);
    }
    for (int i = 0; i < e->lever_count; i++) {
        check_lever(a, p, s, e, &e->levers[i]);
        assert_true(i == 0 || e->levers[i].cost >= e->levers[i - 1].cost);
        t->levers[e->levers[i].kind]++;
        t->moved += e->levers[i].remove_count > 0;
    }
}

/* Whether all that is missing together must be: then a certificate should have been found most of the time. */
static bool provable(const roster_problem *p, const roster_solution *s, const lines *all)
{
    int filled[NEEDS_MAX] = { 0 }, weight[NEEDS_MAX], missing = 0;
    put_filled(p, s, filled);
    for (int n = 0; n < (int)p->need_count; n++) {
        weight[n] = 1;
        missing += filled[n] < p->needs[n].min ? p->needs[n].min - filled[n] : 0;
    }
    memset(filled, 0, sizeof filled);
    return fewest(p, all, 0, filled, weight) == missing;
}

/* Lower ends go with one duty a day and without some other rules. */
static void set_lower_ends(arena *a, roster_problem *p, uint64_t seed)
{
    luck at = luck_of(seed), *l = &at;
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    for (size_t i = 0; i < p->person_count; i++) {
        roster_person *w = &people[i];
        w->past_count = 0;
        w->minutes_max_week = w->nights_max = w->minutes_before = w->outdoor_max_minutes = 0;
        w->not_alone = false;
        w->minutes_min = w->minutes_max ? some(l, 2) * 300 : 0;
        w->run_min = w->run_max > 1 ? some(l, 3) : 0;
        w->free_min = some(l, 3);
    }
    for (size_t n = 0; n < p->need_count; n++)
        needs[n].not_alone = false;
    p->one_a_day = true;
    p->fair = false;
    p->pair_count = 0;
    p->people = people;
    p->needs = needs;
}

static void a_stranger_finds_every_word_true(void **state)
{
    (void)state;
    tally t = { 0 };
    for (int i = 0; i < TINY; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        roster_problem *p = problem_random(a, (uint64_t)(9000 + i), 1 + i % PEOPLE_MAX, 3 + i % 4, 1 + i % 8);
        if (i % 6 == 5)
            set_lower_ends(a, p, (uint64_t)i);
        roster_lock lock = { .person = 0, .need = 1, .on = true };
        p->locks = &lock;
        p->lock_count = 1;
        if (i % 4 || roster_check_problem(a, p))
            p->lock_count = 0;
        lines all[PEOPLE_MAX];
        for (int q = 0; q < (int)p->person_count; q++)
            put_lines(a, p, q, &all[q]);
        const roster_solution none = { 0 }, *s = i % 5 || p->lock_count ? solved(a, p, 2000) : &none;
        roster_explainer *x = roster_explain_begin(a, p, s, NULL);
        bool sure = provable(p, s, all);
        for (int n = 0; n < (int)p->need_count; n++) {
            const roster_explanation *e = roster_explain_need(x, n);
            check_need(a, p, s, all, e, &t);
            t.provable += sure && e->missing;
        }
        arena_close(a);
    }
    print_message("# %d short needs, %d proven, of at least %d; levers: %d swaps, %d limits, %d hours, %d borrowed, %d new; "
                  "%d with others moving\n", t.short_needs, t.proven, t.provable, t.levers[0], t.levers[1], t.levers[2],
                  t.levers[3], t.levers[4], t.moved);
    assert_true(t.proven * 10 >= t.provable * 9);
    for (int k = ROSTER_LEVER_SWAP; k <= ROSTER_LEVER_PERSON; k++)
        assert_true(t.levers[k] > 0); /* every kind came up */
    assert_true(t.moved > 0);
}

static void the_bound_is_below_every_roster(void **state)
{
    (void)state;
    int equal = 0, rosters = 0, by_pairs = 0;
    for (int i = 0; i < TINY; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        const roster_problem *p = problem_random(a, (uint64_t)(3000 + i), 1 + i % PEOPLE_MAX, 3 + i % 4, 1 + i % 8);
        lines all[PEOPLE_MAX];
        int mask[PEOPLE_MAX] = { 0 }, filled[NEEDS_MAX] = { 0 }, weight[NEEDS_MAX];
        for (int q = 0; q < (int)p->person_count; q++)
            put_lines(a, p, q, &all[q]);
        for (int n = 0; n < (int)p->need_count; n++)
            weight[n] = p->needs[n].priority;
        int64_t least = fewest_kept(p, all, 0, mask);
        const roster_solution *s = i % 2 ? solved(a, p, 2000) : NULL;
        roster_bounder *whole = roster_bound_begin(a, p, s), *pieces = roster_bound_begin(a, p, s);
        roster_bound_step(whole, 60000);
        for (int k = 0; k < 6000; k++)
            roster_bound_step(pieces, 10);
        assert_true(roster_bound_minimum(whole) <= least);
        assert_int_equal(roster_bound_minimum(whole), roster_bound_minimum(pieces));
        equal += roster_bound_minimum(whole) == least;
        by_pairs += roster_bound_minimum(whole) > fewest(p, all, 0, filled, weight);
        rosters++;
        arena_close(a);
    }
    print_message("# the bound is exact in %d of %d, in %d by people who only come together\n", equal, rosters, by_pairs);
    assert_true(by_pairs > 0);
    assert_true(equal * 10 >= rosters * 9);
}

/* MODEL.md's worked example, number by number. */
static void the_worked_example_word_for_word(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_example(a);
    const roster_solution s = problem_example_roster();
    const roster_explanation *e = roster_explain(a, p, &s, 0);
    assert_int_equal(e->missing, 1);
    assert_int_equal(e->why_count, 2); /* the ledger: C cannot, D passes 8 hours */
    assert_int_equal(e->why[0].person, 2);
    assert_int_equal(e->why[0].reason, ROSTER_CANNOT);
    assert_int_equal(e->why[1].person, 3);
    assert_int_equal(e->why[1].reason, ROSTER_MINUTES_DAY);
    assert_int_equal(e->why[1].value, 600);
    assert_int_equal(e->why[1].max, 480);
    assert_true(e->proven);
    lines all[PEOPLE_MAX];
    for (int q = 0; q < 4; q++)
        put_lines(a, p, q, &all[q]);
    check_certificate(p, &s, all, e);
    assert_int_equal(e->certificate->sure, 1);
    assert_int_equal(e->certificate->missing, 1);
    assert_int_equal(e->lever_count, 2);
    assert_int_equal(e->levers[0].kind, ROSTER_LEVER_LIMIT);
    assert_int_equal(e->levers[0].person, 3);
    assert_int_equal(e->levers[0].rule, ROSTER_MINUTES_DAY);
    assert_int_equal(e->levers[0].old_value, 480);
    assert_int_equal(e->levers[0].new_value, 600);
    assert_int_equal(e->levers[0].add[0].person, 3);
    assert_int_equal(e->levers[0].add[0].need, 0);
    assert_int_equal(e->levers[0].after.at[1], 0);
    assert_int_equal(e->levers[1].kind, ROSTER_LEVER_PERSON);
    for (int i = 0; i < e->lever_count; i++)
        check_lever(a, p, &s, e, &e->levers[i]);
    /* The certificate of the model: prices 1 1 2 1, lines 3 3 2 2 of the wanted 11. */
    static const int prices[] = { 1, 1, 2, 1 }, lines_wanted[] = { 3, 3, 2, 2 };
    price *x = price_begin(a, p, PRICE_STATES);
    for (int q = 0; q < 4; q++)
        assert_int_equal(price_best(x, q, prices).value, lines_wanted[q]);
    arena_close(a);
}

/* With nobody's rule changed but one limit of A, B or C, one is missing all the same. */
static void no_other_limit_cures_the_example(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    for (int q = 0; q < 4; q++) {
        roster_problem *p = problem_example(a);
        roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
        int filled[NEEDS_MAX] = { 0 }, weight[NEEDS_MAX] = { 1, 1, 1, 1 };
        lines all[PEOPLE_MAX];
        people[q].minutes_max_day = 1440;
        p->people = people;
        for (int i = 0; i < 4; i++)
            put_lines(a, p, i, &all[i]);
        assert_int_equal(fewest(p, all, 0, filled, weight), q == 3 ? 0 : 1);
    }
    arena_close(a);
}

/* Care set D's limits, and nobody shall do ten hours: neither is offered. */
static void care_is_no_lever(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const roster_problem *p = problem_example(a);
    const roster_solution *s = solved(a, p, 20000);
    const bool fixed[] = { true, true, true, true };
    const roster_explain_options options[] = { { .limits_fixed = fixed }, { .minutes_day_most = 599 } };
    for (size_t i = 0; i < COUNT(options); i++) {
        roster_explainer *x = roster_explain_begin(a, p, s, &options[i]);
        for (int n = 0; n < 4; n++) {
            const roster_explanation *e = roster_explain_need(x, n);
            for (int k = 0; k < e->lever_count; k++)
                assert_int_not_equal(e->levers[k].kind, ROSTER_LEVER_LIMIT);
        }
    }
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stranger_finds_every_word_true),
        cmocka_unit_test(the_worked_example_word_for_word),
        cmocka_unit_test(no_other_limit_cures_the_example),
        cmocka_unit_test(care_is_no_lever),
        cmocka_unit_test(the_bound_is_below_every_roster),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
