#include "roster/grid_dp.h"

#include <string.h>

enum { VALUES_MAX = 6000000, UNREACHED = 1 << 29, WIDE = 8 /* lanes worked on at once */ };

void grid_line_init(arena *a, grid_line *w, const grid *g)
{
    *w = (grid_line){ .g = g };
    w->bundles = arena_many(a, grid_bundle, g->kinds + 2);
    w->counted = -1;
    w->cap_room = 1;
    w->kind_bundle = arena_many(a, int, g->kinds + 1);
    for (int k = 0; k < g->kinds; k++) {
        grid_bundle want = { 1 + g->kind_class[k], g->kind_units[k] };
        int b = 0;
        while (b < w->bundle_count && (w->bundles[b].symbol != want.symbol || w->bundles[b].units != want.units))
            b++;
        if (b == w->bundle_count)
            w->bundles[w->bundle_count++] = want;
        w->kind_bundle[k] = b;
    }
    w->bundle_count++; /* the last is for the kind that is counted */
    for (int i = 0; i < g->people; i++)
        w->phases_max = g->person[i].type->phases > w->phases_max ? g->person[i].type->phases : w->phases_max;
    size_t most = 0;
    for (int i = 0; i < g->people; i++) {
        size_t units = (size_t)g->person[i].most + 1, groups = (size_t)g->person[i].groups_max + 1;
        units =
            units > (size_t)GRID_LINE_DAYS * (size_t)g->longest ? (size_t)GRID_LINE_DAYS * (size_t)g->longest : units;
        groups = groups > GRID_LINE_DAYS / 2 ? GRID_LINE_DAYS / 2 : groups;
        size_t size = units * groups * (size_t)g->person[i].type->phases * (GRID_LINE_DAYS + 1);
        most = size > most ? size : most;
    }
    /* room for a counted kind too */
    w->room = most > VALUES_MAX / 8 ? VALUES_MAX : 8 * most + 1;
    for (int i = 0; i < g->people; i++) { /* lean, all days */
        int groups = g->person[i].groups_max < g->days ? g->person[i].groups_max : g->days;
        size_t size = ((size_t)groups + 1 + WIDE) * (size_t)g->person[i].type->phases * ((size_t)g->days + 1) + WIDE;
        w->room = size > w->room ? size : w->room;
    }
    int days = g->days + 1;
    w->value = arena_many(a, int32_t, w->room);
    w->live = arena_many(a, bool, w->room + (size_t)w->phases_max);
    w->price = arena_many(a, int32_t, days * (g->options + 1));
    w->cheapest = arena_many(a, int32_t, days * (g->classes + 1) * (w->bundle_count + 2));
    w->choice = arena_many(a, uint8_t, days * (g->classes + 1) * (w->bundle_count + 2));
    w->suffix = arena_many(a, int64_t, w->phases_max + 1);
    w->line = arena_many(a, uint8_t, days);
    w->kept = arena_many(a, uint8_t, days);
    w->watched = arena_many(a, int8_t, g->people + 1);
    memset(w->watched, -1, (size_t)g->people);
    for (int i = 0; i < 2; i++) {
        grid_trail *t = &w->trail[i];
        t->line = arena_many(a, uint8_t, days);
        t->units = arena_many(a, int, days);
        t->groups = arena_many(a, int, days);
        t->phase = arena_many(a, int, days);
        t->cost = arena_many(a, int64_t, days);
    }
    w->unit_price = arena_many(a, int32_t, g->people + 1);
    w->penalty = arena_many(a, int32_t, g->people * g->kinds + 1);
}

size_t grid_line_memory(const grid_sizes *z)
{
    enum { ARRAYS = 24, SPARE = 64, PER_DAY = 2 + 2 * (1 + 3 * sizeof(int) + sizeof(int64_t)) };
    size_t days = z->days + 1, bundles = z->kinds + 4;
    size_t units = z->units < GRID_LINE_DAYS * z->longest ? z->units : GRID_LINE_DAYS * z->longest;
    size_t groups = z->groups + 1 < GRID_LINE_DAYS / 2 ? z->groups + 1 : GRID_LINE_DAYS / 2;
    size_t most = units * groups * z->phases * (GRID_LINE_DAYS + 1);
    size_t room = most > VALUES_MAX / 8 ? VALUES_MAX : 8 * most + 1;
    size_t lean = (z->groups + 1 + WIDE) * z->phases * days + WIDE;
    room = lean > room ? lean : room;
    return ARRAYS * SPARE + room * (sizeof(int32_t) + sizeof(bool)) + (z->phases + 1) * (1 + sizeof(int64_t)) +
           days * ((z->options + 1) * sizeof(int32_t) + (z->kinds + 1) * bundles * (sizeof(int32_t) + 1) + PER_DAY) +
           (z->people + 1) * (1 + sizeof(int32_t) + z->kinds * sizeof(int32_t)) + bundles * (sizeof(grid_bundle) + sizeof(int));
}

/* -- the window ---------------------------------------------------------------------------------- */
void grid_dp_frame(grid_line *w, int person, int from, int to)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    w->from = from;
    w->to = to;
    w->units_out = g->units[person];
    w->groups_out = g->groups[person];
    int groups = 0;
    for (int d = from; d < to; d++) {
        w->units_out -= grid_units(g, d, x[d]);
        if (g->group_first[d] == d) {
            bool worked = false;
            groups++;
            for (int e = d; e <= g->group_last[d]; e++)
                worked = worked || x[e];
            w->groups_out -= worked;
        }
    }
    bool counts = !w->lean && (q->least > 0 || q->most < g->days * g->longest || q->amount_cost);
    bool part = w->building && to < g->days;
    int least = part ? q->least * to / g->days - g->longest * (1 + w->leeway) : q->least;
    int most = part ? q->most * to / g->days + g->longest * w->leeway : q->most;
    int groups_max = part ? (q->groups_max * to + g->days - 1) / g->days + w->leeway / 4 : q->groups_max;
    most = most < q->most ? most : q->most;
    groups_max = groups_max < q->groups_max ? groups_max : q->groups_max;
    w->least = least - w->units_out > 0 ? least - w->units_out : 0;
    w->most = counts || w->lean ? most - w->units_out : 0;
    if (w->most > (to - from) * g->longest)
        w->most = (to - from) * g->longest;
    w->unit_room = counts ? (w->most + 8) & ~7 : 0;
    int free_groups = groups_max - w->groups_out;
    w->grouped = q->groups_cost || groups > free_groups;
    w->group_room = w->grouped ? 1 + (groups < free_groups ? groups : free_groups) : 1;
}

static bool counting(const grid_line *w)
{
    return w->unit_room > 0;
}

/* A lane: groups worked, and duties of the counted kind; lean ones fill whole registers, with one lane of nobody at least. */
static int lanes_of(const grid_line *w)
{
    return w->lean ? (w->group_room + WIDE) / WIDE * WIDE : w->group_room * w->cap_room;
}

static size_t row_of(const grid_line *w, const grid_type *t, int day, int phase, int lane)
{
    return ((size_t)day * (size_t)t->phases + (size_t)phase) * (size_t)lanes_of(w) + (size_t)lane;
}

static int width(const grid_line *w)
{
    return counting(w) ? w->unit_room : 1;
}

int grid_line_end(const grid_line *w, int person, int from, int to)
{
    grid_line probe = *w;
    const grid *g = w->g;
    if (to - from > GRID_LINE_DAYS)
        to = from + GRID_LINE_DAYS;
    for (; to > from + 7; to--) {
        bool cuts = to < g->days && g->group_first[to] >= 0 && g->group_first[to] < to;
        grid_dp_frame(&probe, person, from, to);
        size_t size = ((size_t)to - (size_t)from + 1) * (size_t)g->person[person].type->phases *
                      (size_t)probe.group_room * (size_t)width(&probe);
        if (!cuts && size <= w->room)
            break;
    }
    return to;
}

bool grid_dp_count(grid_line *w, int person, int kind, int most)
{
    const grid *g = w->g;
    const grid_type *t = g->person[person].type;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    int left = g->person[person].kind_max[kind] - g->kind_count[person * g->kinds + kind];
    for (int d = w->from; d < w->to; d++)
        left += x[d] && g->kind_of[d * g->options + x[d] - 1] == kind;
    size_t size = ((size_t)w->to - (size_t)w->from + 1) * (size_t)t->phases * (size_t)w->group_room *
                  ((size_t)left + 1) * (size_t)width(w);
    if (left < 0 || left > most || size > w->room)
        return false;
    w->counted = kind;
    w->cap_room = left + 1;
    w->bundles[w->bundle_count - 1] = (grid_bundle){ 1 + g->kind_class[kind], g->kind_units[kind] };
    return true;
}

void grid_dp_count_nothing(grid_line *w)
{
    w->counted = -1;
    w->cap_room = 1;
}

/* By what class the day before was and which bundle comes: the cheapest option of each day. */
static void choose_kinds(grid_line *w, const grid_type *t, int person)
{
    const grid *g = w->g;
    int rows = g->classes + 1, b_count = w->bundle_count;
    for (int d = w->from; d < w->to; d++) {
        int32_t *cheapest = &w->cheapest[(d - w->from) * rows * b_count];
        uint8_t *choice = &w->choice[(d - w->from) * rows * b_count];
        int forced = g->forced[grid_cell(g, person, d)];
        for (int i = 0; i < rows * b_count; i++)
            cheapest[i] = UNREACHED;
        for (int o = 0; o < g->options; o++) {
            int32_t price = w->price[(d - w->from) * g->options + o];
            int kind = g->kind_of[d * g->options + o];
            if (price >= GRID_NEVER || (forced && forced != o + 1))
                continue;
            price += w->penal ? w->penalty[person * g->kinds + kind] : 0;
            price += w->lean ? w->unit_price[person] * g->kind_units[kind] : 0;
            int bundle = kind == w->counted ? b_count - 1 : w->kind_bundle[kind];
            int32_t *to = &cheapest[bundle];
            uint8_t *which = &choice[bundle];
            const bool *allowed = &t->allowed[kind];
            for (int c = 0; c < rows; c++, to += b_count, which += b_count, allowed += g->kinds) {
                if (*allowed && price < *to) {
                    *to = price;
                    *which = (uint8_t)(o + 1);
                }
            }
        }
    }
}

/* What a day brings to the groups: one more worked, and the price of one worked in part. */
int grid_dp_group(const grid_line *w, const grid_person *q, int day, bool worked_before, bool works, int32_t *cost)
{
    const grid *g = w->g;
    int first = g->group_first[day];
    if (first < 0)
        return 0;
    if (first < day && worked_before != works)
        *cost += GRID_FINE * q->whole_weight;
    return w->grouped && works && (first == day || !worked_before);
}

static inline void relax(int32_t *restrict to, const int32_t *restrict from, int count, int32_t cost)
{
    for (int i = 0; i < count; i++) {
        int32_t c = from[i] + cost;
        to[i] = c < to[i] ? c : to[i];
    }
}

typedef struct span {
    int low, high; /* units that can lead to the wanted amount */
} span;

static int workable(const roster_person *who, int days)
{
    int round = who->run_max + who->free_min;
    return who->run_max && who->free_min ? days - who->free_min * (days / round) : days;
}

static span span_of(const grid_line *w, int person, int days)
{
    const grid *g = w->g;
    const roster_person *who = &g->p->people[person];
    if (!counting(w))
        return (span){ 0, 0 };
    int come = workable(who, w->to - w->from - days) * g->longest, gone = days * g->longest;
    return (span){ w->least - come > 0 ? w->least - come : 0, gone < w->most ? gone : w->most };
}

GRID_WIDE static void grow_day(grid_line *w, int person, int at)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    int day = w->from + at, wide = width(w), lanes = w->group_room * w->cap_room, rows = t->phases * lanes;
    span now = span_of(w, person, at), then = span_of(w, person, at + 1);
    int32_t *next = &w->value[row_of(w, t, at + 1, 0, 0) * (size_t)wide];
    bool *next_live = &w->live[row_of(w, t, at + 1, 0, 0)];
    for (int i = 0; i < rows * wide; i++)
        next[i] = UNREACHED;
    memset(next_live, 0, (size_t)rows);
    bool may_rest = !g->forced[grid_cell(g, person, day)];
    const int32_t *cheapest = &w->cheapest[at * (g->classes + 1) * w->bundle_count];
    for (int phase = 0; phase < t->phases; phase++) {
        bool worked = t->class_of[phase] >= 0;
        for (int lane = 0; lane < lanes; lane++) {
            size_t row = row_of(w, t, at, phase, lane);
            int group = lane / w->cap_room, used = lane % w->cap_room;
            if (!w->live[row])
                continue;
            const int32_t *from = &w->value[row * (size_t)wide];
            int to_phase = t->next[phase * g->symbols];
            if (to_phase >= 0 && may_rest) {
                int32_t cost = GRID_FINE * t->cost[phase * g->symbols];
                grid_dp_group(w, q, day, worked, false, &cost);
                int low = now.low > then.low ? now.low : then.low, high = now.high < then.high ? now.high : then.high;
                int to_row = to_phase * lanes + lane;
                if (low <= high) {
                    relax(&next[to_row * wide + low], &from[low], high - low + 1, cost);
                    next_live[to_row] = true;
                }
            }
            const int32_t *prices = &cheapest[(1 + t->class_of[phase]) * w->bundle_count];
            for (int b = 0; b < w->bundle_count; b++) {
                int symbol = w->bundles[b].symbol, units = counting(w) ? w->bundles[b].units : 0;
                to_phase = t->next[phase * g->symbols + symbol];
                if (prices[b] >= GRID_NEVER || to_phase < 0)
                    continue;
                int32_t cost = prices[b] + GRID_FINE * t->cost[phase * g->symbols + symbol];
                int to_group = group + grid_dp_group(w, q, day, worked, true, &cost);
                int low = now.low > then.low - units ? now.low : then.low - units;
                int high = now.high < then.high - units ? now.high : then.high - units;
                int to_used = used + (w->counted >= 0 && b == w->bundle_count - 1);
                if (to_group >= w->group_room || to_used >= w->cap_room || low > high)
                    continue;
                int to_row = to_phase * lanes + to_group * w->cap_room + to_used;
                relax(&next[to_row * wide + low + units], &from[low], high - low + 1, cost);
                next_live[to_row] = true;
            }
        }
    }
}

/* -- the same without amounts -------------------------------------------------------------------- */
typedef int32_t wide_lanes __attribute__((vector_size(WIDE * sizeof(int32_t))));

static inline void relax_lanes(int32_t *to, const int32_t *from, int lanes, int32_t cost)
{
    for (int lane = 0; lane < lanes; lane += WIDE) {
        wide_lanes come, was;
        memcpy(&come, &from[lane], sizeof come);
        memcpy(&was, &to[lane], sizeof was);
        come += cost;
        wide_lanes less = come < was;
        was = (come & less) | (was & ~less);
        memcpy(&to[lane], &was, sizeof was);
    }
}

/* Lanes past the last group lead nowhere; in whole registers they stand beside the others. */
static void cut_lanes(const grid_line *w, const grid_type *t, int32_t *next)
{
    int lanes = lanes_of(w);
    for (int phase = 0; phase < t->phases; phase++) {
        for (int lane = w->group_room; lane < lanes; lane++)
            next[phase * lanes + lane] = UNREACHED;
    }
}

GRID_WIDE static void grow_lean(grid_line *w, int person, int at)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    int day = w->from + at, lanes = lanes_of(w), cells = t->phases * lanes;
    const int32_t *values = &w->value[(size_t)at * (size_t)cells];
    const bool *live = &w->live[(size_t)at * (size_t)cells];
    int32_t *next = &w->value[((size_t)at + 1) * (size_t)cells];
    bool *next_live = &w->live[((size_t)at + 1) * (size_t)cells];
    for (int i = 0; i < cells; i++)
        next[i] = UNREACHED;
    memset(next_live, 0, (size_t)cells);
    bool may_rest = !g->forced[grid_cell(g, person, day)];
    const int32_t *cheapest = &w->cheapest[at * (g->classes + 1) * w->bundle_count];
    for (int phase = 0; phase < t->phases; phase++) {
        bool worked = t->class_of[phase] >= 0;
        const int16_t *to_phase = &t->next[phase * g->symbols];
        const int32_t *steps = &t->cost[phase * g->symbols],
                      *prices = &cheapest[(1 + t->class_of[phase]) * w->bundle_count];
        if (!live[phase * lanes])
            continue;
        for (int b = may_rest ? -1 : 0; b < w->bundle_count - 1;
             b++) { /* -1: a free day; the last bundle is not used */
            int symbol = b < 0 ? 0 : w->bundles[b].symbol, to = to_phase[symbol] * lanes;
            if (to < 0 || (b >= 0 && prices[b] >= GRID_NEVER))
                continue;
            int32_t cost = GRID_FINE * steps[symbol] + (b < 0 ? 0 : prices[b]);
            int up = grid_dp_group(w, q, day, worked, b >= 0, &cost);
            relax_lanes(&next[to + up], &values[phase * lanes], lanes, cost);
            memset(&next_live[to], 1, (size_t)lanes);
        }
    }
    cut_lanes(w, t, next);
}

/* -- the way back -------------------------------------------------------------------------------- */
static void price_suffix(grid_line *w, int person)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    const uint8_t *x = &g->x[grid_cell(g, person, 0)];
    const int16_t *was = &g->phase[grid_cell(g, person, 0)];
    for (int end = 0; end < t->phases; end++) {
        int phase = end, old = w->to ? was[w->to - 1] : q->start;
        int64_t cost = 0;
        for (int d = w->to; d < g->days && phase != old; d++) {
            int symbol = grid_symbol(g, d, x[d]), next = t->next[phase * g->symbols + symbol];
            bool fits =
                !x[d] || t->allowed[(1 + t->class_of[phase]) * g->kinds + g->kind_of[d * g->options + x[d] - 1]];
            if (next < 0 || !fits) {
                cost = GRID_NEVER;
                break;
            }
            cost += t->cost[phase * g->symbols + symbol] - t->cost[old * g->symbols + symbol];
            phase = next;
            old = was[d];
        }
        w->suffix[end] = cost;
    }
}

typedef struct spot {
    int phase, lane, units;
} spot;

static bool find_end(grid_line *w, int person, spot *best)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    int days = w->to - w->from, wide = width(w);
    bool found = false;
    for (int phase = 0; phase < t->phases; phase++) {
        if (w->suffix[phase] >= GRID_NEVER)
            continue;
        for (int lane = 0; lane < w->group_room * w->cap_room; lane++) {
            size_t row = row_of(w, t, days, phase, lane);
            int group = lane / w->cap_room;
            int64_t fixed = w->suffix[phase] + (q->groups_cost ? q->groups_cost[w->groups_out + group] : 0);
            for (int u = counting(w) ? w->least : 0; w->live[row] && u < wide && (!counting(w) || u <= w->most); u++) {
                int64_t value = w->value[row * (size_t)wide + (size_t)u];
                if (value >= GRID_NEVER)
                    continue;
                value += GRID_FINE * (fixed + (q->amount_cost ? q->amount_cost[w->units_out + u] : 0));
                if (found && value >= w->cost)
                    continue;
                found = true;
                w->cost = value;
                *best = (spot){ phase, lane, u };
            }
        }
    }
    return found;
}

/* One day back: where the value of the spot came from, and what was chosen. */
static uint8_t step_back(grid_line *w, int person, int at, spot *s)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    int day = w->from + at, wide = width(w);
    int32_t value = w->value[row_of(w, t, at + 1, s->phase, s->lane) * (size_t)wide + (size_t)s->units];
    bool works = t->class_of[s->phase] >= 0;
    for (int i = t->before_from[s->phase]; i < t->before_from[s->phase + 1]; i++) {
        int phase = t->before[i];
        bool worked = t->class_of[phase] >= 0;
        for (int b = works ? 0 : -1; b < (works ? w->bundle_count : 0); b++) {
            int symbol = works ? w->bundles[b].symbol : 0,
                cell = (at * (g->classes + 1) + 1 + t->class_of[phase]) * w->bundle_count + b;
            if (t->next[phase * g->symbols + symbol] != s->phase || (works && w->cheapest[cell] >= GRID_NEVER))
                continue;
            int32_t cost = GRID_FINE * t->cost[phase * g->symbols + symbol] + (works ? w->cheapest[cell] : 0);
            int group = s->lane / w->cap_room - grid_dp_group(w, q, day, worked, works, &cost);
            int used = s->lane % w->cap_room - (works && w->counted >= 0 && b == w->bundle_count - 1);
            int units = s->units - (works && counting(w) ? w->bundles[b].units : 0);
            if (group < 0 || units < 0 || used < 0)
                continue;
            int lane = group * w->cap_room + used;
            size_t row = row_of(w, t, at, phase, lane);
            if (!w->live[row] || w->value[row * (size_t)wide + (size_t)units] + cost != value)
                continue;
            *s = (spot){ phase, lane, units };
            return works ? w->choice[cell] : 0;
        }
    }
    return 0; /* cannot be: every value has a way back */
}

bool grid_dp_cheapest(grid_line *w, int person, int from, int to)
{
    const grid *g = w->g;
    const grid_person *q = &g->person[person];
    const grid_type *t = q->type;
    grid_dp_frame(w, person, from, to);
    if (w->most < w->least || w->group_room < 1 || (counting(w) && w->most < 0))
        return false;
    choose_kinds(w, t, person);
    int wide = width(w), first = from ? g->phase[grid_cell(g, person, from - 1)] : q->start;
    memset(w->live, 0, (size_t)t->phases * (size_t)lanes_of(w));
    size_t row = row_of(w, t, 0, first, 0);
    for (int u = 0; u < (w->lean ? lanes_of(w) : wide); u++)
        w->value[row * (size_t)wide + (size_t)u] = UNREACHED;
    w->value[row * (size_t)wide] = 0;
    w->live[row] = true;
    for (int at = 0; at < to - from; at++)
        (w->lean ? grow_lean : grow_day)(w, person, at);
    price_suffix(w, person);
    spot s;
    if (!find_end(w, person, &s))
        return false;
    for (int at = to - from - 1; at >= 0; at--)
        w->line[at] = step_back(w, person, at, &s);
    return true;
}
