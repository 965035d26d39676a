#include "check.h"
#include "base/text.h"
#include "judged.h"
#include "problems.h"
#include "rosters.h"

#include <string.h>

enum { SMALL_PROBLEMS = 150, ARENA_BYTES = 256 << 20, CELLS_MAX = 16 };

typedef struct outcome {
    int64_t rules;
    int lost, days;
} outcome;

static const roster_solution *solved(arena *a, const roster_problem *p, uint64_t steps)
{
    assert_null(roster_check_problem(a, p));
    roster_solver *s = roster_solve_begin(a, p, 1);
    roster_solve_step(s, steps);
    return roster_solve_best(s);
}

static bool has(const roster_duty *duties, size_t count, int person, int need)
{
    for (size_t i = 0; i < count; i++) {
        if (duties[i].person == person && duties[i].need == need)
            return true;
    }
    return false;
}

/* What a roster has lost against the one before, and on how many person-days it differs; by plain counting. */
static outcome outcome_of(const roster_problem *p, const roster_solution *before, const roster_duty *duties, size_t count,
                          bool all_gaps)
{
    outcome o = { 0 };
    for (int n = 0; n < (int)p->need_count; n++) {
        int stood = 0, stands = 0;
        for (int q = 0; q < (int)p->person_count; q++) {
            stood += has(before->duties, before->duty_count, q, n);
            stands += has(duties, count, q, n);
        }
        int want = all_gaps || stood > p->needs[n].min ? p->needs[n].min : stood;
        o.lost += stands < want ? p->needs[n].priority * (want - stands) : 0;
    }
    for (int q = 0; q < (int)p->person_count; q++) {
        for (int d = 0; d < p->day_count; d++) {
            bool other = false;
            for (int n = 0; n < (int)p->need_count; n++)
                other = other || (p->needs[n].day == d && has(before->duties, before->duty_count, q, n) !=
                                                              has(duties, count, q, n));
            o.days += other;
        }
    }
    return o;
}

static bool better(const outcome *a, const outcome *b)
{
    return a->rules != b->rules ? a->rules < b->rules : a->lost != b->lost ? a->lost < b->lost : a->days < b->days;
}

/* Every subset of duties, by the judge alone, that changes at most so many person-days. */
static outcome best_of_all(arena *a, const roster_problem *p, const roster_solution *before, int days_max, bool all_gaps)
{
    roster_duty duties[CELLS_MAX];
    outcome best = { INT64_MAX, 0, 0 };
    int cells = (int)(p->person_count * p->need_count);
    for (int mask = 0; mask < 1 << cells; mask++) {
        size_t count = 0;
        for (int c = 0; c < cells; c++) {
            if (mask & (1 << c))
                duties[count++] = (roster_duty){ .person = c / (int)p->need_count, .need = c % (int)p->need_count };
        }
        outcome o = outcome_of(p, before, duties, count, all_gaps);
        if (o.days > days_max || !better(&o, &best)) /* its rules are 0 so far */
            continue;
        arena *scratch = arena_open(a, ARENA_BYTES);
        roster_violations v;
        o.rules = roster_check(scratch, p, duties, count, &v).at[0];
        if (!v.broken && better(&o, &best))
            best = o;
        arena_close(scratch);
    }
    return best;
}

static void assert_legal(arena *a, const roster_problem *p, const roster_replanned *r)
{
    assert_judged(a, p, r->duties, r->duty_count, &r->cost);
}

static void assert_told_whole(const roster_problem *p, const roster_solution *before, const roster_replanned *r)
{
    size_t changes = 0, people = 0;
    for (int q = 0; q < (int)p->person_count; q++) {
        size_t first = changes;
        for (int n = 0; n < (int)p->need_count; n++) {
            bool stood = has(before->duties, before->duty_count, q, n), stands = has(r->duties, r->duty_count, q, n);
            if (stood == stands)
                continue;
            assert_true(changes < r->change_count);
            const roster_change *c = &r->changes[changes++];
            assert_int_equal(c->person, q);
            assert_int_equal(c->need, n);
            assert_int_equal(c->added, stands);
        }
        people += changes > first;
    }
    assert_int_equal(changes, r->change_count);
    assert_int_equal(people, r->people_told);
}

/* A lock to 0 of a duty that stands, or an absence of some hours or days. */
static roster_problem *disturbed(arena *a, const roster_problem *p, const roster_solution *before, uint64_t seed)
{
    luck l = luck_of(seed);
    if (some(&l, 4) == 0 && before->duty_count) {
        const roster_duty *d = &before->duties[some(&l, (int)before->duty_count)];
        roster_lock *lock = arena_new(a, roster_lock);
        *lock = (roster_lock){ d->person, d->need, false, false };
        roster_problem *out = arena_copy(a, p, sizeof *p);
        out->locks = lock;
        out->lock_count = 1;
        return out;
    }
    int from = some(&l, 2) ? 0 : some(&l, 1440);
    return roster_absent(a, p, some(&l, (int)p->person_count), from, from + 1 + some(&l, 2880));
}

static void the_fewest_changes_are_those_of_all_rosters(void **state)
{
    (void)state;
    int repaired = 0, moved = 0;
    for (int i = 0; i < SMALL_PROBLEMS; i++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", i).at);
        bool all_gaps = i % 2;
        const roster_problem *p = problem_random(a, (uint64_t)(9000 + i), 3 + i % 2, i % 2 ? 3 : 5, 2 + i % 2);
        const roster_solution *before = solved(a, p, 3000);
        const roster_problem *now = disturbed(a, p, before, (uint64_t)i);
        roster_replan_options options = { .all_gaps = all_gaps, .steps = 100000000 };
        roster_replanned r = roster_replan(a, now, before->duties, before->duty_count, &options);
        outcome own = outcome_of(now, before, r.duties, r.duty_count, all_gaps);
        assert_int_equal(own.lost, r.lost);
        assert_int_equal(own.days, r.changed_days);
        assert_legal(a, now, &r);
        assert_told_whole(now, before, &r);
        outcome best = best_of_all(a, now, before, r.forced_days + 3, all_gaps);
        own.rules = r.cost.at[0];
        if (r.changed_days <= r.forced_days + 3) {
            assert_true(r.proven);
            assert_int_equal(own.rules, best.rules);
            assert_int_equal(own.lost, best.lost);
            assert_int_equal(own.days, best.days);
        } else {
            assert_true(better(&own, &best));
        }
        repaired += r.changed_days == r.forced_days + 1;
        moved += r.changed_days > r.forced_days + 1;
        arena_close(a);
    }
    assert_true(repaired >= 5);
    print_message("# %d by one change, %d by more\n", repaired, moved);
    assert_true(moved >= 3);
}

static const roster_duty *told_duty(const roster_solution *s, const roster_problem *p, int day)
{
    for (size_t i = 0; i < s->duty_count; i++) {
        if (p->needs[s->duties[i].need].day == day)
            return &s->duties[i];
    }
    return NULL;
}

/* The roster that was found is published and told, and somebody falls ill an hour before a shift of the fourth day. */
static void one_person_an_hour_before_changes_the_fewest_told_duties(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        arena *a = arena_open(NULL, ARENA_BYTES);
        CASE(text_format(a, "seed %d", (int)seed).at);
        const rosters_shape shape = { .people = 30, .days = 7, .posts = 3, .away = 30, .seed = 60 + seed };
        roster_problem *p = rosters_team(a, &shape);
        const roster_solution *s = solved(a, p, 20000);
        roster_published *told = arena_many(a, roster_published, s->duty_count);
        for (size_t i = 0; i < s->duty_count; i++)
            told[i] = (roster_published){ s->duties[i].person, s->duties[i].need, ROSTER_CONFIRMED };
        p->published = told;
        p->published_count = s->duty_count;
        const roster_duty *gone = told_duty(s, p, 3);
        assert_non_null(gone);
        int start = 3 * 1440 + p->kinds[p->needs[gone->need].kind].start_minute;
        const roster_problem *now = roster_absent(a, p, gone->person, start - 60, start + 240);
        roster_replanned r = roster_replan(a, now, s->duties, s->duty_count, NULL);
        assert_legal(a, now, &r);
        assert_told_whole(now, s, &r);
        assert_int_equal(r.forced_days, 1);
        assert_true(r.changed_days <= r.forced_days + 3);
        assert_true(r.proven);
        for (size_t i = 0; i < p->lock_count; i++)
            assert_int_equal(has(r.duties, r.duty_count, p->locks[i].person, p->locks[i].need),
                             p->locks[i].on && !(p->locks[i].person == gone->person && p->locks[i].need == gone->need));
        arena_close(a);
    }
}

/* Few people have many duties in the way of one: what cannot be better is left out, so that the usual work is enough. */
static void a_few_people_for_four_weeks_are_proven_with_little_work(void **state)
{
    (void)state;
    enum { LITTLE = 15000, EACH = 7 };
    arena *a = arena_open(NULL, ARENA_BYTES);
    const rosters_shape shape = { .people = 12, .days = 28, .posts = 1, .away = 30, .seed = 17 };
    const roster_problem *p = rosters_team(a, &shape);
    const roster_solution *s = solved(a, p, 60000);
    int absences = 0, proven = 0;
    for (size_t i = 0; i < s->duty_count; i += EACH) {
        arena *own = arena_open(a, ARENA_BYTES / 4);
        const roster_need *n = &p->needs[s->duties[i].need];
        int start = n->day * 1440 + p->kinds[n->kind].start_minute;
        const roster_problem *now = roster_absent(own, p, s->duties[i].person, start - 60, start + 1);
        roster_replanned r = roster_replan(own, now, s->duties, s->duty_count, NULL);
        assert_legal(own, now, &r);
        assert_true(r.steps < LITTLE);
        absences++;
        proven += r.proven;
        arena_close(own);
    }
    assert_true(absences >= 30);
    assert_true(proven * 10 >= absences * 9);
    arena_close(a);
}

static int busiest(const roster_solution *s, int people)
{
    int most = 0, who = 0;
    for (int q = 0; q < people; q++) {
        int duties = 0;
        for (size_t i = 0; i < s->duty_count; i++)
            duties += s->duties[i].person == q;
        if (duties > most) {
            most = duties;
            who = q;
        }
    }
    return who;
}

/* Out for the whole time: every duty of one person is to be made good, which takes more than three changes. */
static void a_person_out_for_good_is_replaced_day_by_day(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const rosters_shape shape = { .people = 40, .days = 14, .posts = 3, .away = 20, .seed = 5 };
    const roster_problem *p = rosters_team(a, &shape);
    const roster_solution *s = solved(a, p, 20000);
    const int gone = busiest(s, (int)p->person_count);
    const roster_problem *now = roster_absent(a, p, gone, 0, 14 * 1440);
    roster_replanned r = roster_replan(a, now, s->duties, s->duty_count, NULL);
    assert_legal(a, now, &r);
    assert_told_whole(now, s, &r);
    roster_duty *left = arena_many(a, roster_duty, s->duty_count);
    size_t count = 0;
    for (size_t i = 0; i < s->duty_count; i++) {
        if (s->duties[i].person != gone)
            left[count++] = s->duties[i];
    }
    outcome gap = outcome_of(now, s, left, count, false);
    assert_true(r.forced_days >= 3);
    assert_int_equal(gap.days, r.forced_days);
    assert_true(gap.lost > 3);
    assert_true(r.lost * 4 <= gap.lost);
    assert_true(r.changed_days >= r.forced_days + 3);
    arena_close(a);
}

static void a_new_need_is_filled_and_nothing_else_moves(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const rosters_shape shape = { .people = 30, .days = 7, .posts = 2, .away = 20, .seed = 8 };
    roster_problem *p = rosters_team(a, &shape);
    roster_need *needs = arena_copy(a, p->needs, p->need_count * sizeof *needs);
    int added = 0;
    while (needs[added].day != 3 || needs[added].skills || needs[added].not_alone)
        added++;
    p->needs = needs;
    int min = needs[added].min, target = needs[added].target, limit = needs[added].limit;
    needs[added].min = needs[added].target = needs[added].limit = 0;
    p->lock_count = 0;
    const roster_solution *s = solved(a, p, 20000);
    needs[added].min = min;
    needs[added].target = target;
    needs[added].limit = limit;
    roster_replanned r = roster_replan(a, p, s->duties, s->duty_count, &(roster_replan_options){ .all_gaps = true });
    assert_legal(a, p, &r);
    assert_int_equal(r.lost, 0);
    assert_int_equal(r.forced_days, 0);
    assert_int_equal(r.changed_days, min);
    assert_true(r.proven);
    for (size_t i = 0; i < r.change_count; i++)
        assert_true(r.changes[i].added && r.changes[i].need == added);
    arena_close(a);
}

static void nothing_happened_and_nothing_changes(void **state)
{
    (void)state;
    arena *a = arena_open(NULL, ARENA_BYTES);
    const rosters_shape shape = { .people = 20, .days = 7, .posts = 2, .away = 40, .seed = 3 };
    const roster_problem *p = rosters_team(a, &shape);
    const roster_solution *s = solved(a, p, 5000);
    roster_replanned r = roster_replan(a, p, s->duties, s->duty_count, NULL);
    assert_int_equal(r.change_count, 0);
    assert_int_equal(r.people_told, 0);
    assert_true(r.proven);
    roster_replanned none = roster_replan(a, p, NULL, 0, NULL);
    assert_int_equal(none.lost, 0); /* nothing stood, so nothing is lost */
    arena_close(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_changes_are_those_of_all_rosters),
        cmocka_unit_test(one_person_an_hour_before_changes_the_fewest_told_duties),
        cmocka_unit_test(a_few_people_for_four_weeks_are_proven_with_little_work),
        cmocka_unit_test(a_person_out_for_good_is_replaced_day_by_day),
        cmocka_unit_test(a_new_need_is_filled_and_nothing_else_moves),
        cmocka_unit_test(nothing_happened_and_nothing_changes),
    };
    return cmocka_run_group_tests_name("replan", tests, NULL, NULL);
}
