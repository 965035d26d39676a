/*
 * Lower bound of level 5 among rosters that fill every need as far as a given one: prices on needs, and for each person the
 * line that is worth most beside what it costs that person. The square of fairness is held from below by a straight line
 * that touches it at some burden; prices and these burdens move together, up to where the bound is best.
 */
#include "base/divisor.h"
#include "roster/pattern.h"
#include "roster/price.h"

#include <string.h>

enum { ONE = 720, DAMP_FULL = 1024, PATIENCE = 12, HOUR2 = 120, SQUARE = HOUR2 * HOUR2, PRICE_MOST = 1 << 30, LEAN = 240 /* minutes that weigh as one person at a need */, LEAN_PRICE = 24, PART = 16 };

struct roster_burden {
    const roster_problem *p;
    price *lines;
    int64_t *touch;  /* per person: the burden at which the square is touched */
    int64_t *line_burden; /* per person, of the best line */
    int64_t rounding;
    int *wanted;     /* per need: filled at least so far */
    int64_t *lambda, *least; /* per need: its price, and how low that may go */
    bool *led;       /* per need: has somebody fit to lead, and asks for it */
    int64_t *lead_lambda; /* what such a person is worth there besides */
    int *used, *used_lead, *prices;
    int64_t *way, *lead_way, *touch_way; /* where prices and touching points have been going */
    int at;          /* the sweep's next person */
    int64_t worth;
    int64_t hope, best, seen;
    int damp, idle;
    bool done;
};

static int weighed(const roster_problem *p, int need)
{
    const roster_kind *k = &p->kinds[p->needs[need].kind];
    return (k->night ? 2 : 1) * (k->end_minute - k->start_minute);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* The most that rounding down a person's square can take away: all burdens are multiples of some minutes. */
static int64_t rounding_of(const roster_problem *p)
{
    int g = HOUR2;
    for (size_t i = 0; i < p->person_count; i++)
        g = common_divisor(g, p->people[i].minutes_before + p->people[i].night_minutes_before);
    for (size_t n = 0; n < p->need_count; n++)
        g = common_divisor(g, weighed(p, (int)n));
    return (int64_t)ONE * (SQUARE - (int64_t)g * g) / SQUARE + (g < HOUR2);
}

/* What a duty costs a person, in ONE, rounded down. */
static int64_t cost_of(const roster_burden *b, int person, int need)
{
    const roster_person *w = &b->p->people[person];
    int64_t cost = (int64_t)ONE * ((w->distance_km ? w->distance_km[need] : 0) - (w->wishes ? w->wishes[need] : 0));
    return cost + (b->p->fair ? floor_div(2 * b->touch[person] * ONE * weighed(b->p, need), SQUARE) : 0);
}

static bool leads(const roster_person *w)
{
    return w->lead_fit && !w->unanswered;
}

static int64_t burden_before(const roster_person *w)
{
    return w->minutes_before + w->night_minutes_before;
}

/* What all people cost without any duty. */
static int64_t base_of(const roster_burden *b)
{
    int64_t base = 0;
    for (size_t i = 0; i < b->p->person_count; i++) {
        const roster_person *w = &b->p->people[i];
        int64_t c = b->touch[i];
        if (b->p->fair)
            base += floor_div(ONE * (2 * c * burden_before(w) - c * c), SQUARE) - b->rounding;
        for (size_t n = 0; w->wishes && n < b->p->need_count; n++)
            base += w->wishes[n] > 0 ? (int64_t)ONE * w->wishes[n] : 0;
    }
    return base;
}

/* Needs as filled as they are, burdens as they are; first prices: what those at a need bear on average. */
static void put_needs(roster_burden *b, const roster_solution *s)
{
    const roster_problem *p = b->p;
    for (size_t i = 0; i < p->person_count; i++)
        b->touch[i] = burden_before(&p->people[i]);
    for (size_t i = 0; i < s->duty_count; i++) {
        b->wanted[s->duties[i].need]++;
        b->led[s->duties[i].need] |= p->needs[s->duties[i].need].lead_wanted && leads(&p->people[s->duties[i].person]);
        b->touch[s->duties[i].person] += weighed(p, s->duties[i].need);
    }
    for (size_t i = 0; i < s->duty_count; i++)
        b->lambda[s->duties[i].need] += cost_of(b, s->duties[i].person, s->duties[i].need);
    for (size_t n = 0; n < p->need_count; n++) {
        if (b->wanted[n])
            b->lambda[n] /= b->wanted[n];
        if (b->wanted[n] >= p->needs[n].target) {
            b->wanted[n] = p->needs[n].target;
            b->least[n] = -(int64_t)ONE * p->needs[n].over_cost; /* one more costs that at once */
        }
        b->lambda[n] = b->lambda[n] < b->least[n] ? b->least[n] : b->lambda[n];
    }
}

roster_burden *roster_burden_begin(arena *a, const roster_problem *p, const roster_solution *s)
{
    roster_burden *b = arena_new(a, roster_burden);
    *b = (roster_burden){ .p = p, .hope = s->cost.at[5] * ONE, .damp = DAMP_FULL, .best = INT64_MIN, .seen = INT64_MIN };
    b->lines = price_begin(a, p, PRICE_STATES);
    b->touch = arena_many(a, int64_t, p->person_count + 1);
    b->line_burden = arena_many(a, int64_t, p->person_count + 1);
    b->rounding = rounding_of(p);
    b->wanted = arena_many(a, int, p->need_count + 1);
    b->lambda = arena_many(a, int64_t, p->need_count + 1);
    b->least = arena_many(a, int64_t, p->need_count + 1);
    b->led = arena_many(a, bool, p->need_count + 1);
    b->lead_lambda = arena_many(a, int64_t, p->need_count + 1);
    b->way = arena_many(a, int64_t, p->need_count + 1);
    b->lead_way = arena_many(a, int64_t, p->need_count + 1);
    b->touch_way = arena_many(a, int64_t, p->person_count + 1);
    b->used = arena_many(a, int, p->need_count + 1);
    b->used_lead = arena_many(a, int, p->need_count + 1);
    b->prices = arena_many(a, int, p->need_count + 1);
    put_needs(b, s);
    for (size_t i = 0; i < p->person_count; i++)
        price_hint(b->lines, (int)i, s->duties, s->duty_count);
    return b;
}

static bool sweep(roster_burden *b, uint64_t until)
{
    const roster_problem *p = b->p;
    if (b->at == 0) {
        memset(b->used, 0, p->need_count * sizeof *b->used);
        memset(b->used_lead, 0, p->need_count * sizeof *b->used_lead);
        b->worth = 0;
    }
    while (b->at < (int)p->person_count) {
        if (price_steps(b->lines) >= until)
            return false;
        bool lead = leads(&p->people[b->at]);
        for (size_t n = 0; n < p->need_count; n++) {
            int64_t price = b->lambda[n] + (lead ? b->lead_lambda[n] : 0) - cost_of(b, b->at, (int)n);
            b->prices[n] = (int)(price > PRICE_MOST ? PRICE_MOST : price < -PRICE_MOST ? -PRICE_MOST : price);
        }
        price_line line = price_best(b->lines, b->at, b->prices);
        b->worth += line.value;
        b->line_burden[b->at] = burden_before(&p->people[b->at]);
        for (int i = 0; i < line.count; i++) {
            b->used[line.needs[i]]++;
            b->used_lead[line.needs[i]] += lead;
            b->line_burden[b->at] += weighed(p, line.needs[i]);
        }
        b->at++;
    }
    b->at = 0;
    return true;
}

/* The way of late, in PART: the newest slope counts for a quarter, so that prices do not go to and fro. */
static int64_t turned(int64_t way, int64_t slope)
{
    return (3 * way + PART * slope) / 4;
}

/* Where the prices go after a sweep; none goes below its least. */
static void turn(roster_burden *b)
{
    for (size_t n = 0; n < b->p->need_count; n++) {
        b->way[n] = turned(b->way[n], b->wanted[n] - b->used[n]);
        b->lead_way[n] = b->led[n] ? turned(b->lead_way[n], 1 - b->used_lead[n]) : 0;
        if (b->way[n] < 0 && b->lambda[n] == b->least[n])
            b->way[n] = 0;
        if (b->lead_way[n] < 0 && b->lead_lambda[n] == 0)
            b->lead_way[n] = 0;
    }
    for (size_t i = 0; i < b->p->person_count && b->p->fair; i++)
        b->touch_way[i] = (3 * b->touch_way[i] + PART * (b->line_burden[i] - b->touch[i]) / LEAN) / 4;
}

/* Of the slope itself, in PART: what was turned is never longer. */
static int64_t steepness(const roster_burden *b)
{
    int64_t steep = 0;
    for (size_t n = 0; n < b->p->need_count; n++) {
        int64_t g = b->wanted[n] - b->used[n], lead = b->led[n] ? 1 - b->used_lead[n] : 0;
        steep += (g > 0 || b->lambda[n] > b->least[n] ? g * g : 0);
        steep += (lead > 0 || b->lead_lambda[n] > 0 ? lead * lead : 0);
    }
    for (size_t i = 0; i < b->p->person_count && b->p->fair; i++) {
        int64_t g = (b->line_burden[i] - b->touch[i]) / LEAN;
        steep += g * g;
    }
    return steep * PART * PART;
}

static bool move_price(int64_t *price, int64_t least, int64_t by)
{
    int64_t to = *price + by;
    to = to < least ? least : to > PRICE_MOST ? PRICE_MOST : to;
    bool moved = to != *price;
    *price = to;
    return moved;
}

/* A touching point moves by 1 / LEAN_PRICE of what a price does: both then change what a duty is worth alike. */
static bool move_all(roster_burden *b, int64_t far, int64_t steep)
{
    bool moved = false;
    int64_t pace = b->damp * far / DAMP_FULL * PART;
    for (size_t n = 0; n < b->p->need_count; n++) {
        moved |= move_price(&b->lambda[n], b->least[n], pace * b->way[n] / steep);
        moved |= move_price(&b->lead_lambda[n], 0, pace * b->lead_way[n] / steep);
    }
    for (size_t i = 0; i < b->p->person_count && b->p->fair; i++) {
        int64_t by = pace * b->touch_way[i] / (steep * LEAN_PRICE);
        moved = moved || by;
        b->touch[i] += by;
    }
    return moved;
}

/* After a sweep. False: the prices stay. */
static bool move_prices(roster_burden *b)
{
    int64_t bound = base_of(b) - b->worth;
    for (size_t n = 0; n < b->p->need_count; n++)
        bound += b->lambda[n] * b->wanted[n] + (b->led[n] ? b->lead_lambda[n] : 0);
    if (bound > b->best) {
        b->best = bound;
        b->idle = 0;
    } else if (++b->idle > PATIENCE) {
        b->idle = 0;
        b->damp /= 2;
    }
    turn(b);
    int64_t far = b->hope - bound, steep = steepness(b);
    return steep && b->damp && far > 0 && move_all(b, far, steep);
}

bool roster_burden_step(roster_burden *b, uint64_t steps)
{
    uint64_t until = price_steps(b->lines) + steps;
    while (!b->done && sweep(b, until))
        b->done = !move_prices(b) || b->best > b->hope - ONE;
    return !b->done;
}

int64_t roster_burden_bound(const roster_burden *b)
{
    int64_t bound = floor_div(b->best + ONE - 1, ONE);
    return b->best == INT64_MIN || bound < 0 ? 0 : bound;
}

void roster_bounds(arena *a, const roster_problem *p, roster_solution *s, uint64_t steps)
{
    if (s->bound_minimum < 0) {
        roster_bounder *b = roster_bound_begin(a, p, s);
        roster_bound_step(b, steps);
        s->bound_minimum = roster_bound_minimum(b);
    }
    if (s->bound_burden < 0) {
        roster_burden *b = roster_burden_begin(a, p, s);
        roster_burden_step(b, steps);
        s->bound_burden = roster_burden_bound(b);
    }
}
