/*
 * The slow plain judge: reads the rules of MODEL.md section 3 one by one over a finished roster.
 * It shares no code with the search on purpose; do not make it clever.
 */
#include "roster/roster.h"

#include <assert.h>
#include <string.h>

typedef struct judge {
    arena *a;
    const roster_problem *p;
    const roster_duty *duties;
    size_t count;
    roster_cost cost;
    roster_violations *out;
    size_t room;
    bool *here; /* per need, of the person looked at: a long public instance would take hours without */
    int *row;   /* per day, of the person looked at, as kind_row fills it */
} judge;

static void note(judge *j, roster_reason rule, int person, int need, bool lower)
{
    if (lower)
        j->cost.at[0]++;
    roster_violations *v = j->out;
    if (!v)
        return;
    if (v->count == j->room) {
        size_t room = j->room ? 2 * j->room : 16;
        roster_violation *at = arena_many(j->a, roster_violation, room);
        if (v->count)
            memcpy(at, v->at, v->count * sizeof *at);
        v->at = at;
        j->room = room;
    }
    v->at[v->count++] = (roster_violation){ rule, person, need, lower };
    v->broken += !lower;
}

static const roster_need *need_at(const judge *j, int n)
{
    return &j->p->needs[n];
}
static const roster_kind *kind_at(const judge *j, int n)
{
    return &j->p->kinds[j->p->needs[n].kind];
}
static int begin_of(const judge *j, int n)
{
    return need_at(j, n)->day * 1440 + kind_at(j, n)->start_minute;
}
static int end_of(const judge *j, int n)
{
    return need_at(j, n)->day * 1440 + kind_at(j, n)->end_minute;
}
static int length_of(const judge *j, int n)
{
    return kind_at(j, n)->end_minute - kind_at(j, n)->start_minute;
}
static bool has(const judge *j, int person, int need)
{
    for (size_t i = 0; i < j->count; i++) {
        if (j->duties[i].person == person && j->duties[i].need == need)
            return true;
    }
    return false;
}
static bool on_day_kind(const judge *j, int person, int day, int kind)
{
    for (size_t i = 0; i < j->count; i++) {
        const roster_need *n = need_at(j, j->duties[i].need);
        if (j->duties[i].person == person && n->day == day && n->kind == kind)
            return true;
    }
    return false;
}

static void judge_blocks(judge *j, int person, int n)
{
    static const roster_reason names[] = { ROSTER_TEAM, ROSTER_ANSWER, ROSTER_CANNOT, ROSTER_CARE, ROSTER_SKILL,
                                           ROSTER_LOCK, ROSTER_CLOSED };
    const roster_person *who = &j->p->people[person];
    int bits = who->blocked ? who->blocked[n] : 0;
    if ((who->skills & need_at(j, n)->skills) != need_at(j, n)->skills)
        bits |= ROSTER_BLOCK_SKILL;
    for (size_t i = 0; i < j->p->lock_count; i++) {
        const roster_lock *l = &j->p->locks[i];
        if (!l->on && l->person == person && l->need == n)
            bits |= ROSTER_BLOCK_LOCK;
    }
    for (int b = 0; b < 7; b++) {
        if (bits & (1 << b))
            note(j, names[b], person, n, false);
    }
}

static int rest_after(const roster_person *who, bool night)
{
    return night && who->rest_night_minutes > who->rest_minutes ? who->rest_night_minutes : who->rest_minutes;
}

/* R1: two duties of one person, in order of their start. */
static void judge_two(judge *j, int person, int n, int m)
{
    const roster_problem *p = j->p;
    if (begin_of(j, m) < begin_of(j, n) || (begin_of(j, m) == begin_of(j, n) && m < n)) {
        int t = n;
        n = m;
        m = t;
    }
    const roster_need *first = need_at(j, n), *second = need_at(j, m);
    if (begin_of(j, m) < end_of(j, n) || (p->one_a_day && first->day == second->day))
        note(j, ROSTER_BUSY, person, m, false);
    else if (begin_of(j, m) < end_of(j, n) + rest_after(&p->people[person], kind_at(j, n)->night) ||
             (p->next_forbidden && second->day == first->day + 1 &&
              p->next_forbidden[(size_t)first->kind * p->kind_count + (size_t)second->kind]))
        note(j, ROSTER_REST, person, m, false);
}


static bool worked_on(const judge *j, int person, int day)
{
    const roster_person *who = &j->p->people[person];
    for (size_t i = 0; i < who->past_count; i++) {
        if (who->past[i].day == day)
            return true;
    }
    for (size_t i = 0; i < j->count; i++) {
        if (j->duties[i].person == person && need_at(j, j->duties[i].need)->day == day)
            return true;
    }
    return false;
}

static int week_of(const judge *j, int day)
{
    return (day + j->p->weekday_first + 700) / 7;
}

static void judge_counters(judge *j, int person)
{
    const roster_problem *p = j->p;
    const roster_person *who = &p->people[person];
    int all = who->minutes_before, own = 0;
    for (size_t i = 0; i < j->count; i++) {
        int n = j->duties[i].need;
        if (j->duties[i].person != person)
            continue;
        all += length_of(j, n);
        own += length_of(j, n);
        int day_sum = 0, week_sum = 0, kind_sum = 0;
        for (size_t k = 0; k < j->count; k++) {
            int m = j->duties[k].need;
            if (j->duties[k].person != person)
                continue;
            if (need_at(j, m)->day == need_at(j, n)->day)
                day_sum += length_of(j, m);
            if (week_of(j, need_at(j, m)->day) == week_of(j, need_at(j, n)->day))
                week_sum += length_of(j, m);
            kind_sum += need_at(j, m)->kind == need_at(j, n)->kind;
        }
        for (size_t k = 0; k < who->past_count; k++) {
            if (week_of(j, who->past[k].day) == week_of(j, need_at(j, n)->day))
                week_sum += who->past[k].end_minute - who->past[k].start_minute;
        }
        if (who->minutes_max_day && day_sum > who->minutes_max_day)
            note(j, ROSTER_MINUTES_DAY, person, n, false);
        if (who->minutes_max_week && week_sum > who->minutes_max_week)
            note(j, ROSTER_MINUTES_WEEK, person, n, false);
        if (who->kind_max && kind_sum > who->kind_max[need_at(j, n)->kind])
            note(j, ROSTER_KIND, person, n, false);
    }
    if (who->minutes_max && own && all > who->minutes_max)
        note(j, ROSTER_MINUTES_ALL, person, -1, false);
    if (own < who->minutes_min)
        note(j, ROSTER_LOWER, person, -1, true);
}

static void judge_nights(judge *j, int person)
{
    const roster_person *who = &j->p->people[person];
    if (!who->nights_max)
        return;
    for (int last = 0; last < j->p->day_count + 6; last++) {
        int nights = 0, ours = 0;
        for (size_t i = 0; i < j->count; i++) {
            int n = j->duties[i].need, day = need_at(j, n)->day;
            if (j->duties[i].person == person && kind_at(j, n)->night && day <= last && day > last - 7)
                ours++;
        }
        for (size_t i = 0; i < who->past_count; i++)
            nights += who->past[i].night && who->past[i].day <= last && who->past[i].day > last - 7;
        if (ours && nights + ours > who->nights_max)
            note(j, ROSTER_NIGHTS, person, -1, false);
    }
}

static void judge_runs(judge *j, int person)
{
    const roster_problem *p = j->p;
    const roster_person *who = &p->people[person];
    int from = p->border_exempt ? 0 : -7, day = from;
    while (day < p->day_count) {
        bool work = worked_on(j, person, day);
        int next = day;
        while (next < p->day_count && worked_on(j, person, next) == work)
            next++;
        int length = next - day;
        if (next > 0) {
            if (work && who->run_max && length > who->run_max)
                note(j, ROSTER_RUN, person, -1, false);
            bool inside = day > from && next < p->day_count; /* what lies at an end is not asked */
            if (inside && length < (work ? who->run_min : who->free_min))
                note(j, ROSTER_LOWER, person, -1, true);
        }
        day = next;
    }
    if (!p->day_group || who->groups_max < 0)
        return;
    int groups = 0;
    for (int d = 0; d < p->day_count; d++) {
        if (p->day_group[d] < 0 || !worked_on(j, person, d))
            continue;
        bool seen = false;
        for (int e = 0; e < d; e++)
            seen = seen || (p->day_group[e] == p->day_group[d] && worked_on(j, person, e));
        groups += !seen;
    }
    if (groups > who->groups_max)
        note(j, ROSTER_GROUPS, person, -1, false);
}

static void judge_pairs(judge *j)
{
    const roster_problem *p = j->p;
    for (size_t i = 0; i < p->pair_count; i++) {
        const roster_pair *r = &p->pairs[i];
        if (r->kind == ROSTER_PAIR_TOGETHER) {
            for (int d = 0; d < p->day_count; d++) {
                for (size_t k = 0; k < p->kind_count; k++) {
                    if (on_day_kind(j, r->a, d, (int)k) != on_day_kind(j, r->b, d, (int)k))
                        note(j, ROSTER_TOGETHER, r->a, -1, true);
                }
            }
            continue;
        }
        for (size_t x = 0; x < j->count; x++) {
            for (size_t y = 0; y < j->count; y++) {
                int n = j->duties[x].need, m = j->duties[y].need;
                if (j->duties[x].person == r->a && j->duties[y].person == r->b && begin_of(j, n) < end_of(j, m) &&
                    begin_of(j, m) < end_of(j, n))
                    note(j, ROSTER_APART, r->a, n, false);
            }
        }
    }
}

static void judge_need(judge *j, int n)
{
    const roster_need *need = need_at(j, n);
    int64_t *cost = j->cost.at;
    int filled = 0, leads = 0, first = -1;
    int skilled[ROSTER_NEED_SKILLS_MAX] = { 0 };
    for (size_t i = 0; i < j->count; i++) {
        if (j->duties[i].need != n)
            continue;
        const roster_person *who = &j->p->people[j->duties[i].person];
        filled++;
        first = j->duties[i].person;
        leads += who->lead_fit && !who->unanswered;
        for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
            skilled[k] += need->wanted[k].count && (who->skills & need->wanted[k].skill) == need->wanted[k].skill;
    }
    if (filled > need->limit)
        note(j, ROSTER_FULL, -1, n, false);
    if (filled == 1 && (need->not_alone || j->p->people[first].not_alone))
        note(j, ROSTER_ALONE, first, n, true);
    int64_t missing = filled < need->min ? need->min - filled : 0;
    cost[1] += need->priority * missing;
    cost[2] += need->priority * missing * (missing - 1) / 2;
    if (need->priority && need->min > 0 && filled == 0)
        cost[2] += 10;
    if (filled > 0) {
        for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++) {
            if (skilled[k] < need->wanted[k].count)
                cost[2] += 5 * (need->wanted[k].count - skilled[k]);
        }
        if (need->lead_wanted && leads == 0)
            cost[2] += 5;
    }
    if (filled < need->target) {
        if (!need->under_cost)
            cost[4] += (int64_t)need->priority * (need->target - filled);
        cost[5] += (int64_t)need->under_cost * (need->target - filled);
    } else {
        cost[5] += (int64_t)need->over_cost * (filled - need->target);
    }
}

static void judge_changes(judge *j)
{
    const roster_problem *p = j->p;
    for (size_t i = 0; i < p->published_count; i++) {
        if (!has(j, p->published[i].person, p->published[i].need))
            j->cost.at[3] += p->published[i].told;
    }
    for (size_t i = 0; i < j->count; i++) {
        bool known = false;
        for (size_t k = 0; k < p->published_count; k++)
            known = known || (p->published[k].person == j->duties[i].person &&
                              p->published[k].need == j->duties[i].need);
        if (!known && p->day_told && p->day_told[need_at(j, j->duties[i].need)->day])
            j->cost.at[3]++;
    }
}

static void judge_burden(judge *j, int person)
{
    const roster_problem *p = j->p;
    const roster_person *who = &p->people[person];
    int64_t burden = who->minutes_before + who->night_minutes_before;
    memset(j->here, 0, p->need_count * sizeof *j->here);
    for (size_t i = 0; i < j->count; i++) {
        if (j->duties[i].person == person)
            j->here[j->duties[i].need] = true;
    }
    for (int n = 0; n < (int)p->need_count; n++) {
        bool here = j->here[n];
        int wish = who->wishes ? who->wishes[n] : 0;
        if (wish > 0 && !here)
            j->cost.at[5] += wish;
        if (wish < 0 && here)
            j->cost.at[5] -= wish;
        if (!here)
            continue;
        if (who->distance_km)
            j->cost.at[5] += who->distance_km[n];
        burden += (kind_at(j, n)->night ? 2 : 1) * length_of(j, n);
    }
    if (p->fair)
        j->cost.at[5] += burden * burden / (120 * 120);
    for (int d = 0; who->outdoor_max_minutes && d < p->day_count; d++) {
        int outside = 0;
        for (size_t i = 0; i < j->count; i++) {
            const roster_need *n = need_at(j, j->duties[i].need);
            if (j->duties[i].person == person && n->day == d && n->outdoor)
                outside += length_of(j, j->duties[i].need);
        }
        if (outside > who->outdoor_max_minutes)
            j->cost.at[5] += 10 * ((outside - who->outdoor_max_minutes + 29) / 30);
    }
}

/* The kind of each day, -1 where off. */
static void kind_row(judge *j, int person)
{
    for (int d = 0; d < j->p->day_count; d++)
        j->row[d] = -1;
    for (size_t i = 0; i < j->count; i++) {
        const roster_need *n = need_at(j, j->duties[i].need);
        if (j->duties[i].person == person && j->row[n->day] < 0) /* of two on a day, which is broken, the first */
            j->row[n->day] = n->kind;
    }
}

enum { ANY_KIND = -2, OFF = -1 };
static bool is_of(int kind, int what)
{
    return what == ANY_KIND ? kind >= 0 : kind == what;
}

/* Days of this sort in a row; before: those of the row that was open when day 0 came. */
static void judge_soft_run(judge *j, const roster_run *r, int what, int before)
{
    int length = before;
    for (int d = 0; d < j->p->day_count; d++) {
        if (is_of(j->row[d], what)) {
            length++;
            if (r->max && length > r->max)
                j->cost.at[5] += r->weight;
            continue;
        }
        if (length && length < r->min)
            j->cost.at[5] += (int64_t)r->weight * (r->min - length);
        length = 0;
    }
}

static void judge_soft_groups(judge *j, const roster_soft *soft)
{
    const roster_problem *p = j->p;
    int groups = 0;
    for (int d = 0; p->day_group && d < p->day_count; d++) {
        int worked = 0, off = 0;
        if (p->day_group[d] < 0 || (d && p->day_group[d - 1] == p->day_group[d]))
            continue; /* each group is looked at on its first day */
        for (int e = d; e < p->day_count; e++) {
            worked += p->day_group[e] == p->day_group[d] && j->row[e] >= 0;
            off += p->day_group[e] == p->day_group[d] && j->row[e] < 0;
        }
        groups += worked > 0;
        if (worked && off)
            j->cost.at[5] += soft->whole_weight;
    }
    if (soft->groups_cost)
        j->cost.at[5] += soft->groups_cost[groups];
}

static void judge_soft(judge *j, int person)
{
    const roster_problem *p = j->p;
    const roster_soft *soft = p->people[person].soft;
    if (!soft)
        return;
    int last = soft->last_kind, days = 0;
    kind_row(j, person);
    for (int n = 0; last >= 0 && p->next_forbidden && n < (int)p->need_count; n++) {
        if (need_at(j, n)->day == 0 && p->next_forbidden[(size_t)last * p->kind_count + (size_t)need_at(j, n)->kind] &&
            has(j, person, n))
            note(j, ROSTER_REST, person, n, false);
    }
    judge_soft_run(j, &soft->work, ANY_KIND, last >= 0 ? soft->last_work_run : 0);
    judge_soft_run(j, &soft->free, OFF, last >= 0 ? 0 : soft->last_free_run);
    for (int k = 0; p->kind_runs && k < (int)p->kind_count; k++)
        judge_soft_run(j, &p->kind_runs[k], k, last == k ? soft->last_kind_run : 0);
    judge_soft_groups(j, soft);
    for (int d = 0; d < p->day_count; d++)
        days += j->row[d] >= 0;
    if (soft->duties_cost)
        j->cost.at[5] += soft->duties_cost[days];
}

roster_cost roster_check(arena *a, const roster_problem *p, const roster_duty *duties, size_t duty_count,
                         roster_violations *violations)
{
    judge j = { .a = a, .p = p, .duties = duties, .count = duty_count, .out = violations };
    j.here = arena_many(a, bool, p->need_count + 1);
    j.row = arena_many(a, int, p->day_count + 1);
    if (violations)
        *violations = (roster_violations){ 0 };
    for (size_t i = 0; i < duty_count; i++) {
        assert(duties[i].person >= 0 && duties[i].person < (int)p->person_count);
        assert(duties[i].need >= 0 && duties[i].need < (int)p->need_count);
        judge_blocks(&j, duties[i].person, duties[i].need);
        for (size_t k = i + 1; k < duty_count; k++) {
            if (duties[k].person == duties[i].person)
                judge_two(&j, duties[i].person, duties[i].need, duties[k].need);
        }
        const roster_person *who = &p->people[duties[i].person];
        for (size_t k = 0; k < who->past_count; k++) {
            const roster_past *past = &who->past[k];
            int free_from = past->day * 1440 + past->end_minute;
            if (begin_of(&j, duties[i].need) < free_from + rest_after(who, past->night))
                note(&j, ROSTER_REST, duties[i].person, duties[i].need, false);
        }
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        if (p->locks[i].on && !has(&j, p->locks[i].person, p->locks[i].need))
            note(&j, ROSTER_LOCK, p->locks[i].person, p->locks[i].need, false);
    }
    for (int i = 0; i < (int)p->person_count; i++) {
        judge_counters(&j, i);
        judge_nights(&j, i);
        judge_runs(&j, i);
        judge_burden(&j, i);
        judge_soft(&j, i);
    }
    judge_pairs(&j);
    for (int n = 0; n < (int)p->need_count; n++)
        judge_need(&j, n);
    judge_changes(&j);
    return j.cost;
}
