#include "roster/pattern.h"

#include <string.h>

typedef struct listing {
    const roster_problem *p;
    pattern_types *all;
    pattern_type *type;
    const int *order; /* kinds in use by start */
    int order_count;
    pattern *out;     /* room for PATTERNS_MAX */
} listing;

int pattern_rest(const roster_person *who, bool night)
{
    return night && who->rest_night_minutes > who->rest_minutes ? who->rest_night_minutes : who->rest_minutes;
}

static int forbid_of(listing *l, int kind, uint64_t before)
{
    const roster_problem *p = l->p;
    uint64_t mask = before;
    for (size_t k = 0; p->next_forbidden && k < p->kind_count && k < 64; k++) {
        if (p->next_forbidden[(size_t)kind * p->kind_count + k])
            mask |= (uint64_t)1 << k;
    }
    for (int i = 0; i < l->all->forbid_count; i++) {
        if (l->all->forbids[i] == mask)
            return i;
    }
    if (l->all->forbid_count == PATTERN_FORBIDS_MAX)
        return 0;
    l->all->forbids[l->all->forbid_count] = mask;
    return l->all->forbid_count++;
}

static bool goes_on(const listing *l, const pattern *x, int kind)
{
    const roster_kind *k = &l->p->kinds[kind];
    int minutes = x->minutes + k->end_minute - k->start_minute, most = l->type->minutes_max_day;
    return (!x->count || (k->start_minute >= x->free_after && !l->p->one_a_day)) && (!most || minutes <= most);
}

/* A pattern and one more duty. */
static pattern longer(listing *l, const pattern *x, int kind)
{
    const roster_kind *k = &l->p->kinds[kind];
    const roster_person rules = { .rest_minutes = l->type->rest_minutes,
                                  .rest_night_minutes = l->type->rest_night_minutes };
    int free_after = k->end_minute + pattern_rest(&rules, k->night);
    pattern y = *x;
    y.kinds[y.count++] = kind;
    y.first = x->count ? x->first : k->start_minute;
    y.free_after = free_after > x->free_after ? free_after : x->free_after;
    y.minutes += k->end_minute - k->start_minute;
    y.nights += k->night;
    y.mask |= kind < 64 ? (uint64_t)1 << kind : 0;
    y.forbid = forbid_of(l, kind, l->all->forbids[x->forbid]);
    return y;
}

static void list_from(listing *l, int at, int from) /* NOLINT(misc-no-recursion): as deep as a pattern is long */
{
    for (int i = from; i < l->order_count && !l->type->wide; i++) {
        if (!goes_on(l, &l->out[at], l->order[i]))
            continue;
        if (l->type->count == PATTERNS_MAX || l->out[at].count == PATTERN_KINDS_MAX) {
            l->type->wide = true;
            return;
        }
        int next = l->type->count++;
        l->out[next] = longer(l, &l->out[at], l->order[i]);
        list_from(l, next, i + 1);
    }
}

/* The kinds that needs use, by start. */
static int *order_of(arena *a, const roster_problem *p, int *count)
{
    bool *used = arena_many(a, bool, p->kind_count + 1);
    int *order = arena_many(a, int, p->kind_count + 1);
    *count = 0;
    for (size_t n = 0; n < p->need_count; n++)
        used[p->needs[n].kind] = true;
    for (int k = 0; k < (int)p->kind_count; k++) {
        int i = *count;
        if (!used[k])
            continue;
        for (; i > 0 && p->kinds[order[i - 1]].start_minute > p->kinds[k].start_minute; i--)
            order[i] = order[i - 1];
        order[i] = k;
        ++*count;
    }
    return order;
}

static bool same_rules(const pattern_type *t, const roster_person *w)
{
    return t->minutes_max_day == w->minutes_max_day && t->rest_minutes == w->rest_minutes &&
           t->rest_night_minutes == w->rest_night_minutes;
}

pattern_types *pattern_types_of(arena *a, const roster_problem *p)
{
    pattern_types *all = arena_new(a, pattern_types);
    listing l = { .p = p, .all = all, .out = arena_many(a, pattern, PATTERNS_MAX) };
    l.order = order_of(a, p, &l.order_count);
    all->types = arena_many(a, pattern_type, p->person_count + 1);
    all->of_person = arena_many(a, int, p->person_count + 1);
    all->forbid_count = 1;
    for (size_t i = 0; i < p->person_count; i++) {
        const roster_person *w = &p->people[i];
        int t = 0;
        while (t < all->count && !same_rules(&all->types[t], w))
            t++;
        all->of_person[i] = t;
        if (t < all->count)
            continue;
        all->count++;
        l.type = &all->types[t];
        *l.type = (pattern_type){ .minutes_max_day = w->minutes_max_day, .rest_minutes = w->rest_minutes,
                                  .rest_night_minutes = w->rest_night_minutes, .count = 1 };
        l.out[0] = (pattern){ 0 };
        list_from(&l, 0, 0);
        l.type->patterns = arena_copy(a, l.out, (size_t)l.type->count * sizeof *l.out);
    }
    return all;
}
