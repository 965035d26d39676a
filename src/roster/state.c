#include "roster/state.h"

#include <assert.h>
#include <string.h>

static void init_needs(arena *a, state *s)
{
    s->start = arena_many(a, int, s->needs + 1);
    s->end = arena_many(a, int, s->needs + 1);
    s->minutes = arena_many(a, int, s->needs + 1);
    s->week = arena_many(a, int, s->needs + 1);
    s->night = arena_many(a, bool, s->needs + 1);
    s->member_from = arena_many(a, int, s->needs + 1);
    s->filled = arena_many(a, int, s->needs + 1);
    int from = 0;
    for (int n = 0; n < s->needs; n++) {
        const roster_need *need = &s->p->needs[n];
        const roster_kind *k = &s->p->kinds[need->kind];
        s->start[n] = need->day * 1440 + k->start_minute;
        s->end[n] = need->day * 1440 + k->end_minute;
        s->minutes[n] = k->end_minute - k->start_minute;
        s->week[n] = (need->day + s->p->weekday_first + 700) / 7;
        s->night[n] = k->night;
        s->member_from[n] = from;
        from += need->limit < s->people ? need->limit : s->people;
    }
    s->member = arena_many(a, int, from + 1);
}

static void init_pairs(arena *a, state *s)
{
    const roster_problem *p = s->p;
    s->pair_from = arena_many(a, int, s->people + 2);
    s->pair_other = arena_many(a, int, 2 * p->pair_count + 1);
    s->pair_kind = arena_many(a, roster_pair_kind, 2 * p->pair_count + 1);
    int at = 0;
    for (int i = 0; i < s->people; i++) {
        s->pair_from[i] = at;
        for (size_t k = 0; k < p->pair_count; k++) {
            if (p->pairs[k].a != i && p->pairs[k].b != i)
                continue;
            s->pair_other[at] = p->pairs[k].a == i ? p->pairs[k].b : p->pairs[k].a;
            s->pair_kind[at++] = p->pairs[k].kind;
        }
    }
    s->pair_from[s->people] = at;
}

/* Level 0, 1, 2, 4 and cover of one need, times sign. */
static void add_need_cost(state *s, int n, int sign)
{
    const roster_need *need = &s->p->needs[n];
    const int *members = &s->member[s->member_from[n]];
    int filled = s->filled[n];
    int64_t *cost = s->cost.at;
    int missing = need->min - filled;
    if (missing > 0) {
        cost[1] += sign * (int64_t)need->priority * missing;
        cost[2] += sign * (int64_t)need->priority * missing * (missing - 1) / 2;
        if (filled == 0 && need->priority)
            cost[2] += sign * 10;
    }
    if (filled < need->target) {
        cost[4] += sign * (int64_t)need->priority * (need->target - filled);
        cost[5] += sign * (int64_t)need->under_cost * (need->target - filled);
    } else {
        cost[5] += sign * (int64_t)need->over_cost * (filled - need->target);
    }
    if (filled == 0)
        return;
    if (filled == 1 && (need->not_alone || s->p->people[members[0]].not_alone))
        cost[0] += sign;
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        int lacking = need->wanted[k].count;
        for (int i = 0; i < filled && lacking > 0; i++)
            lacking -= (s->p->people[members[i]].skills & need->wanted[k].skill) == need->wanted[k].skill;
        if (lacking > 0)
            cost[2] += sign * 5 * lacking;
    }
    if (need->lead_wanted) {
        bool found = false;
        for (int i = 0; i < filled && !found; i++)
            found = s->p->people[members[i]].lead_fit && !s->p->people[members[i]].unanswered;
        if (!found)
            cost[2] += sign * 5;
    }
}

static bool works(const state *s, int person, int day, int kind)
{
    const int *own = &s->duty[AT(s, person, 0)];
    for (int i = 0; i < s->duty_count[person]; i++) {
        if (s->p->needs[own[i]].day == day && s->p->needs[own[i]].kind == kind)
            return true;
    }
    return false;
}

static void add_person_cost(state *s, int person, int n, int sign)
{
    const roster_person *who = &s->p->people[person];
    int64_t *cost = s->cost.at;
    int wish = who->wishes ? who->wishes[n] : 0;
    cost[5] -= sign * wish; /* met saves it, against the wish pays it */
    if (who->distance_km)
        cost[5] += sign * who->distance_km[n];
    if (s->told[AT(s, person, n)])
        cost[3] -= sign * s->told[AT(s, person, n)];
    else if (s->p->day_told && s->p->day_told[s->p->needs[n].day])
        cost[3] += sign;
    int64_t before = s->burden[person], after = before + sign * (s->night[n] ? 2 : 1) * s->minutes[n];
    s->burden[person] = after;
    if (s->p->fair)
        cost[5] += after * after / 14400 - before * before / 14400;
}

static int64_t outdoor_cost(const state *s, int person, int day)
{
    int limit = s->p->people[person].outdoor_max_minutes, outside = 0;
    const int *own = &s->duty[AT(s, person, 0)];
    for (int i = 0; limit && i < s->duty_count[person]; i++) {
        const roster_need *n = &s->p->needs[own[i]];
        if (n->day == day && n->outdoor)
            outside += s->minutes[own[i]];
    }
    return limit && outside > limit ? 10 * ((outside - limit + 29) / 30) : 0;
}

static int64_t together_cost(const state *s, int person, int n)
{
    const roster_need *need = &s->p->needs[n];
    int64_t broken = 0;
    for (int i = s->pair_from[person]; i < s->pair_from[person + 1]; i++) {
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            broken += works(s, person, need->day, need->kind) !=
                      works(s, s->pair_other[i], need->day, need->kind);
    }
    return broken;
}

static void log_change(state *s, int person, int need, bool put)
{
    if (s->log_count < STATE_LOG_MAX)
        s->log[s->log_count++] = (state_change){ person, need, put };
}

bool state_room(const state *s, int changes)
{
    return s->log_count + changes <= STATE_LOG_MAX;
}

static void change(state *s, int person, int n, bool put)
{
    int sign = put ? 1 : -1;
    int *own = &s->duty[AT(s, person, 0)], *count = &s->duty_count[person];
    int *members = &s->member[s->member_from[n]], *filled = &s->filled[n];
    const roster_need *need = &s->p->needs[n];
    add_need_cost(s, n, -1);
    int64_t before = together_cost(s, person, n);
    if (need->outdoor)
        s->cost.at[5] -= outdoor_cost(s, person, need->day);
    if (put) {
        int i = (*count)++;
        for (; i > 0 && (s->start[own[i - 1]] > s->start[n] ||
                         (s->start[own[i - 1]] == s->start[n] && own[i - 1] > n)); i--)
            own[i] = own[i - 1];
        own[i] = n;
        members[(*filled)++] = person;
    } else {
        int i = 0;
        while (own[i] != n)
            i++;
        memmove(&own[i], &own[i + 1], (size_t)(--*count - i) * sizeof *own);
        for (i = 0; members[i] != person;)
            i++;
        members[i] = members[--*filled];
    }
    s->here[AT(s, person, n)] = put;
    add_need_cost(s, n, 1);
    add_person_cost(s, person, n, sign);
    s->cost.at[0] += together_cost(s, person, n) - before;
    if (need->outdoor)
        s->cost.at[5] += outdoor_cost(s, person, need->day);
}

void state_put(state *s, int person, int need)
{
    assert(!s->here[AT(s, person, need)]);
    change(s, person, need, true);
    log_change(s, person, need, true);
}

void state_take(state *s, int person, int need)
{
    assert(s->here[AT(s, person, need)]);
    change(s, person, need, false);
    log_change(s, person, need, false);
}

void state_undo(state *s, int mark)
{
    while (s->log_count > mark) {
        state_change c = s->log[--s->log_count];
        change(s, c.person, c.need, !c.put);
    }
}

static roster_reason absolute_of(int bits)
{
    static const roster_reason names[] = { ROSTER_TEAM, ROSTER_ANSWER, ROSTER_CANNOT, ROSTER_CARE, ROSTER_SKILL,
                                           ROSTER_LOCK, ROSTER_CLOSED };
    for (int b = 0; b < 7; b++) {
        if (bits & (1 << b))
            return names[b];
    }
    return ROSTER_FREE;
}

static int rest_after(const roster_person *who, bool night)
{
    return night && who->rest_night_minutes > who->rest_minutes ? who->rest_night_minutes : who->rest_minutes;
}

/* R1 of n against an own duty m. */
static roster_reason clash(const state *s, const roster_person *who, int n, int m)
{
    const roster_problem *p = s->p;
    if ((s->start[n] < s->end[m] && s->start[m] < s->end[n]) ||
        (p->one_a_day && p->needs[n].day == p->needs[m].day))
        return ROSTER_BUSY;
    int first = s->start[n] < s->start[m] ? n : m, second = first == n ? m : n;
    if (s->start[second] < s->end[first] + rest_after(who, s->night[first]))
        return ROSTER_REST;
    if (p->next_forbidden && p->needs[second].day == p->needs[first].day + 1 &&
        p->next_forbidden[(size_t)p->needs[first].kind * p->kind_count + (size_t)p->needs[second].kind])
        return ROSTER_REST;
    return ROSTER_FREE;
}

static roster_reason block_clash(const state *s, int person, int n, roster_why *why)
{
    const roster_person *who = &s->p->people[person];
    const int *own = &s->duty[AT(s, person, 0)];
    for (int i = 0; i < s->duty_count[person]; i++) {
        roster_reason r = clash(s, who, n, own[i]);
        if (r == ROSTER_FREE)
            continue;
        why->other_need = own[i];
        return r;
    }
    for (size_t i = 0; i < who->past_count; i++) {
        const roster_past *past = &who->past[i];
        if (s->start[n] < past->day * 1440 + past->end_minute + rest_after(who, past->night))
            return ROSTER_REST;
    }
    return ROSTER_FREE;
}

static roster_reason over(roster_why *why, roster_reason r, int value, int max)
{
    why->value = value;
    why->max = max;
    return r;
}

static roster_reason block_minutes(const state *s, int person, int n, roster_why *why)
{
    const roster_person *who = &s->p->people[person];
    const int *own = &s->duty[AT(s, person, 0)];
    int day = s->minutes[n], week = s->minutes[n], all = s->minutes[n] + who->minutes_before;
    for (int i = 0; i < s->duty_count[person]; i++) {
        int m = own[i];
        all += s->minutes[m];
        if (s->week[m] == s->week[n])
            week += s->minutes[m];
        if (s->p->needs[m].day == s->p->needs[n].day)
            day += s->minutes[m];
    }
    if (who->minutes_max_day && day > who->minutes_max_day)
        return over(why, ROSTER_MINUTES_DAY, day, who->minutes_max_day);
    for (size_t i = 0; i < who->past_count; i++) {
        if ((who->past[i].day + s->p->weekday_first + 700) / 7 == s->week[n])
            week += who->past[i].end_minute - who->past[i].start_minute;
    }
    if (who->minutes_max_week && week > who->minutes_max_week)
        return over(why, ROSTER_MINUTES_WEEK, week, who->minutes_max_week);
    if (who->minutes_max && all > who->minutes_max)
        return over(why, ROSTER_MINUTES_ALL, all, who->minutes_max);
    return ROSTER_FREE;
}

/* The fullest window of 7 days that holds n's day. */
static roster_reason block_nights(const state *s, int person, int n, roster_why *why)
{
    const roster_person *who = &s->p->people[person];
    if (!who->nights_max || !s->night[n])
        return ROSTER_FREE;
    const int *own = &s->duty[AT(s, person, 0)];
    int day = s->p->needs[n].day, most = 0;
    int at[13] = { 0 };
    for (int i = 0; i < s->duty_count[person]; i++) {
        int off = s->p->needs[own[i]].day - day + 6;
        if (s->night[own[i]] && off >= 0 && off < 13)
            at[off]++;
    }
    for (size_t i = 0; i < who->past_count; i++) {
        int off = who->past[i].day - day + 6;
        if (who->past[i].night && off >= 0 && off < 13)
            at[off]++;
    }
    for (int from = 0; from < 7; from++) {
        int sum = 1;
        for (int k = from; k < from + 7; k++)
            sum += at[k];
        most = sum > most ? sum : most;
    }
    return most > who->nights_max ? over(why, ROSTER_NIGHTS, most, who->nights_max) : ROSTER_FREE;
}

static bool day_worked(const state *s, int person, int day)
{
    const int *own = &s->duty[AT(s, person, 0)];
    for (int i = 0; i < s->duty_count[person]; i++) {
        if (s->p->needs[own[i]].day == day)
            return true;
    }
    const roster_person *who = &s->p->people[person];
    for (size_t i = 0; day < 0 && !s->p->border_exempt && i < who->past_count; i++) {
        if (who->past[i].day == day)
            return true;
    }
    return false;
}

static roster_reason block_runs(const state *s, int person, int n, roster_why *why)
{
    const roster_problem *p = s->p;
    const roster_person *who = &p->people[person];
    int day = p->needs[n].day;
    if (who->run_max && !day_worked(s, person, day)) {
        int run = 1;
        for (int d = day - 1; d >= -7 && day_worked(s, person, d); d--)
            run++;
        for (int d = day + 1; d < p->day_count && day_worked(s, person, d); d++)
            run++;
        if (run > who->run_max)
            return over(why, ROSTER_RUN, run, who->run_max);
    }
    if (who->kind_max) {
        int same = 1;
        for (int i = 0; i < s->duty_count[person]; i++)
            same += p->needs[s->duty[AT(s, person, i)]].kind == p->needs[n].kind;
        if (same > who->kind_max[p->needs[n].kind])
            return over(why, ROSTER_KIND, same, who->kind_max[p->needs[n].kind]);
    }
    if (p->day_group && who->groups_max >= 0 && p->day_group[day] >= 0) {
        int groups = 1, last = p->day_group[day];
        for (int i = 0; i < s->duty_count[person]; i++) {
            int g = p->day_group[p->needs[s->duty[AT(s, person, i)]].day];
            if (g == p->day_group[day])
                return ROSTER_FREE;
            groups += g >= 0 && g != last;
            last = g >= 0 ? g : last;
        }
        if (groups > who->groups_max)
            return over(why, ROSTER_GROUPS, groups, who->groups_max);
    }
    return ROSTER_FREE;
}

static roster_reason block_apart(const state *s, int person, int n, roster_why *why)
{
    for (int i = s->pair_from[person]; i < s->pair_from[person + 1]; i++) {
        int other = s->pair_other[i];
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            continue;
        for (int k = 0; k < s->duty_count[other]; k++) {
            int m = s->duty[AT(s, other, k)];
            if (s->start[n] < s->end[m] && s->start[m] < s->end[n]) {
                why->other_person = other;
                why->other_need = m;
                return ROSTER_APART;
            }
        }
    }
    return ROSTER_FREE;
}

roster_reason state_block(const state *s, int person, int n, roster_why *why)
{
    roster_why unwanted;
    if (!why)
        why = &unwanted;
    *why = (roster_why){ .person = person, .other_need = -1, .other_person = -1 };
    roster_reason r = absolute_of(s->block[AT(s, person, n)]);
    if (!r)
        r = block_clash(s, person, n, why);
    if (!r)
        r = block_minutes(s, person, n, why);
    if (!r)
        r = block_nights(s, person, n, why);
    if (!r)
        r = block_runs(s, person, n, why);
    if (!r)
        r = block_apart(s, person, n, why);
    if (!r && s->filled[n] >= s->p->needs[n].limit)
        r = ROSTER_FULL;
    return why->reason = r;
}

static void first_cost(state *s)
{
    const roster_problem *p = s->p;
    for (int n = 0; n < s->needs; n++)
        add_need_cost(s, n, 1);
    for (int i = 0; i < s->people; i++) {
        const roster_person *who = &p->people[i];
        s->burden[i] = who->minutes_before + who->night_minutes_before;
        if (p->fair)
            s->cost.at[5] += s->burden[i] * s->burden[i] / 14400;
        for (int n = 0; who->wishes && n < s->needs; n++)
            s->cost.at[5] += who->wishes[n] > 0 ? who->wishes[n] : 0;
    }
    for (size_t i = 0; i < p->published_count; i++)
        s->cost.at[3] += p->published[i].told;
}

void state_init(arena *a, state *s, const roster_problem *p)
{
    *s = (state){ .p = p, .people = (int)p->person_count, .needs = (int)p->need_count,
                  .kinds = (int)p->kind_count };
    size_t cells = p->person_count * p->need_count + 1;
    s->block = arena_many(a, uint8_t, cells);
    s->here = arena_many(a, uint8_t, cells);
    s->fixed = arena_many(a, uint8_t, cells);
    s->told = arena_many(a, uint8_t, cells);
    s->duty = arena_many(a, int, cells);
    s->duty_count = arena_many(a, int, s->people + 1);
    s->burden = arena_many(a, int64_t, s->people + 1);
    init_needs(a, s);
    init_pairs(a, s);
    for (int i = 0; i < s->people; i++) {
        const roster_person *who = &p->people[i];
        for (int n = 0; n < s->needs; n++) {
            bool skilled = (who->skills & p->needs[n].skills) == p->needs[n].skills;
            s->block[AT(s, i, n)] = (uint8_t)((who->blocked ? who->blocked[n] & ROSTER_BLOCK_ALL : 0) |
                                              (skilled ? 0 : ROSTER_BLOCK_SKILL));
        }
    }
    for (size_t i = 0; i < p->published_count; i++)
        s->told[AT(s, p->published[i].person, p->published[i].need)] = (uint8_t)p->published[i].told;
    first_cost(s);
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on)
            s->block[AT(s, l->person, l->need)] |= ROSTER_BLOCK_LOCK;
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on || state_block(s, l->person, l->need, NULL))
            continue;
        state_put(s, l->person, l->need);
        s->fixed[AT(s, l->person, l->need)] = 1;
    }
    s->log_count = 0;
}

void state_load(state *s, const roster_duty *duties, size_t count)
{
    for (int i = 0; i < s->people; i++) {
        while (s->duty_count[i])
            change(s, i, s->duty[AT(s, i, s->duty_count[i] - 1)], false);
    }
    for (size_t i = 0; i < count; i++)
        change(s, duties[i].person, duties[i].need, true);
    s->log_count = 0;
}

size_t state_save(const state *s, roster_duty *out)
{
    size_t count = 0;
    for (int n = 0; n < s->needs; n++) {
        for (int i = 0; i < s->filled[n]; i++) {
            roster_duty d = { .person = s->member[s->member_from[n] + i], .need = n };
            size_t at = count++;
            for (; at > 0 && out[at - 1].need == n && out[at - 1].person > d.person; at--)
                out[at] = out[at - 1];
            out[at] = d;
        }
    }
    return count;
}
