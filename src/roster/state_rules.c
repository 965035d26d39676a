/* What keeps somebody from a need, by the counters of the state: the first rule in the order of roster_reason. */
#include "roster/state.h"

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

bool state_works(const state *s, int person, int day, int kind)
{
    const int *own = &s->duty[AT(s, person, 0)];
    if (!s->day_minutes[AT_DAY(s, person, day)])
        return false;
    for (int i = 0; i < s->duty_count[person]; i++) {
        if (s->p->needs[own[i]].day == day && s->p->needs[own[i]].kind == kind)
            return true;
    }
    return false;
}

/* R1 of n against an own duty m. */
static roster_reason clash(const state *s, const int *rest, int n, int m)
{
    const roster_problem *p = s->p;
    if ((s->start[n] < s->end[m] && s->start[m] < s->end[n]) ||
        (p->one_a_day && p->needs[n].day == p->needs[m].day))
        return ROSTER_BUSY;
    int first = s->start[n] < s->start[m] ? n : m, second = first == n ? m : n;
    if (s->start[second] < s->end[first] + rest[s->night[first]])
        return ROSTER_REST;
    if (p->next_forbidden && p->needs[second].day == p->needs[first].day + 1 &&
        p->next_forbidden[(size_t)p->needs[first].kind * p->kind_count + (size_t)p->needs[second].kind])
        return ROSTER_REST;
    return ROSTER_FREE;
}

/* Own duties stand by start: only those within reach are looked at. */
static roster_reason block_clash(const state *s, int person, int n, roster_why *why)
{
    const int *own = &s->duty[AT(s, person, 0)], *rest = &s->rest[2 * person];
    int reach = s->reach[person], from = s->start[n] - reach, to = s->start[n] + reach, count = s->duty_count[person];
    int i = 0;
    while (i < count && s->start[own[i]] <= from)
        i++;
    for (; i < count && s->start[own[i]] < to; i++) {
        roster_reason r = clash(s, rest, n, own[i]);
        if (r == ROSTER_FREE)
            continue;
        why->other_need = own[i];
        return r;
    }
    return s->start[n] < s->free_from[person] ? ROSTER_REST : ROSTER_FREE;
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
    int own = s->minutes[n], day = own + s->day_minutes[AT_DAY(s, person, s->p->needs[n].day)];
    if (who->minutes_max_day && day > who->minutes_max_day)
        return over(why, ROSTER_MINUTES_DAY, day, who->minutes_max_day);
    int week = own + s->week_minutes[AT_WEEK(s, person, s->week[n])];
    if (who->minutes_max_week && week > who->minutes_max_week)
        return over(why, ROSTER_MINUTES_WEEK, week, who->minutes_max_week);
    int all = own + s->all_minutes[person];
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
    const uint8_t *at = &s->day_nights[AT_NIGHT(s, person, s->p->needs[n].day - 6)];
    int sum = 1, most;
    for (int k = 0; k < 7; k++)
        sum += at[k];
    most = sum;
    for (int k = 7; k < 13; k++) {
        sum += at[k] - at[k - 7];
        most = sum > most ? sum : most;
    }
    return most > who->nights_max ? over(why, ROSTER_NIGHTS, most, who->nights_max) : ROSTER_FREE;
}

static roster_reason block_run(const state *s, int person, int n, roster_why *why)
{
    const roster_person *who = &s->p->people[person];
    const uint8_t *day = &s->day_duties[AT_WORKED(s, person, s->p->needs[n].day)];
    if (!who->run_max || *day)
        return ROSTER_FREE;
    int run = 1;
    for (int k = -1; day[k]; k--)
        run++;
    for (int k = 1; day[k]; k++)
        run++;
    return run > who->run_max ? over(why, ROSTER_RUN, run, who->run_max) : ROSTER_FREE;
}

static roster_reason block_caps(const state *s, int person, int n, roster_why *why)
{
    const roster_person *who = &s->p->people[person];
    int kind = s->p->needs[n].kind, group = s->group[n];
    if (who->kind_max) {
        int same = 1 + s->kind_duties[person * s->kinds + kind];
        if (same > who->kind_max[kind])
            return over(why, ROSTER_KIND, same, who->kind_max[kind]);
    }
    if (group >= 0 && who->groups_max >= 0 && !s->group_duties[person * s->groups + group]) {
        int groups = 1 + s->groups_worked[person];
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
        r = block_caps(s, person, n, why);
    if (!r)
        r = block_run(s, person, n, why);
    if (!r)
        r = block_apart(s, person, n, why);
    if (!r && s->filled[n] >= s->p->needs[n].limit)
        r = ROSTER_FULL;
    return why->reason = r;
}

bool state_counts(const state *s, int n, int m, roster_reason r)
{
    int days = s->p->needs[m].day - s->p->needs[n].day;
    switch (r) {
    case ROSTER_MINUTES_DAY:
        return days == 0;
    case ROSTER_MINUTES_WEEK:
        return s->week[m] == s->week[n];
    case ROSTER_NIGHTS:
        return s->night[m] && days > -7 && days < 7;
    case ROSTER_KIND:
        return s->p->needs[m].kind == s->p->needs[n].kind;
    case ROSTER_GROUPS:
        return s->group[m] >= 0 && s->group[m] != s->group[n];
    case ROSTER_RUN:
        return days != 0;
    default:
        return true;
    }
}
