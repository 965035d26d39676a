#include "roster/certificate.h"

#include "base/divisor.h"
#include "roster/price_pair.h"

#include <string.h>

enum {
    PRICE_ONE = 720,  /* a price of 1 while prices move: divisible by most things */
    NEAR_ROUNDS = 16, NEAR_PATIENCE = 2,
    ALL_ROUNDS = 60, ALL_PATIENCE = 4, BOUND_PATIENCE = 40,
    DAMP_FULL = 1024, PART = 16
};

/* One climb: prices of the needs of some days, towards what is hoped to be provable. */
typedef struct climb {
    int day_from, day_to; /* the last one included */
    bool whole;           /* all days: prices then keep three quarters of their way, so that they do not go to and fro */
    bool weighted;        /* prices up to the priority: then the shortage bounds level 1 */
    int64_t hope, best;
    int damp, idle, patience; /* after so many rounds without gain the steps are halved */
} climb;

struct prover {
    arena *a;
    const roster_problem *p;
    price *lines;
    int *missing;      /* per need, of the roster */
    int *y, *start;    /* prices per need */
    int64_t *way;      /* where prices have been going, in PART */
    int *used;         /* how many best lines hold a need */
    int64_t *worth;    /* per person */
    int64_t able;
    int at;            /* the sweep's next person */
    const roster_certificate **best; /* per need */
    int *possible;
    bool all_tried;
    uint64_t steps_max;
    climb whole;       /* of a bounder */
    price_pair *pairs; /* of a bounder: who must come together; a certificate looks at each person alone */
    bool given;        /* a roster was */
    int64_t bound;     /* of level 1, in PRICE_ONE */
};

static void count_missing(prover *v, const roster_solution *s)
{
    const roster_problem *p = v->p;
    for (size_t n = 0; n < p->need_count; n++)
        v->missing[n] = p->needs[n].min;
    for (size_t i = 0; s && i < s->duty_count; i++)
        v->missing[s->duties[i].need]--;
    for (size_t n = 0; n < p->need_count; n++) {
        v->missing[n] = v->missing[n] > 0 ? v->missing[n] : 0;
        v->possible[n] = v->missing[n];
    }
    for (size_t i = 0; s && i < p->person_count; i++)
        price_hint(v->lines, (int)i, s->duties, s->duty_count);
}

prover *prover_begin(arena *a, const roster_problem *p, const roster_solution *s, uint64_t steps_max)
{
    prover *v = arena_new(a, prover);
    *v = (prover){ .a = a, .p = p, .steps_max = steps_max, .given = s != NULL };
    v->lines = price_begin(a, p, PRICE_STATES);
    v->missing = arena_many(a, int, p->need_count + 1);
    v->y = arena_many(a, int, p->need_count + 1);
    v->start = arena_many(a, int, p->need_count + 1);
    v->used = arena_many(a, int, p->need_count + 1);
    v->way = arena_many(a, int64_t, p->need_count + 1);
    v->possible = arena_many(a, int, p->need_count + 1);
    v->best = arena_many(a, const roster_certificate *, p->need_count + 1);
    v->worth = arena_many(a, int64_t, p->person_count + 1);
    count_missing(v, s);
    return v;
}

/* Two who only come together, when the sweep is at the first of them. */
static void sweep_two(prover *v, int first, int second)
{
    price_two two = price_pair_best(v->pairs, first, v->y, second, v->y);
    v->able += two.value;
    for (int i = 0; i < two.count; i++) {
        v->used[two.needs[0][i]]++;
        v->used[two.needs[1][i]]++;
    }
}

static void sweep_one(prover *v, int person)
{
    price_line line = price_best(v->lines, person, v->y);
    v->worth[person] = line.value;
    v->able += line.value;
    for (int i = 0; i < line.count; i++)
        v->used[line.needs[i]]++;
}

/* The best lines of all people at the prices y, as far as the steps go. True: all done. */
static bool sweep(prover *v, uint64_t until)
{
    if (v->at == 0) {
        memset(v->used, 0, v->p->need_count * sizeof *v->used);
        v->able = 0;
    }
    while (v->at < (int)v->p->person_count) {
        if (price_steps(v->lines) >= until)
            return false;
        int partner = v->pairs ? price_pair_partner(v->pairs, v->at) : -1;
        if (partner < 0)
            sweep_one(v, v->at);
        else if (partner > v->at)
            sweep_two(v, v->at, partner);
        v->at++;
    }
    v->at = 0;
    return true;
}

static int64_t wanted_at(const prover *v)
{
    int64_t wanted = 0;
    for (size_t n = 0; n < v->p->need_count; n++)
        wanted += (int64_t)v->y[n] * v->p->needs[n].min;
    return wanted;
}

/* The prices at hand as a certificate; they have been swept. */
static const roster_certificate *written_down(prover *v)
{
    int count = 0, divisor = 0;
    for (size_t n = 0; n < v->p->need_count; n++) {
        count += v->y[n] > 0;
        divisor = common_divisor(divisor, v->y[n]);
    }
    int *needs = arena_many(v->a, int, count + 1), *prices = arena_many(v->a, int, count + 1);
    int64_t *lines = arena_many(v->a, int64_t, v->p->person_count + 1);
    roster_certificate *c = arena_new(v->a, roster_certificate);
    *c = (roster_certificate){ .needs = needs, .prices = prices, .lines = lines };
    for (size_t n = 0; n < v->p->need_count; n++) {
        if (v->y[n] <= 0)
            continue;
        needs[c->count] = (int)n;
        prices[c->count++] = v->y[n] / divisor;
        c->wanted += (int64_t)(v->y[n] / divisor) * v->p->needs[n].min;
        c->price_max = v->y[n] / divisor > c->price_max ? v->y[n] / divisor : c->price_max;
        c->missing += v->missing[n];
    }
    for (size_t i = 0; i < v->p->person_count; i++) {
        lines[i] = v->worth[i] / divisor;
        c->able += lines[i];
    }
    c->shortage = c->wanted - c->able;
    if (c->price_max)
        c->sure = (int)((c->shortage + c->price_max - 1) / c->price_max);
    return c;
}

/* How many fewer the prices at hand leave possible among their needs; -1: they show nothing. */
static int leave_open(const prover *v)
{
    int64_t shortage = wanted_at(v) - v->able, highest = 0, missing = 0;
    for (size_t n = 0; n < v->p->need_count; n++) {
        highest = v->y[n] > highest ? v->y[n] : highest;
        missing += v->y[n] > 0 ? v->missing[n] : 0;
    }
    if (shortage <= 0 || highest == 0)
        return -1;
    missing -= (shortage + highest - 1) / highest;
    return missing > 0 ? (int)missing : 0;
}

/* Keeps the prices at hand for every short need to which they say more than what was known. */
static void keep_if_better(prover *v)
{
    int open = leave_open(v);
    const roster_certificate *c = NULL;
    for (size_t n = 0; open >= 0 && n < v->p->need_count; n++) {
        if (v->y[n] <= 0 || !v->missing[n] || open >= v->possible[n])
            continue;
        c = c ? c : written_down(v);
        v->best[n] = c;
        v->possible[n] = open;
    }
}

static bool inside(const prover *v, const climb *c, size_t n)
{
    int day = v->p->needs[n].day;
    return v->p->needs[n].min > 0 && day >= c->day_from && day <= c->day_to;
}

static int dearest(const prover *v, const climb *c, size_t n)
{
    return PRICE_ONE * (c->weighted ? v->p->needs[n].priority : 1);
}

/* The slope of a need's price, 0 where the price cannot go there. */
static int64_t slope(const prover *v, const climb *c, size_t n)
{
    int64_t g = inside(v, c, n) ? v->p->needs[n].min - v->used[n] : 0;
    return (g < 0 && v->y[n] == 0) || (g > 0 && v->y[n] == dearest(v, c, n)) ? 0 : g;
}

/* After a sweep: the prices go up and down by what is left short and crowded. False: they stay. */
static bool move_prices(prover *v, climb *c)
{
    int64_t shortage = wanted_at(v) - v->able, steep = 0;
    bool moved = false;
    if (shortage > c->best) {
        c->best = shortage;
        c->idle = 0;
    } else if (++c->idle > c->patience) {
        c->idle = 0;
        c->damp /= 2;
    }
    for (size_t n = 0; n < v->p->need_count; n++) {
        int64_t g = slope(v, c, n);
        steep += g * g * PART * PART;
        v->way[n] = c->whole ? (3 * v->way[n] + PART * g) / 4 : PART * g;
        if (g == 0 && (v->y[n] == 0 ? v->way[n] < 0 : v->way[n] > 0 && v->y[n] == dearest(v, c, n)))
            v->way[n] = 0;
    }
    int64_t far = c->hope - shortage;
    for (size_t n = 0; n < v->p->need_count && steep && c->damp; n++) {
        int64_t to = v->y[n] + c->damp * far * PART * v->way[n] / (DAMP_FULL * steep), most = dearest(v, c, n);
        to = to < 0 ? 0 : to > most ? most : to;
        moved = moved || to != v->y[n];
        v->y[n] = (int)to;
    }
    return moved;
}

/* Short needs at full price, the rest at none. */
static int64_t begin_climb(prover *v, climb *c)
{
    c->damp = DAMP_FULL;
    c->best = c->whole ? INT64_MIN : 0; /* near the need only a shortage is progress */
    memset(v->way, 0, v->p->need_count * sizeof *v->way);
    for (size_t n = 0; n < v->p->need_count; n++) {
        bool priced = inside(v, c, n) && v->missing[n];
        v->y[n] = priced ? dearest(v, c, n) : 0;
        c->hope += priced ? (int64_t)dearest(v, c, n) * v->missing[n] : 0;
    }
    return c->hope;
}

/* As long as the steps last and the need is open. */
static void climb_up(prover *v, climb *c, int need, int rounds)
{
    if (!begin_climb(v, c))
        return;
    for (int i = 0; i < rounds && v->possible[need] > 0 && price_steps(v->lines) < v->steps_max; i++) {
        sweep(v, UINT64_MAX);
        keep_if_better(v);
        if (c->weighted && wanted_at(v) - v->able > v->bound)
            v->bound = wanted_at(v) - v->able;
        if (!move_prices(v, c))
            return;
    }
}

/* The same with prices of few sizes, if they show as much: shorter to read and to check. */
static void simplify(prover *v, int need)
{
    static const int sizes[] = { 1, 2, 3, 4, 6 };
    const roster_certificate *c = v->best[need];
    int open = v->possible[need];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes && sizes[k] < c->price_max; k++) {
        memset(v->y, 0, v->p->need_count * sizeof *v->y);
        for (size_t i = 0; i < c->count; i++)
            v->y[c->needs[i]] = (2 * c->prices[i] * sizes[k] + c->price_max) / (2 * c->price_max);
        if (v->y[need] == 0)
            continue;
        sweep(v, UINT64_MAX);
        int now = leave_open(v);
        if (now < 0 || now > open)
            continue;
        v->possible[need] = open + 1; /* as good is better now */
        keep_if_better(v);
        return;
    }
}

/* Then people are counted once more with all needs alike: by weight a dear gap hides cheap ones. */
static bool priorities_differ(const roster_problem *p)
{
    int first = 0;
    for (size_t n = 0; n < p->need_count; n++) {
        if (p->needs[n].min == 0)
            continue;
        first = first ? first : p->needs[n].priority;
        if (p->needs[n].priority != first)
            return true;
    }
    return false;
}

void prover_prove(prover *v, int need)
{
    static const int far[] = { 0, 1, 3 };
    int day = v->p->needs[need].day;
    if (v->possible[need] == 0)
        return;
    memset(v->y, 0, v->p->need_count * sizeof *v->y);
    v->y[need] = 1; /* plain counting */
    sweep(v, UINT64_MAX);
    keep_if_better(v);
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        climb c = { .day_from = day - far[i], .day_to = day + far[i], .patience = NEAR_PATIENCE };
        climb_up(v, &c, need, NEAR_ROUNDS);
    }
    for (int weighted = 1; !v->all_tried && weighted >= !priorities_differ(v->p); weighted--) {
        climb c = { .day_to = v->p->day_count, .whole = true, .weighted = weighted, .patience = ALL_PATIENCE };
        climb_up(v, &c, need, ALL_ROUNDS);
    }
    v->all_tried = v->all_tried || v->possible[need] > 0;
    if (v->best[need] && price_steps(v->lines) < v->steps_max)
        simplify(v, need);
}

const roster_certificate *prover_best(const prover *v, int need)
{
    return v->best[need];
}

int prover_possible(const prover *v, int need)
{
    return v->possible[need];
}

/* -- the bound of level 1 ------------------------------------------------------------------------------ */

struct roster_bounder {
    prover *v;
    bool done;
};

roster_bounder *roster_bound_begin(arena *a, const roster_problem *p, const roster_solution *s)
{
    roster_bounder *b = arena_new(a, roster_bounder);
    b->v = prover_begin(a, p, s, UINT64_MAX);
    b->v->pairs = price_pair_begin(a, p, b->v->lines);
    b->v->whole = (climb){ .day_to = p->day_count, .whole = true, .weighted = true, .patience = BOUND_PATIENCE };
    b->done = !begin_climb(b->v, &b->v->whole); /* nothing is missing: nothing to prove */
    return b;
}

bool roster_bound_step(roster_bounder *b, uint64_t steps)
{
    prover *v = b->v;
    uint64_t until = price_steps(v->lines) + steps;
    while (!b->done && sweep(v, until)) {
        int64_t shortage = wanted_at(v) - v->able;
        v->bound = shortage > v->bound ? shortage : v->bound;
        if (!v->given) /* a roster of nobody proves nothing: hope for a little more than is known */
            v->whole.hope = v->bound + v->bound / 8 + PRICE_ONE;
        b->done = !move_prices(v, &v->whole) || (v->given && v->bound > v->whole.hope - PRICE_ONE);
    }
    return !b->done;
}

int64_t roster_bound_minimum(const roster_bounder *b)
{
    return (b->v->bound + PRICE_ONE - 1) / PRICE_ONE;
}
