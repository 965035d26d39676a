#include "roster/state.h"
#include "roster/pattern.h"

#include <assert.h>
#include <string.h>

static void init_needs(arena *a, state *s)
{
    s->start = arena_many(a, int, s->needs + 1);
    s->end = arena_many(a, int, s->needs + 1);
    s->minutes = arena_many(a, int, s->needs + 1);
    s->week = arena_many(a, int, s->needs + 1);
    s->group = arena_many(a, int, s->needs + 1);
    s->night = arena_many(a, bool, s->needs + 1);
    s->member_from = arena_many(a, int, s->needs + 1);
    s->filled = arena_many(a, int, s->needs + 1);
    s->skilled = arena_many(a, int, s->needs * ROSTER_NEED_SKILLS_MAX + 1);
    s->leads = arena_many(a, int, s->needs + 1);
    int from = 0;
    for (int n = 0; n < s->needs; n++) {
        const roster_need *need = &s->p->needs[n];
        const roster_kind *k = &s->p->kinds[need->kind];
        s->start[n] = need->day * 1440 + k->start_minute;
        s->end[n] = need->day * 1440 + k->end_minute;
        s->minutes[n] = k->end_minute - k->start_minute;
        s->week[n] = (need->day + s->p->weekday_first) / 7;
        s->night[n] = k->night;
        s->member_from[n] = from;
        from += need->limit < s->people ? need->limit : s->people;
    }
    s->member = arena_many(a, int, from + 1);
}

/* Groups may have any number; here they are counted from 0. */
static void init_groups(arena *a, state *s)
{
    const roster_problem *p = s->p;
    int *of_day = arena_many(a, int, s->days + 1), last = -1;
    for (int d = 0; d < s->days; d++) {
        of_day[d] = -1;
        if (!p->day_group || p->day_group[d] < 0)
            continue;
        if (p->day_group[d] != last)
            s->groups++;
        last = p->day_group[d];
        of_day[d] = s->groups - 1;
    }
    for (int n = 0; n < s->needs; n++)
        s->group[n] = of_day[p->needs[n].day];
}

static void init_set(arena *a, state_set *set, int needs)
{
    set->at = arena_many(a, int, needs + 1);
    set->place = arena_many(a, int, needs + 1);
    for (int n = 0; n < needs; n++)
        set->place[n] = -1;
}

static void set_keep(state_set *set, int n, bool in)
{
    int place = set->place[n];
    if ((place >= 0) == in)
        return;
    if (in) {
        set->place[n] = set->count;
        set->at[set->count++] = n;
        return;
    }
    int last = set->at[--set->count];
    set->at[place] = last;
    set->place[last] = place;
    set->place[n] = -1;
}

static void init_pairs(arena *a, state *s)
{
    const roster_problem *p = s->p;
    s->pair_from = arena_many(a, int, s->people + 3);
    s->pair_other = arena_many(a, int, 2 * p->pair_count + 1);
    s->pair_kind = arena_many(a, roster_pair_kind, 2 * p->pair_count + 1);
    s->together = arena_many(a, bool, s->people + 1);
    int *from = s->pair_from;
    for (size_t k = 0; k < p->pair_count; k++) { /* counted two places up, as filling moves each up by its count */
        from[p->pairs[k].a + 2]++;
        from[p->pairs[k].b + 2]++;
    }
    for (int i = 0; i <= s->people; i++)
        from[i + 1] += from[i];
    for (size_t k = 0; k < p->pair_count; k++) {
        const roster_pair *r = &p->pairs[k];
        for (int side = 0; side < 2; side++) {
            int own = side ? r->b : r->a, at = from[own + 1]++;
            s->pair_other[at] = side ? r->a : r->b;
            s->pair_kind[at] = r->kind;
            s->together[own] = s->together[own] || r->kind == ROSTER_PAIR_TOGETHER;
        }
    }
}

static int kind_longest(const roster_problem *p)
{
    int longest = 0;
    for (size_t k = 0; k < p->kind_count; k++) {
        int minutes = p->kinds[k].end_minute - p->kinds[k].start_minute;
        longest = minutes > longest ? minutes : longest;
    }
    return longest;
}

static void init_past(state *s, int person)
{
    const roster_person *who = &s->p->people[person];
    s->all_minutes[person] = who->minutes_before;
    for (size_t i = 0; i < who->past_count; i++) {
        const roster_past *past = &who->past[i];
        int week = (past->day + s->p->weekday_first + 700) / 7 - 100;
        int free_from = past->day * 1440 + past->end_minute + s->rest[2 * person + past->night];
        if (week >= 0 && week < s->weeks)
            s->week_minutes[AT_WEEK(s, person, week)] += past->end_minute - past->start_minute;
        if (!s->p->border_exempt)
            s->day_duties[AT_WORKED(s, person, past->day)] = 1;
        if (past->night && past->day >= -6)
            s->day_nights[AT_NIGHT(s, person, past->day)]++;
        if (free_from > s->free_from[person])
            s->free_from[person] = free_from;
    }
}

static void init_people(arena *a, state *s)
{
    size_t people = (size_t)s->people, days = (size_t)s->days;
    s->duty_count = arena_many(a, int, people + 1);
    s->burden = arena_many(a, int64_t, people + 1);
    s->rest = arena_many(a, int, 2 * people + 1);
    s->reach = arena_many(a, int, people + 1);
    s->free_from = arena_many(a, int, people + 1);
    s->all_minutes = arena_many(a, int, people + 1);
    s->groups_worked = arena_many(a, int, people + 1);
    s->day_minutes = arena_many(a, int, people * days + 1);
    s->day_outside = arena_many(a, int, people * days + 1);
    s->week_minutes = arena_many(a, int, people * (size_t)s->weeks + 1);
    s->kind_duties = arena_many(a, int, people * (size_t)s->kinds + 1);
    s->group_duties = arena_many(a, int, people * (size_t)s->groups + 1);
    s->day_duties = arena_many(a, uint8_t, people * (days + STATE_PAST_DAYS + 1) + 1);
    s->day_nights = arena_many(a, uint8_t, people * (days + 12) + 1);
    int longest = kind_longest(s->p), least = s->p->next_forbidden ? 2881 : s->p->one_a_day ? 1441 : 1;
    for (int i = 0; i < s->people; i++) {
        const roster_person *who = &s->p->people[i];
        int night = pattern_rest(who, true);
        s->rest[2 * i] = who->rest_minutes;
        s->rest[2 * i + 1] = night;
        s->reach[i] = longest + night > least ? longest + night : least;
        s->free_from[i] = INT32_MIN;
        init_past(s, i);
    }
}

static void init_cells(arena *a, state *s)
{
    const roster_problem *p = s->p;
    size_t cells = p->person_count * p->need_count + 1;
    s->block = arena_many(a, uint8_t, cells);
    s->here = arena_many(a, uint8_t, cells);
    s->fixed = arena_many(a, uint8_t, cells);
    s->told = arena_many(a, uint8_t, cells);
    s->duty = arena_many(a, int, cells);
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
}

static void put_locks(state *s)
{
    const roster_problem *p = s->p;
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on)
            s->block[AT(s, l->person, l->need)] |= ROSTER_BLOCK_LOCK;
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (!l->on || s->here[AT(s, l->person, l->need)] || state_block(s, l->person, l->need, NULL))
            continue;
        state_put(s, l->person, l->need);
        s->fixed[AT(s, l->person, l->need)] = 1;
    }
    s->log_count = 0;
}

static int weeks_of(const roster_problem *p)
{
    return p->day_count > 0 ? (p->day_count - 1 + p->weekday_first) / 7 + 1 : 0;
}

void state_init(arena *a, state *s, const roster_problem *p)
{
    *s = (state){ .p = p, .people = (int)p->person_count, .needs = (int)p->need_count, .kinds = (int)p->kind_count,
                  .days = p->day_count, .weeks = weeks_of(p) };
    init_needs(a, s);
    init_groups(a, s);
    init_people(a, s);
    init_cells(a, s);
    init_pairs(a, s);
    init_set(a, &s->below_min, s->needs);
    init_set(a, &s->below_target, s->needs);
    init_set(a, &s->lacking, s->needs);
    for (int n = 0; n < s->needs; n++) {
        set_keep(&s->below_min, n, p->needs[n].min > 0);
        set_keep(&s->below_target, n, p->needs[n].target > 0);
    }
    state_cost_first(s);
    put_locks(s);
}

size_t state_memory(const roster_problem *p)
{
    enum { ARRAYS = 40, SPARE = 64, PER_NEED = 20 * sizeof(int), PER_CELL = 4 + sizeof(int), PER_DAY = 3 * sizeof(int) };
    size_t people = p->person_count, needs = p->need_count, days = (size_t)p->day_count, members = 0;
    for (size_t n = 0; n < needs; n++)
        members += (size_t)p->needs[n].limit < people ? (size_t)p->needs[n].limit : people;
    size_t per_person = 16 * sizeof(int) + (days + STATE_PAST_DAYS) * PER_DAY + 24 +
                        ((size_t)weeks_of(p) + p->kind_count + days) * sizeof(int);
    return ARRAYS * SPARE + needs * PER_NEED + people * needs * PER_CELL + people * per_person +
           members * sizeof(int) + p->pair_count * 4 * sizeof(int) + days * sizeof(int);
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

/* Own duties stand by start, then need. */
static void keep_line(state *s, int person, int n, bool put)
{
    int *own = &s->duty[AT(s, person, 0)], *count = &s->duty_count[person];
    if (put) {
        int i = (*count)++;
        for (; i > 0 && (s->start[own[i - 1]] > s->start[n] ||
                         (s->start[own[i - 1]] == s->start[n] && own[i - 1] > n)); i--)
            own[i] = own[i - 1];
        own[i] = n;
        return;
    }
    int i = 0;
    while (own[i] != n)
        i++;
    for (--*count; i < *count; i++)
        own[i] = own[i + 1];
}

static void keep_counters(state *s, int person, int n, int sign)
{
    const roster_need *need = &s->p->needs[n];
    int minutes = sign * s->minutes[n];
    s->day_minutes[AT_DAY(s, person, need->day)] += minutes;
    if (need->outdoor)
        s->day_outside[AT_DAY(s, person, need->day)] += minutes;
    s->week_minutes[AT_WEEK(s, person, s->week[n])] += minutes;
    s->all_minutes[person] += minutes;
    s->burden[person] += s->night[n] ? 2 * minutes : minutes;
    s->kind_duties[person * s->kinds + need->kind] += sign;
    s->day_duties[AT_WORKED(s, person, need->day)] += (uint8_t)sign;
    if (s->night[n])
        s->day_nights[AT_NIGHT(s, person, need->day)] += (uint8_t)sign;
    if (s->group[n] >= 0) {
        int *duties = &s->group_duties[person * s->groups + s->group[n]];
        int before = *duties;
        *duties += sign;
        s->groups_worked[person] += (*duties > 0) - (before > 0);
    }
}

static bool lacks(const state *s, int n)
{
    const roster_need *need = &s->p->needs[n];
    bool lacks = need->lead_wanted && s->leads[n] == 0;
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
        lacks = lacks || s->skilled[n * ROSTER_NEED_SKILLS_MAX + k] < need->wanted[k].count;
    return lacks && s->filled[n] > 0;
}

static void keep_members(state *s, int person, int n, int sign)
{
    const roster_need *need = &s->p->needs[n];
    const roster_person *who = &s->p->people[person];
    int *members = &s->member[s->member_from[n]], *filled = &s->filled[n], i = 0;
    if (sign > 0) {
        members[(*filled)++] = person;
    } else {
        while (members[i] != person)
            i++;
        members[i] = members[--*filled];
    }
    s->here[AT(s, person, n)] = sign > 0;
    s->leads[n] += who->lead_fit && !who->unanswered ? sign : 0;
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
        if (need->wanted[k].count && (who->skills & need->wanted[k].skill) == need->wanted[k].skill)
            s->skilled[n * ROSTER_NEED_SKILLS_MAX + k] += sign;
    }
    set_keep(&s->below_min, n, *filled < need->min);
    set_keep(&s->below_target, n, *filled < need->target);
    set_keep(&s->lacking, n, lacks(s, n));
}

static void change(state *s, int person, int n, bool put)
{
    int sign = put ? 1 : -1;
    bool together = s->together[person];
    state_cost_need(s, n, -1, &s->cost);
    state_cost_person(s, person, n, sign, &s->cost);
    if (together)
        s->cost.at[0] -= state_cost_together(s, person, n);
    keep_line(s, person, n, put);
    keep_counters(s, person, n, sign);
    keep_members(s, person, n, sign);
    if (together)
        s->cost.at[0] += state_cost_together(s, person, n);
    state_cost_need(s, n, 1, &s->cost);
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
