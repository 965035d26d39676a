/*
 * Re-planning (roster.h): loads what stood, lets go what may not stay, and repairs. Up to three changed person-days all
 * ways are tried at once, so that the fewest is proven; with more, one need after the other is repaired in the same way.
 */
#include "roster/engine.h"
#include "roster/repair.h"

#include <string.h>

enum { ALL_AT_ONCE = 3, USUAL_STEPS = 30000 };

static void note_before(repair *x, const roster_duty *before, size_t count)
{
    state *t = &x->s;
    for (size_t i = 0; i < count; i++) {
        size_t cell = AT(t, before[i].person, before[i].need);
        if (x->was[cell])
            continue;
        x->was[cell] = 1;
        x->want[before[i].need]++;
        if (!t->here[cell] && !state_block(t, before[i].person, before[i].need, NULL))
            state_put(t, before[i].person, before[i].need);
        t->log_count = 0;
    }
}

/* What is lost and how many person-days are others, of what stands now. */
static void recount(repair *x)
{
    state *t = &x->s;
    x->now.lost = x->now.days = 0;
    memset(x->diff, 0, (size_t)t->people * (size_t)t->days * sizeof *x->diff);
    for (int n = 0; n < t->needs; n++) {
        if (t->filled[n] < x->want[n])
            x->now.lost += (int64_t)x->p->needs[n].priority * (x->want[n] - t->filled[n]);
        for (int p = 0; p < t->people; p++) {
            if (x->was[AT(t, p, n)] != t->here[AT(t, p, n)] && !x->diff[AT_DAY(t, p, x->p->needs[n].day)]++)
                x->now.days++;
        }
    }
}

/* A need wants what it had, at most its minimum; or its minimum. */
static void note_wants(repair *x, bool all_gaps)
{
    for (int n = 0; n < x->s.needs; n++) {
        int min = x->p->needs[n].min;
        x->want[n] = all_gaps || x->want[n] > min ? min : x->want[n];
    }
}

static int gap_days(const repair *x)
{
    int days = 0, last = -1;
    for (int d = 0; d < x->s.days; d++) {
        for (int i = 0; i < x->gap_count && last < d; i++) {
            if (x->p->needs[x->gap[i]].day == d)
                last = d;
        }
        days += last == d;
    }
    return days;
}

/* The roster found by the search becomes the one that stands. */
static void stand(repair *x)
{
    state_load(&x->s, x->found, x->found_count);
    recount(x);
    repair_restart(x);
}

/* One need after the other, each with the fewest changes; true: each day with something lost was helped by one person-day. */
static bool repair_in_turn(arena *a, repair *x, uint64_t steps)
{
    int gaps = x->gap_count, days = gap_days(x), first = x->now.days;
    int *order = arena_copy(a, x->gap, ((size_t)gaps + 1) * sizeof *order);
    for (int i = 0; i < gaps; i++) {
        for (int m = 0; m < x->s.needs; m++)
            x->given[m] = m != order[i] && x->s.filled[m] < x->want[m];
        repair_restart(x);
        x->steps_max = x->steps + steps / (uint64_t)gaps;
        int from = x->now.days;
        for (int more = 1; more <= ALL_AT_ONCE && (x->best.lost > x->given_lost || x->best.rules > 0); more++)
            repair_search(x, from + more);
        stand(x);
    }
    memset(x->given, 0, (size_t)x->s.needs * sizeof *x->given);
    repair_restart(x);
    return x->best.lost == 0 && x->best.rules == 0 && x->best.days == first + days;
}

/* All ways at once; true: proven, as far as so few changes go. */
static bool repair_at_once(repair *x, uint64_t steps)
{
    bool whole = true;
    x->steps_max = x->steps + steps;
    for (int more = 1; more <= ALL_AT_ONCE && whole && (x->best.lost > 0 || x->best.rules > 0); more++)
        whole = repair_search(x, x->now.days + more);
    return whole;
}

static void list_changes(arena *a, repair *x, roster_replanned *out)
{
    state *t = &x->s;
    size_t most = 0;
    for (size_t i = 0; i < (size_t)t->people * (size_t)t->needs; i++)
        most += x->was[i] != t->here[i];
    roster_change *all = arena_many(a, roster_change, most + 1);
    for (int p = 0; p < t->people; p++) {
        size_t before = out->change_count;
        for (int n = 0; n < t->needs; n++) {
            if (x->was[AT(t, p, n)] != t->here[AT(t, p, n)])
                all[out->change_count++] = (roster_change){ p, n, t->here[AT(t, p, n)],
                                                            t->here[AT(t, p, n)] ? 0 : t->told[AT(t, p, n)] };
        }
        out->people_told += out->change_count > before;
    }
    out->changes = all;
}

/* The fewest changes of these two ways; what is proven of the first holds where it made good what can be. */
static bool repair_all(arena *a, repair *x, uint64_t steps)
{
    repair_restart(x);
    if (!x->best.lost && !x->best.rules)
        return true;
    size_t begun_count = state_save(&x->s, x->found);
    roster_duty *begun = arena_copy(a, x->found, (begun_count + 1) * sizeof *begun);
    bool few = gap_days(x) <= ALL_AT_ONCE, one = x->gap_count == 1;
    bool proven = few && repair_at_once(x, one ? steps : steps / 2);
    if (one || (few && !x->best.lost && !x->best.rules)) { /* one gap in turn would be the same again */
        stand(x);
        return proven;
    }
    repair_score first = x->best;
    size_t first_count = x->found_count;
    roster_duty *first_found = arena_copy(a, x->found, (first_count + 1) * sizeof *first_found);
    state_load(&x->s, begun, begun_count);
    recount(x);
    repair_restart(x);
    bool turn_proven = repair_in_turn(a, x, steps / 2);
    if (repair_compare(&x->best, &first) < 0)
        return turn_proven;
    memcpy(x->found, first_found, first_count * sizeof *first_found);
    x->found_count = first_count;
    stand(x);
    return proven;
}

roster_replanned roster_replan(arena *a, const roster_problem *p, const roster_duty *before, size_t count,
                               const roster_replan_options *options)
{
    repair *x = arena_new(a, repair);
    repair_begin(a, x, p);
    note_before(x, before, count);
    note_wants(x, options && options->all_gaps);
    recount(x);
    roster_replanned out = { .forced_days = x->now.days };
    out.proven = repair_all(a, x, options && options->steps ? options->steps : USUAL_STEPS);
    roster_duty *duties = arena_many(a, roster_duty, x->found_count + 1);
    out.duty_count = state_save(&x->s, duties);
    lead_choose(p, duties, out.duty_count);
    out.duties = duties;
    out.cost = x->s.cost;
    out.lost = (int)x->best.lost;
    out.changed_days = x->now.days;
    out.steps = x->steps;
    list_changes(a, x, &out);
    return out;
}

roster_problem *roster_absent(arena *a, const roster_problem *p, int person, int from_minute, int to_minute)
{
    roster_problem *out = arena_copy(a, p, sizeof *p);
    roster_person *people = arena_copy(a, p->people, p->person_count * sizeof *people);
    roster_lock *locks = arena_many(a, roster_lock, p->lock_count + 1);
    uint8_t *blocked = arena_many(a, uint8_t, p->need_count + 1);
    out->lock_count = 0;
    for (size_t n = 0; n < p->need_count; n++) {
        const roster_kind *k = &p->kinds[p->needs[n].kind];
        int start = p->needs[n].day * 1440 + k->start_minute, end = p->needs[n].day * 1440 + k->end_minute;
        blocked[n] = people[person].blocked ? people[person].blocked[n] : 0;
        if (start < to_minute && end > from_minute)
            blocked[n] |= ROSTER_BLOCK_CANNOT;
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        bool away = l->person == person && l->on && blocked[l->need] & ROSTER_BLOCK_CANNOT;
        if (!away)
            locks[out->lock_count++] = *l;
    }
    people[person].blocked = blocked;
    out->people = people;
    out->locks = locks;
    return out;
}
