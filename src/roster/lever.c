#include "roster/ledger.h"
#include "roster/lever.h"

#include <string.h>

enum { STEPS_ALL = 200000, STEPS_NEED = 12000, DEPTH_MAX = 2, HOUR = 60, SAME_RULE_MAX = 2 };
static const int costs[] = { [ROSTER_LEVER_SWAP] = 0, [ROSTER_LEVER_LIMIT] = 5, [ROSTER_LEVER_HOUR] = 6,
                             [ROSTER_LEVER_BORROWED] = 8, [ROSTER_LEVER_PERSON] = 10 };

void lever_begin(arena *a, lever_search *l, const roster_problem *p, const roster_solution *s,
                 const roster_explain_options *options)
{
    *l = (lever_search){ .p = p, .eased = *p, .steps_max = STEPS_ALL, .hours = !p->next_forbidden };
    if (options)
        l->options = *options;
    if (l->options.steps)
        l->steps_max = l->options.steps;
    l->people = arena_many(a, roster_person, p->person_count + NEW_PEOPLE);
    if (p->person_count)
        memcpy(l->people, p->people, p->person_count * sizeof *l->people);
    for (int i = 0; i < NEW_PEOPLE; i++)
        l->people[p->person_count + (size_t)i] = (roster_person){ .groups_max = -1, .skills = ~(uint64_t)0 };
    l->eased.people = l->people;
    l->eased.person_count += NEW_PEOPLE;
    l->seen = arena_many(a, bool, p->need_count + 1);
    for (size_t i = 0; i < p->pair_count; i++)
        l->hours = l->hours && p->pairs[i].kind != ROSTER_PAIR_TOGETHER;
    for (size_t i = 0; i < p->person_count; i++)
        l->hours = l->hours && !p->people[i].kind_max;
    state_init(a, &l->s, &l->eased);
    state_load(&l->s, s->duties, s->duty_count);
}

static int *limit_of(roster_person *w, roster_reason r)
{
    switch (r) {
    case ROSTER_MINUTES_DAY: return &w->minutes_max_day;
    case ROSTER_MINUTES_WEEK: return &w->minutes_max_week;
    case ROSTER_MINUTES_ALL: return &w->minutes_max;
    case ROSTER_NIGHTS: return &w->nights_max;
    case ROSTER_GROUPS: return &w->groups_max;
    case ROSTER_RUN: return &w->run_max;
    default: return NULL;
    }
}

static roster_reason block_of(lever_search *l, int person, int need, roster_why *why)
{
    l->steps++;
    return state_block(&l->s, person, need, why);
}

/* -- what was found ------------------------------------------------------------------------------------ */

/* The log without what was taken and put back. */
static bool put_witness(const state *s, int from, roster_lever *x)
{
    for (int i = from; i < s->log_count; i++) {
        const state_change *c = &s->log[i];
        roster_duty *list = c->put ? x->remove : x->add, d = { .person = c->person, .need = c->need };
        size_t *count = c->put ? &x->remove_count : &x->add_count, k = 0;
        while (k < *count && (list[k].person != d.person || list[k].need != d.need))
            k++;
        if (k < *count) { /* undone again */
            list[k] = list[--*count];
            continue;
        }
        list = c->put ? x->add : x->remove;
        count = c->put ? &x->add_count : &x->remove_count;
        if (*count == ROSTER_WITNESS_MAX)
            return false;
        list[(*count)++] = d;
    }
    return true;
}

static bool alike(const roster_lever *x, const roster_lever *y)
{
    if (x->kind != y->kind)
        return false;
    return x->kind == ROSTER_LEVER_LIMIT ? x->person == y->person && x->rule == y->rule
           : x->kind != ROSTER_LEVER_BORROWED || x->person == y->person;
}

static bool better(const roster_lever *x, int64_t rise, const roster_lever *y, int64_t other)
{
    size_t moves = x->add_count + x->remove_count, moves_other = y->add_count + y->remove_count;
    if (x->cost != y->cost)
        return x->cost < y->cost;
    if (moves != moves_other)
        return moves < moves_other;
    return rise != other ? rise < other : roster_cost_compare(&x->after, &y->after) < 0;
}

static void drop(lever_search *l, int at)
{
    roster_explanation *e = l->e;
    for (int i = at; i + 1 < e->lever_count; i++) {
        e->levers[i] = e->levers[i + 1];
        l->rise[i] = l->rise[i + 1];
    }
    e->lever_count--;
}

/* Whose place x would take: a lever like it, or the later of two that ease the same rule for other people; else -1. */
static int rival_of(const roster_explanation *e, const roster_lever *x)
{
    int same = 0, last = -1;
    for (int i = 0; i < e->lever_count; i++) {
        const roster_lever *y = &e->levers[i];
        if (alike(y, x))
            return i;
        if (y->kind != x->kind || y->rule != x->rule)
            continue;
        same++;
        last = i;
    }
    if (same == SAME_RULE_MAX)
        return last;
    return e->lever_count == ROSTER_LEVERS_MAX ? e->lever_count - 1 : -1;
}

static void insert(lever_search *l, const roster_lever *x, int64_t rise)
{
    roster_explanation *e = l->e;
    int rival = rival_of(e, x);
    if (rival >= 0) {
        if (!better(x, rise, &e->levers[rival], l->rise[rival]))
            return;
        drop(l, rival);
    }
    int at = e->lever_count++;
    for (; at > 0 && better(x, rise, &e->levers[at - 1], l->rise[at - 1]); at--) {
        e->levers[at] = e->levers[at - 1];
        l->rise[at] = l->rise[at - 1];
    }
    e->levers[at] = *x;
    l->rise[at] = rise;
}

/* The state as it stands, with the rule eased just now. */
static void keep(lever_search *l)
{
    roster_lever x = l->eases;
    x.cost = costs[x.kind] * (x.people ? x.people : 1);
    x.before = l->before_all;
    x.after = ledger_cost(&l->s);
    if (x.after.at[0] > x.before.at[0] || x.after.at[1] >= x.before.at[1] || !put_witness(&l->s, l->log_from, &x))
        return;
    int64_t rise = x.kind == ROSTER_LEVER_LIMIT
                       ? (int64_t)(x.new_value - x.old_value) * 1000 / (x.old_value > 0 ? x.old_value : 1)
                       : 0;
    insert(l, &x, rise);
}

/* -- one person at a place ----------------------------------------------------------------------------- */

/* Whoever must come along, so that nobody stands alone or without a partner: one person who could come. */
static void bring_one(lever_search *l, int need)
{
    state *s = &l->s;
    const roster_need *here = &l->p->needs[need];
    for (int q = 0; q < (int)l->p->person_count && s->cost.at[0] > l->before.at[0]; q++) {
        for (int m = 0; m < s->needs; m++) {
            const roster_need *there = &l->p->needs[m];
            if (there->day != here->day || there->kind != here->kind || s->here[AT(s, q, m)] ||
                block_of(l, q, m, NULL) != ROSTER_FREE)
                continue;
            int mark = s->log_count;
            state_put(s, q, m);
            if (s->cost.at[0] <= l->before.at[0])
                return;
            state_undo(s, mark);
        }
    }
}

static void try_person(lever_search *l, int person, int need)
{
    int mark = l->s.log_count;
    if (block_of(l, person, need, NULL) != ROSTER_FREE)
        return;
    state_put(&l->s, person, need);
    if (l->s.cost.at[0] > l->before.at[0])
        bring_one(l, need);
    keep(l);
    state_undo(&l->s, mark);
}

static void try_limit(lever_search *l, int person, int need, const roster_why *why)
{
    int *limit = limit_of(&l->people[person], why->reason);
    bool fixed = l->options.limits_fixed && l->options.limits_fixed[person];
    bool long_day = why->reason == ROSTER_MINUTES_DAY && l->options.minutes_day_most &&
                    why->value > l->options.minutes_day_most;
    if (!limit || fixed || long_day)
        return;
    l->eases = (roster_lever){ .kind = ROSTER_LEVER_LIMIT, .person = person, .rule = why->reason,
                               .old_value = why->max, .new_value = why->value };
    *limit = why->value;
    try_person(l, person, need);
    *limit = why->max;
}

static void try_all(lever_search *l, int need)
{
    state *s = &l->s;
    for (int q = 0; q < (int)l->p->person_count; q++) {
        uint8_t *block = &s->block[AT(s, q, need)];
        roster_why why;
        if (s->here[AT(s, q, need)] || (*block && *block != ROSTER_BLOCK_TEAM))
            continue;
        if (*block) {
            l->eases = (roster_lever){ .kind = ROSTER_LEVER_BORROWED, .person = q };
            *block = 0;
            try_person(l, q, need);
            *block = ROSTER_BLOCK_TEAM;
        } else if (block_of(l, q, need, &why) != ROSTER_FREE) {
            try_limit(l, q, need, &why);
        } else {
            l->eases = (roster_lever){ .kind = ROSTER_LEVER_SWAP, .person = -1 };
            try_person(l, q, need);
        }
    }
}

static void try_new_person(lever_search *l, int need)
{
    int first = (int)l->p->person_count;
    for (int i = 0; i < NEW_PEOPLE; i++)
        l->people[first + i].skills = l->p->needs[need].skills;
    l->eases = (roster_lever){ .kind = ROSTER_LEVER_PERSON, .person = -1, .people = 1 };
    try_person(l, first, need);
    if (l->e->lever_count || block_of(l, first, need, NULL) != ROSTER_FREE)
        return;
    state_put(&l->s, first, need);
    l->eases.people = 2;
    try_person(l, first + 1, need);
    state_undo(&l->s, 0);
}

/* -- an hour ------------------------------------------------------------------------------------------- */

/* All who stand there come back at the new times, where their rules allow it. */
static bool come_back(lever_search *l, int need, const int *members, int count)
{
    for (int i = 0; i < count; i++) {
        if (block_of(l, members[i], need, NULL) != ROSTER_FREE)
            return false;
        state_put(&l->s, members[i], need);
    }
    return true;
}

static void try_times(lever_search *l, int need, int begin, int end)
{
    enum { MEMBERS_MAX = 32 };
    state *s = &l->s;
    const roster_kind *k = &l->p->kinds[l->p->needs[need].kind];
    int from = k->start_minute + begin, to = k->end_minute + end, members[MEMBERS_MAX], count = s->filled[need];
    if (from < 0 || from > 1439 || to > 2879 || to < from + HOUR || count > MEMBERS_MAX)
        return;
    if (count)
        memcpy(members, &s->member[s->member_from[need]], (size_t)count * sizeof *members);
    for (int i = 0; i < count; i++)
        state_take(s, members[i], need);
    int mark = s->log_count, start_was = s->start[need], end_was = s->end[need], minutes_was = s->minutes[need];
    s->start[need] += begin;
    s->end[need] += end;
    s->minutes[need] += end - begin;
    l->eases = (roster_lever){ .kind = ROSTER_LEVER_HOUR, .person = -1, .start_minute = from, .end_minute = to };
    if (come_back(l, need, members, count)) {
        l->log_from = s->log_count; /* coming back is no change */
        for (int q = 0; q < (int)l->p->person_count; q++) {
            if (!s->here[AT(s, q, need)] && !s->block[AT(s, q, need)])
                try_person(l, q, need);
        }
        l->log_from = 0;
    }
    state_undo(s, mark);
    s->start[need] = start_was;
    s->end[need] = end_was;
    s->minutes[need] = minutes_was;
    state_undo(s, 0);
}

static void try_hours(lever_search *l, int need)
{
    static const struct { int begin, end; } moved[] = { { HOUR, 0 }, { 0, -HOUR }, { HOUR, HOUR }, { -HOUR, -HOUR } };
    if (l->e->levers[0].kind == ROSTER_LEVER_SWAP && l->e->lever_count)
        return; /* whoever comes at other times could come at these */
    for (size_t i = 0; l->hours && i < sizeof moved / sizeof *moved; i++)
        try_times(l, need, moved[i].begin, moved[i].end);
}

/* -- others moving on ---------------------------------------------------------------------------------- */

/* Might giving up m free a person for n, stopped there by r? */
static bool in_the_way(const state *s, int n, int m, const roster_why *r)
{
    int apart = s->p->needs[m].day - s->p->needs[n].day;
    switch (r->reason) {
    case ROSTER_BUSY:
    case ROSTER_REST:
        return r->other_need == m;
    case ROSTER_MINUTES_DAY:
        return apart == 0;
    case ROSTER_MINUTES_WEEK:
        return s->week[m] == s->week[n];
    case ROSTER_NIGHTS:
        return s->night[m] && apart > -7 && apart < 7;
    case ROSTER_MINUTES_ALL:
    case ROSTER_GROUPS:
    case ROSTER_RUN:
        return true;
    default:
        return false;
    }
}

static bool out_of_steps(const lever_search *l)
{
    return l->steps >= l->need_steps_max;
}

/* Somebody comes to the need from another, and the place moves there. */
static void move_on(lever_search *l, int need, int depth) /* NOLINT(misc-no-recursion): DEPTH_MAX deep */
{
    state *s = &l->s;
    for (int q = 0; q < (int)l->p->person_count && !out_of_steps(l); q++) {
        roster_why why;
        if (s->here[AT(s, q, need)] || s->block[AT(s, q, need)] || block_of(l, q, need, &why) == ROSTER_FREE)
            continue;
        for (int i = s->duty_count[q] - 1; i >= 0 && !out_of_steps(l); i--) {
            int m = s->duty[AT(s, q, i)], mark = s->log_count;
            if (l->seen[m] || s->fixed[AT(s, q, m)] || !in_the_way(s, need, m, &why))
                continue;
            state_take(s, q, m);
            if (block_of(l, q, need, NULL) == ROSTER_FREE) {
                l->seen[m] = true;
                state_put(s, q, need);
                l->eases = (roster_lever){ .kind = ROSTER_LEVER_SWAP, .person = -1 };
                keep(l); /* where more than the minimum stood, that is all */
                try_all(l, m);
                if (depth + 1 < DEPTH_MAX)
                    move_on(l, m, depth + 1);
            }
            state_undo(s, mark);
        }
    }
}

/* More moves may still bring something: a swap, or a lever as cheap as a limit. */
static bool moves_wanted(const roster_explanation *e)
{
    if (e->lever_count && e->levers[0].kind == ROSTER_LEVER_SWAP)
        return false;
    return !e->proven || e->lever_count < ROSTER_LEVERS_MAX ||
           e->levers[ROSTER_LEVERS_MAX - 1].cost > costs[ROSTER_LEVER_LIMIT];
}

void lever_find(lever_search *l, roster_explanation *e)
{
    l->e = e;
    l->s.log_count = 0;
    l->before = l->s.cost;
    l->before_all = ledger_cost(&l->s);
    try_new_person(l, e->need);
    try_all(l, e->need);
    try_hours(l, e->need);
    l->need_steps_max = l->steps + STEPS_NEED < l->steps_max ? l->steps + STEPS_NEED : l->steps_max;
    if (!moves_wanted(e))
        return;
    memset(l->seen, 0, l->p->need_count * sizeof *l->seen);
    l->seen[e->need] = true;
    move_on(l, e->need, 0);
}
