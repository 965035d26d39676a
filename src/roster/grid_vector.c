/* The cost vector of a grid's lines, counted afresh, and its duties. */
#include "roster/grid.h"

#include <string.h>

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* Skilled people and one fit to lead who are wanted at a staffed need, and are not there. */
static int wanting(const grid *g, const uint8_t *x, int at)
{
    const roster_need *n = &g->p->needs[g->need_of[at]];
    int day = at / g->options, leads = 0, missing = 0, skilled[ROSTER_NEED_SKILLS_MAX] = { 0 };
    for (int i = 0; i < g->people; i++) {
        const roster_person *w = &g->p->people[i];
        if (x[grid_cell(g, i, day)] != at % g->options + 1)
            continue;
        leads += w->lead_fit && !w->unanswered;
        for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
            skilled[k] += (w->skills & n->wanted[k].skill) == n->wanted[k].skill;
    }
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
        missing += larger(n->wanted[k].count - skilled[k], 0);
    return missing + (n->lead_wanted && leads == 0);
}

static bool wants_somebody(const roster_need *n)
{
    bool wants = n->lead_wanted;
    for (int k = 0; k < ROSTER_NEED_SKILLS_MAX; k++)
        wants = wants || n->wanted[k].count > 0;
    return wants;
}

static void add_needs(const grid *g, const uint8_t *x, int *filled, roster_cost *out)
{
    memset(filled, 0, (size_t)(g->days * g->options) * sizeof *filled);
    for (int i = 0; i < g->people; i++) {
        for (int d = 0; d < g->days; d++) {
            if (x[grid_cell(g, i, d)])
                filled[d * g->options + x[grid_cell(g, i, d)] - 1]++;
        }
    }
    for (int at = 0; at < g->days * g->options; at++) {
        if (g->need_of[at] < 0)
            continue;
        const roster_need *n = &g->p->needs[g->need_of[at]];
        int64_t missing = larger(n->min - filled[at], 0), under = larger(n->target - filled[at], 0);
        out->at[1] += n->priority * missing;
        out->at[2] += n->priority * missing * (missing - 1) / 2 + (n->priority && n->min && !filled[at] ? 10 : 0);
        out->at[2] += filled[at] && wants_somebody(n) ? 5 * wanting(g, x, at) : 0;
        out->at[4] += n->under_cost ? 0 : n->priority * under;
        out->at[5] += n->under_cost * under + (int64_t)n->over_cost * larger(filled[at] - n->target, 0);
    }
}

/* Wishes, distances and days told of one person; the automaton's steps, amounts and groups. */
static void add_line(const grid *g, int i, const uint8_t *x, roster_cost *out)
{
    const roster_person *w = &g->p->people[i];
    const grid_person *q = &g->person[i];
    int phase = q->start, units = 0, groups = 0, last_group = -1;
    for (int d = 0; d < g->days; d++) {
        int at = phase * g->symbols + grid_symbol(g, d, x[d]);
        out->at[0] += q->type->next[at] < 0;
        out->at[5] += q->type->cost[at];
        phase = larger(q->type->next[at], 0);
        units += grid_units(g, d, x[d]);
        if (w->wishes && x[d])
            out->at[5] -= w->wishes[g->need_of[d * g->options + x[d] - 1]];
        int first = g->group_first[d], last = g->group_last[d];
        if (first == d && last > first)
            out->at[5] += !x[first] != !x[last] ? q->whole_weight : 0;
        if (!x[d])
            continue;
        out->at[5] += w->distance_km ? w->distance_km[g->need_of[d * g->options + x[d] - 1]] : 0;
        out->at[3] += g->p->day_told && g->p->day_told[d];
        groups += first >= 0 && first != last_group;
        last_group = first >= 0 ? first : last_group;
    }
    out->at[5] += (q->amount_cost ? q->amount_cost[units] : 0) + (q->groups_cost ? q->groups_cost[groups] : 0);
    out->at[0] += units < q->least;
}

void grid_vector(const grid *g, const uint8_t *x, roster_cost *out)
{
    const roster_problem *p = g->p;
    *out = (roster_cost){ .at = { [5] = g->wished } };
    add_needs(g, x, g->counted, out);
    for (int i = 0; i < g->people; i++)
        add_line(g, i, &x[grid_cell(g, i, 0)], out);
    for (size_t i = 0; i < p->published_count; i++) {
        const roster_published *u = &p->published[i];
        int d = p->needs[u->need].day, now = x[grid_cell(g, u->person, d)];
        bool there = now && g->need_of[d * g->options + now - 1] == u->need;
        out->at[3] += there ? -(p->day_told && p->day_told[d]) : (int)u->told;
    }
}

size_t grid_save(const grid *g, const uint8_t *x, roster_duty *out)
{
    const roster_problem *p = g->p;
    size_t count = 0;
    for (size_t n = 0; n < p->need_count; n++) {
        int d = p->needs[n].day;
        for (int i = 0; i < g->people; i++) {
            int now = x[grid_cell(g, i, d)];
            if (now && g->need_of[d * g->options + now - 1] == (int)n)
                out[count++] = (roster_duty){ .person = i, .need = (int)n };
        }
    }
    return count;
}
