/*
 * The search over whole lines, for problems whose people have lower ends (minutes, runs, free days).
 * One person's line is rebuilt at a time by dynamic programming over the days, with what the others leave
 * open as prices, so every line keeps all rules. Noise on the prices and annealing lead out of dead ends.
 * Paths of the same last kind, run, minutes and groups compete by price; only kind caps are looked at
 * without being part of that key, which may miss a line but never makes a wrong one.
 */
#include "roster/engine.h"

#include <string.h>

enum { LAYER_MAX = 20000, BACK_MAX = 6000000, TABLE_BITS = 17, KINDS_MAX = 32, HOTTEST_LINES = 60 };

typedef struct label {
    int64_t price;
    int minutes;          /* in units */
    int16_t kind, run;    /* kind -1: a free day */
    int16_t groups;
    bool in_group;        /* the day's group is already counted */
    uint8_t used[KINDS_MAX];
} label;

typedef struct back {
    int parent, need;
} back;

struct line_work {
    int unit, layer_max;
    int *kind_class;
    label *now, *next;
    int now_count, next_count;
    back *back; /* day x layer_max */
    uint64_t *table_key;
    int *table_at;
    int *table_mark;
    int mark;
    int64_t *price;       /* per need */
    int *line, *old[2];   /* need by day or -1 */
    int *forced;          /* per day: locked need or -1 */
};

bool lines_wanted(const roster_problem *p)
{
    for (size_t i = 0; i < p->person_count; i++) {
        if (p->people[i].minutes_min > 0 || p->people[i].run_min > 1 || p->people[i].free_min > 1)
            return p->kind_count <= KINDS_MAX;
    }
    return false;
}

static int gcd(int a, int b)
{
    return b ? gcd(b, a % b) : a;
}

static bool may_follow(const roster_problem *p, const roster_person *who, int k, int next)
{
    const roster_kind *a = &p->kinds[k], *b = &p->kinds[next];
    int rest = a->night && who->rest_night_minutes > who->rest_minutes ? who->rest_night_minutes : who->rest_minutes;
    return b->start_minute + 1440 >= a->end_minute + rest &&
           !(p->next_forbidden && p->next_forbidden[(size_t)k * p->kind_count + (size_t)next]);
}

/* Kinds after which everybody may do the same need only one path. */
static void class_kinds(const roster_problem *p, int *kind_class)
{
    for (int k = 0; k < (int)p->kind_count; k++) {
        kind_class[k] = k;
        for (int c = 0; c < k && kind_class[k] == k; c++) {
            bool same = true;
            for (int n = 0; n < (int)p->kind_count && same; n++) {
                for (size_t i = 0; i < p->person_count && same; i++)
                    same = may_follow(p, &p->people[i], k, n) == may_follow(p, &p->people[i], c, n);
            }
            if (same)
                kind_class[k] = kind_class[c];
        }
    }
}

static int64_t need_price(const roster_need *n, int filled)
{
    roster_cost c = { 0 };
    int64_t missing = n->min - filled;
    if (missing > 0) {
        c.at[1] = n->priority * missing;
        c.at[2] = n->priority * missing * (missing - 1) / 2 + (filled == 0 ? 10 : 0);
    }
    if (filled < n->target) {
        c.at[4] = (int64_t)n->priority * (n->target - filled);
        c.at[5] = (int64_t)n->under_cost * (n->target - filled);
    } else {
        c.at[5] = (int64_t)n->over_cost * (filled - n->target);
    }
    return engine_pack(&c);
}

/* Prices times 1024; noise in the same unit. */
static void set_prices(roster_solver *s, int person, int64_t noise)
{
    const state *t = &s->s;
    const roster_person *who = &s->p->people[person];
    for (int n = 0; n < t->needs; n++) {
        const roster_need *need = &s->p->needs[n];
        int64_t price = need_price(need, t->filled[n] + 1) - need_price(need, t->filled[n]);
        price -= who->wishes ? who->wishes[n] : 0;
        price += who->distance_km ? who->distance_km[n] : 0;
        int told = t->told[AT(t, person, n)];
        price += 4000 * (told ? -told : s->p->day_told && s->p->day_told[need->day]);
        s->lines->price[n] = price * 1024;
        if (noise > 0)
            s->lines->price[n] += (int64_t)luck_below(&s->luck, (uint32_t)(2 * noise + 1)) - noise;
    }
}

static uint64_t key_of(const line_work *w, const label *l)
{
    uint64_t kind = l->kind < 0 ? 0 : (uint64_t)w->kind_class[l->kind] + 1;
    return ((((uint64_t)l->minutes * 64 + kind) * 512 + (uint64_t)l->run) * 128 + (uint64_t)l->groups) * 2 + l->in_group;
}

static void add_label(line_work *w, const label *l, int day, int parent, int need)
{
    uint64_t key = key_of(w, l);
    uint32_t slot = (uint32_t)((key * 0x9E3779B97F4A7C15u) >> (64 - TABLE_BITS));
    while (w->table_mark[slot] == w->mark && w->table_key[slot] != key)
        slot = (slot + 1) & ((1u << TABLE_BITS) - 1);
    int at;
    if (w->table_mark[slot] == w->mark) {
        at = w->table_at[slot];
        if (w->next[at].price <= l->price)
            return;
    } else {
        if (w->next_count == w->layer_max)
            return;
        at = w->next_count++;
        w->table_mark[slot] = w->mark;
        w->table_key[slot] = key;
        w->table_at[slot] = at;
    }
    w->next[at] = *l;
    w->back[(size_t)day * (size_t)w->layer_max + (size_t)at] = (back){ parent, need };
}

typedef struct line_rules {
    int minutes_min, minutes_max; /* in units; max INT_MAX: none */
    int run_cap, free_cap, longest;
} line_rules;

static void go_free(roster_solver *s, const roster_person *who, const line_rules *r, int day, int from)
{
    line_work *w = s->lines;
    label l = w->now[from];
    bool at_border = s->p->border_exempt && l.run == day;
    if (l.kind >= 0 && l.run < who->run_min && !at_border)
        return;
    l.run = l.kind >= 0 ? 1 : (int16_t)(l.run < r->free_cap ? l.run + 1 : r->free_cap);
    l.kind = -1;
    add_label(w, &l, day, from, -1);
}

static void go_work(roster_solver *s, int person, const line_rules *r, int day, int from, int n)
{
    const roster_problem *p = s->p;
    const roster_person *who = &p->people[person];
    line_work *w = s->lines;
    label l = w->now[from];
    int kind = p->needs[n].kind;
    if (l.kind < 0) {
        if (l.run < who->free_min && l.run != day)
            return;
        l.run = 1;
    } else {
        if ((who->run_max && l.run + 1 > who->run_max) || !may_follow(p, who, l.kind, kind))
            return;
        l.run = (int16_t)(l.run < r->run_cap ? l.run + 1 : r->run_cap);
    }
    l.minutes += s->s.minutes[n] / w->unit;
    if (l.minutes > r->minutes_max || (who->kind_max && l.used[kind] >= who->kind_max[kind]))
        return;
    if (l.used[kind] < UINT8_MAX)
        l.used[kind]++;
    if (p->day_group && who->groups_max >= 0 && p->day_group[day] >= 0 && !l.in_group) {
        if (l.groups >= who->groups_max)
            return;
        l.groups++;
        l.in_group = true;
    }
    l.kind = (int16_t)kind;
    l.price += w->price[n];
    add_label(w, &l, day, from, n);
}

static void grow_day(roster_solver *s, int person, const line_rules *r, int day)
{
    const roster_problem *p = s->p;
    const roster_person *who = &p->people[person];
    line_work *w = s->lines;
    w->mark++;
    w->next_count = 0;
    bool new_group = day == 0 || !p->day_group || p->day_group[day] < 0 || p->day_group[day] != p->day_group[day - 1];
    int can_come = (p->day_count - day) * r->longest;
    for (int i = 0; i < w->now_count; i++) {
        if (w->now[i].minutes + can_come < r->minutes_min)
            continue;
        if (new_group)
            w->now[i].in_group = false;
        if (w->forced[day] < 0)
            go_free(s, who, r, day, i);
        for (int k = s->day_from[day]; k < s->day_from[day + 1]; k++) {
            int n = s->day_need[k];
            bool asked = w->forced[day] < 0 || w->forced[day] == n;
            bool fits = !who->minutes_max_day || s->s.minutes[n] <= who->minutes_max_day;
            if (asked && fits && !s->s.block[AT(&s->s, person, n)] && s->s.filled[n] < p->needs[n].limit &&
                (!who->kind_max || who->kind_max[p->needs[n].kind] > 0))
                go_work(s, person, r, day, i, n);
        }
    }
    label *t = w->now;
    w->now = w->next;
    w->next = t;
    w->now_count = w->next_count;
}

/* The cheapest line of one person into w->line; false: there is none. */
static bool best_line(roster_solver *s, int person)
{
    const roster_problem *p = s->p;
    const roster_person *who = &p->people[person];
    line_work *w = s->lines;
    line_rules r = { .minutes_min = (who->minutes_min + w->unit - 1) / w->unit,
                     .minutes_max = who->minutes_max ? who->minutes_max / w->unit : 1 << 20,
                     .run_cap = who->run_max ? who->run_max : who->run_min > 1 ? who->run_min : 1,
                     .free_cap = who->free_min > 1 ? who->free_min : 1 };
    for (size_t k = 0; k < p->kind_count; k++) {
        int length = (p->kinds[k].end_minute - p->kinds[k].start_minute) / w->unit;
        r.longest = length > r.longest ? length : r.longest;
    }
    for (int d = 0; d < p->day_count; d++)
        w->forced[d] = -1;
    for (size_t i = 0; i < p->lock_count; i++) {
        if (p->locks[i].on && p->locks[i].person == person)
            w->forced[p->needs[p->locks[i].need].day] = p->locks[i].need;
    }
    memset(&w->now[0], 0, sizeof w->now[0]);
    w->now[0].kind = -1;
    w->now_count = 1;
    for (int d = 0; d < p->day_count; d++)
        grow_day(s, person, &r, d);
    int best = -1;
    for (int i = 0; i < w->now_count; i++) {
        if (w->now[i].minutes >= r.minutes_min && (best < 0 || w->now[i].price < w->now[best].price))
            best = i;
    }
    if (best < 0)
        return false;
    for (int d = p->day_count - 1; d >= 0; d--) {
        const back *b = &w->back[(size_t)d * (size_t)w->layer_max + (size_t)best];
        w->line[d] = b->need;
        best = b->parent;
    }
    return true;
}

static void take_line(roster_solver *s, int person, int *line)
{
    state *t = &s->s;
    for (int d = 0; d < s->p->day_count; d++)
        line[d] = -1;
    while (t->duty_count[person]) {
        int n = t->duty[AT(t, person, t->duty_count[person] - 1)];
        line[s->p->needs[n].day] = n;
        state_take(t, person, n);
    }
}

static void put_line(roster_solver *s, int person, const int *line)
{
    for (int d = 0; d < s->p->day_count; d++) {
        if (line[d] >= 0)
            state_put(&s->s, person, line[d]);
    }
    s->s.log_count = 0;
}

static void rebuild(roster_solver *s, int person, int64_t noise, const int *old)
{
    set_prices(s, person, noise);
    put_line(s, person, best_line(s, person) ? s->lines->line : old);
}

void lines_begin(arena *a, roster_solver *s)
{
    const roster_problem *p = s->p;
    line_work *w = s->lines = arena_new(a, line_work);
    int days = p->day_count > 0 ? p->day_count : 1;
    w->unit = 0;
    for (size_t k = 0; k < p->kind_count; k++)
        w->unit = gcd(w->unit, p->kinds[k].end_minute - p->kinds[k].start_minute);
    w->unit = w->unit ? w->unit : 1;
    w->layer_max = BACK_MAX / days < LAYER_MAX ? BACK_MAX / days : LAYER_MAX;
    w->kind_class = arena_many(a, int, p->kind_count + 1);
    class_kinds(p, w->kind_class);
    w->now = arena_many(a, label, w->layer_max + 1);
    w->next = arena_many(a, label, w->layer_max + 1);
    w->back = arena_many(a, back, (size_t)days * (size_t)w->layer_max);
    w->table_key = arena_many(a, uint64_t, 1 << TABLE_BITS);
    w->table_at = arena_many(a, int, 1 << TABLE_BITS);
    w->table_mark = arena_many(a, int, 1 << TABLE_BITS);
    w->price = arena_many(a, int64_t, p->need_count + 1);
    w->line = arena_many(a, int, days);
    w->old[0] = arena_many(a, int, days);
    w->old[1] = arena_many(a, int, days);
    w->forced = arena_many(a, int, days);
    s->cycle_length = 20 + 4 * p->person_count;
    for (int i = 0; i < s->s.people; i++) {
        take_line(s, i, w->old[0]);
        rebuild(s, i, 0, w->old[0]);
    }
}

void lines_step(roster_solver *s)
{
    line_work *w = s->lines;
    state *t = &s->s;
    int64_t before = engine_pack(&t->cost), heat = engine_heat(s, HOTTEST_LINES);
    int p = (int)luck_below(&s->luck, (uint32_t)t->people);
    int q = (int)luck_below(&s->luck, (uint32_t)t->people);
    bool two = q != p && luck_below(&s->luck, 2);
    take_line(s, p, w->old[0]);
    if (two)
        take_line(s, q, w->old[1]);
    rebuild(s, p, two || luck_below(&s->luck, 4) ? heat : 0, w->old[0]);
    if (two)
        rebuild(s, q, 0, w->old[1]);
    if (engine_accepts(s, engine_pack(&t->cost) - before, heat / 8)) {
        engine_note_best(s);
    } else {
        take_line(s, p, w->line);
        if (two)
            take_line(s, q, w->line);
        put_line(s, p, w->old[0]);
        if (two)
            put_line(s, q, w->old[1]);
    }
    if (engine_cycle_next(s))
        state_load(t, s->best, s->best_count);
}
