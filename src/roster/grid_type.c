/* The rules of days in a row as an automaton for each type of people, and the classes of kinds it tells apart. */
#include "base/divisor.h"
#include "roster/grid.h"
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
void grid_class_kinds(arena *a, grid *g)
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

void grid_measure_kinds(arena *a, grid *g)
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
const grid_type *grid_make_type(arena *a, grid *g, int i)
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
