/* What a roster under search costs, term by term (MODEL.md section 3); check.c says the same in its own words. */
#include "roster/state.h"

static bool leads(const roster_person *who)
{
    return who->lead_fit && !who->unanswered;
}

static bool has_skill(const roster_person *who, uint64_t skill)
{
    return (who->skills & skill) == skill;
}

/* Of n people at a need, without regard to who they are. */
static void cost_count(const roster_need *need, int filled, int64_t sign, int64_t *cost)
{
    int missing = need->min - filled;
    if (missing > 0) {
        cost[1] += sign * need->priority * missing;
        cost[2] += sign * need->priority * missing * (missing - 1) / 2;
        if (filled == 0 && need->priority)
            cost[2] += sign * 10;
    }
    if (filled < need->target) {
        if (!need->under_cost)
            cost[4] += sign * need->priority * (need->target - filled);
        cost[5] += sign * need->under_cost * (need->target - filled);
    } else {
        cost[5] += sign * need->over_cost * (filled - need->target);
    }
}

/* The need as it would be without out and with in. */
static void cost_as(const state *s, int n, int out, int in, int64_t sign, int64_t *cost)
{
    const roster_need *need = &s->p->needs[n];
    const roster_person *leaves = out < 0 ? NULL : &s->p->people[out], *comes = in < 0 ? NULL : &s->p->people[in];
    int filled = s->filled[n] - (leaves != NULL) + (comes != NULL);
    cost_count(need, filled, sign, cost);
    if (filled == 0)
        return;
    if (filled == 1) {
        const int *members = &s->member[s->member_from[n]];
        int last = in >= 0 ? in : members[members[0] == out ? 1 : 0];
        if (need->not_alone || s->p->people[last].not_alone)
            cost[0] += sign;
    }
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        if (!need->wanted[k].count)
            continue;
        int lacking = need->wanted[k].count - s->skilled[n * ROSTER_NEED_SKILLS_MAX + k] +
                      (leaves && has_skill(leaves, need->wanted[k].skill)) -
                      (comes && has_skill(comes, need->wanted[k].skill));
        if (lacking > 0)
            cost[2] += sign * 5 * lacking;
    }
    if (need->lead_wanted && s->leads[n] - (leaves && leads(leaves)) + (comes && leads(comes)) == 0)
        cost[2] += sign * 5;
}

void state_cost_need(const state *s, int n, int sign, roster_cost *rise)
{
    cost_as(s, n, -1, -1, sign, rise->at);
}

static int64_t outdoor_cost(int outside, int limit)
{
    return outside > limit ? 10 * ((outside - limit + 29) / 30) : 0;
}

void state_cost_person(const state *s, int person, int n, int sign, roster_cost *rise)
{
    const roster_person *who = &s->p->people[person];
    const roster_need *need = &s->p->needs[n];
    int64_t *cost = rise->at;
    if (who->wishes)
        cost[5] -= sign * who->wishes[n]; /* met saves it, against the wish pays it */
    if (who->distance_km)
        cost[5] += sign * who->distance_km[n];
    if (s->told[AT(s, person, n)])
        cost[3] -= sign * s->told[AT(s, person, n)];
    else if (s->p->day_told && s->p->day_told[need->day])
        cost[3] += sign;
    if (s->p->fair) {
        int64_t before = s->burden[person], after = before + sign * (s->night[n] ? 2 : 1) * s->minutes[n];
        cost[5] += after * after / 14400 - before * before / 14400;
    }
    if (need->outdoor && who->outdoor_max_minutes) {
        int outside = s->day_outside[AT_DAY(s, person, need->day)];
        cost[5] += outdoor_cost(outside + sign * s->minutes[n], who->outdoor_max_minutes) -
                   outdoor_cost(outside, who->outdoor_max_minutes);
    }
}

int64_t state_cost_together(const state *s, int person, int n)
{
    const roster_need *need = &s->p->needs[n];
    int64_t broken = 0;
    for (int i = s->pair_from[person]; i < s->pair_from[person + 1]; i++) {
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            broken += state_works(s, person, need->day, need->kind) !=
                      state_works(s, s->pair_other[i], need->day, need->kind);
    }
    return broken;
}

void state_rise(const state *s, int n, int out, int in, roster_cost *rise)
{
    cost_as(s, n, -1, -1, -1, rise->at);
    cost_as(s, n, out, in, 1, rise->at);
    if (out >= 0)
        state_cost_person(s, out, n, -1, rise);
    if (in >= 0)
        state_cost_person(s, in, n, 1, rise);
}

void state_cost_first(state *s)
{
    const roster_problem *p = s->p;
    for (int n = 0; n < s->needs; n++)
        state_cost_need(s, n, 1, &s->cost);
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
