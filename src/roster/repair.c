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
    x->changed = arena_many(a, int, t->people + 1);
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

/* Who has changed days already, and how many days could still become as they were: whoever may not stay may yet come back. */
static void note_begun(repair *x)
{
    const state *t = &x->s;
    x->changed_count = x->days_back = 0;
    for (int q = 0; q < t->people; q++) {
        bool changed = false;
        for (int d = 0; d < t->days; d++)
            changed = changed || x->diff[AT_DAY(t, q, d)] > 0;
        if (!changed)
            continue;
        x->changed[x->changed_count++] = q;
        for (int n = 0; n < t->needs; n++)
            x->days_back += x->was[AT(t, q, n)] && !t->here[AT(t, q, n)] && !t->block[AT(t, q, n)];
    }
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
    note_begun(x);
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

/* -- what can be no better than the best ----------------------------------------------------------------------- */
/* Nothing better gives up so much: as much is lost, and no fewer days are others. */
static bool too_much_given(const repair *x, int64_t lost)
{
    return x->best.rules == 0 &&
           (lost > x->best.lost || (lost == x->best.lost && x->now.days - x->days_back > x->best.days));
}

/* Of the people missing at n, so many at least must come in whatever is better. */
static int must_come(const repair *x, int n, int missing)
{
    int given = 0;
    while (given < missing && !too_much_given(x, x->given_lost + (int64_t)x->p->needs[n].priority * (given + 1)))
        given++;
    return missing - given;
}

static bool could_come(const repair *x, int q, int n)
{
    const state *t = &x->s;
    return x->diff[AT_DAY(t, q, x->p->needs[n].day)] > 0 && !t->block[AT(t, q, n)] && !t->here[AT(t, q, n)] &&
           !x->base.here[AT(t, q, n)];
}

/* Of them, those for whom that day is as it was: each is one changed person-day more. leaver: does not come back. */
static int new_days(const repair *x, int n, int missing, int leaver)
{
    int fresh = must_come(x, n, missing);
    for (int i = 0; fresh > 0 && i < x->changed_count; i++)
        fresh -= x->changed[i] != leaver && could_come(x, x->changed[i], n);
    for (int i = 0; fresh > 0 && i < x->touched_count; i++)
        fresh -= x->touched[i] != leaver && could_come(x, x->touched[i], n);
    return fresh > 0 ? fresh : 0;
}

/* Changed person-days to come at least: gaps of two days are never filled by the same one. */
static int days_wanted(const repair *x)
{
    enum { DAYS_MAX = 8 };
    const state *t = &x->s;
    int day[DAYS_MAX], most[DAYS_MAX], days = 0, sum = 0;
    for (int i = 0; i < x->gap_count + t->log_count; i++) {
        int n = i < x->gap_count ? x->gap[i] : t->log[i - x->gap_count].need, k = 0;
        int fresh = open_gap(x, n) ? new_days(x, n, x->want[n] - t->filled[n], -1) : 0;
        while (k < days && day[k] != x->p->needs[n].day)
            k++;
        if (!fresh || k == DAYS_MAX)
            continue;
        if (k == days) {
            day[days] = x->p->needs[n].day;
            most[days++] = 0;
        }
        sum += fresh > most[k] ? fresh - most[k] : 0;
        most[k] = fresh > most[k] ? fresh : most[k];
    }
    return sum;
}

static void look_further(repair *x);

/* The way of q to n made free by taking out what stands in it, in every way there is; then q goes there. */
static void come(repair *x, int q, int n, int left, roster_reason last, int below);

/* Changed person-days there are at least if `from` leaves m so that q can come to n. */
static int days_without(const repair *x, int from, int m, int q, int n)
{
    const state *t = &x->s;
    int day = x->p->needs[m].day, to_day = x->p->needs[n].day, days = x->now.days;
    bool same = from == q && day == to_day;
    days += x->diff[AT_DAY(t, from, day)] == 0;
    days += !same && x->diff[AT_DAY(t, q, to_day)] == 0;
    if (m != n && t->filled[m] <= x->want[m] && !x->given[m] && day != to_day)
        days += new_days(x, m, x->want[m] - t->filled[m] + 1, from);
    return days;
}

static void come_without(repair *x, int from, int m, int q, int n, int left, roster_reason why, int below)
{
    state *t = &x->s;
    if (t->fixed[AT(t, from, m)] || !x->was[AT(t, from, m)] || !state_room(t, 8) ||
        days_without(x, from, m, q, n) - x->days_back > x->limit)
        return;
    int mark = t->log_count;
    x->steps++;
    repair_take(x, from, m);
    come(x, q, n, left - 1, why, below);
    repair_undo(x, mark);
}

/* Of duties that count for the same rule each set is tried once: the last first. */
static void come_within(repair *x, int q, int n, int left, roster_reason why, int below)
{
    state *t = &x->s;
    for (int i = (t->duty_count[q] < below ? t->duty_count[q] : below) - 1; i >= 0; i--) {
        int m = t->duty[AT(t, q, i)];
        if (state_counts(t, n, m, why))
            come_without(x, q, m, q, n, left, why, i);
    }
}

static void come(repair *x, int q, int n, int left, roster_reason last, int below)
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
        come_without(x, r == ROSTER_APART ? why.other_person : q, why.other_need, q, n, left, r, 0);
        return;
    }
    if (r == ROSTER_FULL) {
        for (int i = t->filled[n] - 1; i >= 0; i--)
            come_without(x, t->member[t->member_from[n] + i], n, q, n, left, r, 0);
        return;
    }
    if (r >= ROSTER_MINUTES_DAY && r <= ROSTER_RUN)
        come_within(x, q, n, left, r, r == last ? below : t->duty_count[q]);
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
            come(x, q, n, EJECT_MAX, ROSTER_FREE, 0);
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
            come(x, q, n, EJECT_MAX, ROSTER_FREE, 0);
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
            come(x, without, n, EJECT_MAX, ROSTER_FREE, 0);
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
    if (x->now.days + days_wanted(x) - x->days_back > x->limit)
        return;
    fill(x, n);
    int64_t more = (int64_t)x->p->needs[n].priority * (x->want[n] - x->s.filled[n]);
    x->given[n] = true;
    x->given_lost += more;
    if (!too_much_given(x, x->given_lost))
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
