#include "roster/grid.h"

#include <string.h>

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* -- costs --------------------------------------------------------------------------------------- */
static int32_t cover_add(const roster_need *n, int filled)
{
    if (filled >= n->limit)
        return GRID_NEVER;
    int32_t cost = 0;
    if (filled < n->min)
        cost -= GRID_WORTH_MINIMUM * n->priority;
    if (filled < n->target)
        cost -= n->under_cost ? n->under_cost : GRID_WORTH_TARGET * n->priority;
    else
        cost += n->over_cost;
    return cost;
}

static void price_cover(grid *g, int at)
{
    if (g->need_of[at] < 0)
        return;
    const roster_need *n = &g->p->needs[g->need_of[at]];
    g->add[at] = cover_add(n, g->filled[at]);
    g->drop[at] = g->filled[at] > 0 ? -cover_add(n, g->filled[at] - 1) : GRID_NEVER;
}

static void place_needs(arena *a, grid *g)
{
    const roster_problem *p = g->p;
    int *count = arena_many(a, int, g->days + 1);
    for (size_t n = 0; n < p->need_count; n++)
        g->options = larger(g->options, ++count[p->needs[n].day]);
    size_t cells = (size_t)g->days * (size_t)g->options + 1;
    g->need_of = arena_many(a, int, cells);
    g->kind_of = arena_many(a, uint8_t, cells);
    g->filled = arena_many(a, int, cells);
    g->counted = arena_many(a, int, cells);
    g->add = arena_many(a, int32_t, cells);
    g->drop = arena_many(a, int32_t, cells);
    for (size_t i = 0; i < cells; i++) {
        g->need_of[i] = -1;
        g->add[i] = g->drop[i] = GRID_NEVER;
    }
    memset(count, 0, (size_t)g->days * sizeof *count);
    for (size_t n = 0; n < p->need_count; n++) {
        int day = p->needs[n].day, at = day * g->options + count[day]++;
        g->need_of[at] = (int)n;
        g->kind_of[at] = (uint8_t)p->needs[n].kind;
        price_cover(g, at);
        const roster_need *need = &p->needs[n];
        g->base += (int64_t)GRID_WORTH_MINIMUM * need->priority * need->min +
                   (int64_t)(need->under_cost ? need->under_cost : GRID_WORTH_TARGET * need->priority) * need->target;
    }
}

static void group_days(arena *a, grid *g)
{
    const int *group = g->p->day_group;
    g->group_first = arena_many(a, int, g->days + 1);
    g->group_last = arena_many(a, int, g->days + 1);
    for (int d = 0; d < g->days; d++) {
        g->group_first[d] = g->group_last[d] = -1;
        if (!group || group[d] < 0)
            continue;
        int first = d, last = d;
        while (first > 0 && group[first - 1] == group[d])
            first--;
        while (last + 1 < g->days && group[last + 1] == group[d])
            last++;
        g->group_first[d] = first;
        g->group_last[d] = last;
    }
}

static void price_cells(grid *g, int i)
{
    const roster_problem *p = g->p;
    const roster_person *w = &p->people[i];
    for (int d = 0; d < g->days; d++) {
        for (int o = 0; o < g->options; o++) {
            int n = g->need_of[d * g->options + o];
            int32_t *cell = &g->cell[grid_cell(g, i, d) * (size_t)g->options + (size_t)o];
            *cell = GRID_NEVER;
            if (n < 0)
                continue;
            const roster_need *need = &p->needs[n];
            const roster_kind *k = &p->kinds[need->kind];
            int wish = w->wishes ? w->wishes[n] : 0;
            g->wished += wish > 0 ? wish : 0;
            int minutes = k->end_minute - k->start_minute;
            if ((w->blocked && w->blocked[n]) || (w->skills & need->skills) != need->skills ||
                (w->kind_max && w->kind_max[need->kind] == 0) || (w->minutes_max_day && minutes > w->minutes_max_day))
                continue;
            *cell = -wish + (w->distance_km ? w->distance_km[n] : 0);
            if (p->day_told && p->day_told[d])
                *cell += GRID_WORTH_CHANGE;
        }
    }
}

static int32_t *cell_of_need(grid *g, int person, int need, int *option)
{
    int d = g->p->needs[need].day;
    for (int o = 0; o < g->options; o++) {
        if (g->need_of[d * g->options + o] != need)
            continue;
        *option = o;
        return &g->cell[grid_cell(g, person, d) * (size_t)g->options + (size_t)o];
    }
    return NULL;
}

static void price_links(grid *g)
{
    const roster_problem *p = g->p;
    int option = 0;
    for (size_t i = 0; i < p->published_count; i++) {
        const roster_published *u = &p->published[i];
        int32_t *cell = cell_of_need(g, u->person, u->need, &option);
        g->base += GRID_WORTH_CHANGE * (int64_t)u->told;
        if (cell && *cell < GRID_NEVER)
            *cell -= GRID_WORTH_CHANGE * ((int)u->told + (p->day_told && p->day_told[p->needs[u->need].day]));
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        int32_t *cell = cell_of_need(g, l->person, l->need, &option);
        if (!l->on && cell)
            *cell = GRID_NEVER;
        else if (cell)
            g->forced[grid_cell(g, l->person, p->needs[l->need].day)] = (uint8_t)(1 + option);
    }
}

static void know_person(grid *g, int i)
{
    const roster_person *w = &g->p->people[i];
    grid_person *q = &g->person[i];
    int all = g->days * larger(g->longest, 1);
    q->least = g->unit ? (w->minutes_min + g->unit - 1) / g->unit : 0;
    q->most = g->unit && w->minutes_max ? w->minutes_max / g->unit : all;
    q->most = q->most > all ? all : q->most;
    q->amount_cost = w->soft ? w->soft->duties_cost : NULL;
    q->groups_cost = w->soft ? w->soft->groups_cost : NULL;
    q->whole_weight = w->soft && g->p->day_group ? w->soft->whole_weight : 0;
    q->groups_max = g->p->day_group && w->groups_max >= 0 ? w->groups_max : g->days;
    q->kind_max = w->kind_max;
    for (int k = 0; w->kind_max && k < g->kinds; k++)
        q->capped = q->capped || (w->kind_max[k] > 0 && w->kind_max[k] < g->days);
    if (q->amount_cost)
        g->base += q->amount_cost[0];
    if (q->groups_cost)
        g->base += q->groups_cost[0];
}

static void start_lines(grid *g)
{
    for (int i = 0; i < g->people; i++) {
        int phase = g->person[i].start;
        for (int d = 0; d < g->days; d++) {
            int at = phase * g->symbols, next = g->person[i].type->next[at];
            g->cost += next < 0 ? 0 : g->person[i].type->cost[at]; /* a free day may be against run_min */
            phase = next < 0 ? phase : next;
            g->phase[grid_cell(g, i, d)] = (int16_t)phase;
        }
    }
    g->cost += g->base + g->wished;
}

void grid_init(arena *a, grid *g, const roster_problem *p)
{
    *g = (grid){ .p = p, .people = (int)p->person_count, .days = p->day_count, .kinds = (int)p->kind_count };
    grid_class_kinds(a, g);
    grid_measure_kinds(a, g);
    place_needs(a, g);
    group_days(a, g);
    size_t cells = (size_t)g->people * (size_t)g->days + 1;
    g->person = arena_many(a, grid_person, g->people + 1);
    g->cell = arena_many(a, int32_t, cells * (size_t)(g->options + 1));
    g->forced = arena_many(a, uint8_t, cells);
    g->x = arena_many(a, uint8_t, cells);
    g->phase = arena_many(a, int16_t, cells);
    g->units = arena_many(a, int, g->people + 1);
    g->groups = arena_many(a, int, g->people + 1);
    g->kind_count = arena_many(a, int, g->people * g->kinds + 1);
    for (int i = 0; i < g->people; i++) {
        if (!g->person[i].type)
            grid_make_type(a, g, i);
        know_person(g, i);
        price_cells(g, i);
    }
    price_links(g);
    start_lines(g);
}

/* -- changes ------------------------------------------------------------------------------------- */
/* Groups worked, and the cost of those worked in part, of days around from..to-1 with line in their place. */
static int count_groups(const grid *g, int person, int from, int to, const uint8_t *line, int64_t *cost)
{
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    int worked = 0;
    for (int d = from; d < to; d++) {
        int first = g->group_first[d], last = g->group_last[d];
        if (first < 0 || (d != first && d != from))
            continue;
        int days = 0;
        for (int e = first; e <= last; e++)
            days += (e >= from && e < to ? line[e - from] : x[e]) != 0;
        worked += days > 0;
        if (days > 0 && days < last - first + 1)
            *cost += g->person[person].whole_weight;
    }
    return worked;
}

static int units_of(const grid *g, int from, int to, const uint8_t *line)
{
    int units = 0;
    for (int d = from; d < to; d++)
        units += grid_units(g, d, line[d - from]);
    return units;
}

/* The steps of the automaton and the cells; GRID_NEVER when a rule forbids the line. */
static int64_t walk(const grid *g, int person, int from, int to, const uint8_t *line)
{
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    const int16_t *was = &g->phase[grid_cell(g, person, 0)];
    const int32_t *cell = &g->cell[grid_cell(g, person, 0) * (size_t)g->options];
    int phase = from ? was[from - 1] : q->start, old = phase;
    int64_t cost = 0;
    for (int d = from; d < g->days; d++) {
        int now = d < to ? line[d - from] : x[d];
        if (d >= to && phase == old)
            break;
        const int32_t *costs = &cell[d * g->options];
        if (now) {
            int kind = g->kind_of[d * g->options + now - 1];
            if (costs[now - 1] >= GRID_NEVER || !t->allowed[(1 + t->class_of[phase]) * g->kinds + kind])
                return GRID_NEVER;
            cost += costs[now - 1];
        }
        if (x[d])
            cost -= costs[x[d] - 1];
        int at = phase * g->symbols + grid_symbol(g, d, now);
        if (t->next[at] < 0)
            return GRID_NEVER;
        cost += t->cost[at] - t->cost[old * g->symbols + grid_symbol(g, d, x[d])];
        phase = t->next[at];
        old = was[d];
    }
    return cost;
}

static bool over_caps(const grid *g, int person, int from, int to, const uint8_t *line)
{
    const int *max = g->person[person].kind_max;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    int more[GRID_CLASSES_MAX] = { 0 };
    for (int d = from; d < to; d++) {
        if (x[d])
            more[g->kind_of[d * g->options + x[d] - 1]]--;
    }
    for (int d = from; d < to; d++) {
        int kind = line[d - from] ? g->kind_of[d * g->options + line[d - from] - 1] : -1;
        if (kind >= 0 && ++more[kind] > 0 && g->kind_count[person * g->kinds + kind] + more[kind] > max[kind])
            return true;
    }
    return false;
}

/* Steps, cells, amounts and groups; GRID_NEVER where a step is forbidden. */
static int64_t line_cost_change(const grid *g, int person, int from, int to, const uint8_t *line, int units, int *groups)
{
    const grid_person *q = &g->person[person];
    const uint8_t *x = &g->x[grid_cell(g, person, from)];
    int64_t cost = walk(g, person, from, to, line), part = 0, part_before = 0;
    if (cost >= GRID_NEVER)
        return GRID_NEVER;
    *groups = g->groups[person] + count_groups(g, person, from, to, line, &part) -
              count_groups(g, person, from, to, x, &part_before);
    if (q->amount_cost)
        cost += q->amount_cost[units] - q->amount_cost[g->units[person]];
    if (q->groups_cost)
        cost += q->groups_cost[*groups] - q->groups_cost[g->groups[person]];
    return cost + part - part_before;
}

static bool breaks_lock(const grid *g, int person, int from, int to, const uint8_t *line)
{
    const uint8_t *forced = &g->forced[grid_cell(g, person, from)];
    for (int i = 0; i < to - from; i++) {
        if (forced[i] && forced[i] != line[i])
            return true;
    }
    return false;
}

int64_t grid_line_change(const grid *g, int person, int from, int to, const uint8_t *line)
{
    if (g->p->lock_count && breaks_lock(g, person, from, to, line))
        return GRID_NEVER;
    const grid_person *q = &g->person[person];
    const uint8_t *x = &g->x[grid_cell(g, person, from)];
    int before = g->units[person], units = before + units_of(g, from, to, line) - units_of(g, from, to, x);
    if ((units < q->least && units < before) || units > q->most)
        return GRID_NEVER;
    int groups = 0;
    int64_t cost = line_cost_change(g, person, from, to, line, units, &groups);
    if (cost >= GRID_NEVER || groups > q->groups_max || (q->capped && over_caps(g, person, from, to, line)))
        return GRID_NEVER;
    return cost;
}

int64_t grid_cover_change(const grid *g, int person, int from, int to, const uint8_t *line)
{
    const uint8_t *x = &g->x[grid_cell(g, person, from)];
    int64_t cost = 0;
    for (int d = from; d < to; d++) {
        int now = line[d - from], was = x[d - from];
        if (now == was)
            continue;
        cost += now ? g->add[d * g->options + now - 1] : 0;
        cost += was ? g->drop[d * g->options + was - 1] : 0;
    }
    return cost;
}

static void fill(grid *g, int person, int day, int x, int by)
{
    if (!x)
        return;
    int at = day * g->options + x - 1;
    g->filled[at] += by;
    g->kind_count[person * g->kinds + g->kind_of[at]] += by;
    g->units[person] += by * g->kind_units[g->kind_of[at]];
    price_cover(g, at);
}

void grid_put(grid *g, int person, int from, int to, const uint8_t *line)
{
    const grid_person *q = &g->person[person];
    uint8_t *x = &g->x[grid_cell(g, person, 0)];
    int16_t *phases = &g->phase[grid_cell(g, person, 0)];
    int units = g->units[person] + units_of(g, from, to, line) - units_of(g, from, to, x + from), groups = 0;
    int64_t cost = grid_cover_change(g, person, from, to, line) +
                   line_cost_change(g, person, from, to, line, units, &groups);
    g->groups[person] = groups;
    for (int d = from; d < to; d++) {
        if (x[d] == line[d - from])
            continue;
        fill(g, person, d, x[d], -1);
        x[d] = line[d - from];
        fill(g, person, d, x[d], 1);
    }
    int phase = from ? phases[from - 1] : q->start;
    for (int d = from; d < g->days; d++) {
        phase = q->type->next[phase * g->symbols + grid_symbol(g, d, x[d])];
        if (d >= to && phases[d] == phase)
            break;
        phases[d] = (int16_t)phase;
    }
    g->cost += cost;
}
