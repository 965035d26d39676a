#include "roster/price_pair.h"

#include <string.h>

struct price_pair {
    const roster_problem *p;
    price *lines;
    int *partner;
    int *best, *next;  /* per day and kind: the dearest needs the partner can do; -1: none */
    int *prices;       /* of one with what the partner brings along */
    int *needs[4];     /* two lines, this way and the other way round */
};

price_pair *price_pair_begin(arena *a, const roster_problem *p, price *lines)
{
    price_pair *x = arena_new(a, price_pair);
    size_t units = (size_t)p->day_count * p->kind_count + 1;
    *x = (price_pair){ .p = p, .lines = lines };
    x->partner = arena_many(a, int, p->person_count + 1);
    x->best = arena_many(a, int, units);
    x->next = arena_many(a, int, units);
    x->prices = arena_many(a, int, p->need_count + 1);
    for (int i = 0; i < 4; i++)
        x->needs[i] = arena_many(a, int, p->need_count + 1);
    for (size_t i = 0; i < p->person_count; i++)
        x->partner[i] = -1;
    for (size_t i = 0; i < p->pair_count; i++) {
        const roster_pair *r = &p->pairs[i];
        if (r->kind != ROSTER_PAIR_TOGETHER || r->a == r->b || x->partner[r->a] >= 0 || x->partner[r->b] >= 0)
            continue;
        x->partner[r->a] = r->b;
        x->partner[r->b] = r->a;
    }
    return x;
}

int price_pair_partner(const price_pair *x, int person)
{
    return x->partner[person];
}

static int unit_of(const price_pair *x, int n)
{
    return x->p->needs[n].day * (int)x->p->kind_count + x->p->needs[n].kind;
}

static void find_best(price_pair *x, int person, const int *prices)
{
    size_t units = (size_t)x->p->day_count * x->p->kind_count;
    for (size_t u = 0; u < units; u++)
        x->best[u] = x->next[u] = -1;
    for (int n = 0; n < (int)x->p->need_count; n++) {
        int *best = &x->best[unit_of(x, n)], *next = &x->next[unit_of(x, n)];
        if (!price_able(x->lines, person, n))
            continue;
        if (*best < 0 || prices[n] > prices[*best]) {
            *next = *best;
            *best = n;
        } else if (*next < 0 || prices[n] > prices[*next]) {
            *next = n;
        }
    }
}

/* Where the partner is best while one is at n; -1: nowhere. */
static int beside(const price_pair *x, int n)
{
    int u = unit_of(x, n);
    return x->best[u] == n && x->p->needs[n].limit < 2 ? x->next[u] : x->best[u];
}

/* The first by all rules, the second beside. */
static price_two one_way(price_pair *x, int first, const int *first_prices, int second, const int *second_prices, int **needs)
{
    find_best(x, second, second_prices);
    for (int n = 0; n < (int)x->p->need_count; n++) {
        int m = beside(x, n);
        x->prices[n] = m < 0 ? 0 : first_prices[n] + second_prices[m];
    }
    price_line line = price_best(x->lines, first, x->prices);
    price_two out = { .value = line.value, .needs = { needs[0], needs[1] } };
    for (int i = 0; i < line.count; i++) {
        int n = line.needs[i], m = beside(x, n);
        if (m < 0)
            continue;
        needs[0][out.count] = n;
        needs[1][out.count++] = m;
    }
    return out;
}

price_two price_pair_best(price_pair *x, int first, const int *first_prices, int second, const int *second_prices)
{
    price_two here = one_way(x, first, first_prices, second, second_prices, &x->needs[0]);
    price_two there = one_way(x, second, second_prices, first, first_prices, &x->needs[2]);
    if (here.value <= there.value)
        return here;
    return (price_two){ there.value, { there.needs[1], there.needs[0] }, there.count };
}
