/* Locks that no legal line of their person holds: a run too short, days off too few, hours out of reach. */
#include "base/text.h"
#include "roster/grid.h"

#include <string.h>

typedef struct reach {
    const grid *g;
    int person;
    bool *now, *next; /* phase x units: some line of the days up to now comes there */
} reach;

static bool is_open(const reach *r, int day, int x)
{
    const grid *g = r->g;
    size_t cell = grid_cell(g, r->person, day);
    if (g->forced[cell] && x != g->forced[cell])
        return false;
    return !x || (g->cell[cell * (size_t)g->options + (size_t)x - 1] < GRID_NEVER &&
                  g->add[day * g->options + x - 1] < GRID_NEVER);
}

static void reach_from(reach *r, int day, int phase, int x)
{
    const grid *g = r->g;
    const grid_person *q = &g->person[r->person];
    const grid_type *t = q->type;
    int next = t->next[phase * g->symbols + grid_symbol(g, day, x)], room = q->most + 1, more = grid_units(g, day, x);
    if (next < 0 || (x && !t->allowed[(1 + t->class_of[phase]) * g->kinds + g->kind_of[day * g->options + x - 1]]))
        return;
    for (int units = 0; units + more < room; units++)
        r->next[next * room + units + more] |= r->now[phase * room + units];
}

static bool line_exists(arena *a, const grid *g, int person)
{
    const grid_person *q = &g->person[person];
    size_t room = (size_t)q->most + 1, states = (size_t)q->type->phases * room;
    reach r = { g, person, arena_many(a, bool, states), arena_many(a, bool, states) };
    r.now[(size_t)q->start * room] = true;
    for (int d = 0; d < g->days; d++) {
        memset(r.next, 0, states * sizeof *r.next);
        for (int x = 0; x <= g->options; x++) {
            for (int phase = 0; is_open(&r, d, x) && phase < q->type->phases; phase++)
                reach_from(&r, d, phase, x);
        }
        bool *other = r.now;
        r.now = r.next;
        r.next = other;
    }
    bool found = false;
    for (size_t at = 0; at < states; at++)
        found = found || (r.now[at] && (int)(at % room) >= q->least);
    return found;
}

err *grid_check_locks(arena *a, const roster_problem *p)
{
    if (!grid_wanted(p))
        return NULL;
    grid *g = arena_new(a, grid);
    grid_init(a, g, p);
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        if (l->on && !line_exists(a, g, l->person))
            return err_new(a, ERR_INPUT, "roster.lock_lower",
                           VALUES({ "person", text_format(a, "%lld", (long long)p->people[l->person].tag) },
                                  { "need", text_format(a, "%lld", (long long)p->needs[l->need].tag) }));
    }
    return NULL;
}
