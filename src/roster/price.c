#include "roster/price_walk.h"

#include <string.h>

enum { LOCK_SHIFT = 40 }; /* a lock is worth more than all prices */

/* -- what is known of everybody ------------------------------------------------------------------------ */

static void mark_blocks(price *x)
{
    const roster_problem *p = x->p;
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &p->people[i];
        for (size_t n = 0; n < p->need_count; n++) {
            bool skilled = (w->skills & p->needs[n].skills) == p->needs[n].skills;
            bool capped = w->kind_max && w->kind_max[p->needs[n].kind] == 0;
            bool blocked = w->blocked && (w->blocked[n] & ROSTER_BLOCK_ALL);
            x->block[i * p->need_count + n] = !skilled || capped || blocked;
        }
    }
    for (size_t i = 0; i < p->lock_count; i++) {
        const roster_lock *l = &p->locks[i];
        uint8_t *at = &x->block[(size_t)l->person * p->need_count + (size_t)l->need];
        *at = l->on && !(*at & 1) ? 2 : 1;
    }
}

static void mark_slots(arena *a, price *x)
{
    const roster_problem *p = x->p;
    size_t cells = (size_t)p->day_count * p->kind_count + 1;
    x->slot = arena_many(a, int, cells);
    x->need_slot = arena_many(a, int, p->need_count + 1);
    x->starts = arena_many(a, int, p->kind_count + 1);
    for (size_t i = 0; i < cells; i++)
        x->slot[i] = -1;
    for (size_t n = 0; n < p->need_count; n++) {
        int *at = &x->slot[(size_t)p->needs[n].day * p->kind_count + (size_t)p->needs[n].kind];
        *at = *at < 0 ? x->slots++ : *at;
        x->need_slot[n] = *at;
    }
    for (size_t k = 0; k < p->kind_count; k++) {
        int i = x->start_count++;
        for (; i > 0 && x->starts[i - 1] > p->kinds[k].start_minute; i--)
            x->starts[i] = x->starts[i - 1];
        x->starts[i] = p->kinds[k].start_minute;
    }
}

static void mark_days(arena *a, price *x)
{
    const roster_problem *p = x->p;
    int last = -1;
    x->group_new = arena_many(a, bool, p->day_count + 1);
    x->week_new = arena_many(a, bool, p->day_count + 1);
    for (int d = 0; d < p->day_count; d++) {
        int group = p->day_group ? p->day_group[d] : -1;
        x->group_new[d] = group >= 0 && group != last;
        last = group >= 0 ? group : last;
        x->week_new[d] = d > 0 && price_week(p, d) != price_week(p, d - 1);
    }
}

price *price_begin(arena *a, const roster_problem *p, int states_max)
{
    price *x = arena_new(a, price);
    x->p = p;
    x->states_max = states_max;
    x->types = pattern_types_of(a, p);
    x->block = arena_many(a, uint8_t, p->person_count * p->need_count + 1);
    x->line = arena_many(a, int, p->person_count * p->need_count + 1);
    x->line_count = arena_many(a, int, p->person_count + 1);
    x->line_legal = arena_many(a, bool, p->person_count + 1);
    mark_blocks(x);
    mark_slots(a, x);
    mark_days(a, x);
    int most = 2;
    for (int t = 0; t < x->types->count; t++)
        most = x->types->types[t].count > most ? x->types->types[t].count : most;
    x->value = arena_many(a, int64_t, x->slots + 1);
    x->best = arena_many(a, int, x->slots + 1);
    x->choices = arena_many(a, choice, (size_t)most * (size_t)(p->day_count + 1));
    x->choice_from = arena_many(a, int, p->day_count + 2);
    x->rest = arena_many(a, int64_t, p->day_count + 2);
    x->now = arena_many(a, spot, states_max + 1);
    x->next = arena_many(a, spot, states_max + 1);
    for (x->table_size = 16; x->table_size < 2 * states_max;)
        x->table_size *= 2;
    x->table = arena_many(a, int, x->table_size);
    x->traces = arena_many(a, trace, (size_t)(states_max + 1) * (size_t)(p->day_count + 1));
    return x;
}

bool price_able(const price *x, int person, int need)
{
    return !(x->block[(size_t)person * x->p->need_count + (size_t)need] & 1);
}

uint64_t price_steps(const price *x)
{
    return x->steps;
}

void price_hint(price *x, int person, const roster_duty *duties, size_t count)
{
    int *line = &x->line[(size_t)person * x->p->need_count];
    x->line_count[person] = 0;
    x->line_legal[person] = true;
    for (size_t i = 0; i < count; i++) {
        if (duties[i].person == person && price_able(x, person, duties[i].need))
            line[x->line_count[person]++] = duties[i].need;
    }
}

/* -- the person at hand -------------------------------------------------------------------------------- */

static int64_t lock_worth(const price *x, int person, int need)
{
    return x->block[(size_t)person * x->p->need_count + (size_t)need] == 2 ? (int64_t)1 << LOCK_SHIFT : 0;
}

/* The dearest need of each day and kind. Returns what all locks are worth. */
static int64_t put_values(price *x, int person, const int *prices)
{
    int64_t locks = 0;
    memset(x->value, 0, (size_t)x->slots * sizeof *x->value);
    for (size_t n = 0; n < x->p->need_count; n++) {
        int64_t lock = lock_worth(x, person, (int)n), value = prices[n] + lock;
        int s = x->need_slot[n];
        locks += lock;
        if (value > x->value[s] && price_able(x, person, (int)n)) {
            x->value[s] = value;
            x->best[s] = (int)n;
        }
    }
    return locks;
}

/* The line of the best state, back from the last day. */
static void keep_line(price *x, int person, bool freely)
{
    int *line = &x->line[(size_t)person * x->p->need_count], count = 0, at = 0;
    for (int d = x->p->day_count - 1; d >= 0; d--) {
        trace t = x->traces[(size_t)d * (size_t)(x->states_max + 1) + (size_t)at];
        const pattern *q = x->choices[t.choice].x;
        const int *slot = &x->slot[(size_t)d * x->p->kind_count];
        for (int k = 0; freely && k < (int)x->p->kind_count; k++) {
            if (slot[k] >= 0 && x->value[slot[k]] > 0)
                line[count++] = x->best[slot[k]];
        }
        for (int k = q->count - 1; k >= 0; k--)
            line[count++] = x->best[slot[q->kinds[k]]];
        at = t.parent;
    }
    for (int i = 0; i < count / 2; i++) {
        int n = line[i];
        line[i] = line[count - 1 - i];
        line[count - 1 - i] = n;
    }
    x->line_count[person] = count;
}

/* -1: none that counts. */
static int64_t line_worth(const price *x, int person, const int *prices)
{
    if (!x->line_legal[person])
        return -1;
    const int *line = &x->line[(size_t)person * x->p->need_count];
    int64_t worth = 0;
    for (int i = 0; i < x->line_count[person]; i++)
        worth += prices[line[i]] + lock_worth(x, person, line[i]);
    return worth;
}

price_line price_best(price *x, int person, const int *prices)
{
    const pattern_type *t = &x->types->types[x->types->of_person[person]];
    int64_t locks = put_values(x, person, prices), beat = line_worth(x, person, prices);
    price_line out = { .exact = !t->wide };
    for (walk_keep keep = WALK_KEEP_ALL; keep <= WALK_KEEP_NONE; keep++) {
        price_walk_begin(x, person, keep);
        if (x->rest[0] > beat && !price_walk(x, person, beat))
            continue;
        out.exact = out.exact && !x->r.left_out;
        if (x->rest[0] > beat && x->now_count && x->now[0].value > beat) {
            beat = x->now[0].value;
            keep_line(x, person, keep == WALK_KEEP_NONE || t->wide);
            x->line_legal[person] = out.exact;
        }
        break;
    }
    out.value = beat - locks;
    out.needs = &x->line[(size_t)person * x->p->need_count];
    out.count = x->line_count[person];
    return out;
}
