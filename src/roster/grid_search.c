/*
 * The search: lines are built one after the other, then annealed. A step exchanges blocks of days between two people
 * some hundred times, which leaves the cover as it is, changes blocks of one person as often, some of them where people
 * are missing, and rebuilds one line by dynamic programming with noise on its prices. Between the annealing cycles the
 * linear programme takes some people out and puts them back by rounding; taken over all people once, it gives the bound.
 */
#include "roster/grid_search.h"
#include "roster/grid_master.h"

#include <math.h>
#include <string.h>

enum {
    EXCHANGES = 600, CHANGES = 300, CHANGES_OF_ONE = 30 /* of 100 */, GAPS = 200, GAP_TRIES = 12, BLOCK_DAYS = 7, BUILD_DAYS = 28, BUILD_TRIES = 8,
    LINE_DAYS = 28, LEAN_DAYS = 84, LEAN_DAYS_LARGE = 56, LARGE = 20000 /* people x days */, NOTE_STEPS = 64,
    HOT_FIRST = 20, HOT_LATER = 10, COLD_1024 = 512, CYCLE_LINES = 12,
    PRICED_FROM = 3 /* cycles: before, annealing gains more a second */,
    SUBSET_LEAST = 5, SUBSET_MOST = 16, WORSE_MOST = 40, ALL_PERCENT = 15, ROUND_WORK_QUICK = 5000000, ROUND_WORK_MOST = 20000000,
    PRICED_LATE = 60000 /* steps; then over all people once a cycle, for the bound above all */,
    ROUNDS_MAX = 400, ROUNDS_LOOK = 12, ROUNDS_FIXED = 60
};

static const double RISE_MOST = 2; /* how much dearer the programme may get when somebody is fixed */

typedef enum stage { BUILD, ANNEAL, PRICE, BOUND, ROUND_OFF } stage;

struct grid_work {
    grid g;
    grid_line w;
    grid_master m;
    bool priced, quick; /* the linear programme fits; a round of it over all people is short */
    stage stage;
    int built;  /* people with a line */
    int *held;  /* day x option: seats locked for people who have no line yet */
    int *order; /* in which they are built; then the first subset_count are taken out */
    uint8_t *best, *cheapest, *old, *other;
    int64_t cheapest_cost; /* of steering */
    bool found;            /* cheapest is news */
    uint64_t cycle_at, cycle_length;
    int cycles;
    int hot;
    /* the linear programme at work */
    int subset_count, rounds, fixing;
    uint64_t pricing_until;
    int fix_tries, fixed_row, least_row;
    double looked_cost, fix_cost, least_rise;
    bool *shunned;
    int64_t before;
    uint8_t *before_lines;
};

static bool holds_locks(const grid *g, const uint8_t *x)
{
    bool all = true;
    for (size_t cell = 0; g->p->lock_count && cell < (size_t)g->people * (size_t)g->days; cell++)
        all = all && (!g->forced[cell] || x[cell] == g->forced[cell]);
    return all;
}

/* The cheapest lines are kept; whether they are the best is asked of the vector now and then: counting it is long. */
static void note_cheapest(grid_work *k)
{
    if (k->g.cost >= k->cheapest_cost)
        return;
    k->cheapest_cost = k->g.cost;
    k->found = true;
    memcpy(k->cheapest, k->g.x, (size_t)k->g.people * (size_t)k->g.days);
}

static void note_best(roster_solver *s)
{
    grid_work *k = s->grid;
    roster_cost now;
    if (!k->found)
        return;
    k->found = false;
    if (!holds_locks(&k->g, k->cheapest))
        return; /* somebody has no line yet */
    grid_vector(&k->g, k->cheapest, &now);
    if (roster_cost_compare(&now, &s->best_cost) >= 0)
        return;
    s->best_cost = now;
    memcpy(k->best, k->cheapest, (size_t)k->g.people * (size_t)k->g.days);
    s->improved = true;
}

static void back_to_best(grid_work *k)
{
    grid *g = &k->g;
    for (int i = 0; i < g->people; i++) {
        const uint8_t *line = &k->best[grid_cell(g, i, 0)];
        if (memcmp(&g->x[grid_cell(g, i, 0)], line, (size_t)g->days) != 0)
            grid_put(g, i, 0, g->days, line);
    }
}

/* -- one line ------------------------------------------------------------------------------------ */
static int pick(roster_solver *s, int limit)
{
    return (int)luck_below(&s->luck, (uint32_t)limit);
}

static bool is_held(const grid_work *k, int at)
{
    return k->held[at] && k->g.filled[at] + k->held[at] >= k->g.p->needs[k->g.need_of[at]].limit;
}

/* True: some day of the person is locked. */
static bool hold(grid_work *k, int person, int by)
{
    bool any = false;
    for (int d = 0; d < k->g.days; d++) {
        int forced = k->g.forced[grid_cell(&k->g, person, d)];
        if (forced)
            k->held[d * k->g.options + forced - 1] += by;
        any = any || forced;
    }
    return any;
}

/* People with locks choose before the seats around them are taken. */
static void locked_first(grid_work *k)
{
    int first = 0;
    for (int i = 0; i < k->g.people; i++) {
        int person = k->order[i];
        if (!hold(k, person, 0))
            continue;
        k->order[i] = k->order[first];
        k->order[first++] = person;
    }
}

/* Own cells and what the others leave open, with noise of about so much (fine units). */
static void set_prices(roster_solver *s, int person, int from, int to, int64_t noise)
{
    grid_work *k = s->grid;
    const grid *g = &k->g;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    for (int d = from; d < to; d++) {
        const int32_t *cell = &g->cell[grid_cell(g, person, d) * (size_t)g->options];
        uint64_t bits = 0;
        for (int o = 0; o < g->options; o++) {
            int at = d * g->options + o;
            int32_t *price = &k->w.price[(d - from) * g->options + o];
            int32_t cover = x[d] == o + 1 ? -g->drop[at] : g->add[at];
            bool open = cell[o] < GRID_NEVER && cover < GRID_NEVER && !is_held(k, at);
            *price = open ? (cell[o] + cover) * GRID_FINE : GRID_NEVER;
            if (!open)
                continue;
            if (noise == 0)
                continue;
            if (o % 2 == 0)
                bits = luck_next(&s->luck);
            int64_t drawn = (int64_t)(bits & 0xffff) + (int64_t)(bits >> 16 & 0xffff) - 0xffff;
            bits >>= 32;
            *price += (int32_t)(drawn * noise / 0x10000);
        }
    }
}

/* A window of about so many days from a day on that cuts no group. */
static void window_of(const grid *g, int days, int *from, int *to)
{
    while (*from > 0 && g->group_first[*from] >= 0 && g->group_first[*from] < *from)
        --*from;
    *to = *from + days < g->days ? *from + days : g->days;
    while (*to < g->days && g->group_first[*to] >= 0 && g->group_first[*to] < *to)
        ++*to;
}

/* -- building ------------------------------------------------------------------------------------ */
/* Window by window, each a little over the one before; ahead: so much more is a duty worth (fine units). */
static bool build_by(roster_solver *s, int person, int days, int64_t noise, int32_t ahead)
{
    grid_work *k = s->grid;
    int to = 0, reached = 0;
    k->w.building = true;
    bool found = true;
    for (int from = 0; found && to < k->g.days; from = to - days / 2) {
        if (from + days >= k->g.days)
            from = k->g.days - days > 0 ? k->g.days - days : 0;
        window_of(&k->g, days, &from, &to);
        to = grid_line_end(&k->w, person, from, to);
        set_prices(s, person, from, to, noise);
        for (int i = 0; ahead && i < (to - from) * k->g.options; i++)
            k->w.price[i] -= k->w.price[i] < GRID_NEVER ? ahead : 0;
        found = grid_line_best(&k->w, person, from, to);
        if (found) {
            memcpy(k->old, k->w.line, (size_t)(to - from));
            grid_put(&k->g, person, from, to, k->old);
        }
        if (to <= reached)
            break; /* no memory for windows that overlap */
        reached = to;
    }
    k->w.building = false;
    return found && to == k->g.days;
}

/* All days at once, where windows one after the other come to no end that fits. */
static bool build_whole(roster_solver *s, int person)
{
    grid_work *k = s->grid;
    set_prices(s, person, 0, k->g.days, 0);
    if (k->g.person[person].amount_cost || !grid_line_lean(&k->w, person, 0, k->g.days))
        return false;
    memcpy(k->old, k->w.line, (size_t)k->g.days);
    grid_put(&k->g, person, 0, k->g.days, k->old);
    return true;
}

/* The line with which the locks were checked, if others have left its seats. */
static bool build_locked(grid_work *k, int person)
{
    grid *g = &k->g;
    const uint8_t *line = &k->best[grid_cell(g, person, 0)];
    memset(k->other, 0, (size_t)g->days);
    grid_put(g, person, 0, g->days, k->other);
    if (grid_cover_change(g, person, 0, g->days, line) >= GRID_NEVER ||
        grid_line_change(g, person, 0, g->days, line) >= GRID_NEVER)
        return false;
    memcpy(k->old, line, (size_t)g->days);
    grid_put(g, person, 0, g->days, k->old);
    return true;
}

static void build_line(roster_solver *s)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    int person = k->order[k->built++];
    bool found = false;
    hold(k, person, -1);
    for (int tries = 0; tries < BUILD_TRIES && !found; tries++) {
        memset(k->other, 0, (size_t)g->days);
        if (tries > 0)
            grid_put(g, person, 0, g->days, k->other);
        k->w.leeway = 3 * tries;
        found = build_by(s, person, BUILD_DAYS + 6 * tries, 20 * GRID_FINE * tries, tries % 2 ? 100 * GRID_FINE : 0);
    }
    for (int tries = 0; tries < BUILD_TRIES && !found; tries++)
        found = build_whole(s, person);
    if (!found && hold(k, person, 0))
        build_locked(k, person);
    if (k->built < g->people)
        return;
    note_cheapest(k);
    k->stage = ANNEAL;
}

/* -- the linear programme ------------------------------------------------------------------------ */
static void begin_pricing(roster_solver *s, bool all)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    int count = all ? g->people : SUBSET_LEAST + pick(s, SUBSET_MOST - SUBSET_LEAST + 1);
    count = count < g->people ? count : g->people;
    for (int i = 0; i < g->people; i++)
        k->order[i] = i;
    for (int i = 0; i < count; i++) {
        int j = i + pick(s, g->people - i), t = k->order[i];
        k->order[i] = k->order[j];
        k->order[j] = t;
    }
    k->subset_count = count;
    k->before = g->cost;
    k->rounds = k->fixing = 0;
    k->looked_cost = 1e18;
    grid_master_begin(&k->m, k->order, count);
    k->stage = PRICE;
}

static void end_pricing(roster_solver *s)
{
    grid_work *k = s->grid;
    k->stage = ANNEAL;
    if (s->steps < k->pricing_until)
        begin_pricing(s, pick(s, 100) < ALL_PERCENT);
}

/* The programme counts all levels in one number: level 5 alone where no other has anything to count. */
static bool burden_alone(const roster_problem *p)
{
    bool other = p->published_count || p->day_told;
    for (size_t n = 0; n < p->need_count; n++)
        other = other || (p->needs[n].target && p->needs[n].priority && !p->needs[n].under_cost);
    return !other; /* needs with a minimum do not come here */
}

/* Not where even the programme, which may divide people, is no better than what there is. */
static void begin_rounding(roster_solver *s)
{
    grid_work *k = s->grid;
    k->stage = ROUND_OFF;
    k->fixing = k->fix_tries = 0;
    if (grid_master_cost(&k->m) > (double)k->before - 0.99)
        end_pricing(s);
}

static void bound_next(roster_solver *s)
{
    grid_work *k = s->grid;
    if (grid_master_bound_next(&k->m))
        return;
    int64_t bound = (int64_t)ceil(k->m.bound - 1e-4);
    s->bound_burden = bound > s->bound_burden ? bound : s->bound_burden;
    begin_rounding(s);
}

static void price_round(roster_solver *s)
{
    grid_work *k = s->grid;
    double open = grid_master_round(&k->m);
    bool all = k->subset_count == k->g.people, stands = false;
    if (++k->rounds % ROUNDS_LOOK == 0) {
        double cost = grid_master_cost(&k->m);
        stands = !all && k->looked_cost - cost < 0.2;
        k->looked_cost = cost;
    }
    if (open > 0.3 && !stands && k->rounds < ROUNDS_MAX)
        return;
    if (all && burden_alone(s->p)) {
        k->stage = BOUND;
        grid_master_bound_begin(&k->m);
        return;
    }
    begin_rounding(s);
}

static void take_rounded(roster_solver *s)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    for (int i = 0; i < k->subset_count; i++) {
        int person = k->order[i];
        memcpy(&k->before_lines[i * g->days], &g->x[grid_cell(g, person, 0)], (size_t)g->days);
        memcpy(k->other, grid_master_line(&k->m, i), (size_t)g->days);
        grid_put(g, person, 0, g->days, k->other);
    }
    bool all = k->subset_count == g->people; /* a new beginning may be a little worse */
    if (g->cost <= k->before + (all ? k->before / 20 : 0)) {
        note_cheapest(k);
        return;
    }
    for (int i = 0; i < k->subset_count; i++)
        grid_put(g, k->order[i], 0, g->days, &k->before_lines[i * g->days]);
}

/* Somebody is fixed; who made it much dearer is let go again and another one tried. */
static void fix_next(roster_solver *s)
{
    grid_work *k = s->grid;
    if (k->fix_tries == 0) {
        memset(k->shunned, 0, (size_t)k->subset_count);
        k->fix_cost = grid_master_cost(&k->m);
        k->least_rise = 1e18;
        grid_master_save(&k->m);
    }
    k->fixed_row = grid_master_fix(&k->m, k->shunned);
    k->fixing = 1;
}

/* Were the last rounds dear? Then back, at most so often. */
static bool fix_again(roster_solver *s)
{
    grid_work *k = s->grid;
    enum { FIX_TRIES = 3 };
    double rise = grid_master_cost(&k->m) - k->fix_cost;
    if (rise < RISE_MOST || k->fix_tries >= FIX_TRIES || k->fixed_row < 0)
        return false;
    if (rise < k->least_rise) {
        k->least_rise = rise;
        k->least_row = k->fixed_row;
    }
    k->shunned[k->fixed_row] = true;
    grid_master_restore(&k->m);
    bool left = false;
    for (int row = 0; row < k->subset_count; row++)
        left = left || (!k->m.fixed[row] && !k->shunned[row]);
    if (++k->fix_tries == FIX_TRIES || !left) { /* the least bad of them */
        k->fix_tries = FIX_TRIES;
        memset(k->shunned, 1, (size_t)k->subset_count);
        k->shunned[k->least_row] = false;
    }
    return true;
}

static void round_off(roster_solver *s)
{
    grid_work *k = s->grid;
    bool all = k->subset_count == k->g.people;
    if (k->fixing > 0) {
        double open = grid_master_round(&k->m);
        if (open > 0.5 && k->fixing++ < ROUNDS_FIXED)
            return;
        if (fix_again(s)) {
            fix_next(s);
            return;
        }
    }
    if (!all && grid_master_cost(&k->m) > (double)k->before + WORSE_MOST) {
        end_pricing(s);
        return;
    }
    if (!grid_master_done(&k->m)) {
        k->fix_tries = 0;
        fix_next(s);
        return;
    }
    take_rounded(s);
    end_pricing(s);
}

/* -- annealing ----------------------------------------------------------------------------------- */
static int64_t heat_now(const grid_work *k)
{
    /* halves from hot to cold in equal parts of the cycle; times 1024 */
    int halvings = 0;
    for (int64_t h = (int64_t)k->hot * 1024; h > COLD_1024; h /= 2)
        halvings++;
    uint64_t at = k->cycle_at * (uint64_t)halvings * 1024 / k->cycle_length;
    int64_t heat = ((int64_t)k->hot * 1024) >> (at / 1024);
    return heat - heat * (int64_t)(at % 1024) / 2048;
}

static void exchange(roster_solver *s, int64_t heat)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    int p = pick(s, g->people), q = pick(s, g->people), days = 1 + pick(s, BLOCK_DAYS), from = pick(s, g->days);
    if (p == q || from + days > g->days)
        return;
    const uint8_t *of_p = &g->x[grid_cell(g, p, from)], *of_q = &g->x[grid_cell(g, q, from)];
    if (memcmp(of_p, of_q, (size_t)days) == 0)
        return;
    int64_t change = grid_line_change(g, p, from, from + days, of_q);
    if (change >= GRID_NEVER)
        return;
    int64_t back = grid_line_change(g, q, from, from + days, of_p);
    if (back >= GRID_NEVER || !engine_accepts(s, change + back, heat))
        return;
    uint8_t mine[BLOCK_DAYS], theirs[BLOCK_DAYS];
    memcpy(mine, of_p, (size_t)days);
    memcpy(theirs, of_q, (size_t)days);
    grid_put(g, p, from, from + days, theirs);
    grid_put(g, q, from, from + days, mine);
    note_cheapest(k);
}

/* Days from..to-1 of one person become line, if the heat lets them. */
static void put_block(roster_solver *s, int person, int from, int to, const uint8_t *line, int64_t heat)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    uint8_t now[BLOCK_DAYS];
    if (memcmp(&g->x[grid_cell(g, person, from)], line, (size_t)(to - from)) == 0)
        return;
    int64_t rise = grid_cover_change(g, person, from, to, line);
    if (rise * 64 > heat)
        return; /* 16 times the heat; the line would hardly make up for it */
    rise += grid_line_change(g, person, from, to, line);
    if (rise >= GRID_NEVER || !engine_accepts(s, rise, heat))
        return;
    memcpy(now, line, (size_t)(to - from)); /* line may lie in the roster */
    grid_put(g, person, from, to, now);
    note_cheapest(k);
}

/* Some days of one person become what another one has there, or one duty becomes another one. */
static void change(roster_solver *s, int64_t heat)
{
    const grid *g = &s->grid->g;
    int p = pick(s, g->people), q = p, from = pick(s, g->days), days = 1;
    uint8_t other = 0;
    if (g->x[grid_cell(g, p, from)] && pick(s, 100) < CHANGES_OF_ONE) {
        other = (uint8_t)(1 + pick(s, g->options));
    } else {
        q = pick(s, g->people);
        days = 1 + pick(s, BLOCK_DAYS);
    }
    if (other && g->need_of[from * g->options + other - 1] >= 0)
        put_block(s, p, from, from + 1, &other, heat);
    else if (p != q && from + days <= g->days)
        put_block(s, p, from, from + days, &g->x[grid_cell(g, q, from)], heat);
}

/* A day and option where somebody is missing, found by a few tries; or -1. */
static int pick_gap(roster_solver *s)
{
    const grid *g = &s->grid->g;
    for (int tries = 0; tries < GAP_TRIES; tries++) {
        int at = pick(s, g->days * g->options);
        if (g->need_of[at] >= 0 && g->filled[at] < g->p->needs[g->need_of[at]].target)
            return at;
    }
    return -1;
}

/* Somebody comes to where people are missing: from another duty of the day, or with the days around of one who is there. */
static void fill_gap(roster_solver *s, int64_t heat)
{
    const grid *g = &s->grid->g;
    int at = pick_gap(s), p = pick(s, g->people);
    if (at < 0)
        return;
    int day = at / g->options, from = day - pick(s, BLOCK_DAYS / 2 + 1), to = day + 1 + pick(s, BLOCK_DAYS / 2 + 1);
    uint8_t there = (uint8_t)(at % g->options + 1);
    from = from < 0 ? 0 : from;
    to = to > g->days ? g->days : to;
    if (g->x[grid_cell(g, p, day)] && pick(s, 2)) {
        put_block(s, p, day, day + 1, &there, heat);
        return;
    }
    for (int tries = 0; tries < GAP_TRIES; tries++) {
        int q = pick(s, g->people);
        if (g->x[grid_cell(g, q, day)] == there) {
            put_block(s, p, from, to, &g->x[grid_cell(g, q, from)], heat);
            return;
        }
    }
}

static void rebuild(roster_solver *s, int64_t heat)
{
    grid_work *k = s->grid;
    grid *g = &k->g;
    int person = pick(s, g->people), days = LINE_DAYS, to = 0;
    bool lean = !g->person[person].amount_cost;
    if (lean)
        days = g->people * g->days < LARGE ? LEAN_DAYS : LEAN_DAYS_LARGE; /* more of them where there is more to do */
    int from = g->days > days ? pick(s, g->days - days / 2) : 0;
    window_of(g, days, &from, &to);
    if (!lean)
        to = grid_line_end(&k->w, person, from, to);
    set_prices(s, person, from, to, heat * GRID_FINE / 1024);
    if (!(lean ? grid_line_lean : grid_line_best)(&k->w, person, from, to))
        return;
    int64_t before = g->cost;
    memcpy(k->other, k->w.line, (size_t)(to - from));
    memcpy(k->old, &g->x[grid_cell(g, person, from)], (size_t)(to - from));
    grid_put(g, person, from, to, k->other);
    if (engine_accepts(s, g->cost - before, heat))
        note_cheapest(k);
    else
        grid_put(g, person, from, to, k->old);
}

static void anneal(roster_solver *s)
{
    grid_work *k = s->grid;
    int64_t heat = heat_now(k);
    for (int i = 0; i < EXCHANGES; i++)
        exchange(s, heat);
    for (int i = 0; i < CHANGES; i++)
        change(s, heat);
    for (int i = 0; i < GAPS; i++)
        fill_gap(s, heat);
    rebuild(s, heat);
    if (++k->cycle_at < k->cycle_length)
        return;
    note_best(s);
    back_to_best(k);
    s->idle_cycles = s->improved ? 0 : s->idle_cycles + 1;
    s->improved = false;
    k->cycle_at = 0;
    k->cycle_length *= 2;
    k->hot = HOT_LATER;
    ++k->cycles;
    if (k->priced && k->quick && k->cycles >= PRICED_FROM) {
        k->pricing_until = s->steps + k->cycle_length * 4;
        begin_pricing(s, k->cycles == PRICED_FROM);
    } else if (k->priced && s->steps >= PRICED_LATE) {
        begin_pricing(s, true);
    }
}

/* -- the face ------------------------------------------------------------------------------------ */
/* States of one round of pricing over all people. */
static int64_t round_work(const grid_work *k)
{
    const grid *g = &k->g;
    int64_t work = 0;
    for (int i = 0; i < g->people; i++)
        work += (int64_t)g->person[i].type->phases * g->days * (g->person[i].most + 1) * (g->person[i].groups_max + 1);
    return work;
}

/* What stands until everybody has a line: the locks, each within a legal line where they leave one. */
static void begin_best(arena *a, roster_solver *s)
{
    grid_work *k = s->grid;
    if (!s->p->lock_count || grid_lock_lines(a, &k->g, k->best)) {
        grid_vector(&k->g, k->best, &s->best_cost);
        return;
    }
    size_t count = grid_save(&k->g, k->best, s->best); /* lower ends are broken, which the automaton does not count */
    s->best_cost = roster_check(a, s->p, s->best, count, NULL);
}

void grid_begin(arena *a, roster_solver *s)
{
    grid_work *k = s->grid = arena_new(a, grid_work);
    grid *g = &k->g;
    grid_init(a, g, s->p);
    grid_line_init(a, &k->w, g);
    size_t cells = (size_t)g->people * (size_t)g->days + 1;
    k->best = arena_many(a, uint8_t, cells);
    k->cheapest = arena_many(a, uint8_t, cells);
    k->before_lines = arena_many(a, uint8_t, cells);
    k->old = arena_many(a, uint8_t, g->days + 1);
    k->other = arena_many(a, uint8_t, g->days + 1);
    k->order = arena_many(a, int, g->people + 1);
    k->shunned = arena_many(a, bool, g->people + 1);
    k->priced = grid_master_fits(g) && round_work(k) < ROUND_WORK_MOST;
    k->quick = round_work(k) < ROUND_WORK_QUICK;
    if (k->priced)
        grid_master_init(a, &k->m, g, &k->w, &s->luck);
    k->held = arena_many(a, int, g->days * g->options + 1);
    for (int i = 0; i < g->people; i++) {
        hold(k, i, 1);
        int j = pick(s, i + 1);
        k->order[i] = k->order[j];
        k->order[j] = i;
    }
    locked_first(k);
    k->cheapest_cost = INT64_MAX;
    begin_best(a, s);
    k->hot = HOT_FIRST;
    k->cycle_length = (uint64_t)(CYCLE_LINES * g->people) + 1;
}

void grid_step(roster_solver *s)
{
    switch (s->grid->stage) {
    case BUILD: build_line(s); break;
    case ANNEAL: anneal(s); break;
    case PRICE: price_round(s); break;
    case BOUND: bound_next(s); break;
    case ROUND_OFF: round_off(s); break;
    }
    s->steps++;
    if (s->grid->stage != ANNEAL || s->steps % NOTE_STEPS == 0)
        note_best(s);
    if (s->bound_burden >= 0 && s->best_cost.at[5] <= s->bound_burden && s->best_cost.at[0] == 0 && s->grid->priced)
        s->idle_cycles = 1 << 20; /* proven: nothing left to gain */
}

size_t grid_best(roster_solver *s, roster_duty *out)
{
    note_best(s);
    return grid_save(&s->grid->g, s->grid->best, out);
}
