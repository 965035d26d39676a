#include "roster/anneal_line.h"

#include <string.h>

/* Days in a row up to the day before; kind: of the day before, counted from 1, 0 is off. */
typedef struct walk {
    uint16_t kind, kind_run, work_run, free_run;
} walk;

struct anneal_lines {
    const roster_problem *p;
    const int *x;
    int days, kinds, groups;
    uint16_t *kind_of;  /* per need, counted from 1 */
    walk *before;       /* person x (day + 1) */
    int *spent;         /* person x day: what the rows cost that end or grow there */
    int *duties;        /* per person */
    int *group_of;      /* per day: from 0 without gaps, or -1 */
    int *group_size;
    int *group_duties;  /* person x group */
    int *group_count;   /* per person: groups worked */
};

/* A row of days that ends here, or goes on. */
static int ended(const roster_run *r, int length)
{
    return length && length < r->min ? r->weight * (r->min - length) : 0;
}
static int grown(const roster_run *r, int length)
{
    return r->max && length > r->max ? r->weight : 0;
}

static inline int walk_off(const roster_problem *p, const roster_soft *soft, walk *w)
{
    int cost = ended(&soft->work, w->work_run);
    if (w->kind && p->kind_runs)
        cost += ended(&p->kind_runs[w->kind - 1], w->kind_run);
    *w = (walk){ .free_run = (uint16_t)(w->free_run + 1) };
    return cost + grown(&soft->free, w->free_run);
}

static inline int walk_duty(const roster_problem *p, const roster_soft *soft, walk *w, int kind)
{
    int cost = ended(&soft->free, w->free_run);
    bool same = w->kind == kind;
    if (p->kind_runs) {
        if (w->kind && !same)
            cost += ended(&p->kind_runs[w->kind - 1], w->kind_run);
        cost += grown(&p->kind_runs[kind - 1], same ? w->kind_run + 1 : 1);
    }
    *w = (walk){ .kind = (uint16_t)kind, .kind_run = (uint16_t)(same ? w->kind_run + 1 : 1),
                 .work_run = (uint16_t)(w->work_run + 1) };
    return cost + grown(&soft->work, w->work_run);
}

static inline int walk_day(const anneal_lines *l, const roster_soft *soft, walk *w, int need)
{
    if (need < 0)
        return walk_off(l->p, soft, w);
    int kind = l->kind_of[need];
    if (w->kind && l->p->next_forbidden && l->p->next_forbidden[(w->kind - 1) * l->kinds + kind - 1])
        return ANNEAL_NEVER;
    return walk_duty(l->p, soft, w, kind);
}

static bool same_walk(const walk *a, const walk *b)
{
    return !memcmp(a, b, sizeof *a);
}

/* Below 0 when wishes are met; what is not met is counted by the caller. */
static int wish_cost(const roster_person *who, int need)
{
    if (need < 0)
        return 0;
    return (who->distance_km ? who->distance_km[need] : 0) - (who->wishes ? who->wishes[need] : 0);
}

static int part_cost(const anneal_lines *l, const roster_soft *soft, int group, int duties)
{
    return duties && duties < l->group_size[group] ? soft->whole_weight : 0;
}

/* What the totals and the day groups cost more. With keep they are written down. */
static int totals_rise(anneal_lines *keep, const anneal_lines *l, int person, int from, int to, const int *old)
{
    const roster_soft *soft = l->p->people[person].soft;
    const int *x = &l->x[person * l->days];
    int duties = 0, groups = 0, rise = 0;
    for (int d = from; d < to;) {
        int group = l->group_of[d], change = 0;
        for (; d < to && l->group_of[d] == group; d++)
            change += (x[d] >= 0) - (old[d - from] >= 0);
        duties += change;
        if (group < 0 || !change)
            continue;
        int was = l->group_duties[person * l->groups + group], is = was + change;
        groups += (is > 0) - (was > 0);
        rise += part_cost(l, soft, group, is) - part_cost(l, soft, group, was);
        if (keep)
            keep->group_duties[person * l->groups + group] = is;
    }
    int had = l->duties[person], worked = l->group_count[person];
    if (duties && soft->duties_cost)
        rise += soft->duties_cost[had + duties] - soft->duties_cost[had];
    if (groups && soft->groups_cost)
        rise += soft->groups_cost[worked + groups] - soft->groups_cost[worked];
    if (keep) {
        keep->duties[person] += duties;
        keep->group_count[person] += groups;
    }
    return rise;
}

int anneal_line_rise(const anneal_lines *l, int person, int from, int to, const int *old)
{
    const roster_person *who = &l->p->people[person];
    const int *x = &l->x[person * l->days], *spent = &l->spent[person * l->days];
    const walk *before = &l->before[person * (l->days + 1)];
    walk w = before[from];
    int rise = 0;
    for (int d = from; d < l->days && (d < to || !same_walk(&w, &before[d])); d++) {
        int cost = walk_day(l, who->soft, &w, x[d]);
        if (cost == ANNEAL_NEVER)
            return ANNEAL_NEVER;
        rise += cost - spent[d];
        if (d < to)
            rise += wish_cost(who, x[d]) - wish_cost(who, old[d - from]);
    }
    return rise + totals_rise(NULL, l, person, from, to, old);
}

void anneal_line_keep(anneal_lines *l, int person, int from, int to, const int *old)
{
    const roster_soft *soft = l->p->people[person].soft;
    walk *before = &l->before[person * (l->days + 1)];
    walk w = before[from];
    for (int d = from; d < l->days && (d < to || !same_walk(&w, &before[d])); d++) {
        before[d] = w;
        l->spent[person * l->days + d] = walk_day(l, soft, &w, l->x[person * l->days + d]);
    }
    totals_rise(l, l, person, from, to, old);
}

int anneal_line_empty(const anneal_lines *l, int person)
{
    const roster_soft *soft = l->p->people[person].soft;
    int cost = (soft->duties_cost ? soft->duties_cost[0] : 0) + (soft->groups_cost ? soft->groups_cost[0] : 0);
    for (int d = 0; d < l->days; d++)
        cost += l->spent[person * l->days + d];
    return cost;
}

static void index_groups(arena *a, anneal_lines *l)
{
    const int *group = l->p->day_group;
    l->group_of = arena_many(a, int, l->days);
    l->group_size = arena_many(a, int, l->days);
    for (int d = 0; d < l->days; d++) {
        l->group_of[d] = -1;
        if (!group || group[d] < 0)
            continue;
        l->groups += !d || group[d - 1] != group[d];
        l->group_of[d] = l->groups - 1;
        l->group_size[l->groups - 1]++;
    }
}

anneal_lines *anneal_lines_begin(arena *a, const roster_problem *p, const int *x)
{
    anneal_lines *l = arena_new(a, anneal_lines);
    int people = (int)p->person_count, days = p->day_count;
    *l = (anneal_lines){ .p = p, .x = x, .days = days, .kinds = (int)p->kind_count };
    index_groups(a, l);
    l->kind_of = arena_many(a, uint16_t, p->need_count + 1);
    for (size_t n = 0; n < p->need_count; n++)
        l->kind_of[n] = (uint16_t)(p->needs[n].kind + 1);
    l->before = arena_many(a, walk, people * (days + 1));
    l->spent = arena_many(a, int, people * days + 1);
    l->duties = arena_many(a, int, people);
    l->group_count = arena_many(a, int, people);
    l->group_duties = arena_many(a, int, people * l->groups + 1);
    for (int i = 0; i < people; i++) {
        const roster_soft *soft = p->people[i].soft;
        bool worked = soft->last_kind >= 0;
        walk w = { .kind = (uint16_t)(soft->last_kind + 1), .kind_run = (uint16_t)(worked ? soft->last_kind_run : 0),
                   .work_run = (uint16_t)(worked ? soft->last_work_run : 0),
                   .free_run = (uint16_t)(worked ? 0 : soft->last_free_run) };
        for (int d = 0; d <= days; d++) {
            l->before[i * (days + 1) + d] = w;
            if (d < days)
                l->spent[i * days + d] = walk_off(p, soft, &w);
        }
    }
    return l;
}
