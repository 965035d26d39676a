/* Who could come to a need instead of somebody: each with the cost of the roster then, tried on the roster itself. */
#include "roster/ledger.h"

#include <stdlib.h>
#include <string.h>

const char *roster_part_name(roster_part part)
{
    static const char *const names[] = { "none", "rules", "minimum", "shape", "changes", "target", "wish", "distance",
                                         "outdoor", "hours", "cover" };
    return names[part];
}

static int minutes_of(const state *s, int person)
{
    int minutes = s->p->people[person].minutes_before;
    for (int i = 0; i < s->duty_count[person]; i++)
        minutes += s->minutes[s->duty[AT(s, person, i)]];
    return minutes;
}

static bool free_on(const state *s, int person, int day)
{
    for (int i = 0; i < s->duty_count[person]; i++) {
        if (s->p->needs[s->duty[AT(s, person, i)]].day == day)
            return false;
    }
    return true;
}

/* The vector if the person came, having given up a duty or none (-1). False: a rule forbids it. */
static bool cost_with(state *s, int person, int need, int without, roster_cost *out)
{
    roster_why why;
    int mark = s->log_count;
    if (without >= 0)
        state_take(s, person, without);
    bool can = ledger_reason(s, person, need, &why) == ROSTER_FREE;
    if (can) {
        state_put(s, person, need);
        *out = ledger_cost(s);
    }
    state_undo(s, mark);
    return can;
}

/* The own duty whose going lets the person come at the least cost. */
static void find_given_up(state *s, roster_substitute *x, int need)
{
    if (x->why.reason < ROSTER_BUSY || x->why.reason > ROSTER_RUN)
        return;
    for (int i = 0; i < s->duty_count[x->person]; i++) {
        int m = s->duty[AT(s, x->person, i)];
        roster_cost cost;
        if (s->fixed[AT(s, x->person, m)] || !cost_with(s, x->person, need, m, &cost))
            continue;
        if (x->gives_up >= 0 && roster_cost_compare(&cost, &x->after) >= 0)
            continue;
        x->gives_up = m;
        x->after = cost;
    }
}

static roster_substitute substitute_of(state *s, int person, int need)
{
    const roster_person *w = &s->p->people[person];
    roster_substitute x = { .person = person, .gives_up = -1, .minutes = minutes_of(s, person) };
    x.free_that_day = free_on(s, person, s->p->needs[need].day);
    x.distance_km = w->distance_km ? w->distance_km[need] : 0;
    x.wish = w->wishes ? w->wishes[need] : 0;
    x.after = ledger_cost(s);
    if (ledger_reason(s, person, need, &x.why) == ROSTER_FREE)
        cost_with(s, person, need, -1, &x.after);
    else
        find_given_up(s, &x, need);
    x.able = x.why.reason == ROSTER_FREE || x.gives_up >= 0;
    return x;
}

/* The able first: one duty changed before two, then those who were told, then the vector. */
static int by_rank(const void *one, const void *two)
{
    const roster_substitute *x = one, *y = two;
    if (x->able != y->able)
        return x->able ? -1 : 1;
    if (x->able && (x->gives_up < 0) != (y->gives_up < 0))
        return x->gives_up < 0 ? -1 : 1;
    if (x->able && x->after.at[3] != y->after.at[3])
        return x->after.at[3] < y->after.at[3] ? -1 : 1;
    int order = x->able ? roster_cost_compare(&x->after, &y->after) : 0;
    return order ? order : x->person - y->person;
}

static roster_substitutes list_of(arena *a, state *s, int need, int leaver)
{
    roster_substitutes out = { 0 };
    roster_substitute *list = arena_many(a, roster_substitute, s->people + 1);
    for (int q = 0; q < s->people; q++) {
        if (q == leaver || s->here[AT(s, q, need)])
            continue;
        list[out.count] = substitute_of(s, q, need);
        out.able += list[out.count++].able;
    }
    qsort(list, out.count, sizeof *list, by_rank);
    out.at = list;
    return out;
}

static state *state_of(arena *a, const roster_problem *p, const roster_solution *s)
{
    state *st = arena_new(a, state);
    state_init(a, st, p);
    state_load(st, s->duties, s->duty_count);
    return st;
}

roster_substitutes roster_substitutes_of(arena *a, const roster_problem *p, const roster_solution *s, int need, int leaver)
{
    state *st = state_of(a, p, s);
    if (leaver >= 0 && st->here[AT(st, leaver, need)])
        state_take(st, leaver, need);
    return list_of(a, st, need, leaver);
}

/* -- why this one ---------------------------------------------------------------------------------------- */

static int64_t fair_rise(const state *s, int person, int need)
{
    int64_t before = s->burden[person], after = before + (s->night[need] ? 2 : 1) * s->minutes[need];
    return s->p->fair ? after * after / 14400 - before * before / 14400 : 0;
}

/* Which part of the burden makes most of the difference; the state has neither of the two at the need. */
static roster_part burden_part(const state *s, int need, int own, int other, int64_t by)
{
    const roster_person *o = &s->p->people[own], *t = &s->p->people[other];
    int64_t parts[] = {
        [ROSTER_PART_WISH] = (o->wishes ? o->wishes[need] : 0) - (t->wishes ? t->wishes[need] : 0),
        [ROSTER_PART_DISTANCE] = (t->distance_km ? t->distance_km[need] : 0) - (o->distance_km ? o->distance_km[need] : 0),
        [ROSTER_PART_HOURS] = fair_rise(s, other, need) - fair_rise(s, own, need),
    };
    int64_t rest = by - parts[ROSTER_PART_WISH] - parts[ROSTER_PART_DISTANCE] - parts[ROSTER_PART_HOURS], most = 0;
    parts[ROSTER_PART_OUTDOOR] = s->p->needs[need].outdoor ? rest : 0;
    roster_part part = ROSTER_PART_COVER;
    for (roster_part k = ROSTER_PART_WISH; k <= ROSTER_PART_HOURS; k++) {
        int64_t share = by > 0 ? parts[k] : -parts[k];
        if (share > most) {
            most = share;
            part = k;
        }
    }
    return part;
}

static void tell_apart(const state *s, roster_here *h, const roster_cost *now)
{
    static const roster_part parts[] = { ROSTER_PART_RULES, ROSTER_PART_MINIMUM, ROSTER_PART_SHAPE, ROSTER_PART_CHANGES,
                                         ROSTER_PART_TARGET, ROSTER_PART_COVER };
    for (int i = 0; i < ROSTER_LEVELS && h->part == ROSTER_PART_NONE; i++) {
        h->by = h->other.after.at[i] - now->at[i];
        if (h->by)
            h->part = i < 5 ? parts[i] : burden_part(s, h->need, h->person, h->other.person, h->by);
    }
}

static void find_next(arena *a, state *s, roster_here *h, const roster_cost *now)
{
    roster_substitutes list = list_of(a, s, h->need, h->person);
    for (size_t i = 0; i < list.count; i++) {
        const roster_substitute *x = &list.at[i];
        if (x->why.reason != ROSTER_FREE)
            continue;
        h->able++;
        if (!h->next || roster_cost_compare(&x->after, &h->other.after) < 0)
            h->other = *x;
        h->next = true;
    }
    if (h->next)
        tell_apart(s, h, now);
}

roster_here roster_why_here(arena *a, const roster_problem *p, const roster_solution *s, int person, int need)
{
    state *st = state_of(a, p, s);
    roster_here h = { .person = person, .need = need, .locked = st->fixed[AT(st, person, need)],
                      .told = st->told[AT(st, person, need)] };
    roster_cost now = ledger_cost(st);
    if (!st->here[AT(st, person, need)])
        return h;
    state_take(st, person, need);
    find_next(a, st, &h, &now);
    return h;
}
