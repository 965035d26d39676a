#include "roster/ledger.h"

static bool works_on(const state *s, int person, int day)
{
    return s->day_duties[AT_WORKED(s, person, day)] > 0;
}

/* Days in a row that are too few, on or off; what lies at an end is not asked. */
static int short_runs(const state *s, int person)
{
    const roster_person *w = &s->p->people[person];
    int first = s->p->border_exempt ? 0 : -7, broken = 0;
    for (int day = first, next; day < s->days; day = next) {
        bool work = works_on(s, person, day);
        for (next = day; next < s->days && works_on(s, person, next) == work;)
            next++;
        bool inside = next > 0 && day > first && next < s->days;
        broken += inside && next - day < (work ? w->run_min : w->free_min);
    }
    return broken;
}

static int lower_broken(const state *s, int person)
{
    const roster_person *w = &s->p->people[person];
    int minutes = 0;
    for (int i = 0; w->minutes_min && i < s->duty_count[person]; i++)
        minutes += s->minutes[s->duty[AT(s, person, i)]];
    return (minutes < w->minutes_min) + (w->run_min || w->free_min ? short_runs(s, person) : 0);
}

roster_cost ledger_cost(const state *s)
{
    roster_cost cost = s->cost;
    for (int i = 0; i < s->people; i++)
        cost.at[0] += lower_broken(s, i);
    return cost;
}

/* Pairs, lone posts, lower ends: would adding p worsen level 0? */
static roster_reason reason_of_rules(state *s, int p, int n, roster_why *why)
{
    int64_t rules = s->cost.at[0];
    int mark = s->log_count, broken = lower_broken(s, p);
    state_put(s, p, n);
    bool worse = s->cost.at[0] > rules, alone = s->filled[n] == 1, lower = lower_broken(s, p) > broken;
    state_undo(s, mark);
    if (!worse)
        return lower ? ROSTER_LOWER : ROSTER_FREE;
    if (alone && (s->p->needs[n].not_alone || s->p->people[p].not_alone))
        return ROSTER_ALONE;
    for (int i = s->pair_from[p]; i < s->pair_from[p + 1]; i++) {
        if (s->pair_kind[i] == ROSTER_PAIR_TOGETHER)
            why->other_person = s->pair_other[i];
    }
    return ROSTER_TOGETHER;
}

roster_reason ledger_reason(state *s, int person, int need, roster_why *why)
{
    if (state_block(s, person, need, why) == ROSTER_FREE)
        why->reason = reason_of_rules(s, person, need, why);
    return why->reason;
}
