/*
 * Lines without counting units: what a unit costs is raised while the line has too many, lowered while it has too
 * few. Where one step leads from too many to too few, two such lines are joined on a day on which both stand alike.
 */
#include "roster/grid_dp.h"

#include <string.h>

enum { TRIES = 8, FORBID_FROM = 4, UNIT_STEP = 6 * GRID_FINE, KIND_STEP = 5 * GRID_FINE };

/* How many units the line has over the most; below 0: under the least. */
static int units_over(const grid_line *w)
{
    int units = 0;
    for (int d = w->from; d < w->to; d++)
        units += grid_units(w->g, d, w->line[d - w->from]);
    return units > w->most ? units - w->most : units < w->least ? units - w->least : 0;
}

static void follow(const grid_line *w, int person, grid_trail *t)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    int phase = w->from ? g->phase[grid_cell(g, person, w->from - 1)] : q->start, units = 0, groups = 0;
    int64_t cost = 0;
    bool worked = false;
    t->known = true;
    memcpy(t->line, w->line, (size_t)(w->to - w->from));
    for (int d = w->from; d < w->to; d++) {
        int i = d - w->from, x = w->line[i], at = phase * g->symbols + grid_symbol(g, d, x);
        int32_t part = 0;
        groups += grid_dp_group(w, q, d, worked, x, &part);
        cost += part + GRID_FINE * (int64_t)q->type->cost[at] + (x ? w->price[i * g->options + x - 1] : 0);
        units += grid_units(g, d, x);
        phase = q->type->next[at];
        worked = x;
        t->units[i] = units;
        t->groups[i] = groups;
        t->phase[i] = phase;
        t->cost[i] = cost;
    }
}

/* The last of the first days of a for the cheapest line with the later days of b that keeps to the amounts; or -1. */
static int join(const grid_line *w, const grid_trail *a, const grid_trail *b, int64_t *least)
{
    const grid *g = w->g;
    int last = w->to - w->from - 1, best = -1;
    for (int i = 0; i < last; i++) {
        int next = w->from + i + 1;
        if (a->phase[i] != b->phase[i] || (g->group_first[next] >= 0 && g->group_first[next] < next))
            continue;
        int units = a->units[i] + b->units[last] - b->units[i], groups = a->groups[i] + b->groups[last] - b->groups[i];
        int64_t cost = a->cost[i] + b->cost[last] - b->cost[i];
        if (units < w->least || units > w->most || (w->grouped && groups >= w->group_room) || cost >= *least)
            continue;
        *least = cost;
        best = i;
    }
    return best;
}

/* The line is within the caps; with one of the other kind it may make one that fits. */
static bool join_lines(grid_line *w, int person, bool too_many)
{
    const grid_trail *few = &w->trail[0], *many = &w->trail[1];
    follow(w, person, &w->trail[too_many]);
    if (!few->known || !many->known)
        return false;
    int64_t least = INT64_MAX;
    int few_first = join(w, few, many, &least), many_first = join(w, many, few, &least);
    const grid_trail *first = many_first >= 0 ? many : few, *second = many_first >= 0 ? few : many;
    size_t days = (size_t)(w->to - w->from), at = (size_t)(many_first >= 0 ? many_first : few_first) + 1;
    if (few_first < 0 && many_first < 0)
        return false;
    memcpy(w->line, first->line, at);
    memcpy(w->line + at, second->line + at, days - at);
    int over;
    return !w->g->person[person].capped || grid_dp_over_cap(w, person, &over) < 0;
}

/* Dearer are the kinds that are over their cap, cheaper those that are not; true: none is over it. */
static bool learn_kinds(grid_line *w, int person)
{
    const grid *g = w->g;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    const int *max = g->person[person].kind_max;
    int count[GRID_CLASSES_MAX];
    bool within = true;
    memcpy(count, &g->kind_count[person * g->kinds], (size_t)g->kinds * sizeof *count);
    for (int d = w->from; d < w->to; d++) {
        if (x[d])
            count[g->kind_of[d * g->options + x[d] - 1]]--;
        if (w->line[d - w->from])
            count[g->kind_of[d * g->options + w->line[d - w->from] - 1]]++;
    }
    for (int k = 0; k < g->kinds; k++) {
        int32_t *penalty = &w->penalty[person * g->kinds + k];
        if (count[k] > max[k]) {
            within = false;
            *penalty += KIND_STEP;
        } else if (count[k] < max[k]) {
            *penalty -= *penalty < KIND_STEP / 4 ? *penalty : KIND_STEP / 4;
        }
    }
    return within;
}

bool grid_line_lean(grid_line *w, int person, int from, int to)
{
    const grid *g = w->g;
    bool capped = g->person[person].capped, fits = false;
    int32_t step = UNIT_STEP / g->longest;
    int last = 0;
    w->lean = w->penal = true;
    w->trail[0].known = w->trail[1].known = false;
    for (int tries = 0; tries < TRIES && !fits && grid_dp_cheapest(w, person, from, to); tries++) {
        bool within = !capped || learn_kinds(w, person);
        int over = units_over(w), by = 0, kind = within || tries < FORBID_FROM ? -1 : grid_dp_over_cap(w, person, &by);
        if (kind >= 0)
            grid_dp_forbid(w, kind, by);
        fits = within && (over == 0 || join_lines(w, person, over > 0));
        if (fits || over == 0)
            continue;
        if (last)
            step = (last > 0) == (over > 0) ? step * 3 / 2 : step / 2;
        w->unit_price[person] += over > 0 ? step : -step;
        last = over;
    }
    w->lean = w->penal = false;
    return fits;
}
