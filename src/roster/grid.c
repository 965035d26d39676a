#include "roster/grid.h"

#include "base/divisor.h"
#include "roster/pattern.h"

#include <string.h>

/* -- kinds --------------------------------------------------------------------------------------- */
static bool may_follow(const roster_problem *p, const roster_person *who, int k, int next)
{
    const roster_kind *a = &p->kinds[k], *b = &p->kinds[next];
    return b->start_minute + 1440 >= a->end_minute + pattern_rest(who, a->night) &&
           !(p->next_forbidden && p->next_forbidden[(size_t)k * p->kind_count + (size_t)next]);
}

static bool same_rest(const roster_person *a, const roster_person *b)
{
    return a->rest_minutes == b->rest_minutes && a->rest_night_minutes == b->rest_night_minutes;
}

static bool same_after(const roster_problem *p, int k, int c)
{
    const roster_person *last = NULL;
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *who = &p->people[i];
        if (last && same_rest(last, who))
            continue;
        last = who;
        for (int n = 0; n < (int)p->kind_count; n++) {
            if (may_follow(p, who, k, n) != may_follow(p, who, c, n))
                return false;
        }
    }
    return true;
}

/* Kinds after which everybody may do the same are one class, unless days in a row of them are counted. */
static void class_kinds(arena *a, grid *g)
{
    const roster_problem *p = g->p;
    int *first = arena_many(a, int, g->kinds + 1);
    g->kind_class = arena_many(a, int, g->kinds + 1);
    for (int k = 0; k < g->kinds; k++) {
        int c = 0;
        while (c < g->classes && (p->kind_runs || !same_after(p, k, first[c])))
            c++;
        if (c == g->classes)
            first[g->classes++] = k;
        g->kind_class[k] = c;
    }
    g->symbols = g->classes + 1;
}

static void measure_kinds(arena *a, grid *g)
{
    const roster_problem *p = g->p;
    bool minutes = false;
    for (int i = 0; i < g->people; i++)
        minutes = minutes || p->people[i].minutes_min || p->people[i].minutes_max;
    g->kind_units = arena_many(a, int, g->kinds + 1);
    for (int k = 0; minutes && k < g->kinds; k++)
        g->unit = common_divisor(g->unit, p->kinds[k].end_minute - p->kinds[k].start_minute);
    for (int k = 0; k < g->kinds; k++) {
        g->kind_units[k] = minutes ? (p->kinds[k].end_minute - p->kinds[k].start_minute) / g->unit : 1;
        g->longest = g->kind_units[k] > g->longest ? g->kind_units[k] : g->longest;
    }
}

/* -- automata ------------------------------------------------------------------------------------ */
typedef struct days_in_a_row { /* what a phase stands for */
    int class_of;              /* -1: free */
    int kind, work, free;      /* days in a row, no longer counted than rules ask */
    bool exempt;               /* reaches back to a border where no minimum is asked */
    bool rested;               /* free days before day 0 of which no number is known: enough for a hard minimum */
} days_in_a_row;

typedef struct maker {
    arena *a;
    const grid *g;
    const roster_person *who;
    grid_type *type;
    days_in_a_row *phases;
    int room;
} maker;

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static const roster_run *soft_work(const roster_person *w)
{
    static const roster_run none = { 0 };
    return w->soft ? &w->soft->work : &none;
}
static const roster_run *soft_free(const roster_person *w)
{
    static const roster_run none = { 0 };
    return w->soft ? &w->soft->free : &none;
}
static const roster_run *soft_kind(const maker *m, int class_of)
{
    static const roster_run none = { 0 };
    return m->who->soft && m->g->p->kind_runs ? &m->g->p->kind_runs[class_of] : &none;
}

static int phase_of(maker *m, const days_in_a_row *want)
{
    grid_type *t = m->type;
    for (int i = 0; i < t->phases; i++) {
        const days_in_a_row *h = &m->phases[i];
        if (h->class_of == want->class_of && h->kind == want->kind && h->work == want->work &&
            h->free == want->free && h->exempt == want->exempt && h->rested == want->rested)
            return i;
    }
    if (t->phases == m->room) {
        days_in_a_row *more = arena_many(m->a, days_in_a_row, 2 * m->room);
        memcpy(more, m->phases, (size_t)m->room * sizeof *more);
        m->phases = more;
        m->room *= 2;
    }
    m->phases[t->phases] = *want;
    return t->phases++;
}

/* A run goes on by one day: what that costs, and how far it is still counted. */
static int32_t longer(const roster_run *r, int hard_max, int hard_min, int *run)
{
    int cap = larger(larger(r->max, hard_max), larger(larger(r->min, hard_min), 1));
    int32_t cost = r->max && *run + 1 > r->max ? r->weight : 0;
    *run = *run + 1 > cap ? cap : *run + 1;
    return cost;
}

static int32_t too_short(const roster_run *r, int run)
{
    return run && run < r->min ? r->weight * (r->min - run) : 0;
}

/* The phase after one more day; -1: a hard rule forbids it. */
static int step(maker *m, days_in_a_row h, int symbol, int32_t *cost)
{
    const roster_person *w = m->who;
    bool was_free = h.class_of < 0;
    *cost = 0;
    if (!was_free && symbol != 1 + h.class_of)
        *cost += too_short(soft_kind(m, h.class_of), h.kind);
    if (symbol == 0) {
        if (!was_free) {
            if (h.work < w->run_min && !h.exempt)
                return -1;
            *cost += too_short(soft_work(w), h.work);
            h = (days_in_a_row){ .class_of = -1 };
        }
        *cost += longer(soft_free(w), 0, w->free_min, &h.free);
        h.exempt = was_free && h.exempt && h.free < w->free_min;
        h.rested = was_free && h.rested && h.free < w->free_min;
        return phase_of(m, &h);
    }
    if (was_free) {
        if (h.free < w->free_min && !h.exempt && !h.rested)
            return -1;
        *cost += too_short(soft_free(w), h.free);
    }
    if (w->run_max && h.work + 1 > w->run_max)
        return -1;
    h.exempt = h.exempt && (!was_free || h.free == 0); /* days worked from the border on */
    h.kind = symbol == 1 + h.class_of ? h.kind : 0;
    h.class_of = symbol - 1;
    h.free = 0;
    h.rested = false;
    if (m->g->p->kind_runs && w->soft)
        *cost += longer(soft_kind(m, h.class_of), 0, 0, &h.kind);
    *cost += longer(soft_work(w), w->run_max, w->run_min, &h.work);
    h.exempt = h.exempt && h.work < w->run_min;
    return phase_of(m, &h);
}

static int first_phase(maker *m, const roster_person *w)
{
    days_in_a_row h = { .class_of = -1, .exempt = m->g->p->border_exempt };
    const roster_soft *s = w->soft;
    if (!s) {
        h.free = h.exempt ? 0 : larger(w->free_min, 1);
        return phase_of(m, &h);
    }
    int days = 0;
    bool off = s->last_kind < 0;
    h.class_of = off ? -1 : m->g->kind_class[s->last_kind];
    for (days = 0; off && days < s->last_free_run; days++)
        longer(soft_free(w), 0, w->free_min, &h.free);
    for (days = 0; !off && days < s->last_kind_run && m->g->p->kind_runs; days++)
        longer(soft_kind(m, h.class_of), 0, 0, &h.kind);
    for (days = 0; !off && days < s->last_work_run; days++)
        longer(soft_work(w), w->run_max, w->run_min, &h.work);
    h.rested = off && h.free < w->free_min;
    return phase_of(m, &h);
}

static bool same_run(const roster_run *a, const roster_run *b)
{
    return a->min == b->min && a->max == b->max && a->weight == b->weight;
}

static bool same_type(const roster_person *a, const roster_person *b)
{
    return a->run_max == b->run_max && a->run_min == b->run_min && a->free_min == b->free_min && same_rest(a, b) &&
           !a->soft == !b->soft && same_run(soft_work(a), soft_work(b)) && same_run(soft_free(a), soft_free(b));
}

static void index_before(arena *a, const grid *g, grid_type *t)
{
    int n = t->phases * g->symbols, at = 0;
    t->before = arena_many(a, int16_t, n + 1);
    t->before_from = arena_many(a, int, t->phases + 2);
    for (int to = 0; to < t->phases; to++) {
        t->before_from[to] = at;
        for (int from = 0; from < t->phases; from++) {
            bool leads = false;
            for (int s = 0; s < g->symbols; s++)
                leads = leads || t->next[from * g->symbols + s] == to;
            if (leads)
                t->before[at++] = (int16_t)from;
        }
    }
    t->before_from[t->phases] = at;
}

static void index_allowed(arena *a, const grid *g, const roster_person *who, grid_type *t)
{
    t->allowed = arena_many(a, bool, (g->classes + 1) * g->kinds);
    for (int k = 0; k < g->kinds; k++) {
        t->allowed[k] = true;
        for (int before = 0; before < g->kinds; before++)
            t->allowed[(1 + g->kind_class[before]) * g->kinds + k] = may_follow(g->p, who, before, k);
    }
}

/* The automaton of the type of person i, with the first phases of all who are of it. */
static const grid_type *make_type(arena *a, grid *g, int i)
{
    enum { FIRST_ROOM = 64 };
    grid_type *t = arena_new(a, grid_type);
    maker m = { .a = a, .g = g, .who = &g->p->people[i], .type = t, .room = FIRST_ROOM };
    m.phases = arena_many(a, days_in_a_row, FIRST_ROOM);
    for (int k = i; k < g->people; k++) {
        if (!g->person[k].type && same_type(m.who, &g->p->people[k])) {
            g->person[k].type = t;
            g->person[k].start = first_phase(&m, &g->p->people[k]);
        }
    }
    int room = 0;
    for (int phase = 0; phase < t->phases; phase++) {
        if ((phase + 1) * g->symbols > room) {
            int more = 2 * room + 64 * g->symbols;
            int16_t *next = arena_many(a, int16_t, more);
            int32_t *cost = arena_many(a, int32_t, more);
            memcpy(next, t->next ? t->next : next, (size_t)room * sizeof *next);
            memcpy(cost, t->cost ? t->cost : cost, (size_t)room * sizeof *cost);
            t->next = next;
            t->cost = cost;
            room = more;
        }
        for (int s = 0; s < g->symbols; s++)
            t->next[phase * g->symbols + s] = (int16_t)step(&m, m.phases[phase], s, &t->cost[phase * g->symbols + s]);
    }
    t->class_of = arena_many(a, int8_t, t->phases + 1);
    for (int phase = 0; phase < t->phases; phase++)
        t->class_of[phase] = (int8_t)m.phases[phase].class_of;
    index_before(a, g, t);
    index_allowed(a, g, m.who, t);
    return t;
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
    class_kinds(a, g);
    measure_kinds(a, g);
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
            make_type(a, g, i);
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

/* -- the vector ---------------------------------------------------------------------------------- */
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
