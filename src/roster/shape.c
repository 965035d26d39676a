/*
 * Lower bound of level 2 among rosters that fill every minimum as far as a given one: what leads and wanted skills must be
 * missing at the needs it has people at. Each such place has a price, up to what its gap costs; each person the line that is
 * worth most in them. Prices rise where the best lines leave places empty, and fall where they crowd.
 */
#include "roster/price_pair.h"

#include <string.h>

enum { ONE = 7200, GAP = 5, PRICE_MOST = GAP * ONE, LEAD = ROSTER_NEED_SKILLS_MAX, DAMP_FULL = 1024, PATIENCE = 40, PART = 16 };

typedef struct place {
    int need, what; /* what: which of the wanted skills, or LEAD */
    int wanted, used, price;
    int64_t way;    /* where the price has been going, in PART */
} place;

struct roster_shape {
    const roster_problem *p;
    price *lines;
    price_pair *pairs;
    place *places;
    int place_count, *place_from; /* by need */
    int *prices, *partner_prices;
    int at;                       /* the sweep's next person */
    int64_t worth, hope, best;
    int damp, idle;
    bool done;
};

static bool brings(const roster_problem *p, int person, const place *x)
{
    const roster_person *w = &p->people[person];
    if (x->what == LEAD)
        return w->lead_fit && !w->unanswered;
    uint64_t skill = p->needs[x->need].wanted[x->what].skill;
    return (w->skills & skill) == skill;
}

static void put_places(arena *a, roster_shape *b, const roster_solution *s)
{
    const roster_problem *p = b->p;
    bool *staffed = arena_many(a, bool, p->need_count + 1);
    for (size_t i = 0; i < s->duty_count; i++)
        staffed[s->duties[i].need] = p->needs[s->duties[i].need].min > 0;
    b->places = arena_many(a, place, p->need_count * (LEAD + 1) + 1);
    b->place_from = arena_many(a, int, p->need_count + 1);
    for (int n = 0; n < (int)p->need_count; n++) {
        for (int k = 0; staffed[n] && k <= LEAD; k++) {
            int wanted = k == LEAD ? p->needs[n].lead_wanted : p->needs[n].wanted[k].count;
            if (wanted > 0)
                b->places[b->place_count++] = (place){ .need = n, .what = k, .wanted = wanted, .price = PRICE_MOST / 2 };
        }
        b->place_from[n + 1] = b->place_count;
    }
}

roster_shape *roster_shape_begin(arena *a, const roster_problem *p, const roster_solution *s)
{
    roster_shape *b = arena_new(a, roster_shape);
    *b = (roster_shape){ .p = p, .hope = s->cost.at[2] * ONE, .damp = DAMP_FULL, .best = INT64_MIN };
    b->lines = price_begin(a, p, PRICE_STATES);
    b->pairs = price_pair_begin(a, p, b->lines);
    b->prices = arena_many(a, int, p->need_count + 1);
    b->partner_prices = arena_many(a, int, p->need_count + 1);
    put_places(a, b, s);
    for (size_t i = 0; i < p->person_count; i++)
        price_hint(b->lines, (int)i, s->duties, s->duty_count);
    b->done = b->place_count == 0 || s->cost.at[2] == 0;
    return b;
}

static void put_prices(const roster_shape *b, int person, int *prices)
{
    memset(prices, 0, b->p->need_count * sizeof *prices);
    for (int i = 0; i < b->place_count; i++)
        prices[b->places[i].need] += brings(b->p, person, &b->places[i]) ? b->places[i].price : 0;
}

static void note_line(roster_shape *b, int person, const int *needs, int count)
{
    for (int i = 0; i < count; i++) {
        for (int k = b->place_from[needs[i]]; k < b->place_from[needs[i] + 1]; k++)
            b->places[k].used += brings(b->p, person, &b->places[k]);
    }
}

static void sweep_person(roster_shape *b, int person)
{
    int partner = price_pair_partner(b->pairs, person);
    if (partner >= 0 && partner < person)
        return; /* had been looked at with the partner */
    put_prices(b, person, b->prices);
    if (partner < 0) {
        price_line line = price_best(b->lines, person, b->prices);
        b->worth += line.value;
        note_line(b, person, line.needs, line.count);
        return;
    }
    put_prices(b, partner, b->partner_prices);
    price_two two = price_pair_best(b->pairs, person, b->prices, partner, b->partner_prices);
    b->worth += two.value;
    note_line(b, person, two.needs[0], two.count);
    note_line(b, partner, two.needs[1], two.count);
}

static bool sweep(roster_shape *b, uint64_t until)
{
    if (b->at == 0) {
        b->worth = 0;
        for (int i = 0; i < b->place_count; i++)
            b->places[i].used = 0;
    }
    while (b->at < (int)b->p->person_count) {
        if (price_steps(b->lines) >= until)
            return false;
        sweep_person(b, b->at++);
    }
    b->at = 0;
    return true;
}

/* 0 where the price cannot go there. */
static int slope(const place *x)
{
    int g = x->wanted - x->used;
    return (g < 0 && x->price == 0) || (g > 0 && x->price == PRICE_MOST) ? 0 : g;
}

/* After a sweep. False: the prices stay. */
static bool move_prices(roster_shape *b)
{
    int64_t bound = -b->worth, steep = 0;
    bool moved = false;
    for (int i = 0; i < b->place_count; i++) {
        place *x = &b->places[i];
        int g = slope(x);
        bound += (int64_t)x->price * x->wanted;
        steep += (int64_t)g * g * PART * PART;
        x->way = (3 * x->way + PART * g) / 4;
        if (g == 0 && (x->price == 0 ? x->way < 0 : x->price == PRICE_MOST && x->way > 0))
            x->way = 0;
    }
    if (bound > b->best) {
        b->best = bound;
        b->idle = 0;
    } else if (++b->idle > PATIENCE) {
        b->idle = 0;
        b->damp /= 2;
    }
    for (int i = 0; i < b->place_count && steep && b->damp; i++) {
        place *x = &b->places[i];
        int64_t to = x->price + b->damp * (b->hope - bound) * PART * x->way / (DAMP_FULL * steep);
        to = to < 0 ? 0 : to > PRICE_MOST ? PRICE_MOST : to;
        moved = moved || to != x->price;
        x->price = (int)to;
    }
    return moved;
}

bool roster_shape_step(roster_shape *b, uint64_t steps)
{
    uint64_t until = price_steps(b->lines) + steps;
    while (!b->done && sweep(b, until))
        b->done = !move_prices(b) || b->best > b->hope - GAP * ONE; /* what is missing costs GAP at least */
    return !b->done;
}

int64_t roster_shape_bound(const roster_shape *b)
{
    int64_t gaps = b->best > 0 ? (b->best + GAP * ONE - 1) / (GAP * ONE) : 0;
    return gaps * GAP;
}
