#include "roster/repair.h"

#include <string.h>

enum { EJECT_MAX = 6 };

void repair_begin(arena *a, repair *x, const roster_problem *p)
{
    *x = (repair){ .p = p };
    state *t = &x->s;
    state_init(a, t, p);
    state_init(a, &x->base, p);
    size_t cells = (size_t)t->people * (size_t)t->needs + 1;
    x->was = arena_many(a, uint8_t, cells);
    x->diff = arena_many(a, int, (size_t)t->people * (size_t)t->days + 1);
    x->want = arena_many(a, int, t->needs + 1);
    x->given = arena_many(a, bool, t->needs + 1);
    x->able = arena_many(a, int, cells);
    x->able_from = arena_many(a, int, t->needs + 1);
    x->free = arena_many(a, int, cells);
    x->free_count = arena_many(a, int, t->needs + 1);
    x->touched = arena_many(a, int, STATE_LOG_MAX + 1);
    x->gap = arena_many(a, int, t->needs + 1);
    x->found = arena_many(a, roster_duty, cells);
    int at = 0;
    for (int n = 0; n < t->needs; n++) {
        for (int q = 0; q < t->people; q++) {
            if (!t->block[AT(t, q, n)])
                x->able[at++] = q;
        }
        x->able_from[n + 1] = at;
    }
}

int repair_compare(const repair_score *a, const repair_score *b)
{
    if (a->rules != b->rules)
        return a->rules < b->rules ? -1 : 1;
    if (a->lost != b->lost)
        return a->lost < b->lost ? -1 : 1;
    if (a->days != b->days)
        return a->days < b->days ? -1 : 1;
    return roster_cost_compare(&a->cost, &b->cost);
}

static void note_change(repair *x, int person, int n, bool put)
{
    const roster_need *need = &x->p->needs[n];
    int *diff = &x->diff[AT_DAY(&x->s, person, need->day)], before = *diff;
    *diff += put != (x->was[AT(&x->s, person, n)] != 0) ? 1 : -1;
    x->now.days += (*diff > 0) - (before > 0);
    if (x->s.filled[n] + (put ? 0 : 1) <= x->want[n])
        x->now.lost += put ? -need->priority : need->priority;
}

void repair_put(repair *x, int person, int need)
{
    state_put(&x->s, person, need);
    note_change(x, person, need, true);
    x->touched[x->touched_count++] = person;
}

void repair_take(repair *x, int person, int need)
{
    state_take(&x->s, person, need);
    note_change(x, person, need, false);
    x->touched[x->touched_count++] = person;
}

void repair_undo(repair *x, int mark)
{
    while (x->s.log_count > mark) {
        state_change c = x->s.log[x->s.log_count - 1];
        state_undo(&x->s, x->s.log_count - 1);
        note_change(x, c.person, c.need, !c.put);
        x->touched_count--;
    }
}

static void note_best(repair *x)
{
    x->now.rules = x->s.cost.at[0];
    x->now.cost = x->s.cost;
    if (repair_compare(&x->now, &x->best) >= 0)
        return;
    x->best = x->now;
    x->found_count = state_save(&x->s, x->found);
}

void repair_restart(repair *x)
{
    x->s.log_count = 0;
    x->touched_count = 0;
    x->gap_count = 0;
    x->given_lost = 0;
    size_t count = state_save(&x->s, x->found);
    state_load(&x->base, x->found, count);
    for (int n = 0; n < x->s.needs; n++) {
        x->free_count[n] = -1;
        if (x->given[n] && x->s.filled[n] < x->want[n])
            x->given_lost += (int64_t)x->p->needs[n].priority * (x->want[n] - x->s.filled[n]);
        if (x->s.filled[n] < x->want[n])
            x->gap[x->gap_count++] = n;
    }
    x->best = (repair_score){ .rules = INT64_MAX };
    note_best(x);
}

static bool open_gap(const repair *x, int n)
{
    return x->s.filled[n] < x->want[n] && !x->given[n];
}

/* A need that lost somebody, of those at the beginning or since; -1: none. */
static int next_gap(const repair *x)
{
    for (int i = 0; i < x->gap_count; i++) {
        if (open_gap(x, x->gap[i]))
            return x->gap[i];
    }
    for (int i = 0; i < x->s.log_count; i++) {
        if (!x->s.log[i].put && open_gap(x, x->s.log[i].need))
            return x->s.log[i].need;
    }
    return -1;
}

static void look_further(repair *x);

/* The way of q to n made free by taking out what stands in it, in every way there is; then q goes there. */
static void come(repair *x, int q, int n, int left);

static void come_without(repair *x, int from, int m, int q, int n, int left)
{
    state *t = &x->s;
    if (t->fixed[AT(t, from, m)] || !x->was[AT(t, from, m)] || !state_room(t, 8))
        return;
    int mark = t->log_count;
    repair_take(x, from, m);
    if (x->now.days <= x->limit)
        come(x, q, n, left - 1);
    repair_undo(x, mark);
}

static void come(repair *x, int q, int n, int left)
{
    state *t = &x->s;
    roster_why why;
    if (x->base.here[AT(t, q, n)] || !state_room(t, 8)) /* who was taken away does not come back: each place changes once */
        return;
    roster_reason r = state_block(t, q, n, &why);
    x->steps++;
    if (r == ROSTER_FREE) {
        int mark = t->log_count;
        repair_put(x, q, n);
        if (x->now.days <= x->limit)
            look_further(x);
        repair_undo(x, mark);
        return;
    }
    if (left == 0 || x->steps > x->steps_max)
        return;
    if (why.other_need >= 0) {
        come_without(x, r == ROSTER_APART ? why.other_person : q, why.other_need, q, n, left);
        return;
    }
    if (r == ROSTER_FULL) {
        for (int i = t->filled[n] - 1; i >= 0; i--)
            come_without(x, t->member[t->member_from[n] + i], n, q, n, left);
        return;
    }
    bool counted = r >= ROSTER_MINUTES_DAY && r <= ROSTER_RUN;
    for (int i = t->duty_count[q] - 1; counted && i >= 0; i--) {
        int m = t->duty[AT(t, q, i)];
        if (r != ROSTER_MINUTES_DAY || x->p->needs[m].day == x->p->needs[n].day)
            come_without(x, q, m, q, n, left);
    }
}

/* People free for n when the search began: whoever was not touched still is or is not. */
static int free_people(repair *x, int n)
{
    int from = x->able_from[n], count = 0;
    if (x->free_count[n] >= 0)
        return x->free_count[n];
    for (int i = from; i < x->able_from[n + 1]; i++) {
        int q = x->able[i];
        if (x->base.here[AT(&x->base, q, n)])
            continue;
        roster_reason r = state_block(&x->base, q, n, NULL);
        if (r == ROSTER_FREE || r == ROSTER_FULL)
            x->free[from + count++] = q;
    }
    x->steps += (uint64_t)(x->able_from[n + 1] - from);
    return x->free_count[n] = count;
}

static bool was_touched(const repair *x, int q)
{
    for (int i = 0; i < x->touched_count; i++) {
        int other = x->touched[i];
        if (other == q)
            return true;
        for (int k = x->s.pair_from[other]; k < x->s.pair_from[other + 1]; k++) {
            if (x->s.pair_other[k] == q)
                return true;
        }
    }
    return false;
}

/* Everybody who could be at n in the end. With no change left, only days that are changed already; with one, only who
   is free, or stands elsewhere that day. */
static void fill(repair *x, int n)
{
    state *t = &x->s;
    int day = x->p->needs[n].day, left = x->limit - x->now.days, count = free_people(x, n);
    for (int i = 0; left > 0 && i < count; i++) {
        int q = x->free[x->able_from[n] + i];
        if (!was_touched(x, q) && !t->here[AT(t, q, n)])
            come(x, q, n, EJECT_MAX);
    }
    for (int i = x->able_from[n]; i < x->able_from[n + 1] && x->steps <= x->steps_max; i++) {
        int q = x->able[i];
        bool changed = x->diff[AT_DAY(t, q, day)] > 0, touched = was_touched(x, q);
        if (t->here[AT(t, q, n)] || (left <= 0 && !changed))
            continue;
        if (left == 1 && !changed && !touched && !t->day_minutes[AT_DAY(t, q, day)])
            continue;
        bool free = false;
        for (int k = 0; !touched && k < count; k++)
            free = free || x->free[x->able_from[n] + k] == q;
        if (!free)
            come(x, q, n, EJECT_MAX);
    }
}

static void take_shift(repair *x, int person, int day, int kind)
{
    state *t = &x->s;
    for (int i = t->duty_count[person] - 1; i >= 0; i--) {
        int m = t->duty[AT(t, person, i)];
        if (x->p->needs[m].day == day && x->p->needs[m].kind == kind && !t->fixed[AT(t, person, m)] &&
            x->was[AT(t, person, m)])
            repair_take(x, person, m);
    }
}

/* Who stands without the partner: the partner comes to some post of that shift, or goes too. */
static void mend_pair(repair *x, int with, int without, int day, int kind)
{
    state *t = &x->s;
    int mark = t->log_count;
    for (int n = 0; n < t->needs; n++) {
        if (x->p->needs[n].day == day && x->p->needs[n].kind == kind && !t->block[AT(t, without, n)])
            come(x, without, n, EJECT_MAX);
    }
    take_shift(x, with, day, kind);
    if (t->log_count > mark && x->now.days <= x->limit)
        look_further(x);
    repair_undo(x, mark);
}

static void mend_alone(repair *x, int n)
{
    state *t = &x->s;
    int mark = t->log_count, last = t->member[t->member_from[n]];
    fill(x, n);
    if (t->fixed[AT(t, last, n)] || !x->was[AT(t, last, n)])
        return;
    repair_take(x, last, n);
    if (x->now.days <= x->limit)
        look_further(x);
    repair_undo(x, mark);
}

static bool find_pair(const repair *x, const roster_pair **pair, int *day, int *kind)
{
    for (size_t i = 0; i < x->p->pair_count; i++) {
        const roster_pair *r = &x->p->pairs[i];
        for (int n = 0; r->kind == ROSTER_PAIR_TOGETHER && n < x->s.needs; n++) {
            *pair = r;
            *day = x->p->needs[n].day;
            *kind = x->p->needs[n].kind;
            if (state_works(&x->s, r->a, *day, *kind) != state_works(&x->s, r->b, *day, *kind))
                return true;
        }
    }
    return false;
}

/* The first breach of level 0; the others follow from there. */
static void mend_rules(repair *x)
{
    const state *t = &x->s;
    const roster_pair *pair;
    int day, kind;
    for (int n = 0; n < t->needs; n++) {
        if (t->filled[n] == 1 && (x->p->needs[n].not_alone || x->p->people[t->member[t->member_from[n]]].not_alone)) {
            mend_alone(x, n);
            return;
        }
    }
    if (!find_pair(x, &pair, &day, &kind))
        return;
    bool first = state_works(t, pair->a, day, kind);
    mend_pair(x, first ? pair->a : pair->b, first ? pair->b : pair->a, day, kind);
}

static void look_further(repair *x)
{
    x->steps++;
    if (x->steps > x->steps_max)
        return;
    note_best(x);
    int n = next_gap(x);
    if (n < 0) {
        if (x->s.cost.at[0] > 0)
            mend_rules(x);
        return;
    }
    fill(x, n);
    int64_t more = (int64_t)x->p->needs[n].priority * (x->want[n] - x->s.filled[n]);
    x->given[n] = true;
    x->given_lost += more;
    if (x->best.rules > 0 || x->given_lost <= x->best.lost)
        look_further(x);
    x->given_lost -= more;
    x->given[n] = false;
}

bool repair_search(repair *x, int limit)
{
    x->limit = limit;
    look_further(x);
    return x->steps <= x->steps_max;
}
